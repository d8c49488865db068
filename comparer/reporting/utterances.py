"""Show each utterance that is printed in several forms: a table of aligned words, typed changes beneath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from comparer.model import ChangeKind, Passage, QuoteReading, Utterance
from comparer.reporting.context import EventContext, View
from comparer.reporting.words import MANNERS, SAID, clip, clip_words, sweep

SHORT_WORDS = 25  # words of an utterance that a redacted report lays beside its other printings
_Column = Sequence[str | None]  # what each reading prints in one column


class Piece(NamedTuple):
    """Show what a reading prints in one column: "all", "some", "only" or "none" of the readings print the same.

    `moved` says "printed earlier" or "printed later" where the reading's own order differs from the columns'.
    """

    text: str
    look: str
    moved: str = ""


def utterances(ctx: EventContext) -> list[View]:
    """Return the utterances of an event, those with changes first."""
    ordered = sorted(ctx.event.utterances, key=_same)
    return [_view(ctx, said, n) for n, said in enumerate(ordered, start=1)]


def _same(said: Utterance) -> bool:
    return all(change.kind is ChangeKind.IDENTICAL for change in said.changes)


def _view(ctx: EventContext, said: Utterance, number: int) -> View:
    words = [[None if s is None else ctx.span_text(r.article, s) for s in r.columns] for r in said.readings]
    columns = list(zip(*words, strict=True))
    forms = [_form(ctx, reading, columns, n) for n, reading in enumerate(said.readings)]
    return {
        "id": f"{ctx.prefix}q{number}",
        "title": clip(ctx.text(said.readings[0].passage).strip("\"“”'‘’« »"), 60),
        "row": said.row if said.row in ctx.shared_ids else None,
        "columns": len(columns),
        "forms": forms,
        "changes": [{"kind": SAID["changes"][c.kind], "sides": [ctx.side(s) for s in c.sides]} for c in said.changes],
        "translation": said.possible_translation,
        "same": _same(said),
        "moved": any(form["moved"] for form in forms),
    }


def _form(ctx: EventContext, reading: QuoteReading, columns: Sequence[_Column], place: int) -> View:
    look, manner = MANNERS[reading.manner]
    left = SHORT_WORDS
    moved = _moved(reading)
    pieces = []
    for n, column in enumerate(columns):
        text = column[place]
        if text is None:
            pieces.append(Piece("", "none"))
            continue
        shown = clip_words(text, max(left, 0)) if ctx.redact else text
        left -= len(text.split())
        alike = sum((other or "").casefold() == text.casefold() for other in column)
        agreed = "all" if alike == len(column) else "some" if alike > 1 else "only"
        pieces.append(Piece(shown, agreed, moved.get(n, "")))
    return {
        "outlet": ctx.outlets[reading.article],
        "look": look,
        "manner": manner,
        "place": ctx.link(Passage(ctx.event.articles[reading.article], reading.passage.span)),
        "pieces": pieces,
        "moved": bool(moved),
        "language": ctx.analysed[reading.article].article.language,
        "runs": _runs(ctx, reading, pieces),
    }


def _moved(reading: QuoteReading) -> dict[int, str]:
    """Say which columns a reading prints earlier or later than they stand, moving as few as possible.

    What stays is the longest run of columns whose places in the text ascend; the first of equals.
    """
    placed = [(column, span.start) for column, span in enumerate(reading.columns) if span is not None]
    best: list[list[int]] = [[]]  # the longest run that ends with each column, after an empty one
    for n, (_, start) in enumerate(placed):
        before = (run for run in best if not run or placed[run[-1]][1] <= start)
        best.append([*max(before, key=len), n])
    stays = max(best, key=len)
    printed = sorted(range(len(placed)), key=lambda n: placed[n][1])
    return {
        column: "printed earlier" if printed.index(n) < n else "printed later"
        for n, (column, _) in enumerate(placed)
        if n not in stays
    }


def _runs(ctx: EventContext, reading: QuoteReading, pieces: Sequence[Piece]) -> list[tuple[str, str]]:
    """Return the quotation as printed, in its own order, in runs of one look ("only", "some", "moved" or none)."""
    if ctx.redact:
        return [(ctx.text(reading.passage), "")]
    laid = []
    for span, piece in zip(reading.columns, pieces, strict=True):
        looks = [piece.look] if piece.look in ("only", "some") else []
        looks += ["moved"] if piece.moved else []
        laid += [(span, (look, "")) for look in looks if span is not None]
    text = ctx.analysed[reading.article].article.text
    found = sweep(reading.passage.span, laid)
    return [(run.of(text), " ".join(look for look, _ in marks)) for run, marks in found]
