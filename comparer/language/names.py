"""Find printed names and tell whether two of them may be one name.

A name is a run of capitalised words; a lone capitalised word at the start of a sentence counts only where nothing
speaks against it. No list of people or places is consulted, so "Critical Mass" is a name and "the ministry" is not.
Fails on headlines in which every word is capitalised (only names seen elsewhere in the text are taken from those) and
on languages that capitalise nouns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from comparer.language.words import STOP_WORDS, Words, normal_form
from comparer.model import NameMention, Span, Token
from comparer.resources.loader import load_lexicon, word_set

PARTICLES = word_set("names", "particles")
CALENDAR = word_set("calendar", "weekdays", "months", "weekdays_short", "months_short", "months_other")
STARTERS = word_set("names", "starters")
HEADLINE_SHARE = 0.7  # a sentence with more of its longer words capitalised is read as a headline
POSSESSIVES = ("'s", "’s", "s'", "s’")


def find_names(cut: Words, spans: Sequence[Span]) -> tuple[NameMention, ...]:
    """Return the names printed in `spans` (sentences), in text order, without titles, with a key each.

    >>> news = "Rear Adm. Zeki Aktürk spoke in Ankara. Reporters asked Aktürk about NATO."
    >>> [m.span.of(news) for m in find_names(Words(news), [Span(0, 38), Span(39, 73)])]
    ['Zeki Aktürk', 'Ankara', 'Aktürk', 'NATO']
    """
    text, sentences = cut.text, [cut.words(span) for span in spans]
    lower = {t.form for ws in sentences for t in ws if t.span.of(text)[:1].islower()}
    plain = [ws for ws in sentences if not _headline(text, ws)]
    found = [mention for ws in plain for mention in _names_of(text, ws, lower)]
    known = {m.key for m in found} | {part for m in found for part in m.key.split()}
    for ws in sentences:
        if _headline(text, ws):
            found.extend(m for m in _names_of(text, ws, lower) if m.key in known or set(m.key.split()) <= known)
    return tuple(sorted(found, key=lambda m: m.span))


@lru_cache(maxsize=16384)
def name_key(name: str) -> str:
    """Return the key that printed variants of one name share: no titles, accents or possessive, endings evened out.

    >>> name_key("Volodymyr Zelenskiy") == name_key("Volodymyr Zelensky")
    True
    """
    parts = [normal_form(w).strip(".'-") for w in re.split(r"[\s.]+", _without_possessive(name)) if w.strip(".'-")]
    heads = [k for k, p in enumerate(parts[:-1]) if p in _titles("head")]
    key = " ".join(_even(p) for p in parts[heads[-1] + 1 if heads else 0 :])
    return _aliases().get(key, key)


def same_name(left: str, right: str) -> bool:
    """Tell whether two printed names may be one: equal keys, a surname alone, or an initial for a first name.

    Where only a surname is printed, two people who share it are one here: the caller must stay inside one event.

    >>> same_name("Rear Adm. Zeki Aktürk", "Akturk"), same_name("Ana Ruiz", "Ben Ruiz")
    (True, False)
    """
    a, b = sorted((name_key(left).split(), name_key(right).split()), key=len)
    if not a or a[-1] != b[-1]:
        return False
    initial = a[0][0] == b[0][0] and min(len(a[0]), len(b[0])) == 1
    return len(a) == 1 or set(a) <= set(b) or initial


def _names_of(text: str, ws: Sequence[Token], lower: set[str]) -> Iterable[NameMention]:
    run: list[int] = []
    for k, token in enumerate(ws):
        goes_on = bool(run) and not _broken(text, ws[k - 1], token)
        if goes_on and (_capital(text, token) or _joins(text, ws, k)):
            run.append(k)
            continue
        yield from _mention(text, ws, run, lower)
        run = [k] if _capital(text, token) else []
    yield from _mention(text, ws, run, lower)


def _joins(text: str, ws: Sequence[Token], k: int) -> bool:
    """Tell whether a lower-case particle stands inside a name, as in "Ursula von der Leyen"."""
    after = next((t for t in ws[k : k + 3] if t.form not in PARTICLES), None)
    return ws[k].form in PARTICLES and after is not None and _capital(text, after)


def _mention(text: str, ws: Sequence[Token], run: list[int], lower: set[str]) -> Iterable[NameMention]:
    for part in _without_titles(ws, run):
        kept = part
        while kept and _not_part(ws[kept[0]].form, first=kept[0] == 0):
            kept = kept[1:]
        while kept and ws[kept[-1]].form in CALENDAR:
            kept = kept[:-1]
        if not kept or (kept == [0] and _doubtful(ws[0].form, lower)):
            continue
        start, end = ws[kept[0]].span.start, ws[kept[-1]].span.end
        span = Span(start, start + len(_without_possessive(text[start:end])))
        key = name_key(span.of(text))
        if key and not key.isdigit():
            yield NameMention(span, key)


def _without_titles(ws: Sequence[Token], run: list[int]) -> tuple[list[int], ...]:
    """Cut "Russian Foreign Minister Sergey Lavrov" into "Russian" and "Sergey Lavrov"."""
    heads = [k for k, at in enumerate(run) if ws[at].form.strip(".") in _titles("head")]
    if not heads:
        return (run,)
    first = heads[0]
    while first and ws[run[first - 1]].form in _titles("modifier"):
        first -= 1
    return run[:first], run[heads[-1] + 1 :]


def _not_part(form: str, *, first: bool) -> bool:
    return form in STOP_WORDS or form in CALENDAR or (first and form in STARTERS)


def _doubtful(form: str, lower: set[str]) -> bool:
    return form in lower or form in STARTERS or form in STOP_WORDS or form.endswith(("ly", "ing"))


def _capital(text: str, token: Token) -> bool:
    return text[token.span.start].isupper() and token.form not in {"i", "i'm", "i've", "i'd", "i'll"}


def _broken(text: str, before: Token, after: Token) -> bool:
    between = text[before.span.end : after.span.start]
    if between.strip() == "." and (len(before.form) <= 4 or before.form in _titles("head")):
        return False
    return bool(between.strip()) or before.span.of(text).endswith(POSSESSIVES)


def _headline(text: str, ws: Sequence[Token]) -> bool:
    if not ws or text[ws[-1].span.end : ws[-1].span.end + 1] in {".", "!"}:
        return False
    long = [t for t in ws if len(t.form) > 3 and t.form.isalpha()]
    return len(long) >= 4 and sum(_capital(text, t) for t in long) >= HEADLINE_SHARE * len(long)


def _without_possessive(name: str) -> str:
    return re.sub(r"(?:['’]s|(?<=s)['’])$", "", name.strip())


@cache
def _titles(role: str) -> frozenset[str]:
    groups = (g for g in load_lexicon("titles").groups if g.get("role") == role)
    return frozenset(entry for group in groups for entry in group.entries)


@cache
def _aliases() -> dict[str, str]:
    """Return the key of each other name by its own key: "Britain" goes under the key of "United Kingdom"."""
    groups = load_lexicon("name_aliases").groups
    return {_plain_key(entry): _plain_key(group.get("name")) for group in groups for entry in group.entries}


def _plain_key(name: str) -> str:
    return " ".join(_even(normal_form(part)) for part in re.split(r"[\s.]+", name) if part)


def _even(part: str) -> str:
    part = re.sub(r"(?:iy|yy|ij|ii|yi|ey|ei|ay|ai|y|i)$", "y", part) if len(part) > 3 else part
    return re.sub(r"(.)\1", r"\1", part.replace("kh", "h").replace("oe", "o").replace("ae", "a"))
