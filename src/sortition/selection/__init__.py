"""Select a panel: prepare a lottery, draw from it, sum it up, set it beside others.

In: an instance and rules. Out: frozen values. No files and no words for people.
"""
