"""Read one article's attributions and sources.

In: an article and its reading. Out: `Attributed`, with every offset into `Article.text`; only kept blocks are read.
A language other than English gets its quotations and nothing else, and says so with `attempted=False`.
"""

from __future__ import annotations

from dataclasses import dataclass

from comparer.attribution.attributions import sure_attributions
from comparer.attribution.sources import build_sources
from comparer.attribution.statements import tells_deed
from comparer.language.doc import Doc
from comparer.model import Article, Attribution, Source, SourceKind

_OWN_VOICE = frozenset({"i", "we", "you"})


@dataclass(frozen=True, slots=True)
class Attributed:
    """Hold who says what in one article; `attempted` is False where its language is not one that is read."""

    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    attempted: bool


def read_attributions(article: Article, doc: Doc) -> Attributed:
    """Return attributions and sources of the kept text, in page order.

    Attributions that would mislead a reader are left out: those whose speaker is "I" or "you" outside a quotation,
    those that tell a deed ("discussed deploying troops"), and those with neither a source, an antecedent nor a passive
    cue.
    """
    if not reads(article.language):
        return Attributed((), (), attempted=False)
    attributions = tuple(a for a in sure_attributions(doc.kept, doc.quotations) if _printable(doc.kept, a))
    return Attributed(attributions, build_sources(doc.kept, attributions, doc.sentences), attempted=True)


def reads(language: str) -> bool:
    """Tell whether attributions are read in a language (a BCP 47 tag; "und" is taken for English)."""
    return language.lower().partition("-")[0] in {"en", "und", ""}


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
