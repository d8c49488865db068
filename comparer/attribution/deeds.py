"""Tell whether what a cue governs is a statement or a deed: "discussed a force" states nothing.

In: a text and an attribution in it. Out: yes or no. Fails on verbs that name both, such as "offered to help".
"""

from __future__ import annotations

from functools import lru_cache

from comparer.attribution.phrases import has_finite
from comparer.attribution.units import scan
from comparer.attribution.words import verb_forms
from comparer.model import Attribution, Manner
from comparer.resources.loader import word_set

_OBJECT_ONLY = frozenset({"clause", "thatclause", "quote", "hearer", "hearsay"})


def states(text: str, attribution: Attribution) -> bool:
    """Tell whether the content is a statement, not a thing talked about."""
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
    return _is_clause(tuple(part.of(text) for part in attribution.content))


@lru_cache(maxsize=16384)
def _is_clause(content: tuple[str, ...]) -> bool:
    pieces = [p for part in content for unit in scan(part, ()) for p in unit.pieces]
    return bool(pieces) and pieces[0].low != "to" and (pieces[0].low == "that" or has_finite(pieces, 0, len(pieces)))


def tells_deed(text: str, attribution: Attribution) -> bool:
    """Tell whether a cue names what somebody did: its verb is listed as a deed and no clause follows."""
    return attribution.cue_lemma in word_set("deeds") and not states(text, attribution)
