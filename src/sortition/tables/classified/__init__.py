"""Official classifications and the everyday words for them: data files, and what a word means.

In: what somebody wrote, and the values of the quotas. Out: the value that it must mean, or none.
"""
