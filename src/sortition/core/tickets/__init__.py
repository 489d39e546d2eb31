"""From probabilities to equally likely tickets, and from types to the people on them."""
