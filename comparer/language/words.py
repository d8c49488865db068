"""Cut text into words, each with its place, and give printed variants of a word one form.

Out: words in text order, without blanks; their normalised forms and stems; the form that spellings and small numbers
share; the heading of a group in `same_meaning.toml`. That two words share a heading brings claims nearer and is never a
finding. Fails on scripts that write without blanks (Chinese, Thai): a whole run comes out as one word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache

from comparer.language.numbers import SCALES, TENS, UNITS
from comparer.model import Span, Token
from comparer.resources.loader import load_lexicon, word_map, word_set

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])"  # 1,200 and 1.2 and 14:30 and 5th
    r"|[^\W_]+(?:['’ʼ\-‐‑][^\W_]+)*"  # words with inner apostrophes and hyphens
)
QUOTE_MARKS = {"“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "ʼ": "'"}
DASHES = {"–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
STRAIGHT = str.maketrans(QUOTE_MARKS | DASHES | {"…": "..."})

STOP_WORDS = word_set("stop_words", "words")


class Words:
    """Hold a text with its words, cut once: whoever asks for the words of a span is answered from them.

    >>> cut = Words("Erdoğan signed, 1,200 cheered.")
    >>> [t.form for t in cut.words(Span(8, 29))]
    ['signed', '1,200', 'cheered']
    """

    __slots__ = ("_ends", "_own", "_starts", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = words(text)
        self._starts = [token.span.start for token in self.tokens]
        self._ends = [token.span.end for token in self.tokens]
        self._own: dict[Span, tuple[Token, ...]] = {}

    def words(self, span: Span) -> tuple[Token, ...]:
        """Return the words inside a span, in order; a word that its edge cuts through is cut there."""
        found = self._own.get(span)
        if found is None:
            first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
            cut = first < last and (self._starts[first] < span.start or self._ends[last - 1] > span.end)
            found = self._own[span] = words(self.text, span) if cut else self.tokens[first:last]
        return found


def words(text: str, span: Span | None = None) -> tuple[Token, ...]:
    """Return the words and numbers alone, in order.

    >>> [t.form for t in words("Erdoğan signed, 1,200 cheered.")]
    ['erdogan', 'signed', '1,200', 'cheered']
    """
    start, end = (span.start, span.end) if span is not None else (0, len(text))
    return tuple(Token(Span(*m.span()), normal_form(m.group())) for m in WORD.finditer(text, start, end))


def forms_of(text: str) -> tuple[str, ...]:
    """Return the normalised forms alone of a text's words, in order."""
    return tuple(map(normal_form, WORD.findall(text)))


@lru_cache(maxsize=65536)
def normal_form(word: str) -> str:
    """Return the form in which printed variants of a word are equal: no case, no accents, straight marks."""
    straight = word.translate(STRAIGHT)
    if not straight.isascii():
        from anyascii import anyascii

        straight = anyascii(straight) or straight
    return straight.casefold()


@lru_cache(maxsize=65536)
def stem(form: str) -> str:
    """Return a light English stem: possessives, plurals, -ed and -ing cut off, as far as a rule can tell.

    Less than Porter's on purpose: "minister" and "ministry" must stay apart. Irregular verbs are not joined.

    >>> [stem(w) for w in ("troops", "deployed", "deploying", "countries", "Turkey's".lower(), "talks", "agreed")]
    ['troop', 'deploy', 'deploy', 'country', 'turkey', 'talk', 'agr']
    """
    word = form.removesuffix("'s").removesuffix("'")
    if len(word) <= 3 or not word.isalpha():
        return word
    word = singular(word)
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and any(c in "aeiouy" for c in base):
            return _undouble(base)
    return word.rstrip("e") if len(word) > 3 else word


def singular(word: str) -> str:
    """Return a noun's singular, or a verb's base, by the endings of plurals and of the third person."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undouble(base: str) -> str:
    return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsze" else base.rstrip("e")


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
