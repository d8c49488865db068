"""Tell statements from deeds: "discussed a force" and "declined to sign" report nothing that was said.

In: an attribution and its text. Out: whether its content is a statement. Quoted words always are. Fails on verbs that
name both, such as "offered to help".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from comparer.attribution import classes, phrases
from comparer.attribution.scan import Piece, scan
from comparer.attribution.verbs import verb_forms
from comparer.model import Attribution, Manner
from comparer.resources.loader import load_lexicon

_OBJECT_ONLY = frozenset({"clause", "thatclause", "quote", "hearer", "hearsay"})


def states(text: str, attribution: Attribution) -> bool:
    """Tell whether the content is a statement, not a thing talked about: "discussed a force" states nothing."""
    if attribution.manner is not Manner.INDIRECT:
        return True
    lemma = attribution.cue_lemma.partition(" ")[0]
    form = verb_forms().get(lemma)
    if form is None or lemma == "according":
        return True
    readings = [r for r in form.readings if r.lemma == attribution.cue_lemma]
    if all(r.takes.isdisjoint(_OBJECT_ONLY) for r in readings):
        return False
    fronted = attribution.cue is not None and attribution.content[-1].end <= attribution.cue.start
    if fronted and any("clause" in r.takes for r in readings):
        return True  # "It paid a dividend, the union said": only a statement stands there
    pieces = [p for part in attribution.content for unit in scan(part.of(text), ()) for p in unit.pieces]
    return bool(pieces) and pieces[0].low != "to" and (pieces[0].low == "that" or has_finite(pieces, 0, len(pieces)))


@cache
def _deeds() -> frozenset[str]:
    return frozenset(e for g in load_lexicon("deeds").groups for e in g.entries)


def tells_deed(text: str, attribution: Attribution) -> bool:
    """Tell whether a cue names what somebody did: its verb is listed as a deed and no clause follows."""
    return attribution.cue_lemma in _deeds() and not states(text, attribution)


def has_finite(pieces: Sequence[Piece], start: int, end: int) -> bool:
    """Tell whether a stretch of pieces holds what is probably a finite verb or a quotation."""
    forms = verb_forms()
    for k in range(start, end):
        if phrases.verbish(pieces, k) or classes.contracted(pieces[k].low) or pieces[k].quotation is not None:
            return True
        if (
            k > start
            and pieces[k].low in forms
            and not pieces[k].capital
            and pieces[k - 1].low not in classes.DETERMINERS
        ):
            return True
    return False
