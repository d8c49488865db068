"""Read a claim's text once into what its comparison needs: words, numbers, names, quoted words, character runs.

In: short texts of one event. Out: frozen readings and the matrices of all of them. No offsets go out: a reading is for
comparing only. Fails on scripts without blanks, where a whole line is one word.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from comparer.grouping.vectors import Matrix, idf_of, matrix_of, smooth_idf, unit_rows
from comparer.language.names import find_names
from comparer.language.words import STOP_WORDS, Words, common_headings, stem
from comparer.model import NameMention, Span, Token
from comparer.resources.loader import word_list, word_set

QUOTED = re.compile(r"[“\"«„]([^”\"»“]{3,})[”\"»“]?")
NUMBER_WORDS = {
    **{word: str(k) for k, word in enumerate(word_list("numerals", "to_twelve"))},
    "dozen": "12", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50",
}  # fmt: skip
SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
DENIALS = frozenset({"no", "not", "never", "nobody", "without", "none", "cannot"})
TRUSTED = 40.0  # claims at which the event's own counts weigh as much as the background's
LONGEST_PERSON = 3  # words; longer names are organisations, whose last word does not stand for them
OFFICES = word_set("titles")
DATES = word_set("calendar", "weekdays", "months")


class ClaimText(NamedTuple):
    """Hold one text's readings.

    `stems` are its words without function words and tags of persons, in order; `concepts` the same under headings of
    one meaning, `predicates` those that are no names; `names` stand for whole names.
    """

    all_stems: tuple[str, ...]
    stems: tuple[str, ...]
    concepts: tuple[str, ...]
    predicates: tuple[str, ...]
    names: tuple[str, ...]
    denies: bool
    numbers: frozenset[str]
    dates: frozenset[str]
    quoted: frozenset[str]
    flat: str


class EventTexts(NamedTuple):
    """Hold every text of an event and matrices with a row per text.

    Products of the first four are cosines (`letters` of all words, `characters` without tags of persons); those from
    `shared` to `pairs` hold square roots of weights, so that a product is the weight two texts share; the last three
    hold ones. `flat` numbers the different flat forms; `fits` holds how well each two of them fit, as far as it was
    asked for: a list's lines recur in both columns.
    """

    texts: tuple[ClaimText, ...]
    letters: Matrix
    characters: Matrix
    stems: Matrix
    background: Matrix
    shared: Matrix
    concepts: Matrix
    predicates: Matrix
    names: Matrix
    pairs: Matrix
    numbers: Matrix
    dates: Matrix
    quoted: Matrix
    flat: NDArray[np.int_]
    fits: NDArray[np.float64]


def read_claim(cut: Words, span: Span, names: Sequence[NameMention]) -> ClaimText:
    """Return the readings of one span of a text, with the names printed in it.

    >>> line = "Harbour master Ines Vik closed two berths on Monday."
    >>> read_claim(Words(line), Span(0, len(line)), ()).numbers
    frozenset({'2'})
    """
    tokens = cut.words(span)
    forms = [t.form for t in tokens]
    stems = tuple(stem(f) for f in forms)
    mentions = [m for m in names if len(m.key) > 1]
    starts, ends = [t.span.start for t in tokens], [t.span.end for t in tokens]
    within = [range(bisect_left(starts, m.span.start), bisect_right(ends, m.span.end)) for m in mentions]
    named = {k for own in within for k in own}
    tags = _tags(tokens, [own for own, m in zip(within, mentions, strict=True) if m.span.start in starts], named)
    content = [k for k, form in enumerate(forms) if form not in STOP_WORDS and k not in tags]
    quoted = (Span(*m.span(1)) for m in QUOTED.finditer(cut.text, span.start, span.end))
    headings = tuple(dict.fromkeys(_name_heading(m.key) for m in mentions))
    return ClaimText(
        all_stems=stems,
        stems=tuple(stems[k] for k in content),
        concepts=_concepts(stems, [stems[k] for k in content]),
        predicates=tuple(p for p in _concepts((), [stems[k] for k in content if k not in named]) if p not in headings),
        names=headings,
        denies=any(f in DENIALS or f.endswith("n't") for f in forms),
        numbers=_numbers(forms),
        dates=frozenset(f for f in forms if f in DATES),
        quoted=frozenset(stem(t.form) for part in quoted for t in cut.words(part)) - STOP_WORDS,
        flat=" ".join(f for k, f in enumerate(forms) if k not in tags),
    )


def read_event(texts: Sequence[str]) -> EventTexts:
    """Return the readings of all texts of an event, with inverse frequencies taken inside it."""
    whole = [(Words(text), Span(0, len(text))) for text in texts]
    return event_texts([read_claim(cut, span, find_names(cut, [span])) for cut, span in whole])


def event_texts(read: Sequence[ClaimText]) -> EventTexts:
    """Return the matrices of texts that are read already."""
    stems, terms = matrix_of([Counter(c.stems) for c in read])
    pairs, _ = _ones([map(" ".join, itertools.pairwise(c.all_stems)) for c in read])
    present = stems.sign()
    flat = {form: n for n, form in enumerate(dict.fromkeys(c.flat for c in read))}
    return EventTexts(
        texts=tuple(read),
        letters=_cosines(_character_runs([" ".join(c.all_stems) for c in read])),
        characters=_cosines(_character_runs([c.flat for c in read])),
        stems=_cosines(stems),
        background=unit_rows(_weigh(present, _blend(present, terms))),
        shared=_weigh(present, np.sqrt(_blend(present, terms))),
        concepts=_roots([c.concepts for c in read]),
        predicates=_roots([c.predicates for c in read]),
        names=_roots([c.names for c in read]),
        pairs=_weigh(pairs, np.sqrt(smooth_idf(pairs))),
        numbers=_ones([c.numbers for c in read])[0],
        dates=_ones([c.dates for c in read])[0],
        quoted=_ones([c.quoted for c in read])[0],
        flat=np.array([flat[c.flat] for c in read], dtype=int),
        fits=np.full((len(flat), len(flat)), np.nan),
    )


def _tags(tokens: Sequence[Token], mentions: Sequence[range], names: Collection[int]) -> frozenset[int]:
    """Return the words (indices) that only tag a person: first names, offices, the country before an office.

    `mentions` are the words of each name that begins with a whole word, `names` the words of all.
    "Ukrainian President Volodymyr Zelensky" says no more than "Zelensky": four shared words are no shared claim.
    """
    found: set[int] = set()
    for own in mentions:
        found.update(own[:-1] if len(own) <= LONGEST_PERSON else ())
        before = own.start - 1
        while before >= 0 and before not in names and tokens[before].form.rstrip(".") in OFFICES:
            found.add(before)
            before -= 1
        if before >= 0 and before in names and before + 1 in found:
            found.add(before)
    return frozenset(found)


def _ones(bags: Sequence[Iterable[str]]) -> tuple[Matrix, tuple[str, ...]]:
    return matrix_of([dict.fromkeys(bag, 1.0) for bag in bags])


def _roots(bags: Sequence[Sequence[str]]) -> Matrix:
    matrix, terms = _ones(bags)
    return _weigh(matrix, np.sqrt(_blend(matrix, terms)))


def _cosines(counts: Matrix) -> Matrix:
    return unit_rows(_weigh(counts, smooth_idf(counts)))


def _blend(matrix: Matrix, terms: Sequence[str]) -> NDArray[np.float64]:
    """Return the mean of the event's own weight and the background's: a word all claims print says little here."""
    rows, columns = matrix.shape
    if not terms:
        return np.ones(columns)
    seen = np.bincount(matrix.indices, minlength=columns)
    own = np.log((1 + rows) / (0.5 + seen))
    trust = rows / (rows + TRUSTED)
    return np.asarray(np.maximum(trust * own + (1 - trust) * np.array(idf_of(terms)) + 0.1, 0.01), dtype=float)


def _weigh(matrix: Matrix, weights: NDArray[np.float64]) -> Matrix:
    weighed = matrix.copy()
    weighed.data *= weights[matrix.indices]
    return weighed


def _character_runs(texts: Sequence[str]) -> Matrix:
    """Return how often each run of three to five letters stands in each text, a row per text."""
    from scipy.sparse import csr_matrix

    padded = [f" {text} " for text in texts]
    points = np.frombuffer("".join(padded).encode("utf-32-le", "replace"), dtype=np.uint32)
    alphabet, letters = np.unique(points, return_inverse=True)
    owner = np.repeat(np.arange(len(padded)), [len(text) for text in padded])
    rows, columns, width = [np.zeros(0, dtype=int)], [np.zeros(0, dtype=int)], 0
    for n in (3, 4, 5):
        run = np.zeros(max(0, len(letters) - n + 1), dtype=np.int64)
        for k in range(n):
            run = run * len(alphabet) + letters[k : k + len(run)]
        inside = owner[: len(run)] == owner[n - 1 : n - 1 + len(run)]
        kept, column = np.unique(run[inside], return_inverse=True)
        rows.append(owner[: len(run)][inside])
        columns.append(column + width)
        width += len(kept)
    at = (np.concatenate(rows), np.concatenate(columns))
    return csr_matrix((np.ones(len(at[0])), at), shape=(len(texts), max(1, width)))


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
    heading = common_headings()
    phrases = [" ".join(p) for n in (2, 3) for p in zip(*(stems[k:] for k in range(n)), strict=False)]
    return tuple(dict.fromkeys([heading.get(s, s) for s in content] + [heading[p] for p in phrases if p in heading]))


def _name_heading(key: str) -> str:
    """Return the heading of a name whose country or city stands in a group, else its last word."""
    heading = common_headings()
    parts = [stem(part) for part in key.split()]
    return heading.get(" ".join(parts)) or heading.get(parts[-1]) or key.rsplit(maxsplit=1)[-1]
