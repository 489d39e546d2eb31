"""Letters to print or send: a template with fields, merged with a list of people.

In: a kind of letter, and whom it goes to. Out: one file to print, and a workbook for Digital Post
and mail programs. Both hold personal data.
"""
