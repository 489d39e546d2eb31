"""The files that a verifier reads: their names, and the shape of those for programs."""
