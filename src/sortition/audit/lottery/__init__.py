"""The published lottery: its file in both forms, and what it claims of its panels."""
