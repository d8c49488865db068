"""Say in plain words how well a code of finding is measured, from the frozen figures.

In: a code. Out: sentences with counts, one template per family and corpus. A finding that was not planted may be true
all the same, and a few events say little about others: the sentences say so.
"""

from __future__ import annotations

from datetime import date

from comparer.resources.measured import Measure, corpora, figure, measured_with

INVENTED, REAL = "planted", "align_basil"
LOADED = (("W", "loaded_babe", "words"),)
STRENGTH = (("M", "strength_insciout", "grades"), ("M", "strength_insciout", "apart"))
BY_FAMILY = {"R": (("reuse", "reuse_helsinki", "origin"),), "M": (("M", "claimdiff", "apart"),)}
IN_SIGHT = "Rules were chosen with these events in sight, and a few events say little about others."


def measured(code: str) -> str:
    """Return how well the findings of a code are measured, with counts.

    >>> " of this family found" in measured("Q101")
    True
    """
    version, day = measured_with()
    when = date.fromisoformat(day)
    told = [*_invented(code), *_real(code), *_elsewhere(code), IN_SIGHT]
    return f"{' '.join(told)} Measured with version {version} on {when.day} {when:%B %Y}."


def _invented(code: str) -> list[str]:
    """Tell what was found of the planted differences, and how many findings of the code were planted."""
    start = _on(INVENTED)
    found, traps = figure(code[0], INVENTED, "found"), figure(code[0], INVENTED, "traps")
    if found is None:
        return [f"{start} none of this family was planted."]
    family = f"{start} {_of(found)} of this family found"
    family += f", {_of(traps)} near misses reported." if traps else "."
    own = figure(code, INVENTED, "agreed")
    if own is None:
        return [family, "None was printed with this code, so that it is not measured there."]
    if own.found == own.of:
        return [family, f"Printed with this code: {own.of}, all of them planted."]
    return [family, f"Printed with this code: {own.of}, of them {own.found} planted; the others may be true as well."]


def _real(code: str) -> list[str]:
    """Tell what an annotator of real events marked too."""
    told = {"A": _claims, "F": _claims, "M": _claims, "Q": _quotations}.get(code[0], _unjudged)(code)
    own = figure(code, REAL, "agreed")
    if own is None or not own.of:
        return told
    return [*told, f"Printed there with this code where the annotator judged: {own.of}, of them {own.found} marked."]


def _claims(code: str) -> list[str]:
    family = "A" if code[0] == "A" else "F"
    marked = figure(family, REAL, "marked")
    what = "sourced differently" if family == "A" else "conflicting in number, certainty or words"
    by = "this family" if family == "A" else "the families F and M"
    if marked is None:
        return []
    return [f"{_on(REAL)} of {marked.of} claims marked as {what}, {by} reported {marked.found}."]


def _quotations(code: str) -> list[str]:
    changed, same = figure(code[0], REAL, "changed"), figure(code[0], REAL, "identical")
    if changed is None or same is None:
        return []
    return [f"{_on(REAL)} {_of(changed)} changed quotations found, {_of(same)} printed alike reported."]


def _unjudged(code: str) -> list[str]:
    own = figure(code, REAL, "agreed")
    printed = own.printed if own else None
    return [f"{_on(REAL)} {printed} printed with this code, which no annotator judged."] if printed else []


def _elsewhere(code: str) -> list[str]:
    """Tell what corpora of a single family say: loaded words, copies, the strength of claims."""
    wanted = {"W101": LOADED, "W102": LOADED, "M103": STRENGTH, "M104": STRENGTH}.get(code, BY_FAMILY.get(code[0], ()))
    found = (figure(*key) for key in wanted)
    return [f"{_on(m.corpus)} {m.counted}, {_outcome(m)}." for m in found if m]


def _outcome(measure: Measure) -> str:
    if measure.auc is not None:
        return f"AUC {measure.auc:.2f}, where .50 is chance"
    if measure.precision is None:
        return _of(measure)
    return f"precision {measure.precision:.2f}, recall {measure.recall:.2f}"


def _on(corpus: str) -> str:
    name = next(known.name for known in corpora() if known.key == corpus)
    return f"On {name}:"


def _of(counted: Measure) -> str:
    return f"{counted.found} of {counted.of}"
