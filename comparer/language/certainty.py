"""Read how far a sentence commits itself: possible < considered < ready < planned < certain < decided.

In: a text and a span of it. Out: every commitment with its level, the words that set it, the act it is about and who is
to act. Each of two cues in one phrase grades the act ("will be considered"). Fails where the act is named in another
sentence, and on modals of ability ("could hear the sea").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from comparer.language.markers import Hit, find_phrases, inflections, is_heading
from comparer.language.words import STOP_WORDS, Words, stem
from comparer.model import Span, Token
from comparer.resources.loader import load_lexicon, word_set


class Level(IntEnum):
    """Grade a commitment; only the order and a distance of two or more mean something."""

    POSSIBLE = 1
    CONSIDERED = 2
    READY = 3
    PLANNED = 4
    CERTAIN = 5
    DECIDED = 6


ACT_WORDS = 9  # content words after a cue that may name the act
SUBJECT_WORDS = 7  # content words before it that may name who acts or what it is about
CLAUSE_ENDS = frozenset(".;:!?()—")
LIGHT = word_set("certainty", "light")
NOUN_LEADS = word_set("certainty", "noun_leads")
CLAUSE_OPENERS = word_set("certainty", "clause_openers")
NEGATIONS = frozenset({"not", "never", "no", "n't"})
MODALS = frozenset("could may might will shall".split())
ADVERBS = word_set("certainty", "adverbs")
LY_VERBS = word_set("certainty", "verbs_in_ly")
URGING = word_set("certainty", "urging")
"""Stems of verbs before "to" in a headline, after which somebody else is to act, or nothing is said to come."""

OPEN = re.compile(
    r"\b(?:whether|remain(?:s|ed)? to be seen|(?:is|was|are|were|remains?|remained) (?:un|not )(?:clear|certain|known)"
    r"|no guarantee|doubt(?:s|ed|ful)?|asked (?:how|when|if)|depends? on (?:how|when|if|whether))\b",
    re.IGNORECASE,
)
"""What makes an open question of the words behind it in a sentence: nobody commits himself there."""


class Commitment(NamedTuple):
    """Hold one graded act: `span` is the cue, `phrase` the cue with the verb it grades.

    `verb` is the act's head (a stem, or the name of a group of verbs for one act), `act` the content stems after the
    cue, `subject` those before it and all names, in text order without repeats. `verbal` tells whether a verb follows
    the cue ("plans to buy buses") and not a thing ("considers new buses").
    """

    span: Span
    phrase: Span
    level: Level
    verb: str
    act: tuple[str, ...]
    subject: tuple[str, ...]
    negated: bool
    undecided: bool = False
    verbal: bool = True


def commitments(cut: Words, span: Span, *, heading: bool = False) -> tuple[Commitment, ...]:
    """Return the graded acts of a span in order; in a heading "Firm to leave state" counts as certain.

    >>> line = "Norway could contribute ships, but is ready to lead if asked"
    >>> found = commitments(Words(line), Span(0, len(line)))
    >>> [(c.phrase.of(line), c.level.name) for c in found]
    [('could contribute ships', 'POSSIBLE'), ('ready to lead', 'READY')]
    """
    text, tokens = cut.text, cut.words(span)
    starts = [token.span.start for token in tokens]
    found: list[Commitment] = []
    for hit in find_phrases(cut, (span,), ("modality",)):
        first, last = bisect_left(starts, hit.span.start), bisect_left(starts, hit.span.end) - 1
        if _is_cue(text, tokens, hit, first, last) and not OPEN.search(text, span.start, hit.span.start):
            found += _commitment(text, tokens, hit, first, last)
    return tuple(found or (_headline_infinitive(text, tokens) if heading else ()))


def _is_cue(text: str, tokens: Sequence[Token], hit: Hit, first: int, last: int) -> bool:
    """Tell whether the words are a cue here: not the noun "will", the month May, or "is considered a"."""
    before = tokens[first - 1].form if first else ""
    after = tokens[last + 1].form if last + 1 < len(tokens) else ""
    if hit.entry in {"will", "might", "may"}:
        if before in NOUN_LEADS or after == "of" or after[:1].isdigit():
            return False
        return after != "" and text[hit.span.end : tokens[last + 1].span.start].strip() == ""
    if hit.entry == "could":
        return after not in {"not", "have"}
    return not (hit.entry == "be considered" and after in {"a", "an", "one", "the", "to", "as"})


def _commitment(text: str, tokens: Sequence[Token], hit: Hit, first: int, last: int) -> Iterator[Commitment]:
    """Yield the commitment that a cue, the words `first` to `last`, makes of what follows it, if anything does."""
    undecided = hit.group.name == "undecided"
    after = _clause(text, tokens, range(last + 1, len(tokens)))
    before = _clause(text, tokens, range(first - 1, -1, -1))[::-1]
    act = _act(after)
    if not act and not undecided and not hit.entry.startswith("be "):
        return
    head = next((t for t in act if not _adverb(t)), act[0] if act else tokens[last])
    near = {t.form for t in after[:2]} | {t.form for t in before[-2:]}
    names = [] if is_heading(text, tokens) else [t for t in act if t.span.of(text)[0].isupper()]
    subject = [t for t in before if _is_content(t)][-SUBJECT_WORDS:] + names
    yield Commitment(
        span=hit.span,
        phrase=Span(hit.span.start, max(hit.span.end, _phrase_end(text, after))),
        level=Level(int(hit.group.get("level"))),
        verb=_verb_of(after, head),
        act=_stems(t for t in act if t not in names),
        subject=_stems(subject),
        negated=not undecided and any(f in NEGATIONS or f.endswith("n't") for f in near),
        undecided=undecided,
        verbal=hit.entry.endswith(" to") or hit.entry in MODALS,
    )


def _phrase_end(text: str, after: Sequence[Token]) -> int:
    """Return where the printed act ends: its first full word within reach, and the word joined to it."""
    at = next((k for k, token in enumerate(after[:4]) if token.form not in STOP_WORDS), None)
    if at is None:
        return 0
    first, *following = after[at : at + 2]
    joined = [t for t in following if t.form not in STOP_WORDS and t.form.isalpha()]
    joined = [t for t in joined if text[first.span.end : t.span.start].isspace()]
    return (joined or [first])[0].span.end


def _clause(text: str, tokens: Sequence[Token], order: range) -> list[Token]:
    """Return the tokens in that direction up to the end of the clause."""
    found: list[Token] = []
    for k in order:
        left, right = sorted((k, k - order.step))
        gap = text[tokens[left].span.end : tokens[right].span.start]
        opens = order.step > 0 and tokens[k].form in CLAUSE_OPENERS
        if opens or not CLAUSE_ENDS.isdisjoint(gap) or "\n\n" in gap:
            break
        found.append(tokens[k])
    return found


def _adverb(token: Token) -> bool:
    return token.form in ADVERBS or (token.form.endswith("ly") and token.form not in LY_VERBS)


def _is_content(token: Token) -> bool:
    """Tell whether a word may name an act or who acts."""
    return token.form not in STOP_WORDS and token.form not in LIGHT and len(token.form) > 1


def _act(after: Sequence[Token]) -> list[Token]:
    return [t for t in after if _is_content(t)][:ACT_WORDS]


def _stems(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stem(t.form) for t in tokens))


def _verb_of(after: Sequence[Token], head: Token) -> str:
    """Return the group of verbs that the words after the cue begin with, else the stem of the first content word."""
    verbs = _verbs()
    forms = [t.form for t in after[:5]]
    for at in range(len(forms)):
        for size in (2, 1):
            group = verbs.get(tuple(forms[at : at + size]))
            if group and (at == 0 or forms[at - 1] in STOP_WORDS | LIGHT):
                return group
        if forms[at] == head.form:
            break
    return stem(head.form)


@cache
def _verbs() -> dict[tuple[str, ...], str]:
    table: dict[tuple[str, ...], str] = {}
    for group in load_lexicon("acts").groups:
        for entry in group.entries:
            for form in inflections(tuple(entry.split()), group.get("inflect")):
                table.setdefault(form, f"acts of {group.name}")
    return table


def _headline_infinitive(text: str, tokens: Sequence[Token]) -> list[Commitment]:
    """Read "Firm to leave state": a name or noun, then "to" and a verb, before any other verb of a headline."""
    for k in range(1, min(len(tokens) - 1, 6)):
        if tokens[k].form != "to" or not _is_content(tokens[k + 1]) or tokens[k - 1].form in STOP_WORDS:
            continue
        verbs = (t.form.endswith(("s", "ed", "ing")) and t.span.of(text)[0].islower() for t in tokens[:k])
        if any(verbs) or any(stem(t.form) in URGING for t in tokens[:k]):
            return []
        if text[tokens[k + 1].span.start].isupper() and not re.search(rf"\b{re.escape(tokens[k + 1].form)}\b", text):
            return []  # a place: a verb with a capital stands in small letters below the headline
        after = _clause(text, tokens, range(k + 1, len(tokens)))
        act = _act(after)
        return [
            Commitment(
                span=tokens[k].span,
                phrase=Span(tokens[k].span.start, tokens[k + 1].span.end),
                level=Level.CERTAIN,
                verb=_verb_of(after, act[0]),
                act=_stems(act),
                subject=_stems(filter(_is_content, tokens[:k])),
                negated=False,
            )
        ]
    return []
