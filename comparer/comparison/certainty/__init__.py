"""Certainty: how surely an act or a cause is told."""
