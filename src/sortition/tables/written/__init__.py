"""What is written: lists of people as CSV and workbooks, and the files of a step, all or none."""
