"""Cut text into words, each with its place and a normalised form.

Words come out in text order; blanks are not tokens. Nothing here decides what a word means. Fails on scripts that write
without blanks (Chinese, Thai): a whole run comes out as one word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from comparer.model import Span, Token
from comparer.resources.loader import word_set

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
            found = self._own[span] = self._within(span)
        return found

    def _within(self, span: Span) -> tuple[Token, ...]:
        first, last = bisect_right(self._ends, span.start), bisect_left(self._starts, span.end)
        cut = first < last and (self._starts[first] < span.start or self._ends[last - 1] > span.end)
        return words(self.text, span) if cut else self.tokens[first:last]


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
    word = _singular(word)
    for ending in ("ing", "ed"):
        base = word.removesuffix(ending)
        if base != word and len(base) >= 3 and any(c in "aeiouy" for c in base):
            return _undouble(base)
    return word.rstrip("e") if len(word) > 3 else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def _undouble(base: str) -> str:
    return base[:-1] if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "lsze" else base.rstrip("e")
