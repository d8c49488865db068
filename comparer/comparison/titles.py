"""Name an event by the words that its headlines share, so that no outlet's headline names it alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from comparer.language.words import STOP_WORDS, stem, words
from comparer.model import AnalysedArticle

LONGEST = 4  # words of a name
SHORTEST = 2
LEDE_WORDS = 8  # words of a lede that stand in for a headline
CUT = "…"


def event_title(analysed: Sequence[AnalysedArticle]) -> str:
    """Return the words that stand in two or more headlines and most often in the texts, as one headline orders them.

    Words that do not follow each other in that headline are parted by commas. Without two such words it is the first
    headline; without any headline the first words of the first lede; "untitled" only where nothing is printed at all.
    """
    titles = [a.article.title for a in analysed if a.article.title]
    if not titles:
        return next((name for a in analysed if (name := _opening(a))), "untitled")
    cut = [_words(title) for title in titles]
    body = Counter(form for a in analysed for form, _ in _words(a.article.main_text))
    headlines = Counter(form for found in cut for form in dict.fromkeys(form for form, _ in found))
    shared = [form for form, count in headlines.items() if count > 1]
    chosen = sorted(shared, key=lambda form: (-headlines[form], -body[form]))[:LONGEST]
    best = max(range(len(cut)), key=lambda k: len({form for form, _ in cut[k]} & set(chosen)))
    name = _ordered(titles[best], frozenset(chosen))
    return name[0].upper() + name[1:] if len(name.split()) >= SHORTEST else titles[0]


def _ordered(title: str, chosen: frozenset[str]) -> str:
    """Return the chosen words as a headline orders them, with commas between those that do not follow each other."""
    parts: list[str] = []
    seen: set[str] = set()
    last = -1
    for k, token in enumerate(words(title)):
        form = stem(token.form)
        if form in chosen and form not in seen and token.form not in STOP_WORDS:
            seen.add(form)
            parts.append(("" if k == last + 1 else ", ") + _plain(token.span.of(title)))
            last = k
    return " ".join(parts).replace(" , ", ", ").removeprefix(", ")


def _opening(analysed: AnalysedArticle) -> str:
    """Return the first words of an article's text, with "…" where they are cut; empty where there are none."""
    if not analysed.sentences:
        return ""
    printed = analysed.sentences[0].span.of(analysed.article.text).split()
    return " ".join(printed[:LEDE_WORDS]).rstrip(",;:") + (f" {CUT}" if len(printed) > LEDE_WORDS else "")


def _words(text: str) -> list[tuple[str, str]]:
    """Return stem and printed form of the words that carry content, in order."""
    found = [(token.form, token.span.of(text)) for token in words(text) if token.form not in STOP_WORDS]
    return [(stem(form), _plain(printed)) for form, printed in found if len(form) > 2]


def _plain(printed: str) -> str:
    return printed.removesuffix("'s").removesuffix("’s")
