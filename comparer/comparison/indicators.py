"""Observe, per article, what newsrooms' own codes ask a report to show. Never summed, never good or bad.

In: the event. Out: indicators after the W3C Credible Web signals, the Trust Project's indicators and NewsGuard's
published criteria, as far as a saved text can show them: what the page says of itself, and whom and what it cites.
"Not observed" says that the saved text does not show it; "cannot tell" that a saved text could not show it, or that
reading it was not tried (another language than English). Sources are counted as printed below the headline. A short
form ("the union") may stand for a source printed in full, so that it is told and not counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from comparer.cleaning.promotion import PROMOTING
from comparer.comparison.origins.find import credited
from comparer.comparison.page.find import promotional_words
from comparer.comparison.view import EventView
from comparer.language.words import STOP_WORDS, stem
from comparer.model import Article, Block, BlockKind, CreditForm, Indicator, IndicatorState, Source, SourceKind, Span
from comparer.resources.loader import word_set

SHOWN = 6  # passages shown with an indicator
CORRECTION = re.compile(
    r"^[ \t>*_(\[]*(?:corrections?|corrected|clarifications?)\b[^:\n]{0,30}:[^\n]+"
    r"|\b(?:this (?:article|story|report|piece|post|page|headline)|the (?:article|story|headline)) (?:was|has been|is) "
    r"(?:corrected|amended|clarified|updated to correct)[^\n]*"
    r"|\b(?:an )?(?:earlier|previous) version of (?:this|the) (?:article|story|report|piece|post|page|headline)[^\n]*"
    r"|\beditor[’']s note:[^\n]*\bcorrect[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
OPINION = re.compile(r"(?i)\s*(?:opinion|comment|editorial|analysis|commentary|op-ed|viewpoint)\s*(?::[^\n]*)?")
_PLACE = r"[A-Z][A-Z’'.\-]{2,}(?:[ /][A-Z][A-Z’'.\-]+){0,3}(?:, ?[A-Z][\w.’' ]{1,25}){0,2}"
_PLACE_OF_AGENCY = r"[A-Z][\w’'.\-]+(?: [A-Z][\w’'.\-]+){0,3}(?:, [^()\n]{2,30})?(?=,? ?\()"
DATELINE = re.compile(
    rf"\s*(?P<line>(?:{_PLACE}|{_PLACE_OF_AGENCY}),?(?: ?\([^()\n]{{2,40}}\))?)[ \t]*(?:--|[—–-])[ \t]+(?=[“\"‘'A-Z\d])"
)
NO_PLACE = word_set("comparison_words", "capitals_that_are_no_place")  # before a dash at the head of a report
OPENING = 2  # paragraphs, one of which a dateline opens: a summary may stand before it
COLLECTIVE = word_set("comparison_words", "desks")  # words of a byline that names a desk, an agency or nobody
NAME = re.compile(r"(?:[A-Z][\w’'.\-]+)(?: [A-Z][\w’'.\-]+)+")
NOUNS = {SourceKind.ANONYMOUS: "unnamed source", SourceKind.MEDIA: "publisher"}
"""What sorts of sources are called where not by their own name."""
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
OBSERVED, NOT_OBSERVED, CANNOT_TELL = IndicatorState  # in the order of its members


def find_indicators(event: EventView) -> tuple[Indicator, ...]:
    """Return the indicators of every article, by article and then in the order of `READERS`."""
    found = []
    for article, analysed in enumerate(event.analysed):
        for name, read in READERS.items():
            state, spans, note = read(event, article)
            passages = tuple(event.passage(article, span) for span in spans[:SHOWN])
            found.append(Indicator(name, analysed.article.id, state, passages, note))
    return tuple(found)


def _byline(event: EventView, article: int) -> Found:
    """Look for the name of a person, above the text or where a reporter signs off below it."""
    own = event.analysed[article].article
    spans = [p.span for p in own.provenance if p.field in {"byline", "bylines"} and p.span]
    spans = spans or [b.span for b in own.blocks if b.kind is BlockKind.BYLINE]
    people = [name for name in own.bylines if _person(own, name)]
    if people:
        return OBSERVED, spans, ", ".join(people)
    for credit in (c for c in own.credits if c.form is CreditForm.SIGN_OFF):
        names = NAME.findall(credit.span.of(own.text).partition(" by ")[2])  # "Reporting by Ece Lund"
        signed = next((name for name in names if _person(own, name)), None)
        if signed:
            return OBSERVED, [credit.span], f"in the sign-off: {signed}"
    if own.bylines:
        return NOT_OBSERVED, spans, f"no person is named: {', '.join(own.bylines)}"
    return NOT_OBSERVED, (), "no author's name seen in this saved text"


def _person(own: Article, name: str) -> bool:
    """Tell whether a byline names a person rather than the outlet, an agency or a desk."""
    others = {_letters(own.outlet), *(_letters(c.agency) for c in own.credits if c.agency)}
    parts = name.split()
    return len(parts) > 1 and _letters(name) not in others and not any(p.casefold() in COLLECTIVE for p in parts)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def _day(event: EventView, article: int) -> Found:
    own = event.analysed[article].article
    spans = [p.span for p in own.provenance if p.field in {"published", "date"} and p.span]
    if own.published:
        return OBSERVED, spans, own.published if spans else f"{own.published}, from the page's own data"
    return NOT_OBSERVED, (), "no day of publication seen in this saved text"


def _dateline(event: EventView, article: int) -> Found:
    """Look for the place that opens the report, as in "ANKARA, March 6 (AFP) –"."""
    own = event.analysed[article].article
    body = [b.span for b in own.blocks if b.kind is BlockKind.CONTENT]
    if not body:
        return CANNOT_TELL, (), "no text of a report in this saved text"
    for span in body[:OPENING]:
        match = DATELINE.match(own.text, span.start, span.end)
        if match and match["line"].split(",")[0].split()[0] not in NO_PLACE:
            line = match["line"].rstrip()
            return OBSERVED, [Span(match.start("line"), match.start("line") + len(line))], line
    credited = [c for c in own.credits if c.form is CreditForm.DATELINE]
    if credited:
        return OBSERVED, [c.span for c in credited], f"with an agency: {credited[0].agency}"
    return NOT_OBSERVED, (), "no place opens the report"


def _corrections(event: EventView, article: int) -> Found:
    spans = [Span(*m.span()) for m in CORRECTION.finditer(event.analysed[article].article.text)]
    return (OBSERVED, spans, "") if spans else (NOT_OBSERVED, (), "no note of a correction in this saved text")


def _sources_named(event: EventView, article: int) -> Found:
    if not event.analysed[article].attribution_attempted:
        return CANNOT_TELL, (), ENGLISH_ONLY
    sources, _ = _sources(event, article)
    named = [s for s in sources if _kind(event, article, s) is SourceKind.NAMED_PERSON]
    note = f"{len(named)} of {_counted(len(sources), 'source')} named as a person" if sources else "no source printed"
    return (OBSERVED if named else NOT_OBSERVED), [s.mentions[0] for s in named], note


def _distinct_sources(event: EventView, article: int) -> Found:
    """Count the sources by kind; short forms are told beside them."""
    if not event.analysed[article].attribution_attempted:
        return CANNOT_TELL, (), ENGLISH_ONLY
    sources, short = _sources(event, article)
    if not sources:
        return NOT_OBSERVED, (), "no source printed"
    kinds = Counter(_kind(event, article, s) for s in sources)
    told = [(kinds[kind], NOUNS.get(kind, kind.replace("_", " "))) for kind in SourceKind if kinds[kind]]
    note = f"{len(sources)}: " + ", ".join(_counted(count, noun) for count, noun in told)
    if short:
        forms = ", ".join(f"“{event.text(article, s.mentions[0])}”" for s in short)
        note += f"; not counted, as they may stand for one of these: {forms}"
    return OBSERVED, [s.mentions[0] for s in sources], note


def _sources(event: EventView, article: int) -> tuple[list[Source], list[Source]]:
    """Return the sources that count, all below the headline but short forms or these alone; and the short forms."""
    below = [
        s
        for s in event.analysed[article].sources
        if s.kind is not SourceKind.PRONOUN and any(not event.in_title(article, span) for span in s.mentions)
    ]
    full = {SourceKind.NAMED_PERSON, SourceKind.GROUP}
    short = [s for s in below if s.kind not in full and SHORT_FORM.fullmatch(event.text(article, s.mentions[0]))]
    return [s for s in below if s not in short] or short, short


def _kind(event: EventView, article: int, source: Source) -> SourceKind:
    """Return a source's kind; a lone name without an office, or printed as an owner's, may not be a person's."""
    if source.kind is not SourceKind.NAMED_PERSON:
        return source.kind
    owner = all(POSSESSIVE.search(event.text(article, span)) for span in source.mentions)
    sure = (" " in source.name or source.office is not None) and not owner
    return SourceKind.NAMED_PERSON if sure else SourceKind.OTHER


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _documents(event: EventView, article: int) -> Found:
    """Look for documents cited as a source or as seen by somebody, and for web addresses in the text."""
    analysed, text = event.analysed[article], event.analysed[article].article.text
    found = {s.mentions[0] for s in _sources(event, article)[0] if s.kind is SourceKind.DOCUMENT}
    for sentence in analysed.sentences:
        found |= {Span(*m.span()) for m in DOCUMENT.finditer(text, sentence.span.start, sentence.span.end)}
    ordered = sorted(found)
    kept = [span for k, span in enumerate(ordered) if not any(s.overlaps(span) for s in ordered[:k])]
    if kept:
        return OBSERVED, kept, f"cited in {_counted(len(kept), 'place')}"
    return NOT_OBSERVED, (), "no document is cited; links are lost where a text is copied"


def _quotations(event: EventView, article: int) -> Found:
    """Count the quotations of some length below the headline."""
    below = [q for q in event.analysed[article].quotations if not event.in_title(article, q.span)]
    spans = [q.span for q in below if len(event.docs[article].words(q.content)) >= LEAST_QUOTED]
    note = f"{_counted(len(spans), 'direct quotation')} of four words or more"
    return (OBSERVED if spans else NOT_OBSERVED), spans, note


def _agency(event: EventView, article: int) -> Found:
    """Look for the credit of an agency or a reporter's sign-off."""
    agency, places = credited(event, article)
    if places:
        signed = "a reporter signs off; the agency is not named in this saved text"
        return OBSERVED, [p.span for p in places], agency or signed
    if any(article in origin and len(origin) > 1 for origin in event.reuse.origins):
        return NOT_OBSERVED, (), "shares text with another article of this event"
    return CANNOT_TELL, (), "no agency text found"


def _opinion(event: EventView, article: int) -> Found:
    """Look for a label that parts comment from report: alone near the headline, not an entry of a menu."""
    own = event.analysed[article].article
    blocks = sorted(own.blocks, key=lambda b: b.span.start)
    labels = [k for k, block in enumerate(blocks) if not block.kept and OPINION.fullmatch(block.span.of(own.text))]
    near = [blocks[k].span for k in labels if _beside_headline(own, blocks, k)]
    if near:
        return OBSERVED, near, ""
    return CANNOT_TELL, (), "a menu names a section for it" if labels else "no label seen; needs the site"


def _beside_headline(own: Article, blocks: Sequence[Block], at: int) -> bool:
    """Tell whether a line stands next to the headline and no other line of a menu next to it."""
    label, before, after = blocks[at], blocks[max(0, at - 1) : at], blocks[at + 1 : at + 2]
    gaps = [(b.kind, own.text[b.span.end : label.span.start]) for b in before]
    gaps += [(b.kind, own.text[label.span.end : b.span.start]) for b in after]
    menu = (gap for kind, gap in gaps if kind is BlockKind.NAVIGATION)
    return any(kind is BlockKind.TITLE for kind, _ in gaps) and all(gap.count("\n") > 1 for gap in menu)


def _headline(event: EventView, article: int) -> Found:
    """Count the headline's content words that recur below it; what is told in other words is not seen."""
    title = event.title_span(article)
    doc = event.docs[article]
    wanted = {stem(t.form) for t in doc.words(title) if t.form not in STOP_WORDS} if title else set[str]()
    if title is None or not wanted:
        return CANNOT_TELL, (), "no headline in this saved text"
    below = (s.span for s in event.analysed[article].sentences if not s.span.overlaps(title))
    found = len(wanted & {stem(t.form) for span in below for t in doc.words(span)})
    note = f"{found} of {len(wanted)} of its content words stand in the text below it"
    if 2 * found >= len(wanted):
        return OBSERVED, (title,), note
    if found:
        return CANNOT_TELL, (title,), f"{note}; the others may be told in other words"
    return NOT_OBSERVED, (title,), note


def _promotion(event: EventView, article: int) -> Found:
    """Count the words of the page that promote or ask for a subscription."""
    rate = promotional_words(event, article)
    blocks = [b.span for b in event.analysed[article].article.blocks if b.kind in PROMOTING]
    return (OBSERVED if rate.count else NOT_OBSERVED), blocks, f"{rate.count} of {rate.total} words of the page"


def _anonymity(event: EventView, article: int) -> Found:
    """Look for the reason why a source asks not to be named."""
    sources = event.analysed[article].sources
    hidden = [s for s in sources if s.anonymity is not None]
    if not hidden:
        unnamed = any(s.kind is SourceKind.ANONYMOUS for s in sources)
        note = "a source is not named; no request for it was found" if unnamed else "no unnamed source was found"
        return CANNOT_TELL, (), note
    spans = [span for s in hidden for span in (s.anonymity, s.anonymity_reason) if span]
    reasons = sum(s.anonymity_reason is not None for s in hidden)
    note = f"a reason is stated for {reasons} of {_counted(len(hidden), 'source')} that ask for anonymity"
    return (OBSERVED if reasons else NOT_OBSERVED), spans, note


def _readability(event: EventView, article: int) -> Found:
    """Give two measures that count letters, words and sentences; they say nothing about the reporting."""
    figures = event.analysed[article].readability
    automated, coleman = figures.automated_readability_index, figures.coleman_liau_index
    if automated is None or coleman is None:
        return CANNOT_TELL, (), "too little text to count"
    note = f"Automated Readability Index {automated:.1f}, Coleman–Liau index {coleman:.1f}"
    return OBSERVED, (), f"{note}; {_counted(figures.words, 'word')}, {_counted(figures.sentences, 'sentence')}"


READERS: dict[str, Callable[[EventView, int], Found]] = {
    "byline": _byline,
    "date": _day,
    "dateline": _dateline,
    "corrections note": _corrections,
    "sources named": _sources_named,
    "distinct sources": _distinct_sources,
    "links or documents cited": _documents,
    "direct quotations": _quotations,
    "agency credit": _agency,
    "opinion label": _opinion,
    "headline words in the text": _headline,
    "promotion and subscription text": _promotion,
    "reason for anonymity": _anonymity,
    "readability": _readability,
}
