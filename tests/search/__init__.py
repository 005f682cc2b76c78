"""Searching by names: words, ranking, scopes, and how well it was measured to work."""
