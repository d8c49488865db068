"""Readability of an article's kept text, by textstat.

Only the measures that count letters are used (ARI: Senter and Smith 1967; Coleman and Liau 1975): those that count
syllables load a pronunciation dictionary that costs more than the whole comparison. Both were made for English.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.language.words import Words
from comparer.model import Readability, Sentence

FEWEST_WORDS = 100  # both formulas were fitted on passages of about a hundred words


def readability(cut: Words, sentences: Sequence[Sentence]) -> Readability:
    """Return counts and two school-grade indices; the indices are None below a hundred words."""
    count = sum(len(cut.words(s.span)) for s in sentences)
    if count < FEWEST_WORDS:
        return Readability(count, len(sentences), None, None)
    import textstat

    kept = " ".join(s.span.of(cut.text) for s in sentences)
    ari, coleman = textstat.automated_readability_index(kept), textstat.coleman_liau_index(kept)
    return Readability(count, len(sentences), round(float(ari), 1), round(float(coleman), 1))
