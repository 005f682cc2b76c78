"""Counts by axes."""
