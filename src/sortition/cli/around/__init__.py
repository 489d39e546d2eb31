"""What surrounds every command: its output, what stops it, and the places that it is given."""
