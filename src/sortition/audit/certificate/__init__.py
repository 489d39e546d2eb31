"""The proof that no lottery is fairer: in whole numbers, its file, and what is checked of it."""
