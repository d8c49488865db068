"""Give printed variants of one word one form: British and American spelling, small numbers, short and long forms.

In: one printed word. Out: the form that its variants share. What the word means is not asked here. Fails on a word that
a spelling rule hits by chance ("promise" becomes "promize"), which does no harm as long as both sides go through it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from comparer.language.numerals import SCALES, TENS, UNITS
from comparer.language.tokens import normal_form

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
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
VARIANTS = {
    variant: form
    for form, variants in {
        "ok": "okay",
        "among": "amongst",
        "while": "whilst",
        "amid": "amidst",
        "gray": "grey",
        "aging": "ageing",
        "aluminum": "aluminium",
        "airplane": "aeroplane",
        "artifact": "artefact",
        "ax": "axe",
        "burned": "burnt",
        "check": "cheque",
        "cozy": "cosy",
        "curb": "kerb",
        "draft": "draught",
        "dreamed": "dreamt",
        "inquiry": "enquiry",
        "inquiries": "enquiries",
        "fulfill": "fulfil",
        "enroll": "enrol",
        "jail": "gaol",
        "jewelry": "jewellery",
        "judgment": "judgement",
        "learned": "learnt",
        "maneuver": "manoeuvre",
        "mold": "mould",
        "mom": "mum",
        "mustache": "moustache",
        "pajamas": "pyjamas",
        "plow": "plough",
        "skeptic": "sceptic",
        "skeptical": "sceptical",
        "skillful": "skilful",
        "spelled": "spelt",
        "spoiled": "spoilt",
        "tire": "tyre",
        "tires": "tyres",
        "yogurt": "yoghurt",
        "mister": "mr",
        "doctor": "dr",
        "saint": "st",
        "dollar": "dollars",
        "pound": "pounds",
        "euro": "euros",
        **dict(zip("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th".split(), ORDINALS, strict=True)),
    }.items()
    for variant in variants.split()
}
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
    for pattern, to in RULES:
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
