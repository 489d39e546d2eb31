"""Any file as a table of text, and lists as files: CSV and workbooks, in and out.

In: bytes. Out: cells as the person who typed them sees them, and what is doubtful about them.
Nothing is guessed here: ``0017`` stays, ``NA`` stays.
"""
