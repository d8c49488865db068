"""Find runs of words that stand in two articles, over small edits.

In: an article's kept words. Out: runs as indices of words on both sides. A run counts as copied only where it holds
ordinary words outside quotation marks: names, titles and quoted speech recur without copying.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from comparer.language.tokens import STOP_WORDS, words
from comparer.model import Article, Span, Token

N = 5  # words of a run, as usual in text reuse detection
GAP = 3  # words that may differ between two runs of one passage, on either side
QUOTED = re.compile(r"“[^”]{1,1500}(?:”|$)|(?<!\w)\"[^\"\n]{1,1500}(?:\"|$)|«[^»]{1,1500}»", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold an article's kept words, which of them count as evidence, and its runs of `N` words (one per start)."""

    tokens: tuple[Token, ...]
    quoted: tuple[bool, ...]
    counts: tuple[bool, ...]
    plain: tuple[bool, ...]
    starts: tuple[int, ...]
    grams: tuple[tuple[str, ...], ...]

    @property
    def total(self) -> int:
        """Count the words that may count as copied."""
        return sum(self.counts)

    def extent(self, indices: Sequence[int]) -> Span:
        """Return the span from the first to the last of these words."""
        return Span(self.tokens[min(indices)].span.start, self.tokens[max(indices)].span.end)


@dataclass(frozen=True, slots=True)
class Run:
    """Hold the words (indices) of a passage on both sides, equal ones only, in order."""

    left_words: tuple[int, ...]
    right_words: tuple[int, ...]
    quoted: bool

    @property
    def words(self) -> int:
        """Count the equal words."""
        return len(self.left_words)


def read_words(article: Article) -> Reading:
    """Return the words of an article's kept blocks; runs never cross from one block to the next."""
    text = article.text
    tokens: list[Token] = []
    quoted: list[bool] = []
    starts: list[int] = []
    for block in article.kept_blocks:
        marks = [Span(*m.span()) for m in QUOTED.finditer(text, block.span.start, block.span.end)]
        own = words(text, block.span)
        starts += range(len(tokens), len(tokens) + len(own) - N + 1)
        tokens += own
        quoted += [any(m.covers(t.span) for m in marks) for t in own]
    plain = [_plain(text, t) for t in tokens]
    grams = tuple(tuple(t.form for t in tokens[k : k + N]) for k in starts)
    counts = tuple(not q for q in quoted)
    return Reading(tuple(tokens), tuple(quoted), counts, tuple(plain), tuple(starts), grams)


def shared_runs(left: Reading, right: Reading) -> tuple[Run, ...]:
    """Return the passages both articles hold, in the order of the left one, joined over small edits."""
    where: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for start, gram in zip(right.starts, right.grams, strict=True):
        where[gram].append(start)
    matches: list[tuple[int, int, int]] = []
    for start, gram in zip(left.starts, left.grams, strict=True):
        for other in where.get(gram, ()):
            last = next(
                (k for k, m in enumerate(matches[-8:]) if m[0] + m[2] - start == m[1] + m[2] - other == N - 1), None
            )
            if last is not None:
                k = max(0, len(matches) - 8) + last
                matches[k] = (matches[k][0], matches[k][1], matches[k][2] + 1)
            else:
                matches.append((start, other, N))
    return tuple(run for group in _chains(matches) if (run := _run(left, right, group)) is not None)


def _chains(matches: Sequence[tuple[int, int, int]]) -> list[list[tuple[int, int, int]]]:
    """Join matches that follow each other on both sides with at most `GAP` other words between."""
    chains: list[list[tuple[int, int, int]]] = []
    for match in sorted(matches):
        for chain in chains:
            a, b, size = chain[-1]
            if 0 <= match[0] - (a + size) <= GAP and 0 <= match[1] - (b + size) <= GAP:
                chain.append(match)
                break
        else:
            chains.append([match])
    return chains


def _run(left: Reading, right: Reading, chain: Sequence[tuple[int, int, int]]) -> Run | None:
    mine = tuple(a + k for a, _, size in chain for k in range(size))
    other = tuple(b + k for _, b, size in chain for k in range(size))
    quoted = all(left.quoted[k] for k in mine) or all(right.quoted[k] for k in other)
    if sum(left.plain[k] for k in mine) < 2:
        return None
    return Run(mine, other, quoted)


def _plain(text: str, token: Token) -> bool:
    """Tell whether a word is neither a name, a number nor a function word."""
    return text[token.span.start].islower() and token.form not in STOP_WORDS
