"""Read a claim's text once into what its comparison needs: words, numbers, names, quoted words, character runs.

In: short texts of one event. Out: frozen readings and the matrices of all of them. No offsets go out: a reading is for
comparing only. Fails on scripts without blanks, where a whole line is one word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from comparer.grouping.tfidf import Matrix, idf_of, matrix_of, smooth_idf, unit_rows
from comparer.language.names import find_names
from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import Span
from comparer.resources.loader import load_lexicon

QUOTED = re.compile(r"[“\"«„]([^”\"»“]{3,})[”\"»“]?")
NUMBER_WORDS = {w: str(n) for n, w in enumerate("zero one two three four five six seven eight nine ten".split())} | {
    "eleven": "11", "twelve": "12", "dozen": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}  # fmt: skip
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
DATES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)


@dataclass(frozen=True, slots=True)
class ClaimText:
    """Hold one text's readings: `stems` without function words in order, `all_stems` with them."""

    all_stems: tuple[str, ...]
    stems: tuple[str, ...]
    concepts: tuple[str, ...]
    numbers: frozenset[str]
    names: frozenset[str]
    dates: frozenset[str]
    quoted: frozenset[str]
    flat: str


@dataclass(frozen=True, slots=True)
class EventTexts:
    """Hold every text of an event with the matrices that need all of them: rows are texts, of length one."""

    texts: tuple[ClaimText, ...]
    characters: Matrix
    stems: Matrix
    background: Matrix
    concepts: Matrix
    pairs: Matrix
    shared: Matrix  # square roots of blended weights: a product is the weight two texts share
    names: Matrix


@lru_cache(maxsize=8192)
def read_claim(text: str) -> ClaimText:
    """Return the readings of one text.

    >>> read_claim("Harbour master Ines Vik closed two berths on Monday.").numbers
    frozenset({'2'})
    """
    tokens = words(text)
    forms = [t.form for t in tokens]
    stems = tuple(stem(f) for f in forms)
    content = tuple(s for s, f in zip(stems, forms, strict=True) if f not in STOP_WORDS)
    names = {part for m in find_names(text, [Span(0, len(text))]) for part in m.key.split() if len(part) > 1}
    quoted = {stem(t.form) for m in QUOTED.finditer(text) for t in words(m.group(1))} - STOP_WORDS
    return ClaimText(
        all_stems=stems,
        stems=content,
        concepts=_concepts(stems, content),
        numbers=_numbers(forms),
        names=frozenset(names),
        dates=frozenset(f for f in forms if f in DATES),
        quoted=frozenset(quoted),
        flat=" ".join(forms),
    )


def read_event(texts: Sequence[str]) -> EventTexts:
    """Return the readings of all texts of an event, with inverse frequencies taken inside it."""
    read = tuple(read_claim(text) for text in texts)
    characters, _ = matrix_of([_character_runs(c.flat) for c in read])
    stems, terms = matrix_of([Counter(c.stems) for c in read])
    concepts, concept_terms = matrix_of([dict.fromkeys(c.concepts, 1.0) for c in read])
    pairs, _ = matrix_of(
        [dict.fromkeys(map(" ".join, zip(c.all_stems, c.all_stems[1:], strict=False)), 1.0) for c in read]
    )
    names, name_terms = matrix_of([dict.fromkeys(sorted(c.names), 1.0) for c in read])
    present = stems.sign()
    return EventTexts(
        texts=read,
        characters=unit_rows(_weigh(characters, smooth_idf(characters))),
        stems=unit_rows(_weigh(stems, smooth_idf(stems))),
        background=unit_rows(_weigh(present, _blend(present, terms))),
        concepts=_weigh(concepts, _blend(concepts, concept_terms), root=True),
        pairs=_weigh(pairs, smooth_idf(pairs), root=True),
        shared=_weigh(present, _blend(present, terms), root=True),
        names=_weigh(names, _blend(names, name_terms), root=True),
    )


def _blend(matrix: Matrix, terms: Sequence[str]) -> Any:  # noqa: ANN401 - an array of float per column
    """Return the mean of the event's own weight and the background's: a word all claims print says little here."""
    import numpy as np

    rows, columns = matrix.shape
    seen = np.bincount(matrix.indices, minlength=columns)
    own = np.log((1 + rows) / (0.5 + seen))
    trust = rows / (rows + 40.0)  # under some forty claims the event's own counts are mostly chance
    return trust * own + (1 - trust) * np.array(idf_of(terms)) + 0.1


def _weigh(matrix: Matrix, weights: Any, *, root: bool = False) -> Matrix:  # noqa: ANN401
    import numpy as np
    from scipy.sparse import diags

    return (matrix @ diags(np.sqrt(np.maximum(weights, 0.01)) if root else weights)).tocsr()


def _character_runs(flat: str) -> Counter[str]:
    padded = f" {flat} "
    return Counter(padded[k : k + n] for n in (3, 4, 5) for k in range(len(padded) - n + 1))


def _numbers(forms: Sequence[str]) -> frozenset[str]:
    found = set()
    for k, form in enumerate(forms):
        digits = NUMBER_WORDS.get(form) or form.replace(",", "").rstrip("stndrh")
        try:
            value = float(digits)
        except ValueError:
            continue
        scale = SCALES.get(forms[k + 1], 1.0) if k + 1 < len(forms) else 1.0
        if form != "one":
            found.add(f"{value * scale:g}")
    return frozenset(found)


def _concepts(stems: Sequence[str], content: Sequence[str]) -> tuple[str, ...]:
    """Return the content stems with words of one meaning put under one heading, each once, in order."""
    heading = _headings()
    phrases = [" ".join(p) for n in (2, 3) for p in zip(*(stems[k:] for k in range(n)), strict=False)]
    return tuple(dict.fromkeys([heading.get(s, s) for s in content] + [heading[p] for p in phrases if p in heading]))


@cache
def _headings() -> dict[str, str]:
    """Return for each stem or phrase of stems the heading of its group in `resources/same_meaning.toml`."""
    found: dict[str, str] = {}
    for group in load_lexicon("same_meaning").groups:
        for entry in group.entries:
            forms = [" ".join(stem(w.form) for w in words(part)) for part in entry.split(" = ")]
            for form in forms:
                found.setdefault(form, f"={forms[0]}")
    return found
