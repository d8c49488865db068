"""Find runs of words that stand in two articles, over small edits.

In: an article's kept words, with its captions where it is a gallery and little else. Out: runs as indices of words on
both sides. A run counts as copied only where it holds ordinary words outside quotation marks: names, titles and quoted
speech recur without copying.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from comparer.language.doc import Doc
from comparer.language.quotations import find_quotations
from comparer.language.words import STOP_WORDS
from comparer.model import Block, BlockKind, Places, Span, Token

N = 5  # words of a run, as usual in text reuse detection
SHORT = 4  # words of a run that counts toward the share, which no single run decides
REPEATED = 8  # places in one text beyond which a run of words is a refrain or a table's, and no sign of copying
FEWEST_PLAIN = 2  # plain words of a passage
GAP = 3  # words that may differ between two runs of one passage, on either side


class Reading(NamedTuple):
    """Hold an article's kept words, which of them (indices) are quoted or plain, and each run of words by its start.

    A plain word is neither a name, a number nor a function word. `grams` are runs of `N` words, `short` runs of
    `SHORT`; `seams` are the words before which a block was left out.
    """

    tokens: tuple[Token, ...]
    quoted: frozenset[int]
    plain: frozenset[int]
    grams: dict[int, tuple[str, ...]]
    short: dict[int, tuple[str, ...]]
    seams: frozenset[int]

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the words in their normalised forms."""
        return tuple(token.form for token in self.tokens)

    @property
    def total(self) -> int:
        """Count the words that may count as copied: those outside quotation marks."""
        return len(self.tokens) - len(self.quoted)

    def shared_with(self, other: Reading) -> int:
        """Count the words that may count as copied and stand in short runs that the other article holds too."""
        held = set(other.short.values())
        return self.counted(k + n for k, run in self.short.items() if run in held for n in range(SHORT))

    def counted(self, indices: Iterable[int]) -> int:
        """Count how many different words of these (indices) may count as copied."""
        return len(set(indices) - self.quoted)

    def extent(self, indices: Sequence[int]) -> Span:
        """Return the span from the first to the last of these words."""
        return Span(self.tokens[min(indices)].span.start, self.tokens[max(indices)].span.end)


class Run(NamedTuple):
    """Hold the words (indices) of a passage on both sides, equal ones only, in order."""

    left_words: tuple[int, ...]
    right_words: tuple[int, ...]
    quoted: bool

    @property
    def words(self) -> int:
        """Count the equal words."""
        return len(self.left_words)


def read_words(doc: Doc) -> Reading:
    """Return the words of an article's kept blocks; runs never cross from one block to the next."""
    told = _told(doc.blocks)
    known = {block.span for block in told}
    left_out = sorted(block.span.start for block in doc.blocks if block.span not in known)
    tokens: list[Token] = []
    ends: list[tuple[int, int]] = []
    seams: set[int] = set()
    before: int | None = None
    for block in told:
        first = len(tokens)
        if before is not None and bisect_left(left_out, before) < bisect_left(left_out, block.span.start):
            seams.add(first)
        tokens += doc.words(block.span)
        ends.append((first, len(tokens)))
        before = block.span.end
    forms, begins = [t.form for t in tokens], [t.span.start for t in tokens]
    grams, short = (
        {k: tuple(forms[k : k + size]) for first, end in ends for k in range(first, end - size + 1)}
        for size in (N, SHORT)
    )
    quotations = find_quotations(doc.text, [block.span for block in told])
    quoted = (range(bisect_left(begins, q.span.start), bisect_left(begins, q.span.end)) for q in quotations)
    plain = (k for k, form in enumerate(forms) if doc.text[begins[k]].islower() and form not in STOP_WORDS)
    return Reading(tuple(tokens), frozenset().union(*quoted), frozenset(plain), grams, short, frozenset(seams))


def _told(blocks: Sequence[Block]) -> list[Block]:
    """Return the kept blocks, with the captions where they are longer: a gallery tells its story in them."""
    kept = [block for block in blocks if block.kept]
    captions = [block for block in blocks if block.kind is BlockKind.CAPTION and not block.kept]
    if sum(len(b.span) for b in captions) <= sum(len(b.span) for b in kept):
        return kept
    return sorted([*kept, *captions], key=lambda block: block.span)


def shared_runs(left: Reading, right: Reading) -> tuple[Run, ...]:
    """Return the passages both articles hold, in the order of the left one, joined over small edits.

    Of words repeated in a text the longest run is the passage: what a longer run holds on either side is left out.
    """
    runs = []
    for chain in _chains(_matches(left, right)):
        mine = tuple(a + k for a, _, size in chain for k in range(size))
        if len(left.plain.intersection(mine)) >= FEWEST_PLAIN:
            runs.append(_run(left, right, mine, tuple(b + k for _, b, size in chain for k in range(size))))
    ours, theirs = _within([run.left_words for run in runs]), _within([run.right_words for run in runs])
    return tuple(run for run, mine, other in zip(runs, ours, theirs, strict=True) if not (mine or other))


def _within(runs: Sequence[Sequence[int]]) -> list[bool]:
    """Tell of each run of words (indices) whether a longer one holds all of them."""
    held = [frozenset(run) for run in runs]
    reach = [Span(run[0], run[-1] + 1) for run in runs]
    places = Places(range(len(runs)), where=lambda k: reach[k])
    return [any(held[k] < held[n] for n in places.around(reach[k])) for k in range(len(runs))]


def _matches(left: Reading, right: Reading) -> list[tuple[int, int, int]]:
    """Return the longest equal stretches: where they start on either side and their words, `N` or more.

    A run that stands in more than `REPEATED` places, as in tables and refrains, continues a stretch and begins none.
    """
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for start, gram in right.grams.items():
        where[gram].append(start)
    found: list[tuple[int, int, int]] = []
    growing: dict[int, int] = {}
    for start, gram in left.grams.items():
        places = where.get(gram, ())
        further = {
            shift: k
            for shift, k in growing.items()
            if found[k][0] + found[k][2] - start == N - 1 and right.grams.get(start + shift) == gram
        }
        for k in further.values():
            found[k] = (found[k][0], found[k][1], found[k][2] + 1)
        if len(places) <= REPEATED:
            for other in places:
                if other - start not in further:
                    further[other - start] = len(found)
                    found.append((start, other, N))
        growing = further
    return found


def parts(run: Run, left: Reading, right: Reading) -> tuple[Run, ...]:
    """Return a passage cut where either article leaves out a block, so that no part shows what was left out.

    Parts shorter than `SHORT` words are not worth showing.
    """
    pairs = list(zip(run.left_words, run.right_words, strict=True))
    cuts = [
        k
        for k, ((a, b), (c, d)) in enumerate(pairwise(pairs), start=1)
        if _crosses(left, a, c) or _crosses(right, b, d)
    ]
    places = pairwise([0, *cuts, len(pairs)])
    found = (_run(left, right, run.left_words[at:end], run.right_words[at:end]) for at, end in places)
    return tuple(part for part in found if part.words >= SHORT)


def _crosses(reading: Reading, before: int, after: int) -> bool:
    return not reading.seams.isdisjoint(range(before + 1, after + 1))


def _chains(matches: Sequence[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Join matches that follow each other on both sides with at most `GAP` other words between."""
    chains: list[list[tuple[int, int, int]]] = []
    near: list[list[tuple[int, int, int]]] = []  # the chains that a later match may still follow
    for match in sorted(matches):
        near = [chain for chain in near if match[0] - (chain[-1][0] + chain[-1][2]) <= GAP]
        for chain in near:
            a, b, size = chain[-1]
            if match[0] >= a + size and 0 <= match[1] - (b + size) <= GAP:
                chain.append(match)
                break
        else:
            chains.append([match])
            near.append(chains[-1])
    return chains


def _run(left: Reading, right: Reading, mine: tuple[int, ...], other: tuple[int, ...]) -> Run:
    return Run(mine, other, quoted=left.quoted.issuperset(mine) or right.quoted.issuperset(other))
