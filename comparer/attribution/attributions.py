"""Find who says what in a text: source, cue and content spans, by rules and learned models.

In: a text, or an article and its reading. Out: `Attribution`s in page order, labelled after PARC 3 (Pareti 2015) and
PolNeAR (Newell et al. 2018): direct, indirect and mixed speech, beliefs and intentions. Refuses to ascribe speech that
was denied or only imagined, and to read a language other than English. Fails on sources without a border ("He told Ana
Ruiz would come").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from comparer.attribution.cues import find_cues
from comparer.attribution.frames import Frame, frames
from comparer.attribution.joining import best_joined, surest_joined, tells_deed, weigh
from comparer.attribution.kinds import cited, manner_of
from comparer.attribution.resolve import resolve
from comparer.attribution.sources import build_sources
from comparer.attribution.units import Piece, Unit, scan, span_of
from comparer.attribution.verbless import according_to, backed_by, colon_speech, headline_speech, noun_cues
from comparer.attribution.words import contracted
from comparer.language.doc import Doc
from comparer.language.quotations import find_quotations
from comparer.model import Act, Article, Attribution, CueStance, Manner, Places, Source, SourceKind, Span
from comparer.resources.loader import LANGUAGE

_ANONYMITY = re.compile(r"(?:not )?to (?:be|remain) (?:named|identified|quoted|anonymous)|anonymity\b")
_REACH = 12  # attributions to either side of one that can hold it: more never share a sentence
_SPEAKERS = frozenset({SourceKind.NAMED_PERSON, SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.PRONOUN})
_FEWEST_SPACES = 3  # a shorter line between quotation marks in a paragraph of its own may be anybody's


def find_attributions(text: str) -> tuple[Attribution, ...]:
    """Return every attribution found in `text`, ordered by where it starts; empty where nobody is cited.

    A pronoun's `resolved_source` is its antecedent. A quotation without a cue that follows a speaker's quotation joins
    its content, or stands alone with `source` None and that speaker as `resolved_source`. A quotation whose speaker is
    not known has none of them.

    >>> text = "“The pier is shut,” harbour master Ines Obi said on Monday, adding that repairs would take weeks."
    >>> [(a.source.of(text), a.cue.of(text), a.content[0].of(text)) for a in find_attributions(text)][0]
    ('harbour master Ines Obi', 'said', '“The pier is shut,”')
    >>> [a.content[0].of(text) for a in find_attributions(text)][1]
    'that repairs would take weeks'
    """
    units = scan(text, find_quotations(text))
    rules = by_rules(text, units)
    return _resolved(text, units, best_joined(text, units, rules, weigh(text, units, rules)))


def sure_attributions(text: str, units: Sequence[Unit]) -> tuple[Attribution, ...]:
    """Return the attributions that a report may print: those of the rules, and what the models are sure of."""
    rules = by_rules(text, units)
    return _resolved(text, units, surest_joined(rules, weigh(text, units, rules)))


def by_rules(text: str, units: Sequence[Unit]) -> list[Attribution]:
    """Return what the rules alone find, pronouns not yet resolved."""
    reader = _Reader(text)
    for unit in units:
        reader.read(unit)
    found = outermost([a for a in reader.found if a.content])
    return [*found, *headline_speech(text, units, found)]


def _resolved(text: str, units: Sequence[Unit], found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    placed = Places(found, where=lambda a: a.extent)
    backed = (a for unit in units for a in backed_by(text, unit))
    told = [*found, *_turns(text, units, placed)]
    told += [a for a in backed if not any(placed.touching(part) for part in a.content)]
    whole = outermost(sorted(told, key=lambda a: (a.extent.start, a.extent.end))) if len(told) > len(found) else told
    return resolve(text, units, tuple(sorted(whole, key=lambda a: (a.extent.start, a.extent.end))))


def _turns(text: str, units: Sequence[Unit], found: Places[Attribution]) -> Iterator[Attribution]:
    """Yield the turns of a transcript whose words cite somebody themselves: "OBI: They said it was late."."""
    for unit in units:
        for turn in colon_speech(text, unit):
            if all(turn.content[0].covers(a.extent) for a in found.touching(turn.extent)):
                yield turn


class _Reader:
    """Read units in order and carry a speaker over to quotations that have no frame of their own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Attribution] = []
        self._speaking: int | None = None  # index in `found` of who spoke in the unit before
        self._waiting: int | None = None  # index of a frame that ended with a colon
        self._paragraph = -1

    def read(self, unit: Unit) -> None:
        """Add the attributions of the next unit."""
        here = list(_of_unit(self.text, unit))
        opening = _opening_quotation(unit)
        if self._waiting is not None and opening is not None:
            self.found[self._waiting] = replace(self.found[self._waiting], content=(opening,), manner=Manner.DIRECT)
            self._speaking, self._waiting = self._waiting, None
        elif not here and opening is not None and self._speaking is not None:
            self._continue(self._speaking, opening, same_paragraph=unit.paragraph == self._paragraph)
        else:
            self._add(here)
        self._paragraph = unit.paragraph

    def _add(self, here: Sequence[Attribution]) -> None:
        first = len(self.found)
        self.found.extend(here)
        self._waiting = len(self.found) - 1 if here and not here[-1].content else None
        spoken = [
            k for k, a in enumerate(here, first) if a.content and a.act is Act.SPEECH and a.source_kind in _SPEAKERS
        ]
        direct = [k for k in spoken if self.found[k].manner is not Manner.INDIRECT]
        last = direct or spoken
        self._speaking = last[-1] if last else None

    def _continue(self, speaking: int, opening: Span, *, same_paragraph: bool) -> None:
        last = self.found[speaking]
        if same_paragraph:
            self.found[speaking] = replace(last, content=(*last.content, opening))
            return
        if opening.of(self.text).count(" ") < _FEWEST_SPACES:
            self._speaking = None
            return
        stripped = replace(last, source=None, cue=None, cue_lemma="", cue_stance=CueStance.NEUTRAL, via=())
        spoken_by = last.source if last.source is not None else last.resolved_source
        self.found.append(replace(stripped, content=(opening,), manner=Manner.DIRECT, resolved_source=spoken_by))
        self._speaking = len(self.found) - 1


def outermost(found: Sequence[Attribution]) -> list[Attribution]:
    """Drop what stands wholly inside another's content.

    "Ruiz said Obi believes the vote was lost" is told by Ruiz alone (PolNeAR annotates it so).
    """
    kept: list[Attribution] = []
    extents = [a.extent for a in found]
    for number, attribution in enumerate(found):
        extent = extents[number]
        near = range(max(0, number - _REACH), min(len(found), number + _REACH))
        inner = (
            extents[k].covers(extent) and extents[k] != extent and _inside(attribution, extent, found[k]) for k in near
        )
        if not any(inner):
            kept.append(attribution)
    return kept


def _inside(inner: Attribution, extent: Span, outer: Attribution) -> bool:
    return inner.content != outer.content and any(part.covers(extent) for part in outer.content)


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
    source = span_of(pieces, *frame.subject) if frame.subject else None
    if source is not None and frame.subject is not None:
        source = _without_contraction(source, pieces[frame.subject[1] - 1])
    content = tuple(span_of(pieces, *r) for r in frame.contents if r[0] < r[1])
    content = tuple(c for c in content if source is None or not c.overlaps(source))
    if not content and not frame.open_end:
        return None
    if content and _ANONYMITY.match(text, content[0].start):
        return None
    return cited(
        text,
        source,
        span_of(pieces, frame.cue.first, min(frame.last, len(pieces))),
        content,
        manner=manner_of(pieces, frame.contents),
        act=frame.reading.act,
        stance=frame.reading.stance,
        lemma=frame.reading.lemma,
    )


def _without_contraction(source: Span, last: Piece) -> Span:
    if contracted(last.low):
        return Span(source.start, last.start + last.low.index("'"))
    return source


_OWN_VOICE = frozenset({"i", "we", "you"})


class Attributed(NamedTuple):
    """Hold who says what in one article; `attempted` is False where its language is not one that is read."""

    units: tuple[Unit, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    attempted: bool


def read_attributions(article: Article, doc: Doc) -> Attributed:
    """Return attributions and sources of the kept text, in page order.

    Attributions that would mislead a reader are left out: those whose speaker is "I" or "you" outside a quotation,
    those that tell a deed ("discussed deploying troops"), and those with neither a source, an antecedent nor a passive
    cue.
    """
    units = scan(doc.kept, doc.quotations)
    if not reads(article.language):
        return Attributed(units, (), (), attempted=False)
    attributions = tuple(a for a in sure_attributions(doc.kept, units) if _printable(doc.kept, a))
    return Attributed(units, attributions, build_sources(doc, attributions), attempted=True)


def reads(language: str) -> bool:
    """Tell whether attributions are read in a language (a BCP 47 tag; "und" is taken for English)."""
    return language.lower().partition("-")[0] in {LANGUAGE, "und", ""}


def _printable(text: str, attribution: Attribution) -> bool:
    source = attribution.source
    if tells_deed(text, attribution):
        return False
    if source is None:
        return attribution.resolved_source is not None or attribution.cue is not None
    if attribution.source_kind is SourceKind.PRONOUN:
        word = source.of(text).lower()
        return word not in _OWN_VOICE and (
            attribution.resolved_source is not None or word in {"he", "she", "they", "it"}
        )
    return True
