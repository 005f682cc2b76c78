"""Statements that choose their way at run time."""
