"""Read a text with the learned models and weigh each attribution they and the rules find.

In: a text's units and the attributions of the rules. Out: `Weighed` attributions, each with the probability that an
annotator would mark the same content. The models see what the rules found; what becomes of both is decided in
`joining`. Without its weights this is an error, not a silent fallback.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from comparer.attribution import classes, phrases
from comparer.attribution.columns import word_columns
from comparer.attribution.confidence import confidences
from comparer.attribution.cues import HYPOTHETICAL, NEGATED, NOBODY
from comparer.attribution.kinds import source_kind
from comparer.attribution.labelling import label
from comparer.attribution.linking import Link, link
from comparer.attribution.resolve import first_subject
from comparer.attribution.scan import Piece, Unit
from comparer.attribution.verbs import verb_forms
from comparer.attribution.windows import Page
from comparer.model import Act, Attribution, CueStance, Manner, SourceKind, Span

_ANONYMITY = frozenset({"anonymity", "anonymous", "named", "identified"})
_NOTHING = frozenset({"nothing", "little", "anything"})
HOPELESS = 0.2  # confidence below which no reader takes what only the models read
_EDGE = frozenset({".", ",", ";", ":"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """Hold what the models read at one cue; `rule` is the number of the rules' attribution with the same cue."""

    attribution: Attribution
    confidence: float
    rule: int | None
    unsaid: bool  # speech that is denied, only imagined, or a request for anonymity
    short: bool  # content of a single word: "was critical of Ruiz" passes nothing on
    hinted: Span | None  # who may have said it where the models mark nobody
    ragged: bool  # its source ends where no noun phrase does: "Ankara names its terms and"


def weigh(text: str, units: Sequence[Unit], rules: Sequence[Attribution]) -> list[Weighed]:
    """Return what the models read, in page order, each with its confidence, but for what is hopeless."""
    page = read_page(units, rules)
    links = link(page)
    pieces = [p for unit in units for p in unit.pieces]
    cues = {k: n for n, roles in reversed(list(enumerate(page.mine))) for k, role in roles.items() if role == "C"}
    found: list[Weighed] = []
    for read, sure in zip(links, confidences(page, links), strict=True):
        start = page.base[read.window.unit]
        unit = range(start, start + len(units[read.window.unit].pieces))
        rule = next((cues[k] for k in read.possible_cue if k in cues), None)
        if rule is None and sure < HOPELESS:
            continue
        ragged = read.source is not None and not phrases.nounish(pieces[read.source[1] - 1])
        unsaid = _unsaid(pieces, read, unit)
        hinted = _hinted(units[read.window.unit], pieces, read)
        told, short = _attribution(text, pieces, read, unit), _short(pieces, read)
        found.append(Weighed(told, sure, rule, unsaid, short, hinted, ragged))
    return found


def read_page(units: Sequence[Unit], rules: Sequence[Attribution]) -> Page:
    """Return what linking rests on: words, labels and the rules' roles by place."""
    pieces = [p for unit in units for p in unit.pieces]
    base: list[int] = []
    for number in range(len(units)):
        base.append(base[-1] + len(units[number - 1].pieces) if number else 0)
    words = word_columns(units)
    mine = roles_by_place(pieces, rules)
    labels = rule_labels(units, mine)
    return Page(units, words, label(units, words, labels), base, mine)


def roles_by_place(pieces: Sequence[Piece], attributions: Sequence[Attribution]) -> list[dict[int, str]]:
    """Return for each attribution the role of each piece that lies in it by more than half."""
    starts = [p.start for p in pieces]
    found: list[dict[int, str]] = []
    for a in attributions:
        roles: dict[int, str] = {}
        parts = [(s, "T") for s in a.content] + [(a.source, "S"), (a.cue, "C")]
        for span, role in parts:
            k = max(0, bisect_right(starts, span.start) - 1) if span else len(pieces)
            while span and k < len(pieces) and pieces[k].start < span.end:
                inside = min(span.end, pieces[k].end) - max(span.start, pieces[k].start)
                if inside * 2 > pieces[k].end - pieces[k].start:
                    roles[k] = role
                k += 1
        found.append(roles)
    return found


def rule_labels(units: Sequence[Unit], mine: Sequence[dict[int, str]]) -> list[list[str]]:
    """Return a label per piece of each unit: O, or B- or I- and a role; content gives way to source and cue."""
    roles: dict[int, tuple[str, int]] = {}
    for wanted in "TSC":
        for number, found in enumerate(mine):
            roles |= {k: (wanted, number) for k, role in found.items() if role == wanted}
    labels: list[list[str]] = []
    place = 0
    for unit in units:
        here: list[str] = []
        for k in range(place, place + len(unit.pieces)):
            now = roles.get(k)
            goes_on = k > place and now == roles.get(k - 1)
            here.append(("I-" if goes_on else "B-") + now[0] if now else "O")
        labels.append(here)
        place += len(unit.pieces)
    return labels


def _span(pieces: Sequence[Piece], part: tuple[int, int]) -> Span:
    start, end = part
    while end - 1 > start and pieces[end - 1].low in _EDGE:
        end -= 1
    return Span(pieces[start].start, pieces[end - 1].end)


def _speaker(pieces: Sequence[Piece], read: Link, unit: range) -> tuple[int, int] | None:
    """Take the subject before an active cue where the model marks no source; a passive cue has none before it."""
    start, end = read.cue
    passive = any(pieces[k].low in classes.BE for k in range(start, end)) and end - start > 1
    if read.source is not None:
        return read.source
    if passive or start not in unit:
        return None
    inside = [pieces[k] for k in unit]
    subject = phrases.subject(inside, phrases.group_start(inside, start - unit.start))
    if subject is None:
        return None
    part = (subject[0] + unit.start, subject[1] + unit.start)
    return None if any(part[0] < b and a < part[1] for a, b in read.contents) else part


def _unsaid(pieces: Sequence[Piece], read: Link, unit: range) -> bool:
    """Tell whether the words deny or only imagine speech ("said nothing"), or ask for anonymity."""
    if read.source is not None and pieces[read.source[0]].low in NOBODY:
        return True
    if any(end - start == 1 and pieces[start].low in _NOTHING for start, end in read.contents):
        return True
    inside = [pieces[k] for k in sorted(read.content_places)]
    if any(p.low in _ANONYMITY for p in inside):
        return True
    here = [pieces[k] for k in unit]
    start, end = read.cue[0] - unit.start, read.cue[1] - unit.start
    group = {p.low for p in here[phrases.group_start(here, max(0, start)) : max(0, end)]}
    return bool(group & (NEGATED | HYPOTHETICAL))


def _hinted(unit: Unit, pieces: Sequence[Piece], read: Link) -> Span | None:
    """Return who may have said it: what the model thinks likeliest, or the main subject that a participle shares."""
    if read.hinted is not None:
        return _span(pieces, read.hinted)
    shares = any(pieces[k].low.endswith("ing") for k in range(*read.cue))
    return first_subject(unit, pieces[read.cue[0]].start) if shares else None


def _short(pieces: Sequence[Piece], read: Link) -> bool:
    inside = [pieces[k] for k in read.content_places]
    return sum(p.low[:1].isalnum() for p in inside) < 2 and not any(p.quotation for p in inside)


def _attribution(text: str, pieces: Sequence[Piece], read: Link, unit: range) -> Attribution:
    speaker = _speaker(pieces, read, unit)
    printed = _span(pieces, speaker) if speaker else None
    kind = source_kind(printed.of(text)) if printed else SourceKind.OTHER
    lemma, act, stance = _reading(pieces, read.cue)
    return Attribution(
        source=printed,
        cue=_span(pieces, read.cue),
        content=tuple(_span(pieces, part) for part in read.contents),
        manner=_manner(pieces, read),
        act=act,
        source_kind=kind,
        resolved_kind=kind,
        cue_stance=stance,
        cue_lemma=lemma,
    )


def _manner(pieces: Sequence[Piece], read: Link) -> Manner:
    inside = [pieces[k] for k in sorted(read.content_places)]
    words = [p for p in inside if p.quotation is not None or p.low[:1].isalnum()]
    quoted = sum(p.quotation is not None for p in words)
    if not quoted:
        return Manner.INDIRECT
    return Manner.DIRECT if quoted == len(words) else Manner.MIXED


def _reading(pieces: Sequence[Piece], cue: tuple[int, int]) -> tuple[str, Act, CueStance]:
    """Return lemma, act and stance of the last listed verb of a cue; unlisted words stand for themselves."""
    for k in range(cue[1] - 1, cue[0] - 1, -1):
        form = verb_forms().get(pieces[k].low)
        if form is not None:
            reading = form.readings[-1]
            return reading.lemma, reading.act, reading.stance
    words = [pieces[k].low for k in range(*cue)]
    if words[:1] == ["according"]:
        return "according to", Act.SPEECH, CueStance.NEUTRAL
    return words[-1], Act.SPEECH, CueStance.OTHER
