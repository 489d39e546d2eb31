"""What all pages share: the base, words and numbers in each language, axes, the run behind it."""
