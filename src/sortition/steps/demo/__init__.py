"""The whole of it on sample data. In: a folder. Out: the samples, and a selection from them."""
