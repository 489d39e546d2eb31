"""What an outsider needs to check a selection; standard library only.

In: the files of a selection or of a published lottery, as anybody could have made them. Out:
claims, each with what was found about it (`sortition.audit.verify`). Nothing here may trust a
file or import a library.
"""
