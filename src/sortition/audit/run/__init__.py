"""The folder of a selection: what it holds, and all that it claims."""
