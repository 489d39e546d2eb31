"""A lottery that is published before it is drawn: tokens in place of ids, and a commitment."""
