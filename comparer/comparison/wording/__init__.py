"""Wording: loaded words, judgements, predictions and labels."""
