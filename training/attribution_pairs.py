"""Learn where two outlets clearly differ in whom they cite: rebuild `comparer/resources/attribution_pairs.json`.

In: the folder of annotated events; a folder with what learned without each fold: `vouching_reader_K.*` and
`vouching_K.json` (from `vouching.py`). Vouchers are thus as on unseen events; rows are where the events are further
ones, and surer on those of the bench, which taught the reader of pairs. Out: boosted trees over the signs of
`comparer.comparison.sourcing.find`; printed is what clears the line.

    python training/attribution_pairs.py FOLDER WORK [--write]
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from same_claim_data import compared, folds_of, read_events, rows_of
from sklearn.ensemble import GradientBoostingClassifier
from vouching import FOLDS, NAMES, listening, page_of, place_of

import comparer
from comparer.attribution import vouching
from comparer.attribution.signs import Signs
from comparer.attribution.vouching import VOUCHERS
from comparer.comparison import compare as comparing
from comparer.comparison.sourcing.find import LINE, WITH, find_differences
from comparer.comparison.sourcing.sources import evidence
from comparer.comparison.view import EventView
from comparer.model import Article, Rung, Span

RATE, TREES = 0.03, 400  # how much of itself each tree adds, and how many there are
EXAMPLES = 5  # pairs a sign must be met in
TARGET = Path(__file__).parent.parent / "comparer" / "resources" / "attribution_pairs.json"
Array = NDArray[np.float64]
Place = tuple[int, int | str]


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one candidate: where it stands, what is measured of it, which gold differences it meets, if it is right."""

    event: str
    code: str
    row: str
    signs: Signs
    met: frozenset[int]
    right: bool


def main() -> None:
    """Learn, print what is found on unseen events, and write the weights where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    events = read_events(given.folder)
    fold = dict(zip((e.name for e in events), folds_of(events, FOLDS), strict=True))
    examples, gold = read_examples(given.folder, given.work, fold)
    names = kept_signs(examples)
    guessed = np.zeros(len(examples))
    for k in range(FOLDS):
        model = learn([e for e in examples if fold[e.event] != k], names)
        at = [n for n, e in enumerate(examples) if fold[e.event] == k]
        guessed[at] = model.predict_proba(_table([examples[n] for n in at], names))[:, 1]
    for line in (0.5, 0.6, 0.7, 0.75, LINE, 0.85, 0.9):
        print(line, json.dumps(scores_of(examples, guessed, line, gold)))
    if given.write:
        data = written(learn(examples, names), names)
        trees = ",\n".join(json.dumps(tree) for tree in data["trees"])
        head = f'"start": {data["start"]},\n"signs": {json.dumps(names)}'
        TARGET.write_text(f'{{\n{head},\n"trees": [\n{trees}\n]\n}}\n', encoding="utf-8")


def read_examples(folder: Path, work: Path, fold: dict[str, int]) -> tuple[list[Example], int]:
    """Return all candidates of the annotated real events, and how many clear differences these hold."""
    found: list[Example] = []
    gold = 0
    for k in range(FOLDS):
        data = json.loads((work / f"vouching_{k}.json").read_text(encoding="utf-8"))
        with listening(work, k), _weights_of(data):
            for item in compared(folder):
                if fold[item["id"]] == k:
                    found += _examples(item)
                    gold += sum(d["clear"] for d in item["differences"] if d["family"] == "A")
            for item in rows_of(folder, "planted2"):
                if fold[f"planted-{item['event']}"] == k:
                    found += _planted(item)
    return found, gold


def _planted(item: dict[str, Any]) -> Iterator[Example]:
    """Yield the candidates of an invented event; its planted differences are not counted among the found."""
    pages = [page for page in item["pages"] if page["grouped"]]
    texts = {page["outlet"]: page["text"] for page in pages}
    articles = [comparer.read_text(page["text"], outlet=page["outlet"]) for page in pages]
    outlet = {article.id: article.outlet for article in articles}
    known = [f["evidence"] for f in item["findings"] if f["family"] == "A"]
    for row in item["rows"]:
        names = sorted(row.get("sourcing") or ())
        known += [{o: row["cells"][o] for o in (a, b)} for a, b in combinations(names, 2)
                  if _rung(row["sourcing"][a]) is not _rung(row["sourcing"][b])]  # fmt: skip
    places = [
        {o: [place_of(texts[o], w) for w in ([ws] if isinstance(ws, str) else ws)] for o, ws in k.items()}
        for k in known
    ]
    view, told = _view(articles)
    for d in find_differences(view, told):
        on = [(outlet[p.article], p.span) for side in (d.left, d.right) for p in evidence(view, side)]
        met = (sum(any(o == at and 3 * s.shared(w) >= min(len(s), len(w)) > 0 for at, s in on for w in words)
                   for o, words in place.items()) for place in places)  # fmt: skip
        yield Example(
            f"planted-{item['event']}",
            d.code,
            d.row.id,
            d.signs,
            frozenset(),
            any(n >= min(2, len(place)) for n, place in zip(met, places, strict=True)),
        )


def _rung(wanted: dict[str, Any]) -> Rung:
    return VOUCHERS[NAMES.index(wanted["rung"])][0]


def learn(examples: Sequence[Example], names: Sequence[str]) -> GradientBoostingClassifier:
    """Return boosted trees over the signs named; few, small, each on a part of the candidates and signs."""
    model = GradientBoostingClassifier(
        n_estimators=TREES, learning_rate=RATE, max_leaf_nodes=8, min_samples_leaf=20, subsample=0.7, max_features=0.4,
        random_state=0,
    )  # fmt: skip
    return model.fit(_table(examples, names), [e.right for e in examples])


def written(model: GradientBoostingClassifier, names: Sequence[str]) -> dict[str, Any]:
    """Return a model as `pairs.probability` reads it."""
    prior = float(model.init_.class_prior_[1])
    trees = [_node(tree.tree_, 0) for tree in model.estimators_[:, 0]]
    return {"start": round(float(np.log(prior / (1 - prior))), 4), "signs": list(names), "trees": trees}


def _node(tree: Any, at: int) -> Any:  # noqa: ANN401 - a tree of scikit-learn in, nested lists out
    if tree.children_left[at] < 0:
        return round(RATE * float(tree.value[at, 0, 0]), 5)
    sides = (_node(tree, int(side[at])) for side in (tree.children_left, tree.children_right))
    return [int(tree.feature[at]), round(float(tree.threshold[at]), 5), *sides]


def _table(examples: Sequence[Example], names: Sequence[str]) -> Array:
    return np.array([[e.signs.get(n, 0.0) for n in names] for e in examples])


def kept_signs(examples: Sequence[Example]) -> list[str]:
    """Return the signs that enough candidates show, in order."""
    names = {name for e in examples for name in e.signs}
    return sorted(n for n in names if sum(n in e.signs for e in examples) >= EXAMPLES)


def scores_of(examples: Sequence[Example], guessed: Array, line: float, gold: int) -> dict[str, str]:
    """Return how many findings (a row and a code) are right, and how many clear differences they meet."""
    printed: dict[tuple[str, str, str], list[tuple[float, Example]]] = {}
    for e, sure in zip(examples, guessed.tolist(), strict=True):
        if sure >= WITH:
            printed.setdefault((e.event, e.row, e.code), []).append((sure, e))
    kept = [[e for _, e in own] for own in printed.values() if max(sure for sure, _ in own) >= line]
    met = {(e.event, n) for own in kept for e in own for n in e.met}
    return {"right": f"{sum(any(e.right for e in own) for own in kept)}/{len(kept)}", "found": f"{len(met)}/{gold}"}


@contextmanager
def _weights_of(data: dict[str, Any]) -> Iterator[None]:
    """Let the package vouch by other weights for a while."""
    kept = vouching.load_json
    vouching.weights_of_vouchers.cache_clear()
    vouching.load_json = lambda _: data  # type: ignore[assignment]
    try:
        yield
    finally:
        vouching.load_json = kept
        vouching.weights_of_vouchers.cache_clear()


def _examples(item: dict[str, Any]) -> Iterator[Example]:
    pages = [page_of(source) for source in item["articles"]]
    outlets = [source["outlet"] for source in item["articles"]]
    order = {article.id: k for k, (article, _) in enumerate(pages)}
    view, told = _view([article for article, _ in pages])

    def sentences(article: str, span: Span) -> set[Place]:
        k = order[article]
        return {
            (k, s)
            for s, place in pages[k][1].items()
            if len(place) and 20 * place.shared(span) >= min(len(place), len(span)) > 0
        }

    clear = [d for d in item["differences"] if d["family"] == "A"]
    wanted = [
        {outlets.index(o): _spots(pages[outlets.index(o)], w, sentences) for o, w in d["outlets"].items()}
        for d in clear
    ]
    implied = [
        {outlets.index(o): {(outlets.index(o), s) for s in row["cells"].get(o, ())} for o in (a, b)}
        for row in item["rows"]
        for a, b in combinations(sorted(row["sourcing"]), 2)
        if _rung(row["sourcing"][a]) is not _rung(row["sourcing"][b])
    ]
    for d in find_differences(view, told):
        on = set().union(*(sentences(p.article, p.span) for side in (d.left, d.right) for p in evidence(view, side)))
        met = [n for n, place in enumerate(wanted) if _meets(on, place)]
        right = bool(met) or any(_meets(on, place) for place in implied)
        yield Example(item["id"], d.code, d.row.id, d.signs, frozenset(n for n in met if clear[n]["clear"]), right)


def _meets(on: set[Place], place: dict[int, set[Place]]) -> bool:
    return sum(bool(on & spots) for spots in place.values()) >= min(2, len(place))


def _spots(page: tuple[Article, dict[int | str, Span]], words: str, sentences: Any) -> set[Place]:  # noqa: ANN401
    at = page[0].text.find(words)
    return sentences(page[0].id, Span(at, at + len(words))) if at >= 0 else set()


def _view(articles: Sequence[Article]) -> tuple[EventView, Any]:
    """Return what the finders of one event are handed."""
    kept: list[tuple[EventView, Any]] = []

    def look(view: EventView, told: Any) -> tuple[()]:  # noqa: ANN401 - handed on
        kept.append((view, told))
        return ()

    found, comparing.find_attribution_findings = comparing.find_attribution_findings, look
    try:
        comparer.compare(articles, one_event=True)
    finally:
        comparing.find_attribution_findings = found
    return kept[0]


if __name__ == "__main__":
    main()
