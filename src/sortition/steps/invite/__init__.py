"""Who gets a letter. In: a registry. Out: lists of those drawn, with their exact chances."""
