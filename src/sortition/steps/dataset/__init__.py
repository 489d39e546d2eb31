"""A data set without personal data. In: pool and quotas. Out: the same draw, of nobody."""
