"""A published lottery as a whole: its commitment, its tokens, and all that it claims."""
