"""From the registry to the panel. In: lists of each stage. Out: counts and chances."""
