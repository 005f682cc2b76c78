"""The types of edges, grouped by what they tell."""
