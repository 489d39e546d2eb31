"""Expected counts as a lottery over panels, or a cut that shows that there is none."""
