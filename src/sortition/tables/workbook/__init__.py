"""XLSX workbooks: which are refused, what their sheets and styles say, and their cells."""
