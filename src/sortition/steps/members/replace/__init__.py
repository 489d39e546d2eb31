"""A round of replacements: who leaves, which places are open, the lottery that fills them."""
