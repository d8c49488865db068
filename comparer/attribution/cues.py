"""Decide which words of a unit are reporting verbs at work, and who their subject is.

In: the pieces of one unit. Out: `Cue`s in order. Nouns that look like verbs ("his claims"), conditionals ("would say")
and negated speech ("did not say") are left alone: nothing was said there.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from comparer.attribution.phrases import noun_phrase_after, skip_adverbials, verbish
from comparer.attribution.subjects import group_start, subject_before
from comparer.attribution.units import QUOTE, Piece, Range, cut_back, low_at
from comparer.attribution.words import (
    ADVERBS,
    AUX,
    BE,
    DETERMINERS,
    DO,
    HAVE,
    MARKS,
    MODALS,
    NEGATIONS,
    PERSONAL,
    PREPOSITIONS,
    TIME,
    Reading,
    Shape,
    VerbForm,
    contracted,
    possessive,
    verb_forms,
)
from comparer.model import Act
from comparer.resources.loader import word_set


class CueForm(StrEnum):
    """Say how a cue stands in its clause."""

    FINITE = "finite"
    JOINED = "joined"  # "said ... and added": the subject stands before
    ADJUNCT = "adjunct"  # ", adding that"
    MODIFIER = "modifier"  # "a letter warning that"
    PASSIVE = "passive"


class Cue(NamedTuple):
    """Hold one reporting verb: pieces `first` to `verb`, its readings, and its subject's pieces if printed."""

    first: int
    verb: int
    form: CueForm
    readings: tuple[Reading, ...]
    subject: Range | None


# Forms that are nouns more often than verbs in news.
_NOUNS = word_set("attribution_cues", "nouns_more_often")
_NOUN_FORMS = _NOUNS | {n + "s" for n in _NOUNS} | {n[:-1] + "ies" for n in _NOUNS if n.endswith("y")} | {"searches"}
_PLURALS = word_set("attribution_cues", "plural_subjects")
_CLAUSE_OPENERS = word_set("attribution_cues", "clause_openers")
_NOT_VERBS = word_set("attribution_cues", "never_verbs")
_MODIFYING = word_set("attribution_cues", "verbs_of_papers")
_AFTER_GOING_ON = frozenset({"say", "add", "tell", "claim", "argue", "explain"})
_AFTER_NOUNS = PREPOSITIONS | AUX | {".", ",", "and", "or", "—"}
_AFTER_INVERTED = PREPOSITIONS | TIME | {"when", "while", "who", "because"}
NOBODY = word_set("attribution_cues", "nobody")
NEGATED = NEGATIONS | {w for w in AUX if w.endswith("n't")} | {"cannot"}
HYPOTHETICAL = MODALS - {"will"}


def find_cues(pieces: Sequence[Piece]) -> tuple[Cue, ...]:
    """Return the reporting verbs of one unit in order."""
    forms = verb_forms()
    found: list[Cue] = []
    titled = _titled(pieces)
    for at, piece in enumerate(pieces):
        form = forms.get(piece.low)
        if form is not None and (not piece.capital or at == 0 or titled):
            cue = _cue(pieces, at, form, found)
            if cue is not None:
                found.append(cue)
    return tuple(found)


def _titled(pieces: Sequence[Piece]) -> bool:
    """Tell whether a unit is set like a headline, most of its longer words capitalised."""
    words = [p for p in pieces if p.quotation is None and len(p.low) > 3 and p.low[:1].isalpha()]
    return sum(p.capital for p in words) * 3 >= 2 * len(words)


def _cue(pieces: Sequence[Piece], at: int, form: VerbForm, earlier: Sequence[Cue]) -> Cue | None:  # noqa: PLR0911 - closed cases, in order
    readings = _readings(pieces, at, form)
    if not readings or pieces[at].low in _NOT_VERBS:
        return None
    first = group_start(pieces, at)
    aux = {p.low for p in pieces[first:at]}
    kind = _kind(pieces, at, form, first, aux)
    if kind is None or _unsaid(aux, readings, kind):
        return None
    if kind is CueForm.ADJUNCT and all(r.act is Act.THOUGHT and r.takes == {"object"} for r in readings):
        return None
    if kind in {CueForm.ADJUNCT, CueForm.JOINED}:
        return Cue(first, at, kind, readings, _main_subject(pieces, first, earlier))
    if kind is CueForm.MODIFIER:
        if not any(r.lemma.split()[0] in _MODIFYING for r in readings):
            return None
        subject = subject_before(pieces, first, 0)
        return Cue(first, at, kind, readings, subject) if subject else None
    subject = _own_subject(pieces, first, earlier)
    if kind is CueForm.FINITE and subject is None and not _inverted(pieces, first, at, form):
        return None
    if subject is not None and (pieces[subject[0]].low in NOBODY or _noun_after_copula(pieces, at, subject)):
        return None
    return Cue(first, at, kind, readings, subject)


def _noun_after_copula(pieces: Sequence[Piece], at: int, subject: Range) -> bool:
    """Tell whether a noun that looks like a verb closes what a copula says: "is open to coastal states that"."""
    return pieces[at].low in _NOUN_FORMS and subject[0] > 0 and pieces[subject[0] - 1].low in BE


def _own_subject(pieces: Sequence[Piece], first: int, earlier: Sequence[Cue]) -> Range | None:
    subject = subject_before(pieces, first, 0)
    for cue in earlier:  # "the mayor said residents believe": the inner subject starts after the outer verb
        relative = pieces[cue.first - 1].low in {"who", "that"}
        if subject and subject[0] <= cue.verb < subject[1] and cue.form is not CueForm.MODIFIER and not relative:
            subject = subject_before(pieces, first, cue.verb + 1)
    return subject


def _readings(pieces: Sequence[Piece], at: int, form: VerbForm) -> tuple[Reading, ...]:
    """Keep the readings whose further words follow; where some do, the bare ones go."""
    following = tuple(p.low for p in pieces[at + 1 : at + 4])
    longest = [r for r in form.readings if r.rest and following[: len(r.rest)] == r.rest]
    return tuple(longest) if longest else tuple(r for r in form.readings if not r.rest)


def _unsaid(aux: set[str], readings: Sequence[Reading], kind: CueForm) -> bool:
    """Tell whether speech is denied or only imagined: "did not say", "would argue"."""
    if all(r.act is not Act.SPEECH for r in readings):
        return bool(aux & {"could", "may", "might", "must"})
    return bool(aux & NEGATED) or (kind is not CueForm.PASSIVE and bool(aux & HYPOTHETICAL))


def _kind(pieces: Sequence[Piece], at: int, form: VerbForm, first: int, aux: set[str]) -> CueForm | None:  # noqa: PLR0911 - closed cases, in order
    low = low_at(pieces, first - 1)
    joined = contracted(low)
    following = low_at(pieces, at + 1) or "."
    if low == "to" or low_at(pieces, at - 1) == "to":
        return _infinitive(pieces, at, first)
    if Shape.ING in form.shapes:
        return _ing_kind(first, aux, low, joined=joined)
    if aux & BE or (
        joined and low.endswith(("'s", "'re", "'m")) and Shape.PARTICIPLE in form.shapes and not aux & HAVE
    ):
        if (Shape.PARTICIPLE in form.shapes and not aux & HAVE - {"having"}) or aux & {"been", "being"}:
            return CueForm.PASSIVE if not (joined and not aux & BE and low.endswith("'s")) else CueForm.FINITE
        return None
    if aux & HAVE:
        return CueForm.FINITE if Shape.PARTICIPLE in form.shapes else None
    if aux & (MODALS | DO) or joined:
        return CueForm.FINITE if Shape.BASE in form.shapes or joined else None
    after_comma = low == "," and first >= 2 and Shape.PAST in form.shapes
    if low in {"and", "but", "then"} or (
        after_comma and subject_before(pieces, first, 0) is None and not _inverted_after(pieces, at)
    ):
        return _joined_kind(pieces, at, form, first, following)
    if low in DETERMINERS or low in PREPOSITIONS or possessive(low):
        return None
    if Shape.PAST in form.shapes:
        return _past_kind(pieces, at, form, low, following)
    return _present_kind(pieces, at, form, pieces[first - 1] if first else None, following)


def _inverted_after(pieces: Sequence[Piece], at: int) -> bool:
    found = noun_phrase_after(pieces, skip_adverbials(pieces, at + 1, phrases=False))
    if found is None:
        return False
    low = low_at(pieces, found[1]) or "."
    return low in {".", ",", QUOTE} or (pieces[at - 1].low == QUOTE and low in _AFTER_INVERTED)


def _infinitive(pieces: Sequence[Piece], at: int, first: int) -> CueForm | None:
    words = {p.low for p in pieces[max(0, first - 4) : at]}
    goes_on = words & {"went", "goes", "going", "continued", "continues"}
    return CueForm.JOINED if goes_on and pieces[at].low in _AFTER_GOING_ON else None


def _ing_kind(first: int, aux: set[str], low: str, *, joined: bool) -> CueForm | None:
    if aux & BE or (joined and low.endswith(("'s", "'re", "'m"))):
        return CueForm.FINITE
    if aux & (HAVE | MODALS | DO):
        return None
    if low in {",", "—", "–", "by", "while", "when", "after", "before", "and"} or low == QUOTE:
        return CueForm.ADJUNCT if first > 1 or low else None
    if low in PREPOSITIONS or low in DETERMINERS or possessive(low) or low in MARKS or not low:
        return None
    return CueForm.MODIFIER


def _joined_kind(pieces: Sequence[Piece], at: int, form: VerbForm, first: int, following: str) -> CueForm | None:
    noun = Shape.PAST not in form.shapes and (pieces[at].low in _NOUN_FORMS or Shape.BASE in form.shapes)
    return None if noun or following == "by" or first < 2 else CueForm.JOINED


def _past_kind(pieces: Sequence[Piece], at: int, form: VerbForm, low: str, following: str) -> CueForm | None:
    if following == "by" or (following == "of" and low not in PERSONAL | {"who"} and pieces[at].low == "accused"):
        return None
    if Shape.PARTICIPLE not in form.shapes or Shape.BASE in form.shapes:
        return CueForm.FINITE
    spoken = pieces[at].low in {"said", "told", "called", "insisted", "wrote", "argued"} or low in PERSONAL
    return CueForm.FINITE if spoken or following not in {"as", "for", "with"} else None


def _present_kind(  # noqa: PLR0911 - closed cases, in order
    pieces: Sequence[Piece], at: int, form: VerbForm, before: Piece | None, following: str
) -> CueForm | None:
    low = before.low if before else ""
    noun = pieces[at].low in _NOUN_FORMS
    opens = following in _CLAUSE_OPENERS or following in {QUOTE, ":"} or following == "to"
    if Shape.PRESENT in form.shapes:
        if low in {"few", "many", "some", "several", "most", "all"}:
            return None
        if low in {"he", "she", "it", "who", "that", "which"}:
            return CueForm.FINITE
        if before is None or low in {",", QUOTE}:
            return CueForm.FINITE if not noun else None
        if not noun:
            return CueForm.FINITE
        goes_on = following not in _AFTER_NOUNS or opens if before.capital else opens and following != "to"
        return CueForm.FINITE if goes_on else None
    if low in {"i", "we", "they", "you", "who"}:
        return CueForm.FINITE
    if before is None or low in {",", QUOTE}:
        return CueForm.FINITE if pieces[at].low == "say" and low == QUOTE else None
    plural = low.endswith("s") and not low.endswith(("ss", "us", "'s"))
    plural = plural or low in _PLURALS or low.endswith("%") or low == "percent"
    return CueForm.FINITE if plural and (not noun or opens) else None


def _inverted(pieces: Sequence[Piece], first: int, at: int, form: VerbForm) -> bool:
    """Tell whether the subject follows: “...,” said Ruiz."""
    if not form.shapes & {Shape.PAST, Shape.PRESENT} or first != at:
        return False
    return low_at(pieces, first - 1) in {QUOTE, ",", "—"} and _inverted_after(pieces, at)


def _main_subject(pieces: Sequence[Piece], first: int, earlier: Sequence[Cue]) -> Range | None:
    """Return the subject that a participle or a joined verb shares: the last cue's, or the unit's first noun phrase."""
    for cue in reversed(earlier):
        if cue.form is CueForm.PASSIVE or (cue.form is not CueForm.MODIFIER and cue.subject is not None):
            return cue.subject
        if cue.form is CueForm.FINITE and cue.subject is None:
            return noun_phrase_after(pieces, cue.verb + 1)
    for at in range(1, first):
        low = pieces[at].low
        if verbish(pieces, at) or (low.endswith("s") and low in verb_forms() and pieces[at - 1].capital):
            return subject_before(pieces, cut_back(pieces, 1, at, ADVERBS), 0)
    return None
