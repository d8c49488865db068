"""Name each difference between two printed forms of an utterance.

In: a region in which two readings differ. Out: a kind of change, or none where the difference says nothing (a whole
sentence that one outlet did not quote, words it prints in another quotation). No kind says which reading is right.
"""

from __future__ import annotations

from comparer.comparison.apparatus import Reading, Region
from comparer.comparison.pieces import Word, comparable, read_words
from comparer.comparison.view import EventView
from comparer.language.tokens import STOP_WORDS, stem
from comparer.model import ChangeKind

SHORT = 4  # words: a modal or a negation gained in a longer stretch is part of what was cut
LOSS = 3  # words more on one side than on the other make a cut rather than another wording

MODALS = frozenset("may might could would should must will shall can ought".split())
NEGATIONS = frozenset("not no never none nobody nothing neither nor without cannot".split())
TAGS = frozenset("said says added told".split())  # a reporting tag that a misread quotation mark swallowed
TO_BE = frozenset("is are was were be been being am".split())
TO_HAVE = frozenset("has have had having".split())
TO_DO = frozenset("do does did doing done".split())


def name_change(  # noqa: PLR0911 - one return per kind of change reads as the table it is
    event: EventView, base: Reading, other: Reading, region: Region
) -> ChangeKind | None:
    """Return what kind of change a region is, or None where it is no change worth showing."""
    if region.moved:
        return ChangeKind.REORDERED
    left, right = base.words[slice(*region.left)], other.words[slice(*region.right)]
    if _touches_dots(other, region.right) or _touches_dots(base, region.left):
        return ChangeKind.ELLIPSIS
    if any(word.bracketed for word in (*left, *right)):
        return ChangeKind.BRACKETED
    if not left or not right:
        return _lost(event, base, other, region)
    short = max(len(left), len(right)) <= SHORT
    if short and _of(left, NEGATIONS) != _of(right, NEGATIONS):
        return ChangeKind.NEGATION
    if short and _of(left, MODALS) != _of(right, MODALS):
        return ChangeKind.MODAL
    if abs(_weight(left) - _weight(right)) >= LOSS:
        return ChangeKind.TRUNCATED
    return ChangeKind.TENSE if _same_verb(left, right) else ChangeKind.SUBSTITUTED_WORD


def printed_elsewhere(event: EventView, reading: Reading, words: tuple[Word, ...]) -> bool:
    """Tell whether the article prints these words in another place, in a quotation or in its own words."""
    wanted = tuple(word.form for word in words)
    own = {word.span for word in reading.words}
    for sentence in event.analysed[reading.article].sentences:
        printed, _ = read_words(event.analysed[reading.article].article.text, sentence.span)
        forms = tuple(comparable(word.form) for word in printed if word.span not in own)
        if any(forms[k : k + len(wanted)] == wanted for k in range(len(forms) - len(wanted) + 1)):
            return True
    return False


def _lost(  # noqa: PLR0911 - as above
    event: EventView, base: Reading, other: Reading, region: Region
) -> ChangeKind | None:
    """Name words that stand in one reading only, with no mark where they would have stood in the other."""
    fuller, shorter = (base, other) if region.left[0] < region.left[1] else (other, base)
    gap, at = (region.left, region.right[0]) if fuller is base else (region.right, region.left[0])
    words = fuller.words[slice(*gap)]
    if len(words) <= 3 and words[-1].form in TAGS:
        return None
    negated, modal = _of(words, NEGATIONS), _of(words, MODALS)
    if len(words) < SHORT and (negated or modal):
        return ChangeKind.NEGATION if negated else ChangeKind.MODAL
    if {gap[0], gap[1]} <= fuller.starts:
        return None
    if len(words) < LOSS and not _weight(words):
        return ChangeKind.SUBSTITUTED_WORD if 0 < at < len(shorter.words) else ChangeKind.FRAGMENT
    if len(words) >= LOSS and printed_elsewhere(event, shorter, words):
        return None
    if at in (0, len(shorter.words)):
        starts_inside = not shorter.pieces[0].opens or at == 0
        return ChangeKind.FRAGMENT if starts_inside else ChangeKind.TRUNCATED
    if at in shorter.breaks:
        return None
    return ChangeKind.SPLICED if at in shorter.starts else ChangeKind.TRUNCATED


def _touches_dots(reading: Reading, place: tuple[int, int]) -> bool:
    return any(place[0] <= before <= place[1] for before, _ in reading.dots)


def _of(words: tuple[Word, ...], wanted: frozenset[str]) -> set[str]:
    return {word.form for word in words} & wanted


def _weight(words: tuple[Word, ...]) -> int:
    return sum(word.form not in STOP_WORDS for word in words)


def _same_verb(left: tuple[Word, ...], right: tuple[Word, ...]) -> bool:
    def root(form: str) -> str:
        families = (TO_BE, TO_HAVE, TO_DO)
        return next((min(family) for family in families if form in family), stem(form))

    return [root(word.form) for word in left] == [root(word.form) for word in right]
