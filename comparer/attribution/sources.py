"""Join the mentions of a source in one article: "Rear Adm. Zeki Aktürk, the spokesperson" is "Aktürk" is "he".

In: an article's reading and attributions. Out: `Source`s by first mention, with where and why they ask not to be named.
A source printed without a name is never joined with a named one, even where an office matches: that would out somebody.
Two people with one surname stay apart only where a first name tells them apart. A reason for anonymity is never taken
without a request in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from comparer.attribution.kinds import source_kind
from comparer.attribution.words import alternatives
from comparer.language.doc import Doc
from comparer.language.names import find_names, name_key, same_name
from comparer.language.words import Words
from comparer.model import Attribution, NameMention, Source, SourceKind, Span
from comparer.resources.loader import word_list

_MAY_ASK = frozenset({SourceKind.ROLE, SourceKind.ANONYMOUS, SourceKind.GROUP})
_UNNAMED = _MAY_ASK | {SourceKind.DOCUMENT, SourceKind.OTHER}
# Keeps a name from standing first, where any word may have a capital.
_LEAD = "and there came over with them all the "
_RANKS = re.compile(r"(?:[A-Z][a-z]{1,4}\.\s+)+(?=\w+\s)")
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_HEAD_ENDS = frozenset({"of", "for", "from", "in", "at", "with", "to", "by", "on"})
_DEFINITE = re.compile(r"(?:the|this|that|his|her|its|their)\b", re.IGNORECASE)
_INDEFINITE = re.compile(r"(?:an?|another|one|some|several|two|three)\b", re.IGNORECASE)


@dataclass
class _Entity:
    name: str
    kind: SourceKind
    mentions: list[Span] = field(default_factory=list)
    office: str | None = None
    words: frozenset[str] = frozenset()
    head: str = ""


def build_sources(doc: Doc, attributions: Sequence[Attribution]) -> tuple[Source, ...]:
    """Return one `Source` per source cited in `attributions`, in order of first mention."""
    text = doc.kept
    entities: list[_Entity] = []
    seen: dict[Span, _Entity] = {}
    for said in attributions:
        entity = _place(text, said.resolved_source, entities, seen) if said.resolved_source is not None else None
        if entity is not None and said.source is not None and said.source_kind is SourceKind.PRONOUN:
            _mention(entity, said.source)
            seen[said.source] = entity
        for span in (said.source, *(link.span for link in said.via)):
            if span is not None:
                _place(text, span, entities, seen)
    _complete(doc, entities)
    requests = _find_requests(text, [s.span for s in doc.sentences])
    _mention_askers(text, entities, requests)
    return tuple(_finish(entity, requests) for entity in sorted(entities, key=lambda e: e.mentions[0]))


def _place(text: str, span: Span, entities: list[_Entity], seen: dict[Span, _Entity]) -> _Entity | None:
    if span in seen:
        return seen[span]
    phrase = span.of(text)
    kind = source_kind(phrase)
    if kind is SourceKind.PRONOUN:
        return None
    entity = (_unnamed if kind in _UNNAMED else _named)(phrase, kind, entities)
    _mention(entity, span)
    seen[span] = entity
    return entity


def _mention(entity: _Entity, span: Span) -> None:
    if span not in entity.mentions:
        entity.mentions.append(span)


def _named(phrase: str, kind: SourceKind, entities: list[_Entity]) -> _Entity:
    several = " and " in phrase.partition(",")[0]
    single = kind is SourceKind.NAMED_PERSON and not several
    name, office = _name_and_office(phrase) if single else (_plain(phrase), None)
    for entity in (one for one in entities if one.kind is kind):
        person = kind is SourceKind.NAMED_PERSON
        if same_name(entity.name, name) if person else name_key(entity.name) == name_key(name):
            if len(name.split()) > len(entity.name.split()):
                entity.name = name
            entity.office = entity.office or office
            return entity
    entities.append(_Entity(name, kind, office=office))
    return entities[-1]


def _plain(phrase: str) -> str:
    return re.sub(r"(?:'s|’s)$", "", re.sub(r"^(?:the|a|an)\s+", "", phrase, flags=re.IGNORECASE))


def _name_and_office(phrase: str) -> tuple[str, str | None]:
    """Return the name that a source phrase prints and the office beside it.

    >>> _name_and_office("Rear Adm. Zeki Aktürk, the ministry’s spokesperson")
    ('Zeki Aktürk', 'the ministry’s spokesperson')
    """
    head, _, rest = phrase.partition(",")
    if source_kind(head) is not SourceKind.NAMED_PERSON:  # "its foreign minister, Ines Obi"
        head, rest = rest.partition(",")[0], head
    names = find_names(Words(f"{_LEAD}{head}"), (Span(0, len(_LEAD) + len(head)),))
    run = max(names, key=lambda n: n.span) if names else None
    if run is None or run.span.start < len(_LEAD):
        return re.sub(r"(?:'s|’s)$", "", head.strip()), None
    name = run.span.of(_LEAD + head)
    ranks = _RANKS.match(name)
    start = run.span.start + (ranks.end() if ranks else 0)
    name = (_LEAD + head)[start : run.span.end]
    before = head[: start - len(_LEAD)].strip()
    after = rest.strip().rstrip(",").strip()
    described = after and not after[:1].isdigit() and not after.startswith(("who ", "whose ", "in ", "at "))
    before = "" if before.rstrip(".") in {"Mr", "Mrs", "Ms", "Miss", "Dr"} else before
    return name, (after if described else before) or None


def _unnamed(phrase: str, kind: SourceKind, entities: list[_Entity]) -> _Entity:
    head_part = re.split(r",\s| who | that | familiar ", phrase)[0]
    words = [w.lower().replace("’", "'") for w in _WORD.findall(head_part)]
    core = [w for w in words if not (_DEFINITE.fullmatch(w) or _INDEFINITE.fullmatch(w))]
    cut = next((k for k, w in enumerate(core) if k and w in _HEAD_ENDS), len(core))
    head = core[cut - 1] if core else ""
    modifiers = frozenset(core) - {head}
    exact = len(modifiers) > 1 or kind is not SourceKind.ANONYMOUS
    if not _INDEFINITE.match(phrase) or any(exact and e.kind is kind and e.name == head_part for e in entities):
        for entity in reversed(entities):
            if entity.kind is kind and entity.head == head and modifiers <= entity.words:
                return entity
    entities.append(_Entity(head_part, kind, words=modifiers, head=head))
    return entities[-1]


_APPOSITION = re.compile(r",\s+((?:the|a|an|its|his|her|their)\s[^,.;:“”\"]{3,90}),", re.IGNORECASE)


def _complete(doc: Doc, entities: Sequence[_Entity]) -> None:
    """Give a surname the full name, and the office beside it, that the text prints elsewhere."""
    people = [e for e in entities if e.kind is SourceKind.NAMED_PERSON and " and " not in e.name]
    if all(" " in e.name and e.office for e in people):
        return
    first: dict[str, NameMention] = {}
    for name in doc.names:
        first.setdefault(name.span.of(doc.text), name)
    full = [(printed, name) for printed, name in first.items() if " " in printed]
    for entity in people:
        fuller = [(printed, name) for printed, name in full if same_name(printed, entity.name)]
        if not fuller or len({name.key for _, name in fuller}) > 1:
            continue  # two people may share a surname: say no more than the outlet does
        printed, mention = fuller[0][0], fuller[0][1].span
        if " " not in entity.name:
            entity.name = printed
            _mention(entity, mention)
        beside = _APPOSITION.match(doc.kept, mention.end)
        if entity.office is None and beside is not None and source_kind(beside.group(1)) is not SourceKind.GROUP:
            entity.office = beside.group(1)


_ASKER = re.compile(
    r"(?:(?:the|this)\s+(?P<noun>[\w’'-]+(?:\s+[\w’'-]+){0,3}?)|he|she|they|both)"
    r"(?=\s+(?:asked|who|spoke|was|is|were|are|requested|declined|insisted|wanted|did|lacked))",
    re.IGNORECASE,
)


def _mention_askers(text: str, entities: Sequence[_Entity], requests: Sequence[_Request]) -> None:
    """Let "The official asked not to be named." be a mention of the official cited before."""
    for sentence, _, _ in requests:
        unnamed = [e for e in entities if e.kind in _MAY_ASK]
        if any(sentence.covers(m) for e in unnamed for m in e.mentions):
            continue
        asker = _ASKER.match(text, sentence.start, sentence.end)
        if asker is None:
            continue
        head = asker.group("noun").split()[-1].lower() if asker.group("noun") else None
        cited = [e for e in unnamed if head in {None, e.head} and min(e.mentions).start < sentence.start]
        if cited:
            last = max(cited, key=lambda e: max(m.start for m in e.mentions if m.start < sentence.start))
            _mention(last, Span(asker.start(), asker.end()))


def _finish(entity: _Entity, requests: Sequence[_Request]) -> Source:
    asked = requests if entity.kind in _MAY_ASK else ()
    own = [(request, why) for sentence, request, why in asked if any(sentence.covers(m) for m in entity.mentions)]
    anonymity = next((request for request, _ in own), None)
    reason = next((why for _, why in own if why), None)
    return Source(entity.name, entity.kind, tuple(sorted(entity.mentions)), entity.office, anonymity, reason)


_CLAUSE_END = re.compile(r"[.;,”\"]|$")
_Request = tuple[Span, Span, Span | None]


_PHRASE = r"\b(?:{})\b"
_OPENER = r"(?:{})\b[^.;,”\"]*$"
_CLAUSE = r"[^.;”\"]{{0,60}}?\b(?P<why>{}|as (?:the|he|she|they|it|no|his|her|their))\b"


@cache
def _pattern(shape: str, *groups: str) -> re.Pattern[str]:
    return re.compile(shape.format(alternatives("anonymity", *groups)), re.IGNORECASE)


def _find_requests(text: str, sentences: Sequence[Span]) -> tuple[_Request, ...]:
    """Return (sentence, request, reason) for each sentence that asks for anonymity or says who may not speak openly.

    >>> text = "The aide spoke on condition of anonymity because she was not authorised to speak publicly."
    >>> [(r.of(text), why.of(text)) for _, r, why in _find_requests(text, [Span(0, len(text))])]
    [('on condition of anonymity', 'because she was not authorised to speak publicly')]
    """
    found = []
    printed = " ".join(text.lower().split())
    asking = any(entry in printed for group in ("request", "silenced") for entry in word_list("anonymity", group))
    for sentence in sentences if asking else ():
        within = (text, sentence.start, sentence.end)
        asked = _pattern(_PHRASE, "request").search(*within) or _pattern(_PHRASE, "silenced").search(*within)
        if asked is not None:
            found.append((sentence, Span(*asked.span()), _reason(text, asked.end(), sentence)))
    return tuple(found)


def _reason(text: str, position: int, sentence: Span) -> Span | None:
    """Return the clause of reason that follows a request, or the words anywhere in its sentence that give one."""
    follows = _pattern(_CLAUSE, "why").match(text, position, sentence.end)
    if follows is not None:
        start, given = follows.start("why"), follows
    else:
        found = _pattern(_PHRASE, "reason").search(text, sentence.start, sentence.end)
        if found is None:
            return None
        opener = _pattern(_OPENER, "why", "purpose").search(text[sentence.start : found.start()])
        start, given = sentence.start + opener.start() if opener else found.start(), found
    end = _CLAUSE_END.search(text, given.end(), sentence.end)
    return Span(start, end.start() if end else sentence.end)
