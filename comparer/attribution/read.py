"""Read one article's quotations, attributions and sources.

In: an article and its sentences. Out: `Attributed`, with every offset into `Article.text`; only kept blocks are read.
A language other than English gets its quotations and nothing else, and says so with `attempted=False`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from comparer.attribution.attributions import sure_attributions
from comparer.attribution.sources import build_sources
from comparer.attribution.statements import tells_deed
from comparer.language.quotations import find_quotations
from comparer.model import Article, Attribution, Quotation, Sentence, Source, SourceKind, Span

_UNWRITTEN = re.compile(r"[^\n]")
_OWN_VOICE = frozenset({"i", "we", "you"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """Hold who says what in one article; `attempted` is False where its language is not one that is read."""

    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    attempted: bool


def read_attributions(article: Article, sentences: Sequence[Sentence]) -> Attributed:
    """Return quotations, attributions and sources of the kept text, in page order.

    Attributions that would mislead a reader are left out: those whose speaker is "I" or "you" outside a quotation,
    those that tell a deed ("discussed deploying troops"), and those with neither a source, an antecedent nor a passive
    cue.
    """
    text = kept_text(article)
    quotations = find_quotations(text)
    if not reads(article.language):
        return Attributed(quotations, (), (), attempted=False)
    attributions = tuple(a for a in sure_attributions(text, quotations) if _printable(text, a))
    return Attributed(quotations, attributions, build_sources(text, attributions, sentences), attempted=True)


def reads(language: str) -> bool:
    """Tell whether attributions are read in a language (a BCP 47 tag; "und" is taken for English)."""
    return language.lower().partition("-")[0] in {"en", "und", ""}


def kept_text(article: Article) -> str:
    """Return the text with every dropped character blanked to a line break, so that offsets stay true."""
    parts: list[str] = []
    position = 0
    for block in sorted(article.kept_blocks, key=lambda b: b.span):
        start, end = max(block.span.start, position), block.span.end
        if start < end:
            parts.append("\n" * (start - position))
            parts.append(article.text[start:end])
            position = end
    parts.append("\n" * (len(article.text) - position))
    return "".join(parts)


def _printable(text: str, attribution: Attribution) -> bool:
    source = attribution.source
    if tells_deed(text, attribution):
        return False
    if source is None:
        return attribution.resolved_source is not None or attribution.cue is not None
    if attribution.source_kind is SourceKind.PRONOUN:
        word = source.of(text).lower()
        return word not in _OWN_VOICE and (
            attribution.resolved_source is not None or word in {"he", "she", "they", "it"}
        )
    return True


__all__ = ["Attributed", "Span", "kept_text", "read_attributions", "reads"]
