"""The objectives side by side. In: pool and quotas. Out: a page; nobody is drawn."""
