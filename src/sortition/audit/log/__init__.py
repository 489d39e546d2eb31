"""What happened to a lottery after it was made: events, each of which names the one before."""
