"""Findings: what rules of the domain say about one node on a day. They remind and forbid nothing."""
