"""Measure whole runs, as users run them: seconds, peak memory, and the peer beside us."""
