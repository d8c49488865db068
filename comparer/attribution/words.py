"""Know a word by itself: its closed class, whether it reports and how, its lemma and what it means.

In: a lower-case form. Out: sets of the closed classes; from `cues.toml` every printed form of the reporting verbs, with
lemma, stance, act and what may follow; a `Word` for the learned models, by the lexicographer files of WordNet (Miller
1995), so that a verb never met in training still reads as one of communication. It looks at no context; `phrases` does.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import NamedTuple

from comparer.attribution.units import QUOTE
from comparer.model import Act, CueStance
from comparer.resources.loader import load_json, load_lexicon, word_list, word_set

BE = word_set("function_words", "be")
HAVE = word_set("function_words", "have")
MODALS = word_set("modals", "modals", "denied")
DO = word_set("function_words", "do")
AUX = BE | HAVE | MODALS | DO
NEGATIONS = word_set("negations", "of_saying")
ADVERBS = word_set("function_words", "adverbs")
PERSONAL = word_set("function_words", "personal_pronouns")
PRONOUNS = PERSONAL | {"who", "that", "which"}
DETERMINERS = word_set("function_words", "determiners")
POSSESSIVES = word_set("function_words", "possessives")
PREPOSITIONS = word_set("function_words", "prepositions")
SUBORDINATORS = word_set("function_words", "conjunctions")
CONTRACTED = ("'s", "'re", "'ve", "'d", "'ll", "'m")
WEEKDAYS = word_set("calendar", "weekdays")
_MONTHS = word_set("calendar", "months", "months_short", "months_other") - {"sep"}  # the chains learned without "sep"
TIME = (
    word_set("calendar", "weekdays", "weekdays_short", "weekdays_other") | _MONTHS | word_set("function_words", "times")
)
LEADERS = word_set("function_words", "openers")
IRREGULAR_PASTS = word_set("function_words", "irregular_pasts")
MARKS = frozenset({",", ";", ":", "—", "–", "--", ".", "?", "!", "…", QUOTE, "(", ")", "[", "]", "-", "|", "•"})


def alternatives(name: str, *groups: str) -> str:
    """Return a word list's entries as alternatives of a pattern, the longest first, with any blanks between words."""
    entries = sorted(word_set(name, *groups), key=lambda entry: (-len(entry), entry))
    return "|".join(re.escape(entry).replace(r"\ ", r"\s+") for entry in entries)


def contracted(low: str) -> bool:
    """Tell whether a token is a pronoun with an auxiliary joined on, such as "they've"."""
    head, mark, _ = low.partition("'")
    return bool(mark) and head in PRONOUNS and low.endswith(CONTRACTED)


def possessive(low: str) -> bool:
    """Tell whether a token is a possessive: "Ankara's", "ministers'", "his"."""
    return low in POSSESSIVES or (low.endswith(("'s", "s'")) and not contracted(low))


class Reading(NamedTuple):
    """Hold one way to read a reporting verb: `rest` are the words that must follow it."""

    lemma: str
    rest: tuple[str, ...]
    stance: CueStance
    act: Act
    takes: frozenset[str]


class VerbForm(NamedTuple):
    """Hold what one printed form may be: the first of "past", "ing" and "base" that fits, and its readings.

    Readings with the longest `rest` come first.
    """

    shape: str
    readings: tuple[Reading, ...]


@cache
def verb_forms() -> dict[str, VerbForm]:
    """Return every lower-case form of every listed verb with its shape and readings.

    >>> form = verb_forms()["accused"]
    >>> form.shape, form.readings[0].stance.value
    ('past', 'emotive')
    """
    irregular: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for entry in word_list("cues", "irregular"):
        lemma, past, participle = entry.split()
        irregular[lemma].append((past, participle))
    readings: dict[str, list[Reading]] = defaultdict(list)
    for group in load_lexicon("cues").groups:
        if group.name == "irregular":
            continue
        stance, act = CueStance(group.get("stance")), Act(group.get("act"))
        for entry in group.entries:
            head, *rest = entry.split()
            readings[head].append(Reading(entry, tuple(rest), stance, act, frozenset(group.get("takes").split())))
    inflected = {lemma: _inflect(lemma, irregular[lemma]) for lemma in readings}
    rising = ("base", "ing", "past")
    shapes = {form: shape for shape in rising for forms in inflected.values() for form in forms[shape]}
    owned: dict[str, list[Reading]] = defaultdict(list)
    for lemma, forms in inflected.items():
        for form in sorted(set().union(*forms.values())):
            owned[form] += readings[lemma]
    return {
        form: VerbForm(shapes[form], tuple(sorted(own, key=lambda reading: -len(reading.rest))))
        for form, own in owned.items()
    }


def _inflect(lemma: str, irregular: list[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the forms of a verb by shape; `irregular` are its pasts and participles, where these follow no rule."""
    changes = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    stem = lemma[:-1] + "i" if changes else lemma
    present = stem + ("es" if changes or lemma.endswith(("s", "sh", "ch", "x", "z", "go")) else "s")
    regular = stem + ("d" if lemma.endswith("e") else "ed")
    pasts = irregular or [(regular, regular)]
    doubled = lemma + lemma[-1] + "ing"
    if lemma == "lie":
        ing = {"lying"}
    elif lemma in {"put", "hit", "let", "bet"}:
        ing = {doubled}
    elif lemma.endswith("e") and not lemma.endswith("ee"):
        ing = {lemma[:-1] + "ing"}
    elif any(past.endswith("ed") for past, _ in irregular) and lemma[-1] not in "wy":
        ing = {doubled, lemma + "ing"}
    else:
        ing = {lemma + "ing"}
    return {
        "past": {past for past, _ in pasts},
        "ing": ing,
        "base": {lemma, present, *(participle for _, participle in pasts)},
    }


_ENDINGS = (
    ("'s", ("",)),
    ("men", ("man",)),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ing", ("", "e")),
    ("ed", ("", "e")),
    ("es", ("", "e")),
    ("s", ("",)),
)


class Word(NamedTuple):
    """Hold what is known of a form: `part` is a part of speech with the ending, classes are empty where unlisted."""

    lemma: str
    part: str
    verb: str
    noun: str


@cache
def _table(name: str) -> dict[str, str]:
    return {word: code for code, words in load_json("word_classes")[name].items() for word in words.split()}


@lru_cache(maxsize=50_000)
def word(low: str) -> Word:
    """Return what is known of a lower-case form.

    >>> word("grumbled")
    Word(lemma='grumble', part='ved', verb='comc', noun='E')
    """
    parts, irregular = _table("part"), _table("irregular")
    form = verb_forms().get(low)
    if form is not None:
        base = form.readings[-1].lemma.split()[0]
        ending = "" if low == base else next((e for e in ("s", "ing") if low.endswith(e)), "ed")
    elif low in irregular:
        base, ending = irregular[low], "*"
    else:
        base, ending = _stripped(low, parts)
    return Word(base, parts.get(base, "?") + ending, _table("verb").get(base, ""), _table("noun").get(base, ""))


def _stripped(low: str, known: dict[str, str]) -> tuple[str, str]:
    if low in known:
        return low, ""
    for ending, replacements in _ENDINGS:
        if not low.endswith(ending) or len(low) <= len(ending) + 1:
            continue
        stem = low[: -len(ending)]
        for replacement in replacements:
            if stem + replacement in known:
                return stem + replacement, ending
        if len(stem) > 2 and stem[-1] == stem[-2] and stem[:-1] in known:
            return stem[:-1], ending
    return low, "?"


@lru_cache(maxsize=20_000)
def class_of(low: str, *, capital: bool) -> str:
    """Return the class of a form: a mark, a closed class, a verb of saying, or the look of the word."""
    if low in MARKS:
        return "m" + ("" if low == QUOTE else low)
    closed = next((name for name, members in _CLOSED if low in members), None)
    if closed is not None:
        return closed
    form = verb_forms().get(low)
    if form is not None and not capital:
        acts = {r.act for r in form.readings}
        act = "s" if Act.SPEECH in acts else "t" if Act.THOUGHT in acts else "i"
        return f"v{act}{_SHAPES[form.shape]}" + ("c" if "clause" in form.readings[0].takes else "")
    if capital:
        return "Cap"
    if low[:1].isdigit():
        return "num"
    return next(("-" + e for e in ("ly", "ed", "ing", "s") if low.endswith(e) and len(low) > len(e) + 2), "w")


_SHAPES = {"past": "p", "ing": "g", "base": "b"}
_CLOSED = (
    ("be", BE),
    ("have", HAVE),
    ("modal", MODALS),
    ("pers", PERSONAL),
    ("det", DETERMINERS),
    ("prep", PREPOSITIONS),
    ("sub", SUBORDINATORS),
    ("time", TIME),
)


def says(kind: str) -> bool:
    """Tell whether a class is that of a verb of speech, thought or intention."""
    return kind[:2] in {"vs", "vt", "vi"}
