"""Learn who vouches for a claim: rebuild `comparer/resources/vouching.json`.

In: the folder of annotated events, whose rows say for each outlet on which rung a claim stands there and who is printed
as its source; and `vouching_reader_K.onnx` and `.npz`, the readers that learned without each fold
(`vouching_reader.py`). Out: weights of two multinomial regressions over the signs of `comparer.attribution.signs`, with
the reader's and without; printed are the scores of each fold's events by weights that did not learn from them.

    python training/vouching.py FOLDER WORK [--write]    WORK holds the folds' readers and takes each fold's weights
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from annotated import heard_articles
from numpy.typing import NDArray
from same_claim_data import compared, folds_of, read_events, rows_of
from sklearn.linear_model import LogisticRegression

import comparer
from comparer.attribution import vouching
from comparer.attribution.signs import Heard, Signs
from comparer.attribution.vouching import VOUCHERS, hear, signs_beside, vouched_of
from comparer.language.doc import Doc, read_docs
from comparer.model import AnalysedArticle, Article, Attribution, Claim, Rung, Span
from comparer.pipeline import analyse

FOLDS = 3
STRENGTH = 0.0015  # of the regression on scaled signs: many signs, few events
TRUSTED = 3.0  # how much freer the signs of the reader are than others
DOCUMENTS = 5  # articles a sign must be met in
OTHERS = 4  # claims of other outlets that are looked at; as in the product
TARGET = Path(__file__).parent.parent / "comparer" / "resources" / "vouching.json"
NAMES = [kind.value if kind is not None else rung.value for rung, kind in VOUCHERS]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CellRead:
    """Hold one cell: whose event it is of, who is said to vouch, and what is measured of its claims."""

    event: str
    row: str
    outlet: str
    analysed: AnalysedArticle
    voucher: int
    source: str | None
    cue: str | None
    heard: tuple[Heard, ...]
    beside: tuple[Signs, ...]


def main() -> None:
    """Learn, print the scores of unseen events, and write the weights where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    events = read_events(given.folder)
    fold = dict(zip((e.name for e in events), folds_of(events, FOLDS), strict=True))
    cells: list[CellRead] = []
    further: list[list[CellRead]] = []
    for k in range(FOLDS):
        with listening(given.work, k):
            cells += read_cells(given.folder, [e for e, own in fold.items() if own == k], fast=False)
            further.append(list(further_cells(given.folder, fold, held=k, within=True, fast=False)))
    every = kept_signs(cells)
    by = {"read": every, "words": [name for name in every if not name.startswith("read")]}
    parts: dict[str, list[str]] = {}
    for case, names in by.items():
        guessed, alone = np.zeros((2, len(cells), len(VOUCHERS)))
        for k in range(FOLDS):
            others = [c for n, own in enumerate(further) if n != k for c in own]
            model = learn([c for c in cells if fold[c.event] != k] + others, names)
            parts.setdefault(f"vouching_{k}", []).append(_written(case, model, names))
            at = [n for n, c in enumerate(cells) if fold[c.event] == k]
            guessed[at] = [chances_of(model, cells[n], names) for n in at]
            alone[at] = [chances_of(model, cells[n], names, beside=False) for n in at]
        print(case, json.dumps(scores_of(cells, guessed)), "each article alone", json.dumps(scores_of(cells, alone)))
        everything = cells + [c for own in further for c in own]
        parts.setdefault("all", []).append(_written(case, learn(everything, names), names))
    for name, written in parts.items():
        if name != "all" or given.write:
            path = TARGET if name == "all" else given.work / f"{name}.json"
            path.write_text(f'{{\n"vouchers": {json.dumps(NAMES)},\n{",".join(written)}}}\n', encoding="utf-8")


@contextmanager
def listening(work: Path, fold: int) -> Iterator[None]:
    """Let the package read voices as it does where it did not learn from a fold."""
    files = (work / f"vouching_reader_{fold}.{end}" for end in ("onnx", "npz"))
    own = vouching.listener_of(*(file.read_bytes() for file in files))
    kept, vouching.load_listener = vouching.load_listener, lambda: own  # type: ignore[assignment]
    try:
        yield
    finally:
        vouching.load_listener = kept


def read_cells(folder: Path, wanted: Collection[str], *, fast: bool = True) -> Iterator[CellRead]:
    """Yield every cell of the events wanted whose voucher is annotated, with its claims; unless `fast`, as read."""
    for item in compared(folder):
        if item["id"] not in wanted:
            continue
        pages = {source["outlet"]: page_of(source) for source in item["articles"]}
        rows = [
            (row["id"], {o: [pages[o][1][s] for s in at] for o, at in row["cells"].items()}, row["sourcing"])
            for row in item["rows"]
        ]
        yield from _cells(item["id"], {o: article for o, (article, _) in pages.items()}, rows, fast=fast)
    for item in rows_of(folder, "planted2"):
        if f"planted-{item['event']}" not in wanted:
            continue
        texts = {page["outlet"]: page["text"] for page in item["pages"] if page["grouped"]}
        articles = {o: comparer.read_text(text, outlet=o) for o, text in texts.items()}
        rows = [
            (row["id"], {o: [place_of(texts[o], w) for w in told] for o, told in row["cells"].items()}, row["sourcing"])
            for row in item["rows"]
            if "sourcing" in row
        ]
        yield from _cells(f"planted-{item['event']}", articles, rows, fast=fast)


def further_cells(
    folder: Path, fold: Mapping[str, int], *, held: int, within: bool, fast: bool = True
) -> Iterator[CellRead]:
    """Yield the claims of articles annotated sentence by sentence: of the fold `held`, or of the others."""
    for item in heard_articles(folder):
        if (fold_of_topic(item["event"], fold) == held) is not within:
            continue
        article = comparer.read_text(item["text"])
        doc, read = read_docs([article])[0], analyse(article)
        for n, label in enumerate(item["labels"]):
            span = Span(*label["at"])
            own = [c for c in read.claims if 2 * c.passage.span.shared(span) > min(len(c.passage.span), len(span)) > 0]
            if not own:
                continue
            best = max(own, key=lambda c: (c.passage.span.shared(span), -len(c.passage.span)))
            heard = (hear(read, doc, best, fast=fast),)
            voucher, printed = NAMES.index(label["rung"]), (label["source"], label["cue"])
            yield CellRead(item["event"], f"s{n}", item["id"], read, voucher, *printed, heard, (heard[0].signs,))


def fold_of_topic(event: str, fold: Mapping[str, int]) -> int:
    """Return the fold of an event that may have no rows: that of events on its topic, else one by its name."""
    topic = re.match(r"\d+(?=ecb)", event)
    known = [k for name, k in fold.items() if name == event or (topic and re.match(rf"ecb-{topic[0]}(?=ecb)", name))]
    return known[0] if known else zlib.crc32(event.encode()) % FOLDS


def kept_signs(cells: Sequence[CellRead]) -> list[str]:
    """Return the signs that enough articles show, in order."""
    shown = {(name, c.analysed.article.id) for c in cells for signs in c.beside for name in signs}
    counts = Counter(name for name, _ in shown)
    return sorted(name for name, n in counts.items() if n >= DOCUMENTS)


def learn(cells: Sequence[CellRead], names: Sequence[str]) -> tuple[Array, Array]:
    """Return weights on raw signs, (signs, vouchers), and constants; each claim counts alone and beside others."""
    examples = [(s, c.voucher, 0.5 / len(c.heard)) for c in cells for both in zip(c.beside, c.heard, strict=True)
                for s in (both[0], both[1].signs)]  # fmt: skip
    table = _table([s for s, _, _ in examples], names)
    scale = (table.std(axis=0) + 1e-9) / np.array([TRUSTED if name.startswith("read") else 1.0 for name in names])
    model = LogisticRegression(C=STRENGTH, max_iter=400, tol=1e-4)
    model.fit(table / scale, [v for _, v, _ in examples], sample_weight=[2 * w for _, _, w in examples])
    weights, constant = np.zeros((len(names), len(VOUCHERS))), np.full(len(VOUCHERS), -20.0)
    weights[:, model.classes_] = (model.coef_ / scale).T
    constant[model.classes_] = model.intercept_
    return weights, constant


def chances_of(model: tuple[Array, Array], cell: CellRead, names: Sequence[str], *, beside: bool = True) -> Array:
    """Return the probability of each voucher of a cell: the mean over its claims."""
    weights, constant = model
    signs = cell.beside if beside else [h.signs for h in cell.heard]
    scores = _table(signs, names) @ weights + constant
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray((raised / raised.sum(axis=1, keepdims=True)).mean(axis=0), dtype=float)


def scores_of(cells: Sequence[CellRead], guessed: Array) -> dict[str, Any]:
    """Return how often rung and source are right, on all cells and on the surest three in five."""
    both = [vouched_of(c.analysed, c.heard, p) for c, p in zip(cells, guessed, strict=True)]
    vouched = [v for v, _ in both]
    right = np.array([v.rung is VOUCHERS[c.voucher][0] for c, v in zip(cells, vouched, strict=True)])
    sure = np.array([v.probability for v in vouched])
    order = np.argsort(-sure, kind="stable")[: round(0.62 * len(cells))]
    cited = [(c, said) for c, (_, said) in zip(cells, both, strict=True)
             if c.source and VOUCHERS[c.voucher][0] not in {Rung.OWN_VOICE, Rung.REPORTEDLY}]  # fmt: skip
    bins = np.minimum((sure * 10).astype(int), 9)
    error = sum(abs(sure[bins == b].sum() - right[bins == b].sum()) for b in range(10)) / len(cells)
    return {
        "cells": len(cells),
        "rung": round(float(right.mean()), 4),
        "surest 62 %": round(float(right[order].mean()), 4),
        "calibration error": round(float(error), 4),
        "source": f"{sum(_meets(c, said) for c, said in cited)}/{len(cited)}",
    }


def _meets(cell: CellRead, said: Attribution | None) -> bool:
    """Tell whether a printed source, or its fullest form in the article, shares a word with the annotated one."""
    source = cell.analysed.source_of(said) if said is not None else None
    spans = [s for s in (said.source, said.resolved_source) if s is not None] if said is not None else []
    printed = " ".join([source.name if source is not None else "", *(s.of(cell.analysed.article.text) for s in spans)])
    wanted, got = ({w.lower() for w in re.findall(r"\w+", t) if len(w) > 2} for t in (cell.source or "", printed))
    return bool(wanted & got)


def page_of(source: dict[str, Any]) -> tuple[Article, dict[int | str, Span]]:
    """Return an article of numbered sentences, and where each stands; the headline is "T"."""
    title = source.get("title") or ""
    text, spans = f"{title}\n\n", {"T": Span(0, len(title))}
    starts = set(source.get("paragraphs") or range(len(source["sentences"])))
    for k, sentence in enumerate(source["sentences"]):
        text += "" if k == 0 else "\n\n" if k in starts else " "
        spans[k] = Span(len(text), len(text) + len(sentence))
        text += sentence
    return comparer.read_text(f"{text}\n", outlet=source["outlet"], published=source.get("date")), spans


def place_of(text: str, words: str) -> Span:
    """Return where words first stand in a text; an empty span where they do not."""
    at = text.find(words)
    return Span(at, at + len(words)) if at >= 0 else Span(0, 0)


def _cells(
    event: str,
    articles: dict[str, Article],
    rows: Sequence[tuple[str, dict[str, list[Span]], dict[str, Any]]],
    *,
    fast: bool,
) -> Iterator[CellRead]:
    docs = dict(zip(articles, (doc for a in articles.values() for doc in read_docs([a])), strict=True))
    read = {outlet: analyse(article) for outlet, article in articles.items()}
    for row, told, sourcing in rows:
        claims = {o: _claims(read[o], docs, o, told) for o in told}
        heard = {o: tuple(hear(read[o], docs[o], c, fast=fast) for c in own) for o, own in claims.items()}
        for outlet, wanted in sourcing.items():
            if not heard.get(outlet):
                continue
            others = [(docs[o], h) for o, own in heard.items() if o != outlet for h in own][:OTHERS]
            beside = tuple(signs_beside(docs[outlet], h, others) if others else h.signs for h in heard[outlet])
            voucher = NAMES.index(wanted["rung"])
            printed = wanted.get("source"), wanted.get("cue")
            yield CellRead(event, row, outlet, read[outlet], voucher, *printed, heard[outlet], beside)


def _claims(analysed: AnalysedArticle, docs: dict[str, Doc], outlet: str, told: dict[str, list[Span]]) -> list[Claim]:
    """Return the claims that tell a row: of each sentence the one most like what the others print."""
    theirs = frozenset[str]().union(*(docs[o].stems_of(spans) for o, spans in told.items() if o != outlet))
    found: dict[str, Claim] = {}
    for span in told[outlet]:
        here = [
            c for c in analysed.claims if 2 * c.passage.span.shared(span) >= min(len(c.passage.span), len(span)) > 0
        ]
        if here:
            stems = [docs[outlet].stems(c.passage.span) for c in here]
            best = max(range(len(here)), key=lambda n: (len(stems[n] & theirs) / max(3, len(stems[n])) ** 0.5, -n))
            found[here[best].id] = here[best]
    title = docs[outlet].title
    body = [c for c in found.values() if title is None or not title.overlaps(c.passage.span)]
    return body or list(found.values())


def _table(signs: Sequence[Signs], names: Sequence[str]) -> Array:
    at = {name: n for n, name in enumerate(names)}
    table = np.zeros((len(signs), len(names)))
    for n, own in enumerate(signs):
        for name, value in own.items():
            if name in at:
                table[n, at[name]] = value
    return table


def _written(case: str, model: tuple[Array, Array], names: Sequence[str]) -> str:
    weights, constant = model
    rows = {n: json.dumps([round(float(v), 4) for v in row]) for n, row in zip(names, weights, strict=True)}
    lines = ",\n".join(f"{json.dumps(name)}: {row}" for name, row in rows.items())
    first = json.dumps([round(float(v), 4) for v in constant])
    return f'"{case}": {{\n"constant": {first},\n"weights": {{\n{lines}\n}}\n}}\n'


if __name__ == "__main__":
    main()
