"""Ranking by weighted criteria: scores that reasons add up to, in order, page by page."""
