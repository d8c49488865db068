"""Read annotated events as the product sees them, with what editors granted, for learning which findings hold.

In: the folder of annotated events and a folder with a reader of pairs per fold. Out: events whose claims were laid
together by a reader that had not seen them, each with its granted differences as places; pairs of sentences that differ
in one thing, as events of two lines. Kept in a file of the work folder, for reading takes minutes.
"""

from __future__ import annotations

import gzip
import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from annotated import further_events
from same_claim_data import folds_of, read_events

import comparer
from comparer import pipeline
from comparer.alignment import links
from comparer.alignment.reuse import find_reuse
from comparer.alignment.rows import align
from comparer.comparison.compare import prepared
from comparer.comparison.view import EventView
from comparer.encoder import FILES, Reader, read_pairs, reader_of
from comparer.language.doc import read_docs
from comparer.model import Alignment, AnalysedArticle, Article, Cell, Config, Reuse, Row, RowId

FOLDS = 3
REAL, INVENTED = ("compare_basil", "compare_ecb"), ("planted", "planted2")
CONFIDENCE = 0.8  # of a row of two sentences that were written to tell one claim
TOUCHES = 0.05  # part of the shorter of two places that they share, as in the score
OVERLAP = 0.3  # the same where places are words of invented pages
Place = tuple[int, int, int]  # article, start, end
Words = dict[int, list[Place]]


@dataclass(frozen=True, slots=True)
class Granted:
    """Hold one difference: by article the words that make it, and the sentences they stand in."""

    family: str
    clear: bool
    words: Words
    sentences: dict[int, set[tuple[int, Any]]]
    trap: bool = False


@dataclass
class Gold:
    """Hold one event: articles as read, rows, and what editors granted; `fold` is the one it is left out of."""

    name: str
    fold: int
    real: bool
    analysed: list[AnalysedArticle]
    alignment: Alignment
    reuse: Reuse
    granted: list[Granted]
    sentences: dict[int, dict[Any, tuple[int, int]]] = field(default_factory=dict)
    shared: set[tuple[int, Any]] = field(default_factory=set)
    solo: list[tuple[set[tuple[int, Any]], str]] = field(default_factory=list)

    @cached_property
    def view(self) -> EventView:
        """Return the event as the finders see it."""
        docs = read_docs([a.article for a in self.analysed])
        return prepared(EventView(tuple(self.analysed), docs, self.alignment, self.reuse, config=Config()))[0]

    def on(self, places: Sequence[Place]) -> set[tuple[int, Any]]:
        """Return the sentences that these places touch."""
        return {
            (k, name)
            for k, start, end in places
            for name, span in self.sentences[k].items()
            if span[1] > span[0] and _touch((start, end), span, TOUCHES)
        }

    def meets(self, places: Sequence[Place], granted: Granted) -> bool:
        """Tell whether a finding that rests on these places reports a granted difference, as the score counts it."""
        need = min(2, sum(bool(found) for found in granted.words.values()) if not self.real else len(granted.words))
        if self.real:
            on = self.on(places)
            return sum(bool(on & found) for found in granted.sentences.values()) >= need
        return need > 0 and sum(_any(places, found) for found in granted.words.values()) >= need


def read_gold(data: Path, readers: Path, work: Path) -> list[Gold]:
    """Return all events, real ones first; what was read stays in the work folder."""
    kept = work / "findings_events.pkl"
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # noqa: S301  written by this script
    known = read_events(data)
    folds = dict(zip((e.name for e in known), folds_of(known, FOLDS), strict=True))
    found = [_real(item, item["id"], folds) for name in REAL for item in _items(data / f"{name}.jsonl.gz")]
    invented = [item for name in INVENTED for item in _items(data / f"{name}.jsonl.gz")]
    names = [event.name for event in known[-len(invented) :]]  # they stand last, in this order
    found += [_invented(item, name, folds) for item, name in zip(invented, names, strict=True)]
    for fold in range(FOLDS):
        reader = reader_of(*((readers / f"eight_{fold}" / file).read_bytes() for file in FILES))
        _lay([gold for gold in found if gold.fold == fold], reader, work / f"read_{fold}.pkl")
    kept.write_bytes(pickle.dumps(found))
    return found


def read_further(data: Path, work: Path) -> list[Gold]:
    """Return the events that have not taught the reader of pairs, read by the one that ships."""
    kept = work / "findings_further.pkl"
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # noqa: S301  written by this script
    known = read_events(data)
    folds = dict(zip((e.name for e in known), folds_of(known, FOLDS), strict=True))
    found = [_real(item, item["id"], folds) for item in further_events(data)]
    for gold in found:
        gold.alignment = align(gold.analysed, read_docs([a.article for a in gold.analysed]), gold.reuse)
    kept.write_bytes(pickle.dumps(found))
    return found


def read_contrast(data: Path, work: Path, folds: dict[str, int]) -> list[tuple[Gold, str]]:
    """Return pairs of sentences that differ in one thing or only seem to, each with its family ("none" of a trap)."""
    kept = work / "findings_contrast.pkl"
    if kept.exists():
        return pickle.loads(kept.read_bytes())  # noqa: S301  written by this script
    found = []
    for item in _items(data / "train_contrast.jsonl.gz"):
        texts = [item["a"], item["b"]]
        articles = [comparer.read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]
        analysed = _analysed(articles)
        order = [next(k for k, a in enumerate(articles) if a.id == one.article.id) for one in analysed]
        if not all(one.claims for one in analysed):
            continue
        row = Row(RowId("r1"), tuple(Cell(one.claims) for one in analysed), CONFIDENCE)
        ids = tuple(one.article.id for one in analysed)
        reuse = Reuse(ids, (0, 0), ((0, 0), (0, 0)), ((0,), (1,)), ((0,), (1,)), ())
        words: Words = {}
        for place, side in enumerate(order):
            printed = item[f"{'ab'[side]}_words"]
            start = texts[side].find(printed)
            words[place] = [(place, start, start + len(printed))] if start >= 0 else []
        gold = Gold(item["id"], folds.get(item["event"], -1), False, list(analysed), Alignment(ids, (row,)), reuse, [])
        gold.granted.append(Granted(item["family"], True, words, {}))
        found.append((gold, item["before"]["a"] + "\n" + item["before"]["b"]))
    kept.write_bytes(pickle.dumps(found))
    return found


def _items(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _real(item: dict[str, Any], name: str, folds: dict[str, int]) -> Gold:
    articles, spans = [], {}
    for source in item["articles"]:
        text, places = _printed(source)
        articles.append(comparer.read_text(text, outlet=source["outlet"], published=source.get("date")))
        spans[source["outlet"]] = places
    analysed = _analysed(articles)
    at = {one.article.outlet: k for k, one in enumerate(analysed)}
    gold = _empty(name, folds[name], analysed, real=True)
    gold.sentences = {at[outlet]: places for outlet, places in spans.items()}
    for key, trap in (("differences", False), ("traps", True)):
        for told in item[key]:
            words = {
                at[o]: _occurrences(analysed[at[o]].article, at[o], printed) for o, printed in told["outlets"].items()
            }
            sentences = {k: gold.on(found) for k, found in words.items()}
            gold.granted.append(Granted(told["family"], bool(told.get("clear", True)), words, sentences, trap))
    for quote in item.get("quotes", []):
        if set(quote["change"]) - {"identical"}:
            sentences = {at[o]: {(at[o], p["sentence"])} for o, p in quote["outlets"].items()}
            gold.granted.append(Granted("Q", True, {k: [] for k in sentences}, sentences))
    gold.shared |= {(at[o], s) for row in item["rows"] for o, found in row["cells"].items() for s in found}
    gold.solo += [({(at[s["outlet"]], n) for n in s["sentences"]}, s["weight"]) for s in item["solo"]]
    return gold


def _invented(item: dict[str, Any], name: str, folds: dict[str, int]) -> Gold:
    articles = [comparer.read_text(page["text"], outlet=page["outlet"]) for page in item["pages"] if page["grouped"]]
    analysed = _analysed(articles)
    at = {one.article.outlet: k for k, one in enumerate(analysed)}
    gold = _empty(name, folds[name], analysed, real=False)
    for key, trap in (("findings", False), ("not_findings", True)):
        for told in item[key]:
            words = {
                at[o]: [
                    p
                    for text in ([printed] if isinstance(printed, str) else printed)
                    for p in _occurrences(analysed[at[o]].article, at[o], text)
                ]
                for o, printed in told["evidence"].items()
                if o in at
            }
            gold.granted.append(Granted(told["family"], True, words, {}, trap))
    return gold


def _printed(source: dict[str, Any]) -> tuple[str, dict[Any, tuple[int, int]]]:
    title = source.get("title") or ""
    text, places = title + "\n\n", {"T": (0, len(title))}
    starts = set(source.get("paragraphs") or range(len(source["sentences"])))
    for k, sentence in enumerate(source["sentences"]):
        text += "" if k == 0 else ("\n\n" if k in starts else " ")
        places[k] = (len(text), len(text) + len(sentence))
        text += sentence
    return text + "\n", places


def _analysed(articles: Sequence[Article]) -> list[AnalysedArticle]:
    ordered = pipeline._numbered(pipeline.in_order(articles))  # noqa: SLF001  the product's own order
    return pipeline._analyse(ordered, read_docs(ordered), pipeline._silent, fast=False)  # noqa: SLF001


def _empty(name: str, fold: int, analysed: list[AnalysedArticle], *, real: bool) -> Gold:
    ids = tuple(one.article.id for one in analysed)
    return Gold(
        name,
        fold,
        real,
        analysed,
        Alignment(ids, ()),
        find_reuse([a.article for a in analysed], read_docs([a.article for a in analysed])),
        [],
    )


def _lay(events: Sequence[Gold], reader: Reader, kept: Path) -> None:
    """Lay the claims of events together by a reader that had not seen them; what it said of pairs is kept."""
    known: dict[tuple[str, str], float] = pickle.loads(kept.read_bytes()) if kept.exists() else {}  # noqa: S301

    def read(pairs: Sequence[tuple[str, str]]) -> np.ndarray:
        new = [pair for pair in pairs if tuple(sorted(pair)) not in known]
        known.update(zip((tuple(sorted(p)) for p in new), read_pairs(new, reader=reader).tolist(), strict=True))
        return np.array([known[tuple(sorted(pair))] for pair in pairs])

    links.read_pairs = read
    for gold in events:
        gold.alignment = align(gold.analysed, read_docs([a.article for a in gold.analysed]), gold.reuse)
    links.read_pairs = read_pairs
    kept.write_bytes(pickle.dumps(known))


def _occurrences(article: Article, number: int, wanted: str) -> list[Place]:
    found, start = [], article.text.find(wanted)
    while wanted and start >= 0:
        found.append((number, start, start + len(wanted)))
        start = article.text.find(wanted, start + 1)
    return found


def _touch(one: tuple[int, int], other: tuple[int, int], share: float) -> bool:
    shorter = max(1, min(one[1] - one[0], other[1] - other[0]))
    return min(one[1], other[1]) - max(one[0], other[0]) >= share * shorter


def _any(places: Sequence[Place], found: Sequence[Place]) -> bool:
    return any(a[0] == b[0] and _touch(a[1:], b[1:], OVERLAP) for a in places for b in found)
