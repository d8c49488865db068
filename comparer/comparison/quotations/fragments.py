"""Find sentences that one outlet quotes at length and another in a fragment, where both tell one claim: Q109.

In: the event. Out: a finding per claim, with the longer sentence and what the others print of it inside quotation
marks. A fragment is a run of the longer sentence's words, two of them full words and one no name; where the other
outlet prints the rest in quotations of its own, nothing is left out. Which words to quote is an editor's choice, and is
shown as that. Fails where the rest is retold so closely that nothing is lost.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from comparer.comparison.judged import rate
from comparer.comparison.quotations.linking import EVERYWHERE, MIN_WEIGHT, Piece, quoted_pieces, runs
from comparer.comparison.view import EventView
from comparer.model import Finding, Passage, Rate, Side, Span

MORE = 3  # words of the longer sentence that stand in no quotation of the other text
PAIR = 2  # words in a row of a quotation that print a part of the longer sentence


def find_fragments(event: EventView, known: Sequence[Finding]) -> list[Finding]:
    """Return the findings of fragments by row; pairs of quotations on which a known finding rests give none."""
    pieces = [piece for piece in event.once(quoted_pieces) if not piece.title]
    printing = _printing(pieces)

    @cache
    def left_out(longer: int, article: int) -> int:
        return _left_out(pieces[longer], article, pieces, printing)

    found: dict[int, dict[Piece, list[Piece]]] = {}
    for shorter in pieces:
        rarest = min((printing[form] for form in _full(shorter)), key=len, default=())
        for n in rarest if len(rarest) <= EVERYWHERE else ():
            longer = pieces[n]
            if longer.article == shorter.article or not _fragment(longer, shorter):
                continue
            shared = _rows(event, longer) & _rows(event, shorter)
            places = [(piece.article, piece.span) for piece in (longer, shorter)]
            if not shared or left_out(n, shorter.article) < MORE or reported(event, known, places):
                continue
            row = min(shared, key=lambda k: (-event.shared_rows[k].confidence, k))
            found.setdefault(row, {}).setdefault(longer, []).append(shorter)
    return [_finding(event, row, *_fullest(quoted)) for row, quoted in sorted(found.items())]


def reported(event: EventView, known: Sequence[Finding], places: Sequence[tuple[int, Span]]) -> bool:
    """Tell whether one finding rests on all these places, as articles and spans."""
    return any(
        all(any(event.index_of(p) == k and p.span.overlaps(span) for p in finding.evidence) for k, span in places)
        for finding in known
    )


def _fragment(longer: Piece, shorter: Piece) -> bool:
    """Tell whether all that one quoted sentence says stands in a row in another that says more."""
    if len(shorter.words) >= len(longer.words):
        return False
    if runs(longer.forms, shorter.forms)[0].size != len(shorter.words):
        return False
    full = [word for word in shorter.words if not word.bare]
    return len(full) >= MIN_WEIGHT and any(not word.capital for word in full)


def _left_out(longer: Piece, article: int, pieces: Sequence[Piece], printing: Mapping[str, Sequence[int]]) -> int:
    """Return how many words of a quoted sentence, brackets aside, stand in no quotation of an article."""
    held = {n for form in _full(longer) if len(printing[form]) <= EVERYWHERE for n in printing[form]}
    printed: set[int] = set()
    for piece in (pieces[n] for n in held if pieces[n].article == article):
        for run in runs(longer.forms, piece.forms):
            at = range(run.a, run.a + run.size)
            if run.size >= PAIR and any(not longer.words[k].bare for k in at):
                printed.update(at)
    return sum(not word.bracketed and n not in printed for n, word in enumerate(longer.words))


def _printing(pieces: Sequence[Piece]) -> Mapping[str, Sequence[int]]:
    """Return by full word the numbers of the quoted sentences that print it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for n, piece in enumerate(pieces):
        for form in _full(piece):
            found[form].append(n)
    return found


def _full(piece: Piece) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.form for word in piece.words if not word.bare))


def _rows(event: EventView, piece: Piece) -> set[int]:
    return {n for n, _ in event.told_at[piece.article].touching(piece.span)}


def _fullest(quoted: dict[Piece, list[Piece]]) -> tuple[Piece, list[Piece]]:
    """Return the sentence of which most outlets print a fragment, the longest of equals, and the fragments."""
    longer = min(quoted, key=lambda p: (-len({s.article for s in quoted[p]}), -len(p.words), p.article, p.span))
    return longer, quoted[longer]


def _finding(event: EventView, row: int, longer: Piece, fragments: Sequence[Piece]) -> Finding:
    sides: dict[str, list[Passage]] = {}
    for piece in (longer, *fragments):
        printed = " ".join(event.text(piece.article, piece.span).split())
        sides.setdefault(printed, []).append(event.passage(piece.article, piece.span))
    return Finding(
        code="Q109",
        row=event.shared_rows[row].id,
        sides=tuple(Side(printed, tuple(passages)) for printed, passages in sides.items()),
        magnitude=Rate(
            max(len(p.words) for p in fragments), sum(not w.bracketed for w in longer.words), "words of the sentence"
        ),
        message="The words of a quoted fragment stand in a longer quoted sentence elsewhere. That both are one "
        "utterance is not asserted.",
        confidence=rate("Q109"),
    )
