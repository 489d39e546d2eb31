"""Registries of any size: read in chunks, counted, drawn from, on one machine or on many."""
