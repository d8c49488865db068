"""Describe a word to the learned models by itself: its lemma, its likely part of speech and what it means.

In: a lower-case form. Out: a `Word`. The classes are the lexicographer files of WordNet (Miller 1995), so that a verb
never met in training still reads as one of communication. It looks at no context; an unlisted form stands for itself.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, NamedTuple

from comparer.attribution.verbs import verb_forms
from comparer.resources.loader import load_json

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
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str], dict[str, str]]:
    data: Any = load_json("word_classes")
    tables = [
        {word: code for code, words in data[name].items() for word in words.split()}
        for name in ("part", "verb", "noun", "irregular")
    ]
    return tables[0], tables[1], tables[2], tables[3]


@lru_cache(maxsize=50_000)
def word(low: str) -> Word:
    """Return what is known of a lower-case form.

    >>> word("grumbled")
    Word(lemma='grumble', part='ved', verb='comc', noun='E')
    """
    parts, verbs, nouns, irregular = _table()
    form = verb_forms().get(low)
    if form is not None:
        base = form.readings[-1].lemma.split()[0]
        ending = "" if low == base else next((e for e in ("s", "ing") if low.endswith(e)), "ed")
    elif low in irregular:
        base, ending = irregular[low], "*"
    else:
        base, ending = _stripped(low, parts)
    return Word(base, parts.get(base, "?") + ending, verbs.get(base, ""), nouns.get(base, ""))


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
