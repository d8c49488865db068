"""Certainty: how surely an act is told."""
