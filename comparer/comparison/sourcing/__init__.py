"""Sourcing: who is cited for a statement, and how."""
