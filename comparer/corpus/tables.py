"""Lay articles and compared events out as rows of the datasets, and take articles out of them again.

In: an Article, or the comparison of one event. Out: rows by dataset. Words of a text stand in `articles` alone: other
datasets name their places, half-open and in code points, and print only a source, a cue or the value of a side.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from comparer.corpus.store import DATASETS, UNDATED, Table, digest
from comparer.model import (
    AnalysedArticle,
    Article,
    ArticleId,
    Block,
    BlockKind,
    Comparison,
    Credit,
    CreditForm,
    EmptyCell,
    EventComparison,
    Finding,
    Manner,
    Passage,
    Provenance,
    Row,
    Sourcing,
    Span,
)
from comparer.reporting.html import IndexLine

STAMP = 8  # signs of a key that say what the article was read with
Rows = dict[str, list[dict[str, Any]]]
_PLAIN = ("id", "outlet", "title", "url", "canonical_url", "path", "published", "modified", "agency", "language",
          "truncated", "digest", "source_digest", "text")  # fmt: skip


def day_of(article: Article) -> str:
    """Return the day of publication, by which the datasets are parted."""
    day = (article.published or "")[:10]
    return day if len(day) == 10 and day[4] == day[7] == "-" and day.replace("-", "").isdigit() else UNDATED


def article_rows(article: Article, *, stamp: str) -> Rows:
    """Return the rows of an article and of its blocks; `key` changes with anything that a comparison may look at."""
    blocks = []
    for n, block in enumerate(article.blocks):
        words = len(block.span.of(article.text).split())
        blocks.append(_row("blocks", block, article=article.id, n=n, words=words, **_place(block.span)))
    row = _row(
        "articles",
        article,
        credits=[{"agency": c.agency, "form": c.form, **_place(c.span)} for c in article.credits],
        provenance=[
            {"field": p.field, "value": p.value, "origin": p.origin, **_place(p.span)} for p in article.provenance
        ],
        words=len(article.main_text.split()),
        key="",
    )
    looked_at = {name: value for name, value in row.items() if name not in ("path", "source_digest")}
    return {"articles": [row | {"key": f"{stamp[:STAMP]}{digest(looked_at, blocks)}"}], "blocks": blocks}


def articles_of(articles: Table, blocks: Table) -> Iterator[Article]:
    """Yield the articles that two tables hold, as they were."""
    parts: defaultdict[str, list[Block]] = defaultdict(list)
    for b in blocks.to_pylist():
        parts[b["article"]].append(
            Block(Span(b["start"], b["stop"]), BlockKind(b["kind"]), b["probability"], b["reason"])
        )
    for row in articles.to_pylist():
        credits_ = (Credit(c["agency"], CreditForm(c["form"]), Span(c["start"], c["stop"])) for c in row["credits"])
        told = (
            Provenance(p["field"], p["value"], p["origin"], None if p["start"] is None else Span(p["start"], p["stop"]))
            for p in row["provenance"]
        )
        more = {"blocks": tuple(parts[row["id"]]), "bylines": tuple(row["bylines"])}
        plain = {name: row[name] for name in _PLAIN}
        yield Article(**(plain | more), credits=tuple(credits_), provenance=tuple(told))


def event_rows(alone: Comparison, line: IndexLine) -> Rows:
    """Return the rows of an event that stands alone; `line` is how the list of events shows it."""
    event = alone.events[0]
    known = {a.article.id: a for a in alone.articles}
    uttered = {(r.passage.article, r.passage.span.start): u.id for u in event.utterances for r in u.readings}
    found: Rows = defaultdict(list)
    found["events"].append(_event(event, line, alone))
    for analysed in known.values():
        for name, read in _read(analysed, event.id, uttered):
            found[name].append(read)
    sourced = {(s.row, s.article): s for s in event.sourcing}
    agreed = {a.row: a for a in event.agreements}
    members = [known[article] for article in event.alignment.articles]
    for row in event.alignment.rows:
        told = {"key": row.key, "confidence": row.confidence, "told_by": len(row.told_by)}
        found["rows"].append(_row("rows", agreed[row.id], event=event.id, **told))
        for k, analysed in enumerate(members):
            found["cells"].append(_cell(event.id, row, k, analysed, sourced.get((row.id, k))))
    found["findings"] = [_finding(event, finding, known) for finding in event.findings]
    found["scores"] = [_row("scores", s, event=event.id, percentile=s.reference_percentile) for s in event.scores]
    return found


def line_of(row: Mapping[str, Any], *, href: str) -> IndexLine:
    """Return how the list of events shows an event, from its row."""
    families = tuple((f["family"], f["findings"]) for f in row["families"])
    told = (row["claims"], row["conflicts"], row["differences"], families)
    return IndexLine(
        href, row["title"], row["dates"], row["first"] or "", tuple(row["outlets"]), len(row["origins"]), *told
    )


def _event(event: EventComparison, line: IndexLine, alone: Comparison) -> dict[str, Any]:
    days = sorted(day for a in alone.articles if (day := day_of(a.article)) != UNDATED)
    return _row(
        "events",
        line,
        **{name: getattr(event, name) for name in ("id", "articles", "confidence", "terms")},
        first=days[0] if days else None,
        last=days[-1] if days else None,
        texts=len(event.articles),
        origins=[[event.articles[k] for k in members] for members in event.reuse.origins],
        loose_origins=len(event.reuse.loose_origins),
        families=[{"family": family, "findings": many} for family, many in line.families],
        **dict.fromkeys(("page", "nearest", "similarity")),
    )


def _read(
    analysed: AnalysedArticle, event: str, uttered: Mapping[tuple[ArticleId, int], str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what was read in one article: a dataset's name and a row; `uttered` are utterances by where they begin."""
    text, name = analysed.article.text, analysed.article.id
    own = {"event": event, "article": name}
    for s in analysed.sentences:
        yield "sentences", _row("sentences", s, **own, n=s.index, **_place(s.span))
    spoken: defaultdict[int, Counter[bool]] = defaultdict(Counter)
    for n, a in enumerate(analysed.attributions):
        found = analysed.source_of(a)
        if found is not None:
            spoken[analysed.sources.index(found)][a.manner is not Manner.INDIRECT] += 1
        words = {"source": _words(a.source, text), "cue": _words(a.cue, text), "via": [v.span.of(text) for v in a.via]}
        kinds = {"stance": a.cue_stance, "kind": a.resolved_kind, "content": [_place(span) for span in a.content]}
        yield "attributions", _row("attributions", a, **own, n=n, **_place(a.extent), **words, **kinds)
    for n, source in enumerate(analysed.sources):
        asked = {"asks_anonymity": source.anonymity is not None, "says_why": source.anonymity_reason is not None}
        counts = {"mentions": len(source.mentions), "direct": spoken[n][True], "indirect": spoken[n][False]}
        yield "sources", _row("sources", source, **own, n=n, **counts, **asked)
    for c in analysed.claims:
        told = {key: getattr(c.vouched, key, None) for key in ("rung", "kind", "manner", "carried", "probability")}
        words = {key: _words(getattr(c.vouched, key, None), text) for key in ("source", "cue")}
        yield "claims", _row("claims", c, **own, **_place(c.passage.span), **told, **words)
    for n, q in enumerate(analysed.quotations):
        utterance = uttered.get((name, q.span.start)) or uttered.get((name, q.content.start))
        size = len(q.content.of(text).split())
        yield "quotations", _row("quotations", q, **own, n=n, **_place(q.span), words=size, utterance=utterance)


def _cell(event: str, row: Row, k: int, analysed: AnalysedArticle, said: Sourcing | None) -> dict[str, Any]:
    cell = row.cells[k]
    near = cell.near_miss if isinstance(cell, EmptyCell) else None
    told = {name: getattr(said, name, None) for name in ("rung", "manner", "probability")}
    return _row(
        "cells",
        analysed.article,
        event=event,
        row=row.id,
        article=analysed.article.id,
        claims=[claim.id for claim in cell.claims],
        reason=cell.reason if isinstance(cell, EmptyCell) else None,
        near_miss=near.claim.id if near else None,
        near_score=near.score if near else None,
        source=said.name if said else None,
        stance=said.cue_stance if said else None,
        **told,
    )


def _finding(event: EventComparison, f: Finding, known: Mapping[ArticleId, AnalysedArticle]) -> dict[str, Any]:
    def outlets(passages: Iterable[Passage]) -> list[str]:
        return list(dict.fromkeys(known[p.article].article.outlet for p in passages))

    sides = []
    for side in f.sides:
        passages = [{"article": p.article, **_place(p.span)} for p in side.passages]
        sides.append({"value": side.value, "outlets": outlets(side.passages), "passages": passages})
    named = {"event": event.id, "family": f.code[0], "outlets": outlets(f.evidence), "sides": sides}
    return _row("findings", f, **named, **dataclasses.asdict(f.magnitude))


def _row(dataset: str, value: object, **given: Any) -> dict[str, Any]:  # noqa: ANN401 - what columns hold
    """Return a row of a dataset: what is given, and for the other columns the fields of a value that are named so."""
    return {column: given[column] if column in given else getattr(value, column) for column in DATASETS[dataset]}


def _place(span: Span | None) -> dict[str, int | None]:
    return {"start": span.start if span else None, "stop": span.end if span else None}


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None
