"""A small reader of our own: a model that reads two sentences at once, runs on one core and needs no network."""

from comparer.encoder.reader import available, read_pairs, read_words

__all__ = ["available", "read_pairs", "read_words"]
