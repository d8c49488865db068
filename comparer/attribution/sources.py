"""Join the mentions of a source in one article: "Rear Adm. Zeki Aktürk, the spokesperson" is "Aktürk" is "he".

In: an article's text and attributions. Out: `Source`s by first mention. A source printed without a name is never
joined with a named one, even where an office matches: that would out somebody. Two people with one surname stay apart
only where a first name tells them apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from comparer.attribution.anonymity import find_anonymity
from comparer.attribution.kinds import source_kind
from comparer.language.names import name_key, same_name
from comparer.model import Attribution, Sentence, Source, SourceKind, Span

_UNNAMED = frozenset({SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.GROUP, SourceKind.DOCUMENT})
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_DEFINITE = re.compile(r"(?:the|this|that|his|her|its|their)\b", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?:an?|another|one|some|several|two|three)\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?:[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?|[@]\w+)"
    r"(?:\s+(?:(?:de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|al|el)\s+)*[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?)*"
)
_TITLE_WORDS = frozenset(
    "mr mrs ms miss dr sir dame lord lady sen rep gov gen adm lt col capt maj sgt rear vice brig cmdr rev prof president "
    "prime minister secretary senator congressman congresswoman chief judge justice professor mayor governor ambassador "
    "chancellor pope king queen prince princess chairman chairwoman director spokesman spokeswoman spokesperson coach "
    "captain general admiral colonel foreign defence defense interior finance former republican democratic press deputy "
    "the a an detective inspector superintendent major sergeant officer commander councillor attorney police leader".split()
)


@dataclass
class _Entity:
    name: str
    kind: SourceKind
    mentions: list[Span] = field(default_factory=list)
    office: str | None = None
    words: frozenset[str] = frozenset()
    head: str = ""


def build_sources(text: str, attributions: Sequence[Attribution], sentences: Sequence[Sentence]) -> tuple[Source, ...]:
    """Return one `Source` per source cited in `attributions`, in order of first mention."""
    entities: list[_Entity] = []
    seen: dict[Span, _Entity] = {}
    for attribution in attributions:
        antecedent, source = attribution.resolved_source, attribution.source
        entity = _place(text, antecedent, entities, seen) if antecedent is not None else None
        if source is None:
            continue
        if attribution.source_kind is SourceKind.PRONOUN:
            if entity is not None:
                _mention(entity, source)
                seen[source] = entity
        else:
            _place(text, source, entities, seen)
        for link in attribution.via:
            _place(text, link.span, entities, seen)
    requests = find_anonymity(text, [s.span for s in sentences])
    return tuple(_finish(entity, requests) for entity in sorted(entities, key=lambda e: e.mentions[0]))


def _place(text: str, span: Span, entities: list[_Entity], seen: dict[Span, _Entity]) -> _Entity | None:
    if span in seen:
        return seen[span]
    phrase = span.of(text)
    kind = source_kind(phrase)
    if kind in {SourceKind.PRONOUN, SourceKind.OTHER} and kind is SourceKind.PRONOUN:
        return None
    entity = (
        _named(phrase, kind, entities)
        if kind not in _UNNAMED | {SourceKind.OTHER}
        else _unnamed(phrase, kind, entities)
    )
    _mention(entity, span)
    seen[span] = entity
    return entity


def _mention(entity: _Entity, span: Span) -> None:
    if span not in entity.mentions:
        entity.mentions.append(span)


def _named(phrase: str, kind: SourceKind, entities: list[_Entity]) -> _Entity:
    name, office = name_and_office(phrase) if kind is SourceKind.NAMED_PERSON else (_plain(phrase), None)
    for entity in entities:
        if entity.kind is not kind:
            continue
        same = (
            same_name(entity.name, name) if kind is SourceKind.NAMED_PERSON else name_key(entity.name) == name_key(name)
        )
        if same:
            if len(name.split()) > len(entity.name.split()):
                entity.name = name
            entity.office = entity.office or office
            return entity
    entities.append(_Entity(name, kind, office=office))
    return entities[-1]


def _plain(phrase: str) -> str:
    return re.sub(r"(?:'s|’s)$", "", re.sub(r"^(?:the|a|an)\s+", "", phrase, flags=re.IGNORECASE))


def name_and_office(phrase: str) -> tuple[str, str | None]:
    """Return the name that a source phrase prints and the office beside it.

    >>> name_and_office("Rear Adm. Zeki Aktürk, the ministry’s spokesperson")
    ('Zeki Aktürk', "the ministry’s spokesperson")
    """
    head, comma, rest = phrase.partition(",")
    runs = list(_NAME.finditer(head))
    if not runs:
        return phrase, None
    run = runs[-1] if not comma or len(runs) == 1 else runs[-1]
    words = run.group().split()
    start = 0
    while start < len(words) - 1 and words[start].lower().rstrip(".") in _TITLE_WORDS:
        start += 1
    name = re.sub(r"(?:'s|’s)$", "", " ".join(words[start:]))
    before = (head[: run.start()] + " ".join(words[:start])).strip()
    after = rest.strip().rstrip(",").strip()
    office = (
        after if after and not after[:1].isdigit() and not after.startswith(("who ", "whose ", "speaking")) else before
    )
    office = re.sub(r"^(?:but|and)\s+", "", office)
    return name, office or None


def _unnamed(phrase: str, kind: SourceKind, entities: list[_Entity]) -> _Entity:
    head_part = re.split(r",| who | that | familiar ", phrase)[0]
    words = [w.lower().replace("’", "'") for w in _WORD.findall(head_part)]
    core = [w for w in words if not (_DEFINITE.fullmatch(w) or _INDEFINITE.fullmatch(w))]
    cut = next(
        (k for k, w in enumerate(core) if k and w in {"of", "for", "from", "in", "at", "with", "to", "by", "on"}),
        len(core),
    )
    head = core[cut - 1] if core else ""
    modifiers = frozenset(core) - {head}
    if not _INDEFINITE.match(phrase):
        for entity in reversed(entities):
            if (
                entity.kind is kind
                and entity.head == head
                and (modifiers <= entity.words or (not _DEFINITE.match(phrase) and modifiers == entity.words))
            ):
                return entity
    entities.append(_Entity(phrase, kind, words=modifiers, head=head))
    return entities[-1]


def _finish(entity: _Entity, requests: Sequence[tuple[Span, Span | None, Span | None]]) -> Source:
    anonymity = reason = None
    if entity.kind in {SourceKind.ANONYMOUS, SourceKind.ROLE, SourceKind.GROUP}:
        for sentence, request, why in requests:
            if any(sentence.covers(m) for m in entity.mentions):
                anonymity, reason = anonymity or request, reason or why
    return Source(entity.name, entity.kind, tuple(sorted(entity.mentions)), entity.office, anonymity, reason)
