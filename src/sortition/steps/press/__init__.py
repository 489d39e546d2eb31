"""Pages for those who were not there: one for citizens and media, one for a single volunteer.

In: the folder of a panel that was drawn. Out: a page of plain sentences and pictures. The page for
everybody has no personal data and no small cells.
"""
