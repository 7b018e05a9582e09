"""Measures of the explorer in a browser."""
