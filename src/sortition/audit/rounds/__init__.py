"""Rounds of replacements: what they claim, and whether it follows from the first lottery."""
