"""Tell the language of a page by its script and its commonest words.

In: text. Out: an ISO 639-1 code, or "und" where the text is short or no language leads clearly. It does not tell
languages that share a script and have no list here: Arabic script is "ar" only without Persian letters. Letters that
one listed language alone uses speak for it; a name full of them in an English line is outweighed by the line's words.
"""

from __future__ import annotations

import re
from functools import cache

from comparer.resources.loader import load_lexicon

_WORD = re.compile(r"[^\W\d_]+")
_SAMPLE = 20_000  # characters looked at
_LEAST_SHARE = 0.12  # share of the words that must be on the leading language's list
_LEAD = 1.35  # how far the first must lead the second
_LEAST_WORDS = 10
_LEAST_KINDS = 2  # different words or letters that must speak for a language: one word alone is a guess
_LETTER = 0.7  # what a word with a telling letter counts, where it is on no list
_LETTERS = {
    letter: code
    for letters, code in (
        ("ığş", "tr"), ("ß", "de"), ("łżęąśćźń", "pl"), ("ñ¿", "es"), ("ãõ", "pt"), ("țșăţ", "ro"), ("œêùû", "fr"),
        ("ìò", "it"), ("æøþðőűčřžěůđ", "und"),
    )
    for letter in letters
}  # fmt: skip
_TELLING = re.compile(f"[{''.join(_LETTERS)}]")
_SCRIPTS = (
    ("be", re.compile("[ў]"), re.compile("[а-яіїєґўё]")),
    ("uk", re.compile("[іїєґ]"), re.compile("[а-яіїєґ]")),
    ("ru", re.compile("[ыэё]"), re.compile("[а-яё]")),
    ("bg", re.compile("[ъ]"), re.compile("[а-я]")),
    ("fa", re.compile("[پچژگ]"), re.compile("[\u0600-\u06ff]")),
    ("ar", re.compile("[ةىي]"), re.compile("[\u0600-\u06ff]")),
    ("el", re.compile("[α-ω]"), re.compile("[α-ωά-ώ]")),
    ("he", re.compile("[א-ת]"), re.compile("[א-ת]")),
    ("hi", re.compile("[\u0900-\u097f]"), re.compile("[\u0900-\u097f]")),
    ("ko", re.compile("[가-힣]"), re.compile("[가-힣]")),
    ("ja", re.compile("[\u3040-\u30ff]"), re.compile("[\u3040-\u30ff\u4e00-\u9fff]")),
    ("zh", re.compile("[\u4e00-\u9fff]"), re.compile("[\u4e00-\u9fff]")),
)


def language_of(text: str) -> str:
    """Return the language code of `text`, or "und".

    >>> language_of("The ferry was on its way to the island when it ran aground, and nobody was hurt, she said.")
    'en'
    >>> language_of("Gemi ve liman için bugün toplanan kurul, yeni bir karar alınmadığını açıkladı.")
    'tr'
    >>> language_of("Skerrow 14:02")
    'und'
    """
    sample = text[:_SAMPLE].replace("İ", "i").lower()
    letters = sum(map(str.isalpha, sample))
    for code, telling, script in _SCRIPTS:
        if (
            len(script.findall(sample)) > 0.5 * max(letters, 1)
            and letters >= 20
            and len(telling.findall(sample)) * 200 > letters
        ):
            return code
    words = _WORD.findall(sample)
    if len(words) < _LEAST_WORDS:
        return "und"
    return _leader(words)


def _leader(words: list[str]) -> str:
    """Return the language that leads clearly; a word that several languages have counts for each in equal parts."""
    counts: dict[str, float] = {}
    kinds: dict[str, set[str]] = {}
    for word in words:
        codes = _lists().get(word, ())
        letter = _TELLING.search(word) if not codes else None
        if letter is not None:
            codes = (_LETTERS[letter.group()],)
        for code in codes:
            counts[code] = counts.get(code, 0.0) + (_LETTER if letter else 1.0) / len(codes)
            kinds.setdefault(code, set()).add(letter.group() if letter else word)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _LEAST_SHARE * len(words) or len(kinds[ranked[0][0]]) < _LEAST_KINDS:
        return "und"
    if len(ranked) > 1 and ranked[0][1] < _LEAD * ranked[1][1]:
        return "und"
    return ranked[0][0]


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in load_lexicon("cleaning_stop_words").groups:
        for word in group.entries:
            found[word] = (*found.get(word, ()), group.get("code"))
    return found
