"""Name an event by the words that its headlines share, so that no outlet's headline names it alone."""

from __future__ import annotations

from collections.abc import Sequence

from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import AnalysedArticle

LONGEST = 5  # words of a name
SHORTEST = 2


def event_title(analysed: Sequence[AnalysedArticle]) -> str:
    """Return the words that stand in two or more headlines, as first printed, or else the first headline.

    Without any headline it is "untitled". An editor may well find a better name.
    """
    titles = [a.article.title for a in analysed if a.article.title]
    if not titles:
        return "untitled"
    printed: dict[str, str] = {}
    headlines: dict[str, set[int]] = {}
    for k, title in enumerate(titles):
        for token in words(title):
            if token.form in STOP_WORDS or len(token.form) < 3:
                continue
            form = stem(token.form)
            word = token.span.of(title)
            held = printed.setdefault(form, word)
            if held.isupper() and not word.isupper():
                printed[form] = word
            headlines.setdefault(form, set()).add(k)
    shared = [form for form in printed if len(headlines[form]) > 1]
    chosen = sorted(shared, key=lambda form: -len(headlines[form]))[:LONGEST]
    if len(chosen) < SHORTEST:
        return titles[0]
    name = " ".join(printed[form].removesuffix("'s").removesuffix("’s") for form in printed if form in chosen)
    return name[0].upper() + name[1:]
