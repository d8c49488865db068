"""Observe on one page who and what is cited: sources, documents, quotations, an agency, reasons for anonymity.

In: the event and an article's index. Out: state, passages and a note with counts. Sources are counted as printed below
the headline. A short form ("the union") may stand for a source printed in full, so that it is told and not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from comparer.comparison.origins.find import credit_of, credit_passages
from comparer.comparison.view import EventView
from comparer.model import IndicatorState, Source, SourceKind, Span

KINDS = {
    SourceKind.NAMED_PERSON: "named person",
    SourceKind.ROLE: "role",
    SourceKind.ANONYMOUS: "unnamed source",
    SourceKind.ORGANISATION: "organisation",
    SourceKind.MEDIA: "publisher",
    SourceKind.DOCUMENT: "document",
    SourceKind.GROUP: "group",
    SourceKind.OTHER: "other",
}
SHORT_FORM = re.compile(r"(?:[Tt]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er) [a-z][\w\-]*")
POSSESSIVE = re.compile(r"['’]s?$")
DOCUMENT = re.compile(
    r"\bhttps?://[^\s)>\]]+|\bwww\.[^\s)>\]]+"
    r"|\bcourt (?:papers|documents|filings?|records)\b"
    r"|\b(?:documents?|memos?|letters?|e-?mails?|notes?|reports?|filings?|records|transcripts?|recordings?)"
    r"(?: [\w’'\-]+){0,6}? (?:seen|obtained|reviewed|published|released) by\b"
    r"|\baccounts (?:show|filed)\b|\btax returns\b",
    re.IGNORECASE,
)
ENGLISH_ONLY = "sources are read in English only"
LEAST_QUOTED = 4  # words: shorter quotations are fragments or names
Found = tuple[IndicatorState, Sequence[Span], str]
"""State, passages that show it, and what was counted or why it cannot be told."""
OBSERVED, NOT_OBSERVED, CANNOT_TELL = (
    IndicatorState.OBSERVED,
    IndicatorState.NOT_OBSERVED,
    IndicatorState.CANNOT_TELL,
)


def sources_named(event: EventView, article: int) -> Found:
    """Count the persons named among the sources."""
    if not event.analysed[article].attribution_attempted:
        return CANNOT_TELL, (), ENGLISH_ONLY
    sources = _counted(event, article)
    named = [s for s in sources if _kind(event, article, s) is SourceKind.NAMED_PERSON]
    note = f"{len(named)} of {counted(len(sources), 'source')} named as a person" if sources else "no source printed"
    return (OBSERVED if named else NOT_OBSERVED), _first(named), note


def distinct_sources(event: EventView, article: int) -> Found:
    """Count the sources by kind; short forms are told beside them."""
    if not event.analysed[article].attribution_attempted:
        return CANNOT_TELL, (), ENGLISH_ONLY
    sources, short = _counted(event, article), _short_forms(event, article)
    if not sources:
        return NOT_OBSERVED, (), "no source printed"
    kinds = Counter(_kind(event, article, s) for s in sources)
    note = f"{len(sources)}: " + ", ".join(counted(kinds[kind], name) for kind, name in KINDS.items() if kinds[kind])
    if short:
        forms = ", ".join(f"“{event.text(article, s.mentions[0])}”" for s in short)
        note += f"; not counted, as they may stand for one of these: {forms}"
    return OBSERVED, _first(sources), note


def documents(event: EventView, article: int) -> Found:
    """Look for documents cited as a source or as seen by somebody, and for web addresses in the text."""
    analysed = event.analysed[article]
    spans = list(_first([s for s in _counted(event, article) if s.kind is SourceKind.DOCUMENT]))
    for sentence in analysed.sentences:
        found = DOCUMENT.finditer(analysed.article.text, sentence.span.start, sentence.span.end)
        spans += [Span(*match.span()) for match in found]
    ordered = sorted(set(spans))
    kept = [span for k, span in enumerate(ordered) if not any(s.overlaps(span) for s in ordered[:k])]
    if kept:
        return OBSERVED, kept, f"cited in {counted(len(kept), 'place')}"
    return NOT_OBSERVED, (), "no document is cited; links are lost where a text is copied"


def quotations(event: EventView, article: int) -> Found:
    """Count the quotations of some length below the headline."""
    spans = [
        q.span
        for q in event.analysed[article].quotations
        if not event.in_title(article, q.span) and len(event.docs[article].words(q.content)) >= LEAST_QUOTED
    ]
    note = f"{counted(len(spans), 'direct quotation')} of four words or more"
    return (OBSERVED if spans else NOT_OBSERVED), spans, note


def agency(event: EventView, article: int) -> Found:
    """Look for the credit of an agency or a reporter's sign-off."""
    credited = credit_of(event, article)
    spans = [p.span for p in credit_passages(event, article)]
    if credited:
        return OBSERVED, spans, credited
    if spans:
        return OBSERVED, spans, "a reporter signs off; the agency is not named in this saved text"
    if any(article in origin and len(origin) > 1 for origin in event.reuse.origins):
        return NOT_OBSERVED, (), "shares text with another article of this event"
    return CANNOT_TELL, (), "no agency text found"


def anonymity(event: EventView, article: int) -> Found:
    """Look for the reason why a source asks not to be named."""
    sources = event.analysed[article].sources
    hidden = [s for s in sources if s.anonymity is not None]
    if not hidden:
        unnamed = any(s.kind is SourceKind.ANONYMOUS for s in sources)
        note = "a source is not named; no request for it was found" if unnamed else "no unnamed source was found"
        return CANNOT_TELL, (), note
    spans = [span for s in hidden for span in (s.anonymity, s.anonymity_reason) if span]
    reasons = sum(s.anonymity_reason is not None for s in hidden)
    note = f"a reason is stated for {reasons} of {counted(len(hidden), 'source')} that ask for anonymity"
    return (OBSERVED if reasons else NOT_OBSERVED), spans, note


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the right number.

    >>> counted(1, "named person"), counted(2, "named person")
    ('1 named person', '2 named persons')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _below_headline(event: EventView, article: int) -> list[Source]:
    return [
        s
        for s in event.analysed[article].sources
        if s.kind is not SourceKind.PRONOUN and any(not event.in_title(article, span) for span in s.mentions)
    ]


def _short_forms(event: EventView, article: int) -> list[Source]:
    return [
        s
        for s in _below_headline(event, article)
        if s.kind not in {SourceKind.NAMED_PERSON, SourceKind.GROUP}
        and SHORT_FORM.fullmatch(event.text(article, s.mentions[0]))
    ]


def _counted(event: EventView, article: int) -> list[Source]:
    """Return the sources that count: all below the headline but the short forms, or these where there is no other."""
    short = _short_forms(event, article)
    return [s for s in _below_headline(event, article) if s not in short] or short


def _kind(event: EventView, article: int, source: Source) -> SourceKind:
    """Return a source's kind; a lone name without an office, or printed as an owner's, may not be a person's."""
    if source.kind is not SourceKind.NAMED_PERSON:
        return source.kind
    owner = all(POSSESSIVE.search(event.text(article, span)) for span in source.mentions)
    sure = (" " in source.name or source.office is not None) and not owner
    return SourceKind.NAMED_PERSON if sure else SourceKind.OTHER


def _first(sources: Sequence[Source]) -> tuple[Span, ...]:
    return tuple(s.mentions[0] for s in sources if s.mentions)
