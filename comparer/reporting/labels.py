"""Name in plain words what the model names in code: rungs, kinds and verdicts. Findings have their names in rules."""

from __future__ import annotations

from datetime import datetime

from comparer.model import ChangeKind, CueStance, EmptyCell, EmptyReason, IndicatorState, Manner, Rung, Verdict
from comparer.resources.rules import families

NEAR, ALIKE = 0.5, 0.9  # scores from which a passage is shown as near, and as similar
FAMILIES = {family.letter: family.name for family in families()}
RUNGS: dict[Rung, str] = {
    Rung.NAMED_PERSON: "named person",
    Rung.ORGANISATION: "organisation or document",
    Rung.ROLE: "role",
    Rung.ANONYMOUS: "unnamed source",
    Rung.REPORTEDLY: "“reportedly”",
    Rung.OWN_VOICE: "no source printed",
}
MANNERS: dict[Manner | None, tuple[str, str]] = {
    Manner.DIRECT: ("d", "Direct quotation"),
    Manner.MIXED: ("i", "Partly quoted"),
    Manner.INDIRECT: ("i", "Indirect"),
    None: ("o", "Outlet’s own voice"),
}
EMPTY: dict[EmptyReason, tuple[str, str]] = {
    EmptyReason.ABSENT: ("text complete", "The saved text is complete as far as can be told."),
    EmptyReason.PUBLISHED_BEFORE: ("before the fact", "This text was published before the others."),
    EmptyReason.TRUNCATED: ("text cut off", "The saved text breaks off, so this cannot be told."),
    EmptyReason.EXTRACTION_DOUBTFUL: ("extraction doubtful", "The page could not be read with certainty."),
    EmptyReason.NEAR_MISS: ("near miss shown", "A passage comes near, but not near enough to stand here."),
}
VERDICTS: dict[Verdict, str] = {
    Verdict.CONFLICT: "conflict",
    Verdict.UPDATE: "later state",
    Verdict.SCOPE: "scope differs",
    Verdict.ROUNDING: "rounding",
    Verdict.UNIT: "unit differs",
    Verdict.SAME: "same value",
}
CHANGES: dict[ChangeKind, str] = {
    ChangeKind.IDENTICAL: "same words",
    ChangeKind.TRUNCATED: "printed longer here than there",
    ChangeKind.ELLIPSIS: "ellipsis printed",
    ChangeKind.SUBSTITUTED_WORD: "different words",
    ChangeKind.MODAL: "modal verb printed or not",
    ChangeKind.NEGATION: "negation printed or not",
    ChangeKind.TENSE: "tense differs",
    ChangeKind.REORDERED: "order of parts differs",
    ChangeKind.SPLICED: "parts joined",
    ChangeKind.BRACKETED: "bracketed insert",
    ChangeKind.FRAGMENT: "a fragment only",
    ChangeKind.DIRECT_INDIRECT: "direct here, indirect there",
    ChangeKind.HEADLINE_BODY: "headline and body differ",
    ChangeKind.POSSIBLE_TRANSLATION: "possible translation",
}
STANCES: dict[CueStance, str] = {
    CueStance.FACTIVE: "takes it as true",
    CueStance.DOUBTFUL: "holds it at a distance",
    CueStance.EMOTIVE: "lends it a tone",
    CueStance.THINKING: "a belief",
}
STATES: dict[IndicatorState, tuple[str, str]] = {
    IndicatorState.OBSERVED: ("st-y", "observed"),
    IndicatorState.NOT_OBSERVED: ("st-n", "not observed"),
    IndicatorState.CANNOT_TELL: ("st-q", "cannot tell"),
}
FACT_KINDS = {"number": "Number", "date": "Date", "name": "Name", "title": "Title", "polarity": "So or not so"}
NOWHERE = frozenset({"not in this saved text", "no credit seen in this saved text"})  # looked for in the whole text
NOT_PRINTED = NOWHERE | {"not printed", "no marked word"}


def empty(cell: EmptyCell) -> tuple[str, str]:
    """Say why a cell is empty, short and in full; a passage that is far from a claim is no near miss."""
    score = cell.near_miss.score if cell.near_miss else 0.0
    if score >= ALIKE:
        return "similar passage shown", "A similar passage stands in this text; it was not matched."
    near = cell.reason is EmptyReason.NEAR_MISS and score < NEAR
    return EMPTY[EmptyReason.ABSENT if near else cell.reason]


def short_day(published: str | None) -> str:
    """Write an ISO date as a column's head has room for it.

    >>> short_day("2026-03-05T16:12")
    '5 Mar 16:12'
    """
    whole = day(published)
    if whole is None:
        return "no date"
    parts = whole.split()
    return " ".join([parts[0], parts[1][:3], *parts[3:]]) if len(parts) > 2 else whole


def plain(name: str) -> str:
    """Turn an identifier into words.

    >>> plain("wire_credit")
    'wire credit'
    """
    return name.replace("_", " ")


def day(published: str | None) -> str | None:
    """Write an ISO date, with its time if any, as a reader says it.

    >>> day("2026-03-05T16:12")
    '5 March 2026, 16:12'
    """
    if published is None:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return published
    date = f"{moment.day} {moment:%B %Y}"
    return f"{date}, {moment:%H:%M}" if len(published) > 10 else date
