"""Find entries of word lists in text, and mark wording that carries more than its matter: loaded words, hedges.

In: a text with its quotations, where they are known. Out: hits of word lists (several words, simple inflection, never
inside a name), and markers, each with the voice it is in: a word inside quotation marks, or in words reported as
somebody's, is the source's and never charged to the outlet. A marker is an observation about a word, not a judgement
of it. Fails on irony, and on words that are loaded only in their context.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from comparer.language.quotations import find_quotations
from comparer.language.words import Words, forms_of, normal_form
from comparer.model import Marker, Places, Quotation, Span, Token, Voice, WordGroup
from comparer.resources.loader import LexiconGroup, load_lexicon

VOWELS = "aeiou"
LEAD_REACH = 2  # words between a leading adjective and the noun it weighs
HEADING_SHARE = 0.6  # of the longer words with a capital, from which a line counts as a heading in capitals
OPENERS = " \n\t\"'“”‘’«»([—–-•"


class Hit(NamedTuple):
    """Hold one match of an entry: where, which entry as listed, and the list and group it stands in."""

    span: Span
    entry: str
    lexicon: str
    group: LexiconGroup


class _Form(NamedTuple):
    words: tuple[str, ...]
    entry: str
    lexicon: str
    group: LexiconGroup


def find_phrases(
    cut: Words, spans: Sequence[Span], lexicons: tuple[str, ...], *, own: tuple[WordGroup, ...] = ()
) -> tuple[Hit, ...]:
    """Return every hit of the word lists inside the spans, in text order; of two that start alike the longer wins.

    An entry may list forms that mean the same, parted by " / ". `own` are a user's words for these lists.

    >>> line = "A reckless walkout, said riders of Critical Mass"
    >>> [(h.span.of(line), h.entry) for h in find_phrases(Words(line), (Span(0, len(line)),), ("loaded",))]
    [('reckless', 'reckless')]
    """
    index = _index(lexicons, own)
    found: list[Hit] = []
    for span in spans:
        tokens = cut.words(span)
        bare = tuple(token.form.removesuffix("'s") for token in tokens)
        fitting = {at: [f for f in index[form] if bare[at : at + len(f.words)] == f.words]
                   for at, form in enumerate(bare) if form in index}  # fmt: skip
        heading = any(fitting.values()) and is_heading(cut.text, tokens)
        for at, forms in fitting.items():
            found.extend(_hits(cut.text, tokens, at, forms=forms, heading=heading))
    return tuple(sorted(set(found), key=lambda h: (h.span, h.lexicon, h.entry)))


def _hits(text: str, tokens: Sequence[Token], at: int, *, forms: Sequence[_Form], heading: bool) -> Iterator[Hit]:
    """Yield what the forms, whose words stand here, are hits of: one of a list, and of each of its leads."""
    seen: set[str] = set()
    for form in forms:
        size = len(form.words)
        category = f"{form.lexicon} {form.group.get('lead') and form.group.name}"
        if category in seen or (not heading and _in_name(text, tokens, at, size)):
            continue
        after = tokens[at + size].form if at + size < len(tokens) else ""
        if after in _words(form.group.get("not_before")):
            continue
        first: int | None = at
        if leads := _words(form.group.get("lead")):
            near = range(at - 1, max(-1, at - 1 - LEAD_REACH), -1)
            first = next((k for k in near if tokens[k].form in leads), None)
        if first is None or (first < at and not heading and _in_name(text, tokens, first, 1)):
            continue
        seen.add(category)
        span = Span(tokens[first].span.start, tokens[at + size - 1].span.end)
        if "\n\n" not in span.of(text):
            yield Hit(span, form.entry, form.lexicon, form.group)


def _in_name(text: str, tokens: Sequence[Token], at: int, size: int) -> bool:
    """Tell whether a capital inside the match is a name's: not a sentence's first word, or followed by a capital."""
    for k in range(at, at + size):
        printed = tokens[k].span.of(text)
        followed = any(text[after.span.start].isupper() for after in tokens[k + 1 : k + 2]) and not printed.isupper()
        if printed[0].isupper() and (followed or not _opens(text, tokens[k].span.start)):
            return True
    return False


def _opens(text: str, start: int) -> bool:
    near = text[max(0, start - 12) : start]
    before = near.rstrip(OPENERS)
    return not before or before[-1] in ".!?:;…|" or "\n" in near[len(before) :]


def is_heading(text: str, tokens: Sequence[Token]) -> bool:
    """Tell whether most of a line's longer words have a capital, so that a capital says nothing of names."""
    if tokens and text[tokens[-1].span.end : tokens[-1].span.end + 1] in {".", "!", "?"}:
        return False
    long = [t.span.of(text) for t in tokens if len(t.form) > 3 and t.form[0].isalpha()]
    return len(long) >= 3 and sum(w[0].isupper() for w in long) >= HEADING_SHARE * len(long)


def _groups_of(name: str, own: tuple[WordGroup, ...]) -> tuple[LexiconGroup, ...]:
    """Return the groups of a word list, a user's before them; one of the same name takes a shipped one's place."""
    shipped, added = load_lexicon(name).groups, [g for g in own if g.list == name]
    category = tuple(m for m in shipped[0].meta if m[0] == "category")
    users = (LexiconGroup(g.name, "", "", "", "", g.entries, g.meta + category) for g in added)
    return (*users, *(g for g in shipped if g.name not in {a.name for a in added}))


@cache
def _words(listed: str) -> frozenset[str]:
    return frozenset(normal_form(word.strip()) for word in listed.split(",") if word.strip())


@cache
def _index(lexicons: tuple[str, ...], own: tuple[WordGroup, ...]) -> dict[str, tuple[_Form, ...]]:
    index: dict[str, list[_Form]] = {}
    for name in lexicons:
        for group in _groups_of(name, own):
            for entry in group.entries:
                for variant in entry.split(" / "):
                    parts = forms_of(variant)
                    for forms in inflections(parts, group.get("inflect")):
                        index.setdefault(forms[0], []).append(_Form(forms, entry, name, group))
    return {first: tuple(sorted(forms, key=lambda f: -len(f.words))) for first, forms in index.items()}


def inflections(parts: tuple[str, ...], rule: str) -> tuple[tuple[str, ...], ...]:
    """Return an entry's word forms: verbs vary in their first word, nouns in their last, adjectives gain -ly.

    >>> inflections(("slam",), "verb")
    (('slam',), ('slams',), ('slammed',), ('slamming',))
    """
    if not parts:
        return ()
    if rule == "verb":
        head, rest = parts[0], parts[1:]
        return tuple(dict.fromkeys((form, *rest) for form in (head, *_verb_forms(head))))
    if rule == "noun" and not parts[-1].endswith("s"):
        return parts, (*parts[:-1], _plural(parts[-1]))
    if rule == "adjective":
        return parts, (*parts[:-1], _adverb(parts[-1]))
    return (parts,)


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _adverb(adjective: str) -> str:
    if adjective.endswith("ly"):
        return adjective
    if adjective.endswith("le"):
        return adjective[:-1] + "y"
    if adjective.endswith("ic"):
        return adjective + "ally"
    return adjective[:-1] + "ily" if adjective.endswith("y") else adjective + "ly"


def _verb_forms(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    short = len(verb) <= 4 and verb[-1] not in VOWELS + "wxyh" and verb[-2:-1] in VOWELS and verb[-3:-2] not in VOWELS
    doubled = verb + verb[-1] if short else verb
    return _plural(verb), doubled + "ed", doubled + "ing"


LEXICONS = ("loaded", "evaluation", "prediction", "hedges", "boosters")


def find_markers(text: str) -> tuple[Marker, ...]:
    """Return the words and phrases of a text that a word list flags, in text order, each with the list and the voice.

    >>> [(m.span.start, m.category, m.entry) for m in find_markers("A reckless walkout may follow.")]
    [(2, 'loaded', 'reckless'), (19, 'hedge', 'may')]
    """
    return mark(Words(text), (Span(0, len(text)),), find_quotations(text))


def mark(
    cut: Words, spans: Sequence[Span], quotations: Sequence[Quotation], *, own: tuple[WordGroup, ...] = ()
) -> tuple[Marker, ...]:
    """Return the markers inside `spans`; those in a quotation have the source's voice. `own` are a user's words.

    >>> line = "It was “a reckless walkout”, he said"
    >>> quoted = Quotation(Span(7, 27), Span(8, 26), closed=True)
    >>> [(m.span.of(line), m.voice.value) for m in mark(Words(line), (Span(0, len(line)),), (quoted,))]
    [('reckless', 'source')]
    """
    foreign = Places(quotations, where=lambda quotation: quotation.span)
    return tuple(
        Marker(
            span=hit.span,
            category=hit.group.get("category"),
            entry=hit.entry,
            lexicon=hit.lexicon,
            voice=Voice.SOURCE if foreign.touching(hit.span) else Voice.OUTLET,
        )
        for hit in find_phrases(cut, spans, LEXICONS, own=own)
    )
