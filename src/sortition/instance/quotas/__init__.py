"""Quota files: which columns they have, bounds and percentages, combinations, population shares."""
