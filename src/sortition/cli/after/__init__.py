"""The commands for what comes after the draw: calls, replacements, tables, and what came of it."""
