"""Workbooks (XLSX, ODS, XLSB, XLS): which are refused, what their sheets and styles say, cells."""
