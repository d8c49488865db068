"""Lay articles and compared events out as rows of the datasets, and take articles out of them again.

In: an Article, or the comparison of one event. Out: rows by dataset. Words of a text stand in `articles` alone: other
datasets name their places, half-open and in code points, and print only a source, a cue or the value of a side.
"""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from comparer.corpus.store import UNDATED, Table, digest
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
    Provenance,
    Row,
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
    row = {name: getattr(article, name) for name in _PLAIN} | {
        "bylines": list(article.bylines),
        "credits": [{"agency": c.agency, "form": str(c.form), **_place(c.span)} for c in article.credits],
        "provenance": [
            {"field": p.field, "value": p.value, "origin": p.origin, **_place(p.span)} for p in article.provenance
        ],
        "words": len(article.main_text.split()),
    }
    blocks = [
        {
            "article": article.id,
            "n": n,
            **_place(block.span),
            "kind": str(block.kind),
            "kept": block.kept,
            "words": len(block.span.of(article.text).split()),
            "probability": block.probability,
            "reason": block.reason,
        }
        for n, block in enumerate(article.blocks)
    ]
    return {"articles": [row | {"key": f"{stamp[:STAMP]}{digest(row, blocks)}"}], "blocks": blocks}


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
    found: Rows = defaultdict(list)
    found["events"].append(_event(event, line, alone))
    for analysed in known.values():
        for name, read in _read(analysed, _utterances(event)):
            found[name].append({"event": event.id, "article": analysed.article.id} | read)
    sourced = {(s.row, s.article): s for s in event.sourcing}
    agreed = {a.row: a for a in event.agreements}
    members = [known[article] for article in event.alignment.articles]
    for row in event.alignment.rows:
        counts = {name: getattr(agreed[row.id], name) for name in ("outlets", "origins", "loose_origins")}
        told = {"confidence": row.confidence, "told_by": len(row.told_by)}
        found["rows"].append({"event": event.id, "row": row.id, "key": row.key} | told | counts)
        for k, analysed in enumerate(members):
            found["cells"].append({"event": event.id} | _cell(row, k, analysed, sourced.get((row.id, k))))
    found["findings"] = [_finding(event, finding, known) for finding in event.findings]
    for score in event.scores:
        counts = {"name": score.name, "articles": list(score.articles), "value": score.value, "n": score.n}
        found["scores"].append(
            {"event": event.id, "unit": score.unit, "percentile": score.reference_percentile} | counts
        )
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
    return {
        "id": event.id,
        "title": line.title,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "dates": line.dates,
        "texts": len(event.articles),
        "outlets": list(line.outlets),
        "articles": list(event.articles),
        "origins": [[event.articles[k] for k in members] for members in event.reuse.origins],
        "loose_origins": len(event.reuse.loose_origins),
        "claims": line.claims,
        "conflicts": line.conflicts,
        "differences": line.differences,
        "families": [{"family": family, "findings": many} for family, many in line.families],
        "page": None,
        "confidence": event.confidence,
        "terms": list(event.terms),
        "nearest": None,
        "similarity": None,
    }


def _utterances(event: EventComparison) -> dict[tuple[ArticleId, int], str]:
    """Return which utterance a reading belongs to, by the article and where it begins."""
    return {(r.passage.article, r.passage.span.start): u.id for u in event.utterances for r in u.readings}


def _read(
    analysed: AnalysedArticle, uttered: Mapping[tuple[ArticleId, int], str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what was read in one article: a dataset's name and a row."""
    text = analysed.article.text
    for s in analysed.sentences:
        yield "sentences", {"n": s.index, **_place(s.span), "block": s.block}
    spoken: defaultdict[int, Counter[bool]] = defaultdict(Counter)
    for n, a in enumerate(analysed.attributions):
        found = analysed.source_of(a)
        if found is not None:
            spoken[analysed.sources.index(found)][a.manner is not Manner.INDIRECT] += 1
        yield (
            "attributions",
            {
                "n": n,
                **_place(a.extent),
                "source": _words(a.source, text),
                "cue": _words(a.cue, text),
                "cue_lemma": a.cue_lemma,
                "stance": str(a.cue_stance),
                "manner": str(a.manner),
                "act": str(a.act),
                "kind": str(a.resolved_kind),
                "via": [link.span.of(text) for link in a.via],
                "content": [_place(span) for span in a.content],
            },
        )
    for n, one in enumerate(analysed.sources):
        told = {"name": one.name, "kind": str(one.kind), "office": one.office, "mentions": len(one.mentions)}
        counts = {"direct": spoken[n][True], "indirect": spoken[n][False]}
        asked = {"asks_anonymity": one.anonymity is not None, "says_why": one.anonymity_reason is not None}
        yield "sources", {"n": n} | told | counts | asked
    for c in analysed.claims:
        vouched = c.vouched
        yield (
            "claims",
            {
                "id": c.id,
                "sentence": c.sentence,
                **_place(c.passage.span),
                "voice": str(c.voice),
                "rung": str(vouched.rung) if vouched else None,
                "kind": str(vouched.kind) if vouched and vouched.kind else None,
                "source": _words(vouched.source, text) if vouched else None,
                "cue": _words(vouched.cue, text) if vouched else None,
                "manner": str(vouched.manner) if vouched and vouched.manner else None,
                "carried": vouched.carried if vouched else None,
                "probability": vouched.probability if vouched else None,
                "repeats": c.repeats,
            },
        )
    for n, q in enumerate(analysed.quotations):
        starts = (q.span.start, q.content.start)
        utterance = next((u for at in starts if (u := uttered.get((analysed.article.id, at)))), None)
        size = len(q.content.of(text).split())
        yield "quotations", {"n": n, **_place(q.span), "closed": q.closed, "words": size, "utterance": utterance}


def _cell(row: Row, k: int, analysed: AnalysedArticle, said: Any) -> dict[str, Any]:  # noqa: ANN401 - Sourcing or None
    cell = row.cells[k]
    near = cell.near_miss if isinstance(cell, EmptyCell) else None
    return {
        "row": row.id,
        "article": analysed.article.id,
        "outlet": analysed.article.outlet,
        "claims": [claim.id for claim in cell.claims],
        "reason": str(cell.reason) if isinstance(cell, EmptyCell) else None,
        "near_miss": near.claim.id if near else None,
        "near_score": near.score if near else None,
        "rung": str(said.rung) if said else None,
        "source": said.name if said else None,
        "stance": str(said.cue_stance) if said and said.cue_stance else None,
        "manner": str(said.manner) if said and said.manner else None,
        "probability": said.probability if said else None,
    }


def _finding(event: EventComparison, f: Finding, known: Mapping[ArticleId, AnalysedArticle]) -> dict[str, Any]:
    def outlets(passages: Any) -> list[str]:  # noqa: ANN401 - passages of a side or of all
        return list(dict.fromkeys(known[p.article].article.outlet for p in passages))

    sides = [
        {
            "value": side.value,
            "outlets": outlets(side.passages),
            "passages": [{"article": p.article, **_place(p.span)} for p in side.passages],
        }
        for side in f.sides
    ]
    named = {"event": event.id, "id": f.id, "code": f.code, "family": f.code[0], "row": f.row, "message": f.message}
    return (
        named
        | dataclasses.asdict(f.magnitude)
        | {
            "confidence": f.confidence,
            "outlets": outlets(f.evidence),
            "sides": sides,
        }
    )


def _place(span: Span | None) -> dict[str, int | None]:
    return {"start": span.start if span else None, "stop": span.end if span else None}


def _words(span: Span | None, text: str) -> str | None:
    return span.of(text) if span else None
