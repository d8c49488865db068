"""Sourced word lists and frozen figures, and the one loader that reads them."""
