"""The map: how columns and cells of a pool are to be read, who is left out, and a first draft."""
