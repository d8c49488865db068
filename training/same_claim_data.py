"""Read annotated events as pairs of sentences of two outlets, and deal events out into folds.

In: the folder of annotated events. Out: events with their sentences, gold and neutral pairs and today's lexical
probabilities; examples to learn from. No text leaves this module but to be learned from.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from annotated import further_events

from comparer.alignment.claim_texts import read_event
from comparer.alignment.features import Array, plain_features
from comparer.alignment.same_claim import candidate_pairs, first_scores, lexical_probabilities, signs_of
from comparer.language.sentences import split_sentences
from comparer.model import Block, BlockKind, Span

OPENING = 2  # sentences after the headline that it may be about; as in the product
NEAR_NEGATIVES = 1.5  # candidates that are no claim in common, for each gold pair, drawn anew for each pass
FAR_NEGATIVES = 0.1  # other pairs, for each gold pair
MOST_LABELLED = 60000  # unlabelled pairs that a teacher reads
BENCH = ("compare_basil", "compare_ecb")
TELLING = 40  # characters from which on a sentence that two events print shows that they are one event
Place = tuple[int, int]  # article, sentence
Pair = tuple[Place, Place]  # articles in order
Example = tuple[str, str, float]  # two texts and the probability that they report one claim


@dataclass(frozen=True, slots=True)
class Tables:
    """Hold what is measured of each pair of sentences of two articles, as the product measures it.

    `plain` are features of words, (left, right, features), `first` log odds, `ranked` and `placed` probabilities,
    `signs` what kinds of sentences meet, (left, right, signs).
    """

    plain: Array
    first: Array
    ranked: Array
    placed: Array
    signs: Array


@dataclass(frozen=True, slots=True)
class Event:
    """Hold one event: sentences of each outlet (headline first), pairs that are one claim, pairs that do not count.

    `tables` map two articles to what is measured of each pair of their sentences; `candidates` are the pairs of a
    sentence with its best partners, in order.
    """

    name: str
    kind: str
    groups: tuple[tuple[str, ...], ...]
    gold: frozenset[Pair]
    neutral: frozenset[Pair]
    tables: dict[tuple[int, int], Tables]
    candidates: tuple[Pair, ...] = field(default=())

    def texts(self, pair: Pair) -> tuple[str, str]:
        """Return the two sentences of a pair."""
        (k, i), (m, j) = pair
        return self.groups[k][i], self.groups[m][j]

    def read(self) -> list[Pair]:
        """Return the pairs that a reader is asked about, as the product asks."""
        near = {two: candidate_pairs(tables.placed) for two, tables in self.tables.items()}
        counted = (p for p in self.candidates if all(self.texts(p)) and len(set(self.texts(p))) > 1)
        return [((k, i), (m, j)) for (k, i), (m, j) in counted if near[k, m][i, j]]

    def pairs(self) -> Iterator[Pair]:
        """Yield every pair of sentences of two outlets that counts, in order."""
        for k, m in itertools.combinations(range(len(self.groups)), 2):
            for i, j in itertools.product(range(len(self.groups[k])), range(len(self.groups[m]))):
                pair = (k, i), (m, j)
                if pair not in self.neutral and self.groups[k][i] and self.groups[m][j]:
                    yield pair


def read_events(folder: Path) -> list[Event]:
    """Return all annotated events, in the order of their files."""
    found = [_compared(item) for name in BENCH for item in rows_of(folder, name)]
    found += [_compared(item, kind="further") for item in further_events(folder)]
    found += [_compared(item, kind="align") for item in rows_of(folder, "align_basil")]
    return found + [_planted(item) for name in ("planted", "planted2") for item in rows_of(folder, name)]


def folds_of(events: Sequence[Event], folds: int) -> list[int]:
    """Return the fold of each event; events that share a sentence or a topic are never parted, folds weigh alike."""
    owner: dict[str, int] = {}
    root = list(range(len(events)))

    def find(n: int) -> int:
        while root[n] != n:
            n = root[n]
        return n

    for n, event in enumerate(events):
        topic = re.match(r"ecb-\d+", event.name)
        keys = [t for group in event.groups for t in group if len(t) >= TELLING] + ([topic[0]] if topic else [])
        for key in keys:
            root[find(n)] = find(owner.setdefault(key, n))
    groups: dict[int, list[int]] = {}
    for n in range(len(events)):
        groups.setdefault(find(n), []).append(n)
    weight, fold = [0] * folds, [0] * len(events)
    for group in sorted(groups.values(), key=lambda g: (-sum(len(events[n].gold) for n in g), g)):
        lightest = weight.index(min(weight))
        weight[lightest] += sum(len(events[n].gold) for n in group)
        for n in group:
            fold[n] = lightest
    return fold


def examples_of(events: Sequence[Event], seed: int) -> list[Example]:
    """Return gold pairs, half as many candidates again and a few others, either side first at random."""
    draw = random.Random(seed)  # noqa: S311  a sample, no secret
    found: list[Example] = []
    for event in events:
        gold = sorted(event.gold & set(event.pairs()))
        near = [p for p in event.candidates if p not in event.gold and p not in event.neutral]
        known = set(near) | event.gold
        far = [p for p in event.pairs() if p not in known]
        taken = [(p, 1.0) for p in gold]
        taken += [(p, 0.0) for p in draw.sample(near, min(len(near), round(NEAR_NEGATIVES * len(gold))))]
        taken += [(p, 0.0) for p in draw.sample(far, min(len(far), round(FAR_NEGATIVES * len(gold))))]
        found += [(*event.texts(p), label) for p, label in taken]
    return [(b, a, p) if draw.random() < 0.5 else (a, b, p) for a, b, p in found]


def silver_of(folder: Path, events: Sequence[Event]) -> list[Example]:
    """Return the pairs that a larger reader has labelled, without any text of an annotated event."""
    known = {t for event in events for group in event.groups for t in group if len(t) >= TELLING}
    items = rows_of(folder, "train_same_claim_silver")
    return [(i["a"], i["b"], float(i["p"])) for i in items if i["a"] not in known and i["b"] not in known]


def unlabelled(folder: Path, events: Sequence[Event]) -> list[tuple[str, str]]:
    """Return candidate pairs of the grouped articles that are no annotated event: a sample, in a fixed order."""
    known = {t for event in events for group in event.groups for t in group}
    articles: dict[str, list[list[str]]] = {}
    for name in ("group_ecb", "group_basil"):
        for item in rows_of(folder, name):
            block = Block(Span(0, len(item["text"])), BlockKind.CONTENT, 1.0, "")
            sentences = [s.span.of(item["text"]) for s in split_sentences(item["text"], [block])]
            articles.setdefault(item["event"], []).append([s for s in sentences if s not in known])
    pairs = {
        (groups[k][i], groups[m][j])
        for groups in articles.values()
        for (k, i), (m, j) in candidates_of(tables_of(groups))
    }
    return random.Random(0).sample(sorted(pairs), min(MOST_LABELLED, len(pairs)))  # noqa: S311  a sample, no secret


def news(folder: Path) -> Iterator[str]:
    """Yield the texts whose word pieces the reader keeps."""
    for name in ("group_ecb", "group_basil", "group_allsides", "train_attribution_polnear", "planted", "planted2"):
        for item in rows_of(folder, name):
            yield from (page["text"] for page in item["pages"]) if "pages" in item else [item["text"]]
    for item in rows_of(folder, "train_lines_wcxb"):
        yield item["line"]


def compared(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the real events whose rows and differences are annotated: those of the bench, then further ones."""
    for name in BENCH:
        yield from rows_of(folder, name)
    yield from further_events(folder)


def rows_of(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the items of one file."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def tables_of(groups: Sequence[Sequence[str]]) -> dict[tuple[int, int], Tables]:
    """Return what is measured of each pair of sentences, for each two articles.

    All texts are read together; an article begins with its headline, which may be empty.
    """
    event = read_event([text for group in groups for text in group])
    present = event.concepts.sign()
    starts = [0, *itertools.accumulate(len(group) for group in groups)]
    own = [range(a, b) for a, b in itertools.pairwise(starts)]
    title, body = (
        [np.array([low <= n <= high for n in range(len(group))], dtype=bool) for group in groups]
        for low, high in ((0, 0), (OPENING + 1, max(map(len, groups), default=0)))
    )
    found = {}
    for k, m in itertools.combinations(range(len(groups)), 2):
        plain = plain_features(event, own[k], own[m])
        first = first_scores(plain)
        common = np.asarray((present[list(own[k])] @ present[list(own[m])].T).toarray(), dtype=float)
        signs = signs_of((title[k], title[m]), (body[k], body[m]), common)
        found[k, m] = Tables(plain, first, *lexical_probabilities(first), signs)
    return found


def candidates_of(tables: dict[tuple[int, int], Tables]) -> tuple[Pair, ...]:
    """Return each sentence's best partners in each other outlet, from either side."""
    near = {two: np.argwhere(candidate_pairs(own.placed, least=0.0)).tolist() for two, own in tables.items()}
    return tuple(sorted(((k, i), (m, j)) for (k, m), places in near.items() for i, j in places))


def _event(name: str, kind: str, groups: Sequence[Sequence[str]], gold: set[Pair], neutral: set[Pair]) -> Event:
    tables = tables_of(groups)
    frozen = tuple(tuple(group) for group in groups)
    return Event(name, kind, frozen, frozenset(gold), frozenset(neutral - gold), tables, candidates_of(tables))


def _compared(item: dict[str, Any], kind: str = "compare") -> Event:
    """Return an event whose rows name sentences by number, the headline by "T"."""
    outlets = [article["outlet"] for article in item["articles"]]
    groups = [[article.get("title") or "", *article["sentences"]] for article in item["articles"]]
    gold: set[Pair] = set()
    neutral: set[Pair] = set()
    for row in item["rows"]:
        told, mentioned = (
            {(outlets.index(o), 0 if s == "T" else s + 1) for o, at in (row.get(key) or {}).items() for s in at}
            for key in ("cells", "mentions")
        )
        told |= {(outlets.index(o), 0) for o in row.get("headline_outlets") or ()}
        gold |= _across(told)
        neutral |= _across(told | mentioned)
    return _event(item["id"], kind, groups, gold, neutral)


def _planted(item: dict[str, Any]) -> Event:
    """Return an invented event, whose rows quote their sentences."""
    pages = [page for page in item["pages"] if page["grouped"]]
    spans: list[list[Span]] = []
    for page in pages:
        blocks = [Block(Span(a, b), BlockKind(kind), 1.0, "") for a, b, kind in page["lines"]]
        spans.append([s.span for s in split_sentences(page["text"], [b for b in blocks if b.kept])])
    groups = [[span.of(page["text"]) for span in own] for page, own in zip(pages, spans, strict=True)]
    gold: set[Pair] = set()
    for row in item["rows"]:
        told = {
            (k, i)
            for k, page in enumerate(pages)
            for wanted in row["cells"].get(page["outlet"], ())
            for found in re.finditer(re.escape(wanted), page["text"])
            for i, span in enumerate(spans[k])
            if 2 * span.shared(Span(*found.span())) >= min(len(span), len(wanted))
        }
        gold |= _across(told)
    return _event(f"planted-{item['event']}", "planted", groups, gold, set())


def _across(places: set[Place]) -> set[Pair]:
    return {(a, b) for a in places for b in places if a[0] < b[0]}
