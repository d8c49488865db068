"""Small readers of our own: models that read two sentences at once, run on one core without a network."""

from comparer.encoder.load import available
from comparer.encoder.pairs import read_pairs

__all__ = ["available", "read_pairs"]
