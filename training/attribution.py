"""Learn to read attributions, and write comparer/resources/attribution_{words,links,confidence}.

    python training/attribution.py DATA_FOLDER     the folder that holds train_attribution_polnear

Two chains for where no reader of our own may run, each learned on what the one before makes of documents it has not
seen: one labels words, one links a cue with its content and source. A regression for each reader of cues says how
likely a link is right. Every eighth document is left out of both chains, as of the tagger (`attribution_tagger.py`, to
be run first): what the tagger says of them teaches its regression. A value or feature of fewer than six documents is
dropped, so that no weight holds a text. Two runs write the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from attribution_chain import Example, Growing, labels_of, learn, roles_by_place, save
from attribution_scores import matched, report
from attribution_templates import LINK_TEMPLATES, WORD_LABELS, WORD_TEMPLATES
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import MaxAbsScaler

from comparer.attribution.labelling import Chain
from comparer.attribution.linking import (
    Page,
    Window,
    coded_columns,
    link,
    read_page,
    sentence_columns,
    windows_of,
    word_columns,
)
from comparer.attribution.links import ROLES, Link, signs_of
from comparer.attribution.tagging import tag
from comparer.attribution.units import Unit, scan
from comparer.language.quotations import find_quotations
from comparer.model import Act, Attribution, CueStance, Manner, SourceKind, Span

OUT = Path(__file__).parent.parent / "comparer" / "resources"
LEFT_OUT = 8  # every eighth document
WORDS = {"c1": 1.3, "c2": 0.05, "max_iterations": 55}
LINKS = {"c1": 1.0, "c2": 0.05, "max_iterations": 55}
FEWEST_LINKS = 12  # links a sign must speak for
STRENGTH = 0.3


@dataclass
class Document:
    """Hold one text, its units and what the annotators marked, as roles by place."""

    text: str
    units: tuple[Unit, ...]
    gold: tuple[Attribution, ...]

    def __post_init__(self) -> None:
        self.pieces = pieces = [p for unit in self.units for p in unit.pieces]
        self.base = np.cumsum([0, *(len(u.pieces) for u in self.units[:-1])]).tolist()
        self.words = word_columns(self.units)
        self.marked = roles_by_place(pieces, self.gold)

    def columns(self) -> dict[str, list[str]]:
        """Return what each piece is by itself and in its sentence."""
        return self.words | sentence_columns(self.units, self.words)


def main(folder: Path) -> None:
    """Learn, write the weights and print what the documents left out get."""
    documents = read_documents(folder / "train_attribution_polnear.jsonl.gz")
    seen = [d for k, d in enumerate(documents) if k % LEFT_OUT]
    held = [d for k, d in enumerate(documents) if k % LEFT_OUT == 0]
    halves = seen[::2], seen[1::2]
    labellers = [_labeller(half)[0] for half in halves]
    pages = [[read_page(d.units, labellers[1 - k]) for d in half] for k, half in enumerate(halves)]
    linkers = [_linker(half, of)[0] for half, of in zip(halves, pages, strict=True)]
    of_chain = _Told()
    for k, half in enumerate(halves):
        for document, page in zip(half, pages[k], strict=True):
            of_chain.add(document, link(page, linkers[1 - k]))
    labeller, values = _labeller(seen)
    save(OUT, "attribution_words", labeller, values)
    linker, values = _linker([*halves[0], *halves[1]], [*pages[0], *pages[1]])
    save(OUT, "attribution_links", linker, values)
    of_tagger = _Told()
    for document in held:
        of_tagger.add(document, tag(document.text, document.units))
    record = {"chain": of_chain.regression(), "tagger": of_tagger.regression()}
    path = OUT / "attribution_confidence.json"
    path.write_text(json.dumps(record, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    report([(d.text, d.units, d.gold) for d in held])


@dataclass
class _Told:
    """Hold what speaks for and against each link, and whether an annotator marked it."""

    signs: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)

    def add(self, document: Document, links: Sequence[Link]) -> None:
        """Take in the links of a document."""
        self.signs += signs_of(document.units, links)
        self.right += matched(document.pieces, links, document.gold)

    def regression(self) -> dict[str, Any]:
        """Return the weights of a regression over the signs."""
        vectors = DictVectorizer()
        table = vectors.fit_transform(self.signs)
        kept = np.asarray((table != 0).sum(axis=0)).ravel() >= FEWEST_LINKS
        scaler = MaxAbsScaler()
        model = LogisticRegression(C=STRENGTH, max_iter=3000).fit(scaler.fit_transform(table[:, kept]), self.right)
        weights = model.coef_[0] / scaler.scale_
        names = np.array(vectors.get_feature_names_out())[kept]
        return {
            "intercept": round(float(model.intercept_[0]), 4),
            "weights": {str(n): round(float(w), 4) for n, w in zip(names, weights, strict=True) if abs(w) >= 0.00005},
        }


def read_documents(path: Path) -> list[Document]:
    """Return the annotated documents of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_document(json.loads(line)) for line in lines]


def _document(item: dict[str, Any]) -> Document:
    text = item["text"]
    return Document(text, scan(text, find_quotations(text)), tuple(_marked(a) for a in item["attributions"]))


def _marked(item: dict[str, Any]) -> Attribution:
    spans = {role: tuple(Span(s, e) for s, e in item[role]) for role in ("source", "cue", "content")}
    whole = {role: Span(parts[0].start, parts[-1].end) if parts else None for role, parts in spans.items()}
    other = SourceKind.OTHER
    return Attribution(whole["source"], whole["cue"], spans["content"], Manner.INDIRECT, Act.SPEECH, other, other,
                       CueStance.OTHER, "")  # fmt: skip


def _labeller(documents: Sequence[Document]) -> tuple[Chain, dict[str, list[str]]]:
    grown = Growing()
    examples = []
    for d in documents:
        lengths = [len(u.pieces) for u in d.units]
        gold = [name for unit in labels_of(d.units, d.marked) for name in unit]
        examples.append(Example(*grown.padded(grown.encode(d.columns()), lengths), lengths, gold))
    return learn(examples, grown, WORD_TEMPLATES, WORD_LABELS, WORDS)


def _linker(documents: Sequence[Document], pages: Sequence[Page]) -> tuple[Chain, dict[str, list[str]]]:
    grown = Growing()
    examples = []
    for document, page in zip(documents, pages, strict=True):
        taught = _taught(document, windows_of(page))
        if taught:
            columns, at = coded_columns(page, [w for w, _ in taught], grown)
            lengths = [len(w.places) for w, _ in taught]
            examples.append(Example(columns, at, lengths, [name for _, names in taught for name in names]))
    return learn(examples, grown, LINK_TEMPLATES, ROLES, LINKS)


def _taught(document: Document, windows: Sequence[Window]) -> list[tuple[Window, list[str]]]:
    """Return the windows whose cue an annotator marked, with the roles of that attribution."""
    used: set[int] = set()
    found: list[tuple[Window, list[str]]] = []
    for window in windows:
        shared = [sum(roles.get(k) == "C" for k in window.cue) for roles in document.marked]
        best = max(range(len(shared)), key=lambda n: (shared[n], -n), default=None)
        if best is None or not shared[best] or best in used:
            continue
        used.add(best)
        names = [document.marked[best].get(k, "O") for k in window.places]
        if "T" in names:
            found.append((window, names))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
