"""The reference: what a careful programmer would write by hand, one statement and one shape an operation."""
