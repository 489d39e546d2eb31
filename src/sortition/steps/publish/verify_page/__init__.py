"""The page with which anybody checks a published lottery in a browser, without network."""
