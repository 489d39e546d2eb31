"""Alternates for a panel that was drawn: read its folder, choose or draw them, write them to it."""
