"""Say who is cited for each claim, how, with what verb and through whom: the attribution ladder.

In: the event. Out: one line per row and article that tells it. The source is named as it is printed; an unnamed one is
never given a name, even where another outlet prints one beside the same words. Only speech counts: a belief or a wish
that the outlet ascribes is the outlet's own statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from comparer.attribution.joining import states
from comparer.attribution.kinds import source_kind
from comparer.attribution.signs import ACTS, Heard, hear, hearsay, signs_beside
from comparer.attribution.vouching import chances, vouched_of
from comparer.comparison.view import EventView
from comparer.comparison.voices import speech_of
from comparer.language.names import same_name
from comparer.model import (
    Act,
    AnalysedArticle,
    Attribution,
    Claim,
    Manner,
    Row,
    RowId,
    Rung,
    Source,
    SourceKind,
    Sourcing,
    Span,
    Vouched,
)
from comparer.resources.loader import load_lexicon, word_set

RUNGS = {
    SourceKind.NAMED_PERSON: Rung.NAMED_PERSON,
    SourceKind.ORGANISATION: Rung.ORGANISATION,
    SourceKind.DOCUMENT: Rung.ORGANISATION,
    SourceKind.MEDIA: Rung.ORGANISATION,
    SourceKind.ROLE: Rung.ROLE,
    SourceKind.PRONOUN: Rung.ROLE,
    SourceKind.OTHER: Rung.ROLE,
    SourceKind.ANONYMOUS: Rung.ANONYMOUS,
    SourceKind.GROUP: Rung.ANONYMOUS,
}
OTHERS = 4  # claims of other outlets that are looked at: lists of many outlets tell no more
NO_SOURCE = "no source printed"
JOINERS = word_set("comparison_words", "joiners")
COUNTRIES = word_set("comparison_words", "english_speaking_countries")
"""Countries and seats of government whose public language is English; the others stand with their languages."""

PARTICIPLE = re.compile(
    r",? (?:who|that|which|\w+ed|sent|seen|given|written|held|known|made|put|drawn|familiar|close|in|on)\b"
)
"""What may follow the head of a source: "a note sent to hospitals", "a person briefed on the talks"."""

LABELS = {
    Rung.NAMED_PERSON: "named person",
    Rung.ORGANISATION: "organisation",
    Rung.ROLE: "role, not named",
    Rung.ANONYMOUS: "unnamed source",
    Rung.REPORTEDLY: "“reportedly”, no source printed",
    Rung.OWN_VOICE: NO_SOURCE,
}


def find_sourcing(event: EventView) -> tuple[Sourcing, ...]:
    """Return who is cited in each cell with claims, by row and article."""
    return tuple(cell_sourcing(event, row, article) for row in event.alignment.rows for article in row.told_by)


def cell_sourcing(event: EventView, row: Row, article: int) -> Sourcing:
    """Return who is cited for a row in one article, by its claims and those that tell the same elsewhere.

    Claims outside the headline come first: a headline prints the short form of a source.
    """
    told = heard_in(event, row, article)
    others = [(event.docs[k], heard) for k in row.told_by if k != article for heard in heard_in(event, row, k)]
    near = others[:OTHERS]
    signs = [signs_beside(event.docs[article], h, near) if near else h.signs for h in told]
    vouched, said = vouched_of(event.analysed[article], told, chances(signs))
    return _sourcing(event, row.id, article, vouched, said)


def heard_in(event: EventView, row: Row, article: int) -> list[Heard]:
    """Return what is measured of the claims that tell a row in one article, without its headline's where others do."""
    claims = event.claims(row, article)
    body = [claim for claim in claims if not event.in_title(article, claim.passage.span)]
    known = event.once(_heard)
    return [known[claim.id] for claim in body or claims]


def _heard(event: EventView) -> Mapping[str, Heard]:
    """Return what is measured of each claim of a row, by its id: a line of a list stands in hundreds."""
    told = {c.id: (k, c) for row in event.alignment.rows for k in row.told_by for c in event.claims(row, k)}
    return {name: hear(event.analysed[k], event.docs[k], claim) for name, (k, claim) in told.items()}


def _sourcing(event: EventView, row: RowId, article: int, vouched: Vouched, said: Attribution | None) -> Sourcing:
    """Return who is cited in a cell as it is printed there."""
    analysed = event.analysed[article]
    cue = event.passage(article, vouched.cue) if vouched.cue is not None else None
    if said is None or vouched.source is None or vouched.kind is None:
        return Sourcing(
            row, article, vouched.rung, vouched.manner, None, None, cue, None, probability=vouched.probability
        )
    source = analysed.source_of(said)
    reason = source is not None and source.anonymity_reason is not None if vouched.rung is Rung.ANONYMOUS else None
    printed = said.source or vouched.source
    return Sourcing(
        row=row,
        article=article,
        rung=vouched.rung,
        manner=said.manner,
        source=event.passage(article, printed),
        name=_name(analysed, printed, source, vouched.kind),
        cue=cue,
        cue_stance=said.cue_stance,
        via=said.via,
        anonymity_reason=reason,
        probability=vouched.probability,
    )


def speeches(event: EventView) -> Mapping[str, Attribution | None]:
    """Return who is cited for each claim, by its id: a line of a list stands in hundreds of rows."""
    return {claim.id: speech_of(analysed, claim) for analysed in event.analysed for claim in analysed.claims}


def leading(event: EventView, article: int, claims: Sequence[Claim]) -> Attribution | None:
    """Return the attribution of the statement a claim opens with, where the outlet's own words are the longer part.

    "Ferries will stop, the union said, in a walkout that nobody wanted": what the row tells is the union's.
    """
    analysed = event.analysed[article]
    text = analysed.article.text
    opened = {claim.passage.span.start: claim.passage.span for claim in claims}
    reach = Span(min(opened), max(span.end for span in opened.values()))
    for said in analysed.attributions_at.touching(reach):
        whole = opened.get(said.content[0].start)
        if whole is not None and said.act is Act.SPEECH and whole.covers(said.extent) and states(text, said):
            return said
    return None


def _retold(said: Attribution) -> bool:
    return said.manner is Manner.INDIRECT


def acts_only(attribution: Attribution) -> bool:
    """Tell whether the verb is itself the news ("rejected", "have discussed") and needs no source beside it."""
    return attribution.cue_lemma in ACTS


def read_sourcing(event: EventView, row: RowId, article: int, attribution: Attribution | None, span: Span) -> Sourcing:
    """Return who is cited by an attribution; without one, whether `span` says "reportedly" or stands in own voice."""
    analysed = event.analysed[article]
    if attribution is None or (attribution.source is None and attribution.resolved_source is None):
        return _unsourced(event, row, article, attribution, span)
    kind, printed, source = _resolve(analysed, attribution)
    rung = RUNGS[kind]
    reason = None
    if rung is Rung.ANONYMOUS:
        reason = source is not None and source.anonymity_reason is not None
    return Sourcing(
        row=row,
        article=article,
        rung=rung,
        manner=attribution.manner,
        source=event.passage(article, printed),
        name=_name(analysed, printed, source, kind),
        cue=event.passage(article, attribution.cue) if attribution.cue else None,
        cue_stance=attribution.cue_stance,
        via=attribution.via,
        anonymity_reason=reason,
    )


def _unsourced(event: EventView, row: RowId, article: int, attribution: Attribution | None, span: Span) -> Sourcing:
    passed_on = hearsay(event.analysed[article].article.text, span)
    rung = Rung.REPORTEDLY if passed_on else Rung.OWN_VOICE
    cue = event.passage(article, passed_on) if passed_on else None
    if attribution is not None and attribution.cue is not None:
        rung, cue = Rung.REPORTEDLY, event.passage(article, attribution.cue)
    manner = attribution.manner if attribution is not None else (Manner.INDIRECT if passed_on else None)
    stance = attribution.cue_stance if attribution is not None else None
    via = attribution.via if attribution is not None else ()
    return Sourcing(row, article, rung, manner, None, None, cue, stance, via)


def _resolve(analysed: AnalysedArticle, attribution: Attribution) -> tuple[SourceKind, Span, Source | None]:
    """Return the kind a source resolves to, the span that prints it best, and the source over all its mentions."""
    printed = attribution.source or attribution.resolved_source
    if printed is None:
        raise ValueError("an attribution without a source has no rung")
    source = analysed.source_of(attribution)
    kind = attribution.resolved_kind
    if kind is SourceKind.OTHER:
        kind = source_kind(PARTICIPLE.split(printed.of(analysed.article.text))[0])
    if source is not None and source.kind is SourceKind.NAMED_PERSON and kind in {SourceKind.PRONOUN, SourceKind.OTHER}:
        kind = source.kind
    if kind is SourceKind.ROLE and any(person_in(analysed, span) for span in _mentions(printed, source)):
        kind = SourceKind.NAMED_PERSON
    if kind is SourceKind.NAMED_PERSON and _country(printed.of(analysed.article.text)):
        kind = SourceKind.ORGANISATION
    if kind is SourceKind.ROLE and _holder(analysed, printed) is not None:
        kind = SourceKind.NAMED_PERSON
    if kind in {SourceKind.MEDIA, SourceKind.ORGANISATION} and _surname_of(analysed, printed) is not None:
        kind = SourceKind.NAMED_PERSON
    return kind, printed, source


def person_in(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the person's name that a role is printed with: "the mayor, Orla Venn", "spokesman Col Asprey".

    A name of two words that follows "of", "for" or an article is an institution's: "a spokesman for the Harbour Board".
    """
    text = analysed.article.text
    for name in analysed.names_at.inside(printed):
        if len(name.key.split()) < 2:
            continue
        before = text[printed.start : name.span.start].rstrip()
        tail = text[name.span.end : printed.end].strip()
        last = re.split(r"[\s,]+", before.rstrip(","))[-1].casefold() if before else ""
        if (before.endswith(",") or last not in JOINERS) and not re.match(r"[\w'’]", tail):
            return name.span.of(text)
    return _before(analysed, printed)


def _before(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the name that a role stands behind: "Orla Venn, master of the harbour, said"."""
    text = analysed.article.text
    near = Span(max(0, printed.start - len(", ") - 1), printed.start)
    full = (n.span for n in analysed.names_at.touching(near) if len(n.key.split()) > 1)
    return next((s.of(text) for s in full if text[s.end : printed.start] == ", " and s.end < printed.start), None)


def _country(name: str) -> bool:
    words = re.findall(r"\w+", name.casefold())
    known = {entry for group in load_lexicon("languages").groups for entry in group.entries} | COUNTRIES
    return bool(words) and all(word in known or word in JOINERS for word in words)


def _holder(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the one full name that the text prints right behind the role this span names, or None.

    "the judge" is Orla Venn where the text says "Judge Orla Venn" and names no other judge so.
    """
    text = analysed.article.text
    words = re.findall(r"[\w-]+", printed.of(text).casefold())
    if len(words) != 2 or words[0] != "the":
        return None
    held: list[str] = []
    for name in analysed.names:
        before = text[max(0, name.span.start - len(words[1]) - 1) : name.span.start].casefold().strip()
        printed_name = name.span.of(text)
        if len(name.key.split()) > 1 and before == words[1] and not any(same_name(printed_name, h) for h in held):
            held.append(printed_name)
    return held[0] if len(held) == 1 else None


def _surname_of(analysed: AnalysedArticle, printed: Span) -> str | None:
    """Return the one full name that a bare surname stands for where it is a publisher's name too: "Fox", "Post"."""
    text = analysed.article.text
    word = printed.of(text)
    if not re.fullmatch(r"[^\W\d_]+", word):
        return None
    full = {n.key: n.span.of(text) for n in analysed.names if n.key.split()[-1] == word.casefold() != n.key}
    people = [name for name in full.values() if source_kind(name) is SourceKind.NAMED_PERSON]
    return people[0] if len(people) == len(full) == 1 else None


def _mentions(printed: Span, source: Source | None) -> tuple[Span, ...]:
    return (printed, *(source.mentions if source is not None else ()))


def _name(analysed: AnalysedArticle, printed: Span, source: Source | None, kind: SourceKind) -> str:
    text = " ".join(printed.of(analysed.article.text).split())
    if kind is SourceKind.NAMED_PERSON:
        persons = (person_in(analysed, span) for span in _mentions(printed, source))
        found = next((p for p in persons if p), None) or _holder(analysed, printed) or _surname_of(analysed, printed)
        return found or (source.name if source is not None else text)
    return source.name if source is not None and source.name and len(text) <= 4 else text
