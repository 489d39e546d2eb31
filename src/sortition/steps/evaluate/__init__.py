"""What came of it. In: the panel and who attended. Out: both beside quotas and population."""
