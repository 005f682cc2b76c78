"""From positional rows to responses."""
