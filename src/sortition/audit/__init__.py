"""What an outsider needs to check a selection; standard library only."""
