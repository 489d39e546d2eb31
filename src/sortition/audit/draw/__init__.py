"""Where the chance of a draw comes from, and how older draws can be repeated."""
