"""Before a draw. In: pool, quotas, population. Out: whether they fit, and who is scarce."""
