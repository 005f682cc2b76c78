"""Measurements of what docs/measurements.md states."""
