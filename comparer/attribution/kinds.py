"""Tell what sort of source a phrase names, from its head noun, its capitals and its determiner.

In: the words of a source as printed. Out: a `SourceKind`. An office that points to one holder is a role ("the mayor",
"a spokesman for the firm"); an unnamed, unidentifiable person is anonymous. Fails where a name is also a word
("Independent") and on organisations with personal names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from comparer.attribution.units import Piece, Range
from comparer.model import Act, Attribution, CueStance, Manner, SourceKind, Span
from comparer.resources.loader import word_set

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[-'’&.][^\W_]+)*|@\w+|%|[,()]")
_PRONOUNS = word_set("function_words", "source_pronouns")
_DETERMINING = word_set("function_words", "determining_pronouns")
_HEAD_ENDS = word_set("function_words", "after_head_nouns")
_LEADING = word_set("function_words", "leading_determiners")
_TITLES = word_set("source_kinds", "titles")
_WORKERS = word_set("source_kinds", "workers")
_FIRMS = word_set("source_kinds", "firms")
_INSIDERS = (["familiar"], ["close"], ["briefed"], ["aware"], ["involved"])
_SOURCE_WORDS = word_set("source_kinds", "secret")


def _words(*groups: str) -> frozenset[str]:
    return word_set("source_kinds", *groups)


@lru_cache(maxsize=65536)
def source_kind(phrase: str) -> SourceKind:  # noqa: PLR0911 - closed cases, in order
    """Return the kind of the source that `phrase` prints.

    >>> [source_kind(s).value for s in ("a defence ministry source", "the mayor", "Ankara", "Ines Obi, the mayor")]
    ['anonymous', 'role', 'organisation', 'named_person']
    """
    found = [m.group() for m in _WORD.finditer(phrase)]
    while found and found[-1] in {",", ")"}:
        found.pop()
    if not found:
        return SourceKind.OTHER
    low = [w.lower().replace("’", "'") for w in found]
    if low[0] in {"one", "some", "many", "most", "several"} and low[1:2] == ["of"]:
        return SourceKind.ANONYMOUS if low[0] == "one" else SourceKind.GROUP
    if any(w in _FIRMS and found[k + 1][:1].isupper() for k, w in enumerate(low[:-1])) and "," not in low:
        return SourceKind.ORGANISATION
    author = phrase.partition(" report by ")[2]
    if author and source_kind(author) is SourceKind.MEDIA:
        return SourceKind.MEDIA
    joined = _joined(phrase)
    if joined is not None:
        return joined
    if low[0] in _PRONOUNS and (len(low) == 1 or low[0] not in _DETERMINING):
        return SourceKind.PRONOUN
    if found[0].startswith("@"):
        return SourceKind.NAMED_PERSON
    kind = _by_head(found, low)
    if kind in {SourceKind.ROLE, SourceKind.OTHER, SourceKind.ANONYMOUS} and _name_follows(found):
        return SourceKind.NAMED_PERSON
    return kind


def cited(
    text: str,
    source: Span | None,
    cue: Span | None,
    content: tuple[Span, ...],
    *,
    manner: Manner,
    lemma: str,
    act: Act = Act.SPEECH,
    stance: CueStance = CueStance.NEUTRAL,
) -> Attribution:
    """Return an attribution of speech to a source as printed: what a pronoun stands for is not resolved."""
    kind = source_kind(source.of(text)) if source is not None else SourceKind.OTHER
    return Attribution(source, cue, content, manner, act, kind, kind, stance, lemma)


def manner_of(pieces: Sequence[Piece], contents: Sequence[Range]) -> Manner:
    """Return how content is passed on, by what share of its pieces is quoted."""
    inside = [p for start, end in contents for p in pieces[start:end] if p.low[:1].isalnum() or p.quotation is not None]
    quoted = sum(p.quotation is not None for p in inside)
    if not quoted:
        return Manner.INDIRECT
    return Manner.DIRECT if quoted == len(inside) else Manner.MIXED


def _name_follows(found: list[str]) -> bool:
    """Tell whether an apposition gives the name: "its foreign minister, Ines Obi"."""
    if "," not in found:
        return False
    after = found[found.index(",") + 1 :]
    after = after[: after.index(",")] if "," in after else after
    return 2 <= len(after) <= 4 and all(w[:1].isupper() for w in after) and after[0].lower() not in _LEADING


def _joined(phrase: str) -> SourceKind | None:
    """Return the kind of "Britain and France" or "Ruiz and Obi": that of the members, where they agree."""
    first, _, second = phrase.partition(",")[0].partition(" and ")
    if not (first and second and second[:1].isupper()):
        return None
    right = source_kind(second)
    left = source_kind(first.split()[-1]) if right is SourceKind.ORGANISATION else source_kind(first)
    joins = left is right and left in {SourceKind.ORGANISATION, SourceKind.NAMED_PERSON, SourceKind.MEDIA}
    return right if joins else None


def _by_head(found: list[str], low: list[str]) -> SourceKind:
    cut = next((k for k, w in enumerate(low) if k and (w in {",", "("} or w in _HEAD_ENDS)), len(low))
    start = 1 if low[0] in _LEADING and cut > 1 else 0
    core, core_low = found[start:cut], low[start:cut]
    whole = " ".join(core_low).removesuffix("'s")
    head = core_low[-1].removesuffix("'s").removesuffix("'")
    capitals = [w[:1].isupper() for w in core]
    if "%" in low or head in {"percent", "half"} or (core_low[0][:1].isdigit() and not capitals[-1]):
        return SourceKind.GROUP
    if whole in _words("place"):
        return SourceKind.ORGANISATION
    single, plural = _number(head)
    if head in _SOURCE_WORDS:
        return SourceKind.ANONYMOUS
    common = _words("role", "anonymous", "group", "document")
    if capitals[-1] and (len(core) > 1 or common.isdisjoint({core_low[-1], single})):
        return _named_kind(core_low, whole, head, single, determined=start > 0)
    return _common_kind(low, cut, head, single, plural=plural, capital=all(capitals))


def _number(head: str) -> tuple[str, bool]:
    if head in {"people", "men", "women", "children"}:
        return head, True
    if head.endswith(("sses", "shes", "ches")):
        return head[:-2], True
    if head.endswith("ies") and len(head) > 4:
        return head[:-3] + "y", True
    if head.endswith("s") and not head.endswith(("ss", "us", "is", "news")):
        return head[:-1], True
    return head, False


_SERVICES = ("news service", "news agency", "press agency", "press service", "newswire")


def _named_kind(core_low: list[str], whole: str, head: str, single: str, *, determined: bool) -> SourceKind:
    """Return the kind of a name, whose last word is `head`, in the singular `single`."""
    forms = {head, single}
    medium = (
        whole.endswith(_SERVICES)
        or whole in _words("media")
        or (head in _words("media") and head not in {"independent", "post", "fox"})
        or (head in {"post", "times", "independent"} and (determined or len(core_low) > 1))
    )
    cases = (
        (medium, SourceKind.MEDIA),
        (not _words("organisation").isdisjoint({whole, *forms}), SourceKind.ORGANISATION),
        (not _TITLES.isdisjoint(core_low[:-1]), SourceKind.NAMED_PERSON),
        (determined and head in _WORKERS, SourceKind.ORGANISATION),
        (single != head and (single in _words("group") or single in {"tory", "senator"}), SourceKind.GROUP),
        (head in _words("document") and len(core_low) > 1, SourceKind.DOCUMENT),
        (determined and core_low[-1] not in _TITLES, SourceKind.ORGANISATION),
    )
    return next((kind for holds, kind in cases if holds), SourceKind.NAMED_PERSON)


def _common_kind(low: list[str], cut: int, head: str, single: str, *, plural: bool, capital: bool) -> SourceKind:
    """Return the kind of a description, whose head stands before `cut`."""
    roles, groups, media = _words("role"), _words("group"), _words("media")
    office = low[0] == "the" and head.endswith(("er", "or", "ist", "man", "ian"))
    insiders = head == "people" and low[cut : cut + 1] in _INSIDERS
    cases = (
        (head in media and head not in {"program", "story", "post", "observer"}, SourceKind.MEDIA),
        ("media" in low[:cut], SourceKind.MEDIA),
        (not _words("document").isdisjoint({head, single}), SourceKind.DOCUMENT),
        (plural and (single in _words("several_anonymous") or insiders), SourceKind.ANONYMOUS),
        (head in _words("organisation"), SourceKind.ORGANISATION),
        (single in _words("organisation") and not capital, SourceKind.ORGANISATION),
        (plural and single in roles and low[0] == "the", SourceKind.ROLE),
        (plural and (single in groups or head in groups or single in roles), SourceKind.GROUP),
        (single in _words("anonymous") and low[0] in {"his", "her"}, SourceKind.ROLE),
        (single in _words("anonymous"), SourceKind.ANONYMOUS),
        (single in roles and not plural, SourceKind.ROLE),
        (head in groups, SourceKind.GROUP),
        (single in groups, SourceKind.ANONYMOUS),
        (plural, SourceKind.GROUP),
        (office, SourceKind.ROLE),
    )
    return next((kind for holds, kind in cases if holds), SourceKind.OTHER)
