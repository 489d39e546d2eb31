"""What is no longer needed is destroyed, and what anybody can check stays.

In: the folder of a selection or a published lottery, and how much is to be kept. Out: the same
folder without the rest, and an event in its log that names what is gone.
"""
