"""Wording: words of an outlet's own that judge."""
