"""Check that every place, index, row and article that a comparison names exists, and list its passages.

In: a comparison that was read. Out: nothing, or BadEvidenceError says what is wrong. Nothing is searched for.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from comparer.errors import BadEvidenceError
from comparer.model import AnalysedArticle, Comparison, EventComparison, Passage, Reuse, Span


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as `Article.digest` holds it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def check_places(comparison: Comparison) -> None:
    """Raise BadEvidenceError unless every span, index, row and article that the comparison names exists.

    That texts fit their hashes and passages their words is checked as they are read.
    """
    known = {a.article.id for a in comparison.articles}
    expect(len(known) == len(comparison.articles), "two articles have one id")
    for analysed in comparison.articles:
        _check_article(analysed)
    for event in comparison.events:
        expect(known.issuperset(event.articles), f"{event.id} names an article that is not there")
        _check_event(event, comparison)


def passages_in(value: Comparison | EventComparison) -> Iterator[Passage]:
    """Yield every passage, as often as it is named."""
    yield from _found(value, Passage)


def _check_article(analysed: AnalysedArticle) -> None:
    article = analysed.article
    name = f"the article {article.id} of {article.outlet}"
    expect(all(s.end <= len(article.text) for s in _found(analysed, Span)), f"a span of {name} ends after its text")
    expect(all(c.passage.article == article.id for c in analysed.claims), f"a claim of {name} stands in another")
    expect(all(0 <= s.block < len(article.blocks) for s in analysed.sentences), f"a sentence of {name} has no block")


def _check_event(event: EventComparison, comparison: Comparison) -> None:
    size = len(event.alignment.articles)
    members = [comparison.article(article) for article in event.articles]
    laid, further = ({a.article.digest for a in of} for of in (members[:size], members[size:]))
    known = [set(analysed.claims) for analysed in members[:size]]
    rows = {row.id for row in event.alignment.rows}
    indices = [r.left for r in event.relations] + [r.right for r in event.relations]
    indices += [s.article for s in event.sourcing] + [r.article for u in event.utterances for r in u.readings]
    told = (event.relations, event.sourcing, event.facts, event.agreements, event.findings, event.utterances)
    named = {one.row for of in told for one in of} - {None}
    own = {*(i.article for i in event.indicators), *(a for s in event.scores for a in s.articles)}
    own |= {p.article for x in (event.findings, event.facts, event.utterances) for p in _found(x, Passage)}
    checks = {
        "the order of its articles": event.alignment.articles == event.reuse.articles == event.articles[:size],
        "a further copy": further <= laid,
        "a row's name": len(rows) == len(event.alignment.rows) and rows.issuperset(named),
        "a row's cells": all(len(row.cells) == size for row in event.alignment.rows),
        "a claim in a row": comparison.config.redact
        or all(
            held.issuperset(c.claims) for r in event.alignment.rows for held, c in zip(known, r.cells, strict=False)
        ),
        "the index of an article": all(0 <= k < size for k in indices),
        "an article": own <= set(event.articles),
        "its shared text": _fits(event.reuse, size),
        "its nearest article": event.nearest is None or 0 <= event.nearest.article < len(comparison.articles),
    }
    for what, right in checks.items():
        expect(right, f"{event.id}: {what} is wrong")


def _fits(reuse: Reuse, size: int) -> bool:
    lists = (reuse.words, reuse.shared, *reuse.shared)
    members = (sorted(k for origin in origins for k in origin) for origins in (reuse.origins, reuse.loose_origins))
    directed = (k for d in reuse.directions for k in (d.earlier, d.later))
    return (
        all(len(one) == size for one in lists)
        and all(found == list(range(size)) for found in members)
        and all(0 <= k < size for k in directed)
    )


def _found(value: Any, kind: type) -> Iterator[Any]:  # noqa: ANN401 - walks any part of the model
    """Yield every value of a type inside another."""
    if isinstance(value, kind):
        yield value
    if dataclasses.is_dataclass(value):
        inner: Iterable[Any] = (getattr(value, f.name) for f in dataclasses.fields(value))
    else:
        inner = value if isinstance(value, (tuple, list)) else ()
    for one in inner:
        yield from _found(one, kind)


def expect(right: bool, wrong: str) -> None:  # noqa: FBT001 - a condition and what to say where it fails
    """Raise BadEvidenceError unless a condition holds."""
    if not right:
        raise BadEvidenceError(wrong)
