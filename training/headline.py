"""Learn which line or claim of a page is its headline, and write comparer/resources/headline.json.

    python training/headline.py DATA_FOLDER

Learns the look of lines from pages_news, html_fundus (its text alone) and planted pages, and what tags claim from
html_fundus, by two conditional logits. Prints what pages of held-out outlets (of held-out events) get; claims are
judged and learned with looks that have not seen the outlet. Two runs write the same bytes.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.optimize import minimize

from comparer.cleaning.clean import opening_of
from comparer.cleaning.headline import (
    NO_TAGS,
    Matrix,
    Tags,
    candidates,
    claims_of,
    describe_claims,
    describe_lines,
    tags_of,
)
from comparer.cleaning.lines import Record
from comparer.model.article import RawPage
from comparer.reading.markup import page_from_markup

OUT = Path(__file__).parent.parent / "comparer" / "resources" / "headline.json"
FOLDS = 5
COPIED = (1, 2, 4)  # paragraphs of copies as people paste them: the headline, and the beginning of the text
SHARE = 0.1  # what such a copy weighs
WITHOUT = 0.02  # what a copy without its headline weighs: such pages are rare
STRENGTH = {"lines": 0.3, "claims": 0.1}  # inverse regularisation, chosen on held-out outlets; flat around


class Page(NamedTuple):
    """Hold a page that is learned from: its fold, its records and where its text stands, its tags, its headline."""

    source: str
    fold: int
    records: list[Record]
    text: tuple[int, int]
    tags: Tags
    headline: str

    def right(self, texts: Sequence[str]) -> Matrix:
        """Tell for each of some texts whether it is the headline."""
        return np.array([flat(text) == self.headline != "" for text in texts], float)


class Choice(NamedTuple):
    """Hold the candidates of one page: a row each, which are right, and what the page weighs."""

    rows: Matrix
    right: Matrix
    weight: float = 1.0


def main(folder: Path) -> None:
    """Learn on every page, print what held-out ones get, and write the weights."""
    pages = [read_page for page in pages_in(folder) for read_page in (page, *copies(page))]
    held = [fit(learned_from([p for p in pages if p.fold != k]), "lines") for k in range(FOLDS)]
    tagged = [page for page in pages if page.tags.lines]
    found = [claims_on(page, held[page.fold]) for page in tagged]
    told = {page.source: Counter[str]() for page in pages}
    for page in pages:
        told[page.source].update(pages=1, right=int(is_right(lines_of(page), held[page.fold])))
    for k in range(FOLDS):
        weights = fit([c for p, c in zip(tagged, found, strict=True) if p.fold != k], "claims")
        right = [is_right(c, weights) for p, c in zip(tagged, found, strict=True) if p.fold == k]
        told["html_fundus"].update(right_with_tags=sum(right))
    for source, counts in told.items():
        print(source, dict(counts))
    learned = {"lines": fit(learned_from(pages), "lines"), "claims": fit(found, "claims")}
    plain = {name: [float(f"{w:.4g}") for w in weights] for name, weights in learned.items()}
    OUT.write_text(json.dumps(plain) + "\n", encoding="utf-8")


def learned_from(pages: Sequence[Page]) -> Iterator[Choice]:
    """Yield the lines of each page that prints its headline, and those of a copy from which it is taken off."""
    for page in pages:
        choice = lines_of(page)
        if choice.right.any() or not page.headline:
            yield choice._replace(weight=SHARE if page.source in {"copies", "bodies"} else 1.0)
        if choice.right.any() and page.source != "copies":
            start, end = page.text
            gone = [at for at, one in enumerate(page.records[:start]) if flat(one.unit.text) == page.headline]
            records = [one for at, one in enumerate(page.records) if at not in gone]
            text = (start - len(gone), end - len(gone))
            yield lines_of(page._replace(records=records, text=text))._replace(weight=WITHOUT)


def lines_of(page: Page) -> Choice:
    """Return the lines of a page among which its headline may be."""
    at = candidates(page.records, page.text[0])
    rows = describe_lines(page.records, at, *page.text)
    return Choice(rows, page.right([page.records[i].unit.text for i in at]))


def claims_on(page: Page, looks: Matrix) -> Choice:
    """Return what claims to be the headline of a page with tags."""
    at = candidates(page.records, page.text[0])
    scores = describe_lines(page.records, at, *page.text) @ looks
    claims = claims_of(page.records, [at[int(scores.argmax())]] if at else [], page.tags)
    rows = describe_claims(page.records, claims, page.tags.titles)
    return Choice(rows, page.right([claim.text for claim in claims]))


def is_right(choice: Choice, weights: Matrix) -> bool:
    """Tell whether the most probable candidate is right, or none is taken where none is."""
    scores = choice.rows @ weights
    if not len(scores) or scores.max() <= 0:
        return not choice.right.any()
    return bool(choice.right[int(scores.argmax())])


def fit(choices: Iterable[Choice], name: str) -> Matrix:
    """Return the weights of a conditional logit; "none of these" is a candidate of score 0, the last sign constant."""
    choices = [choice for choice in choices if len(choice.rows)]
    own = np.array([choice.weight for choice in choices])
    rows, right = (np.concatenate([choice[i] for choice in choices]) for i in (0, 1))
    of = np.repeat(np.arange(len(choices)), [len(choice.rows) for choice in choices])
    spread = rows.std(axis=0) + 1e-6
    spread[-1] = 1
    scaled, has = rows / spread, np.bincount(of, right) > 0
    free = np.append(np.full(rows.shape[1] - 1, 1 / STRENGTH[name]), 0)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        powers = np.exp(np.minimum(scaled @ weights, 30))
        total, hit = 1 + np.bincount(of, powers), np.where(has, np.bincount(of, powers * right), 1)
        slope = own[of] * (powers / total[of] - has[of] * powers * right / hit[of])
        value = (own * (np.log(total) - np.log(hit))).sum() + (free * weights**2).sum() / 2
        return float(value), scaled.T @ slope + free * weights

    return np.asarray(minimize(loss, np.zeros(rows.shape[1]), jac=True, method="L-BFGS-B").x / spread)


def pages_in(folder: Path) -> Iterator[Page]:
    """Yield the pages that are learned from."""
    for item in items(folder, "pages_news"):
        text = "\n".join(line for line, _ in item["lines"])
        yield read("pages_news", outlet(item["name"]), RawPage(text=text), item["meta"]["title"])
    for item in items(folder, "html_fundus"):
        page = page_from_markup(item["html"], url=item.get("url"))
        yield read("html_fundus", outlet(item["id"]), page, item["title"])
    for name in ("planted", "planted2"):
        for item in items(folder, name):
            for page in item["pages"]:
                yield read("planted", item["event"], RawPage(text=page["text"]), page["title"] or "")
    for item in items(folder, "compare_basil"):
        for article in item["articles"]:
            starts = {0, *(article.get("paragraphs") or range(len(article["sentences"])))}
            text = "".join(("\n\n" if k in starts else " ") + said for k, said in enumerate(article["sentences"]))
            for title in (article["title"], ""):
                yield read("compare_basil", item["id"], RawPage(text=title + text), title)


def copies(page: Page) -> Iterator[Page]:
    """Yield copies of a page that print the first paragraphs of its text alone, with its headline and without."""
    start, end = page.text
    printed = next((one.unit.text for one in page.records[:start] if flat(one.unit.text) == page.headline), "")
    text = [one.unit.text for one in page.records[start:end] if one.prose]
    for count in (*COPIED, len(text)) if printed and len(text) >= max(COPIED) else ():
        for above in ([printed], []):
            records, first, last = opening_of("\n\n".join((*above, *text[:count])))
            headline = page.headline if above else ""
            yield Page("copies" if above else "bodies", page.fold, records, (first, last), NO_TAGS, headline)


def read(source: str, group: str, page: RawPage, headline: str) -> Page:
    """Return a page as it is learned from; `group` is what is held out whole."""
    records, start, end = opening_of(page.text)
    fold = zlib.crc32(group.encode()) % FOLDS
    return Page(source, fold, records, (start, end), tags_of(page), flat(headline))


def items(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """Yield what a file of the folder holds."""
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def outlet(name: str) -> str:
    """Return the outlet of a page named "uk-HarbourPost_2025_05_19".

    >>> outlet("uk-HarbourPost_2025_05_19")
    'HarbourPost'
    """
    return name.rsplit("_", 3)[0].rsplit("-", maxsplit=1)[-1]


def flat(text: str) -> str:
    """Return the words of a text in lower case."""
    return " ".join(re.findall(r"\w+", text.lower()))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python training/headline.py DATA_FOLDER")
    main(Path(sys.argv[1]))
