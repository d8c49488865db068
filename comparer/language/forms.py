"""Give printed variants of a word one form: spellings, small numbers, irregular verbs, words of one meaning.

In: forms in lower case, or stems. Out: the form they share, the base of a verb, the heading of a group in
`resources/en/same_meaning.toml`. That two words share a heading brings claims nearer and is never a finding.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from comparer.language.numbers import SCALES, TENS, UNITS
from comparer.language.words import forms_of, normal_form, stem
from comparer.resources.loader import load_lexicon, word_list, word_map, word_set

PAST = 1  # place of the past form in an entry of the table


def base_of(form: str) -> str | None:
    """Return the base of an irregular verb form in lower case, or None where the table does not hold it.

    >>> base_of("knew"), base_of("were"), base_of("harbour")
    ('know', 'be', None)
    """
    return _bases().get(form)


def is_past(form: str) -> bool:
    """Tell whether a verb form in lower case may be a past form or a past participle.

    >>> is_past("knew"), is_past("decided"), is_past("knows"), is_past("is")
    (True, True, False, False)
    """
    return form in _past() or (form.endswith("ed") and len(form) > 4)


@cache
def _entries() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(entry.split()) for entry in word_list("irregular_verbs", "verbs"))


@cache
def _bases() -> dict[str, str]:
    return {form: entry[0] for entry in _entries() for form in entry}


@cache
def _past() -> frozenset[str]:
    present = word_set("irregular_verbs", "present_forms")
    return frozenset(form for entry in _entries() for form in entry[PAST:]) - present


RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=\w\w\w)our(?=$|s$|ed$|ing$|able$)", "or"),  # colour, color
        (r"(?<=\w\w\w)is(?=e$|es$|ed$|ing$|ation$)", "iz"),  # organise, organize
        (r"(?<=\w\w\w)ys(?=e$|es$|ed$|ing$)", "yz"),  # analyse, analyze
        (r"(?<=\w\w)tre(?=$|s$)", "ter"),  # centre, center
        (r"(?<=\w\w)ence(?=$|s$)", "ense"),  # defence, defense
        (r"(?<=\w\w)ll(?=ed$|ing$|er$|ers$)", "l"),  # travelled, traveled
        (r"(?<=\w\w\w)amme(?=$|s$)", "am"),  # programme, program
        (r"(?<=\w\w\w)ogue(?=$|s$)", "og"),  # dialogue, dialog
        (r"^(after|back|down|for|in|on|out|to|up)wards$", r"\1ward"),  # towards, toward
        (r"^(licen|practi)ce", r"\1se"),  # licence, license
    )
)
MAY_VARY = re.compile("|".join(pattern.pattern for pattern, _ in RULES))
VARIANTS = word_map("spellings", "variants")
SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "&": "and", "%": "percent"}
CURRENCIES = frozenset({"dollar", "pound", "euro"})
NUMBERS = {word: str(value) for word, value in (*UNITS.items(), *TENS.items())}


@lru_cache(maxsize=65536)
def comparable(word: str) -> str:
    """Return the form in which spelling variants, figures and small number words are equal.

    >>> comparable("Defence"), comparable("forty"), comparable("Erdoğan"), comparable("12,400"), comparable("okay")
    ('defense', '40', 'erdogan', '12400', 'ok')
    """
    if word in SIGNS:
        return SIGNS[word]
    form = normal_form(word)
    if form.startswith("per") and form.removeprefix("per").strip() == "cent":
        return "percent"
    if any(c.isdigit() for c in form):
        return form.replace(",", "")
    form = form.replace(".", "")
    for pattern, to in RULES if MAY_VARY.search(form) else ():
        form = pattern.sub(to, form)
    form = VARIANTS.get(form, form)
    return NUMBERS.get(form, form)


def spelled_number(forms: tuple[str, ...]) -> float | None:
    """Return the number that comparable forms in a row make up, or None where they make up none.

    >>> spelled_number(("20", "5")), spelled_number(("25",)), spelled_number(("1", "100")), spelled_number(("boats",))
    (25.0, 25.0, None, None)
    """
    total = 0.0
    for k, form in enumerate(forms):
        if form in SCALES and k and total:
            total *= SCALES[form]
            continue
        if not re.fullmatch(r"\d+(?:\.\d+)?", form):
            return None
        value = float(form)
        if k and not (total % 100 >= 20 and total % 10 == 0 and value < 10):
            return None
        total += value
    return total or None


@cache
def common_headings() -> dict[str, str]:
    """Return for each stem or phrase of stems in a group its heading, which begins with "=".

    >>> common_headings()["employ"] == common_headings()["worker"]
    True
    """
    found: dict[str, str] = {}
    for group in load_lexicon("same_meaning").groups:
        for entry in group.entries:
            forms = [" ".join(map(stem, forms_of(part))) for part in entry.split(" = ")]
            for form in forms:
                found.setdefault(form, f"={forms[0]}")
    return found
