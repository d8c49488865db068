"""Observe, per article, what newsrooms' own codes ask a report to show. Never summed, never good or bad.

In: the event. Out: indicators after the W3C Credible Web signals, the Trust Project's indicators and NewsGuard's
published criteria, as far as a saved text can show them. "Not observed" says that the saved text does not show it;
"cannot tell" that a saved text could not show it, or that reading it was not tried (another language than English).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from comparer.comparison.origins import credit_of, credit_passages
from comparer.comparison.promotion import PROMOTION, promotional_words
from comparer.comparison.view import EventView
from comparer.language.tokens import STOP_WORDS, stem, words
from comparer.model import BlockKind, CreditForm, Indicator, IndicatorState, Source, SourceKind, Span

CORRECTION = re.compile(
    r"\b(?:corrections?\s*:|clarifications?\s*:|this (?:article|story|report|piece) (?:was|has been) "
    r"(?:corrected|amended|updated to correct)|an earlier version of this|(?:was|has been) amended on)[^\n]*",
    re.IGNORECASE,
)
OPINION = re.compile(
    r"(?im)^\s*(?:opinion|comment|editorial|analysis|commentary|op-ed|column|viewpoint)\s*(?::[^\n]*)?$"
)
DOCUMENT = re.compile(
    r"\b(?:court (?:papers|documents|filings?|records)|documents? (?:seen|obtained|released) [^.,;\n]{0,40}"
    r"|accounts (?:show|filed)|tax returns|the (?:ruling|report|memo|filing|indictment|survey|poll|study|audit))\b",
    re.IGNORECASE,
)
COUNTED = frozenset(SourceKind) - {SourceKind.PRONOUN, SourceKind.OTHER}
SHOWN = 6  # passages shown with an indicator

Found = tuple[IndicatorState, Sequence[Span], str]
OBSERVED, NOT_OBSERVED, CANNOT_TELL = (
    IndicatorState.OBSERVED,
    IndicatorState.NOT_OBSERVED,
    IndicatorState.CANNOT_TELL,
)


def find_indicators(event: EventView) -> tuple[Indicator, ...]:
    """Return the indicators of every article, by article and then in one fixed order of names."""
    return tuple(_read(event, article, name) for article in range(len(event.analysed)) for name in READERS)


def _read(event: EventView, article: int, name: str) -> Indicator:
    state, spans, note = READERS[name](event, article)
    passages = tuple(event.passage(article, span) for span in spans)
    return Indicator(name, event.analysed[article].article.id, state, passages[:SHOWN], note)


def _byline(event: EventView, article: int) -> Found:
    own = event.analysed[article].article
    spans = [p.span for p in own.provenance if p.field in {"byline", "bylines"} and p.span]
    spans = spans or [b.span for b in own.blocks if b.kind is BlockKind.BYLINE]
    if own.bylines:
        return OBSERVED, spans, ", ".join(own.bylines)
    return NOT_OBSERVED, (), "no author's name seen in this saved text"


def _date(event: EventView, article: int) -> Found:
    own = event.analysed[article].article
    spans = [p.span for p in own.provenance if p.field in {"published", "date"} and p.span]
    if own.published:
        return OBSERVED, spans, own.published
    return NOT_OBSERVED, (), "no day of publication seen in this saved text"


def _dateline(event: EventView, article: int) -> Found:
    spans = [c.span for c in event.analysed[article].article.credits if c.form is CreditForm.DATELINE]
    seen = f"with an agency: {event.text(article, spans[0])}" if spans else "none that names an agency"
    return (OBSERVED if spans else NOT_OBSERVED), spans, seen


def _corrections(event: EventView, article: int) -> Found:
    text = event.analysed[article].article.text
    spans = [Span(*m.span()) for m in CORRECTION.finditer(text)]
    return (OBSERVED, spans, "") if spans else (NOT_OBSERVED, (), "no note of a correction in this saved text")


def _sources_named(event: EventView, article: int) -> Found:
    sources = _sources(event, article)
    if not event.analysed[article].attribution_attempted:
        return CANNOT_TELL, (), "sources are read in English only"
    named = [s for s in sources if s.kind is SourceKind.NAMED_PERSON]
    note = f"{len(named)} of {len(sources)} sources are persons named in the text"
    return (OBSERVED if named else NOT_OBSERVED), _first(named), note


def _distinct_sources(event: EventView, article: int) -> Found:
    if not event.analysed[article].attribution_attempted:
        return CANNOT_TELL, (), "sources are read in English only"
    sources = _sources(event, article)
    kinds: dict[str, int] = {}
    for source in sources:
        kinds[source.kind.value.replace("_", " ")] = kinds.get(source.kind.value.replace("_", " "), 0) + 1
    note = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) or "no source printed"
    return (OBSERVED if sources else NOT_OBSERVED), _first(sources), f"{len(sources)}: {note}" if sources else note


def _documents(event: EventView, article: int) -> Found:
    cited = [s for s in _sources(event, article) if s.kind is SourceKind.DOCUMENT]
    spans = list(_first(cited))
    for sentence in event.analysed[article].sentences:
        text = event.analysed[article].article.text
        spans += [Span(*m.span()) for m in DOCUMENT.finditer(text, sentence.span.start, sentence.span.end)]
    kept = [
        span for k, span in enumerate(sorted(set(spans))) if not any(s.overlaps(span) for s in sorted(set(spans))[:k])
    ]
    if kept:
        return OBSERVED, kept, f"{len(kept)} mentions of documents"
    return NOT_OBSERVED, (), "links are lost in a saved text; no document is named"


def _quotations(event: EventView, article: int) -> Found:
    spans = [
        q.span
        for q in event.analysed[article].quotations
        if not event.in_title(article, q.span) and len(words(event.text(article, q.content))) >= 4
    ]
    note = f"{len(spans)} direct quotations of four words or more"
    return (OBSERVED if spans else NOT_OBSERVED), spans, note


def _agency(event: EventView, article: int) -> Found:
    agency = credit_of(event, article)
    spans = [p.span for p in credit_passages(event, article)]
    if agency:
        return OBSERVED, spans, agency
    if spans:
        return OBSERVED, spans, "a reporter signs off; the agency is not named in this saved text"
    shares = [k for origin in event.reuse.origins if article in origin for k in origin if k != article]
    if shares:
        return NOT_OBSERVED, (), "shares text with another article of this event"
    return CANNOT_TELL, (), "no agency text found"


def _opinion(event: EventView, article: int) -> Found:
    text = event.analysed[article].article.text
    spans = [Span(*m.span()) for m in OPINION.finditer(text)]
    return (OBSERVED, spans, "") if spans else (CANNOT_TELL, (), "no label seen; needs the site")


def _headline(event: EventView, article: int) -> Found:
    title = event.title_span(article)
    if title is None:
        return CANNOT_TELL, (), "no headline in this saved text"
    text = event.analysed[article].article.text
    wanted = dict.fromkeys(stem(t.form) for t in words(text, title) if t.form not in STOP_WORDS)
    body = {
        stem(t.form)
        for s in event.analysed[article].sentences
        if not s.span.overlaps(title)
        for t in words(text, s.span)
    }
    found = [form for form in wanted if form in body]
    note = f"{len(found)} of {len(wanted)} of its content words stand in the text below it"
    if not wanted:
        return CANNOT_TELL, (), "no headline in this saved text"
    return (OBSERVED if found else NOT_OBSERVED), (title,), note


def _promotion(event: EventView, article: int) -> Found:
    rate = promotional_words(event, article)
    blocks = [b.span for b in event.analysed[article].article.blocks if b.kind in PROMOTION]
    return (OBSERVED if rate.count else NOT_OBSERVED), blocks, f"{rate.count} of {rate.total} words of the page"


def _anonymity(event: EventView, article: int) -> Found:
    hidden = [s for s in event.analysed[article].sources if s.anonymity is not None]
    if not hidden:
        unnamed = any(s.kind is SourceKind.ANONYMOUS for s in event.analysed[article].sources)
        return (
            CANNOT_TELL,
            (),
            "a source is not named; no request for it was found" if unnamed else "no unnamed source was found",
        )
    spans = [span for s in hidden for span in (s.anonymity, s.anonymity_reason) if span]
    reasons = sum(s.anonymity_reason is not None for s in hidden)
    note = f"a reason is stated for {reasons} of {len(hidden)} sources that ask for anonymity"
    return (OBSERVED if reasons else NOT_OBSERVED), spans, note


def _readability(event: EventView, article: int) -> Found:
    figures = event.analysed[article].readability
    if figures.automated_readability_index is None:
        return CANNOT_TELL, (), "too little text to count"
    coleman = figures.coleman_liau_index
    note = f"ARI {figures.automated_readability_index:.1f}"
    note += f", Coleman-Liau {coleman:.1f}" if coleman is not None else ""
    return OBSERVED, (), f"{note}; {figures.words} words, {figures.sentences} sentences"


def _sources(event: EventView, article: int) -> list[Source]:
    return [s for s in event.analysed[article].sources if s.kind in COUNTED]


def _first(sources: Sequence[Source]) -> tuple[Span, ...]:
    return tuple(s.mentions[0] for s in sources if s.mentions)


READERS: dict[str, Callable[[EventView, int], Found]] = {
    "byline": _byline,
    "date": _date,
    "dateline": _dateline,
    "corrections note": _corrections,
    "sources named": _sources_named,
    "distinct sources": _distinct_sources,
    "documents cited": _documents,
    "direct quotations": _quotations,
    "agency credit": _agency,
    "opinion label": _opinion,
    "headline words in the text": _headline,
    "promotion and subscription text": _promotion,
    "reason for anonymity": _anonymity,
    "readability": _readability,
}
