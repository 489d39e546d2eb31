"""The pages of the steps: what each shows, and what can be done on it."""
