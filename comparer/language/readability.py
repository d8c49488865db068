"""Say how readable a text is by two formulas that count letters, words and sentences, and no syllables.

In: a text. Out: the school grades of Senter and Smith (1967, ARI) and of Coleman and Liau (1975), counted as textstat
0.7 counts, at none of its import. Both were made for English. Fails on texts of a few sentences.
"""

from __future__ import annotations

import re

WORD, LETTERS = re.compile(r"\w"), re.compile(r"\w+")
SENTENCE = re.compile(r"\b[^.!?]+[.!?]*")
FRAGMENT = 2  # words up to which what stands between two full stops is no sentence, but part of "U.S." or "Mr. Lund"


def grades(text: str) -> tuple[float, float]:
    """Return the Automated Readability Index and the Coleman-Liau index of a text that holds a word.

    >>> [round(grade, 1) for grade in grades("The ferry struck a sandbank off Skerrow on Monday. Nobody was hurt.")]
    [3.6, 5.4]
    """
    printed, words = text.split(), _words(text)
    sentences = max(1, sum(_words(found) > FRAGMENT for found in SENTENCE.findall(text)))
    letters = sum(map(len, LETTERS.findall(text)))
    ari = 4.71 * (sum(map(len, printed)) / len(printed)) + 0.5 * (words / sentences) - 21.43
    return ari, 0.058 * (letters / words * 100) - 0.296 * (sentences / words * 100) - 15.8


def _words(text: str) -> int:
    return sum(WORD.search(word) is not None for word in text.split())
