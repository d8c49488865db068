"""Find who says what in a text: source, cue and content spans, by rules.

In: a text. Out: `Attribution`s in page order, spans into that text, labelled after PARC 3 (Pareti 2015) and PolNeAR
(Newell et al. 2018): direct, indirect and mixed speech, beliefs and intentions. The rules look at closed word classes
and lists of reporting verbs; there is no parser and no learned model. Refuses to ascribe speech that was denied or
only imagined. Fails on verbs outside the lists and on sources without a border ("He told Ana Ruiz would come").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from comparer.attribution.according import according_to, colon_speech, noun_cues
from comparer.attribution.contents import Frame, frames
from comparer.attribution.cues import find_cues
from comparer.attribution.kinds import source_kind
from comparer.attribution.phrases import contracted
from comparer.attribution.quotations import find_quotations
from comparer.attribution.resolve import resolve
from comparer.attribution.scan import Piece, Unit, scan
from comparer.model import Act, Attribution, CueStance, Manner, Quotation, SourceKind, Span


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Return every attribution found in `text`, ordered by where it starts; empty where nobody is cited.

    A pronoun's `resolved_source` is its antecedent. A quotation without a cue that follows a speaker's quotation in the
    same paragraph joins its content; in the next paragraph it stands alone, with `source` None.

    >>> text = "“The pier is closed,” harbour master Ines Obi said on Monday, adding that repairs would take weeks."
    >>> [(a.source.of(text), a.cue.of(text), a.content[0].of(text)) for a in find_attributions(text)]
    [('harbour master Ines Obi', 'said', '“The pier is closed,”'), ('harbour master Ines Obi', 'adding', 'that repairs would take weeks')]
    """
    return attributions_in(text, find_quotations(text))


def attributions_in(text: str, quotations: Sequence[Quotation]) -> tuple[Attribution, ...]:
    """Return the attributions of `text` given its quotations."""
    units = scan(text, quotations)
    found: list[Attribution] = []
    last: Attribution | None = None
    last_unit = -9
    waiting: Attribution | None = None
    for number, unit in enumerate(units):
        here = list(_of_unit(text, unit))
        opening = _opening_quotation(unit)
        if waiting is not None and opening is not None:
            _replace(found, waiting, replace(waiting, content=(opening,), manner=Manner.DIRECT))
            waiting = None
            last_unit = number
            continue
        if waiting is not None:
            found.remove(waiting)
            waiting = None
        if (
            not here
            and opening is not None
            and last is not None
            and number - last_unit == 1
            and last.manner is not Manner.INDIRECT
        ):
            last = _continue(found, last, opening, same_paragraph=unit.paragraph == units[last_unit].paragraph)
            last_unit = number
            continue
        found.extend(here)
        if here and not here[-1].content:
            waiting = here[-1]
        spoken = [a for a in here if a.content and a.act is Act.SPEECH and a.source is not None]
        if spoken:
            last, last_unit = (
                spoken[-1]
                if spoken[-1].manner is not Manner.INDIRECT
                else next((a for a in spoken if a.manner is not Manner.INDIRECT), spoken[-1]),
                number,
            )
    found = outermost([a for a in found if a.content])
    return resolve(text, units, tuple(sorted(found, key=lambda a: (a.extent.start, a.extent.end))))


def outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """Drop what stands wholly inside another's content; an agency that passes on a speaker becomes a link before him.

    "Ruiz said Obi believes the vote was lost" is told by Ruiz alone (PolNeAR annotates it so).
    """
    kept: list[Attribution] = []
    for attribution in found:
        outer = next((o for o in found if o is not attribution and _inside(attribution, o)), None)
        if outer is None:
            kept.append(attribution)
    return kept


def _inside(inner: Attribution, outer: Attribution) -> bool:
    extent = inner.extent
    if any(part.covers(extent) for part in outer.content):
        return extent != outer.extent and not (inner.content == outer.content)
    return False


def _replace(found: list[Attribution], old: Attribution, new: Attribution) -> None:
    found[found.index(old)] = new


def _continue(found: list[Attribution], last: Attribution, opening: Span, *, same_paragraph: bool) -> Attribution:
    if same_paragraph:
        longer = replace(last, content=(*last.content, opening))
        _replace(found, last, longer)
        return longer
    found.append(
        replace(
            last,
            source=None,
            cue=None,
            content=(opening,),
            manner=Manner.DIRECT,
            cue_lemma="",
            via=(),
            cue_stance=CueStance.NEUTRAL,
            resolved_source=last.source or last.resolved_source,
        )
    )
    return found[-1]


def _opening_quotation(unit: Unit) -> Span | None:
    """Return the quotations a unit consists of, as one span; None where it holds words of its own."""
    if not unit.pieces or unit.pieces[0].quotation is None:
        return None
    if any(p.low[:1].isalnum() for p in unit.pieces):
        return None
    marked = [p for p in unit.pieces if p.quotation is not None]
    return Span(marked[0].start, marked[-1].end)


def _of_unit(text: str, unit: Unit) -> Iterator[Attribution]:
    pieces = unit.pieces
    yield from according_to(text, pieces)
    yield from noun_cues(text, pieces)
    found = frames(pieces, find_cues(pieces))
    for frame in found:
        attribution = _from_frame(text, pieces, frame)
        if attribution is not None:
            yield attribution
    if not found:
        yield from colon_speech(text, unit)


def _from_frame(text: str, pieces: Sequence[Piece], frame: Frame) -> Attribution | None:
    source = _span(pieces, frame.subject) if frame.subject else None
    if source is not None and frame.subject is not None:
        source = _without_contraction(source, pieces[frame.subject[1] - 1])
    content = tuple(_span(pieces, r) for r in frame.contents if r[0] < r[1])
    content = tuple(c for c in content if source is None or not c.overlaps(source))
    if not content and not frame.open_end:
        return None
    kind = source_kind(source.of(text)) if source is not None else SourceKind.OTHER
    return Attribution(
        source=source,
        cue=Span(pieces[frame.cue.first].start, pieces[min(frame.last, len(pieces)) - 1].end),
        content=content,
        manner=manner_of(pieces, frame.contents),
        act=frame.reading.act,
        source_kind=kind,
        resolved_kind=kind,
        cue_stance=frame.reading.stance,
        cue_lemma=frame.reading.lemma,
    )


def manner_of(pieces: Sequence[Piece], contents: Sequence[tuple[int, int]]) -> Manner:
    """Return how content is passed on, by what share of its pieces is quoted."""
    inside = [p for start, end in contents for p in pieces[start:end] if p.low[:1].isalnum() or p.quotation is not None]
    quoted = sum(p.quotation is not None for p in inside)
    if not quoted:
        return Manner.INDIRECT
    return Manner.DIRECT if quoted == len(inside) else Manner.MIXED


def _span(pieces: Sequence[Piece], part: tuple[int, int]) -> Span:
    return Span(pieces[part[0]].start, pieces[part[1] - 1].end)


def _without_contraction(source: Span, last: Piece) -> Span:
    if contracted(last.low):
        return Span(source.start, last.start + last.low.index("'"))
    return source
