"""The options that commands share: one by one, and in groups of those that go together."""
