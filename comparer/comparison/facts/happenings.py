"""Say what a printed weekday is the day of: the verb that governs it and the words between.

In: a text, a claim and a day in it. Out: a key of the verb, alike for verbs that retell one happening, and the content
stems beside it. Two weekdays are days of one happening where the verbs are kindred and the words meet; a weekday is too
common for shared words alone to say so. Fails on verbs that no list joins, and where a noun carries the happening.
"""

from __future__ import annotations

import re
from functools import cache

from comparer.comparison.words import alike, amounts, stems
from comparer.language.forms import base_of, is_past
from comparer.language.words import stem, words
from comparer.model import Span, Token
from comparer.resources.loader import load_lexicon

REACH = 10  # words before or after a day among which its verb is looked for
EDGE = re.compile(r"[,;:()“”\"–—]|\b(?:that|which|who|where|when|while|after|before|as|but|because)\b", re.IGNORECASE)
LEADS = frozenset("will would to shall may might could can should".split())
SCHEDULED = frozenset({"due", "expected", "scheduled", "planned", "set"})
HELPERS = frozenset("be have do will is are was were been has had did".split())


def same_happening(left: str, a: tuple[Span, Span], right: str, b: tuple[Span, Span]) -> bool:
    """Tell whether the days at `a` and `b`, each a claim and a place in it, are days of one happening."""
    one, other = _told(left, *a), _told(right, *b)
    if one is None or other is None or one[0] != other[0]:
        return False
    return bool(alike(one[1], other[1]) or amounts(left, *a) & amounts(right, *b))


def _told(text: str, claim: Span, day: Span) -> tuple[str, frozenset[str]] | None:
    """Return the key of the verb that governs a day and the stems beside it; None where no verb is seen."""
    before = Span(claim.start, day.start)
    cut = max((m.end() for m in EDGE.finditer(text, before.start, before.end)), default=before.start)
    tokens = words(text, Span(cut, day.start))[-REACH:]
    verb = next((t for k, t in reversed(list(enumerate(tokens))) if _is_verb(tokens, k)), None)
    if verb is None:
        start = day.end + (1 if text[day.end : day.end + 1] == "," else 0)
        end = next((m.start() for m in EDGE.finditer(text, start, claim.end)), claim.end)
        tokens = words(text, Span(start, max(start, end)))[:REACH]
        verb = next((t for k, t in enumerate(tokens) if _is_verb(tokens, k)), None)
    if verb is None:
        return None
    beside = stems(text, Span(tokens[0].span.start, tokens[-1].span.end)) - {stem(verb.form)}
    return _key(verb.form), beside


def _is_verb(tokens: tuple[Token, ...], at: int) -> bool:
    form = tokens[at].form
    if form in HELPERS:
        return False
    led = at > 0 and tokens[at - 1].form in LEADS
    return led or is_past(form) or form in SCHEDULED or base_of(form) is not None


def _key(form: str) -> str:
    if form in SCHEDULED:
        return "=due"
    base = base_of(form) or form
    return _groups().get(stem(base), stem(base))


@cache
def _groups() -> dict[str, str]:
    """Return the heading of each listed verb by the stem of its base form."""
    entries = [entry.split(" = ") for group in load_lexicon("happenings").groups for entry in group.entries]
    return {stem(verb): f"={verbs[0]}" for verbs in reversed(entries) for verb in verbs}
