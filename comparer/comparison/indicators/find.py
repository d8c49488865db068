"""Observe, per article, what newsrooms' own codes ask a report to show. Never summed, never good or bad.

In: the event. Out: indicators after the W3C Credible Web signals, the Trust Project's indicators and NewsGuard's
published criteria, as far as a saved text can show them: here what the page says of itself, in `sources` whom it cites.
"Not observed" says that the saved text does not show it; "cannot tell" that a saved text could not show it, or that
reading it was not tried (another language than English).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from comparer.cleaning.promotion import PROMOTING
from comparer.comparison.indicators import sources
from comparer.comparison.indicators.sources import CANNOT_TELL, NOT_OBSERVED, OBSERVED, Found, counted
from comparer.comparison.page.find import promotional_words
from comparer.comparison.view import EventView
from comparer.language.words import STOP_WORDS, stem
from comparer.model import Article, Block, BlockKind, Credit, CreditForm, Indicator, Span
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
NO_PLACE = word_set("comparison_words", "capitals_that_are_no_place")
"""What stands in capitals before a dash at the head of a report and is no place."""
OPENING = 2  # paragraphs, one of which a dateline opens: a summary may stand before it
COLLECTIVE = word_set("comparison_words", "desks")
"""Words of a byline that names a desk, an agency or nobody."""
NAME = re.compile(r"(?:[A-Z][\w’'.\-]+)(?: [A-Z][\w’'.\-]+)+")


def find_indicators(event: EventView) -> tuple[Indicator, ...]:
    """Return the indicators of every article, by article and then in one fixed order of names."""
    return tuple(_read(event, article, name) for article in range(len(event.analysed)) for name in READERS)


def byline(event: EventView, article: int) -> Found:
    """Look for the name of a person, above the text or where a reporter signs off below it."""
    own = event.analysed[article].article
    spans = [p.span for p in own.provenance if p.field in {"byline", "bylines"} and p.span]
    spans = spans or [b.span for b in own.blocks if b.kind is BlockKind.BYLINE]
    people = [name for name in own.bylines if _person(own, name)]
    if people:
        return OBSERVED, spans, ", ".join(people)
    for credit in own.credits:
        signed = _signer(own, credit)
        if signed:
            return OBSERVED, [credit.span], f"in the sign-off: {signed}"
    if own.bylines:
        return NOT_OBSERVED, spans, f"no person is named: {', '.join(own.bylines)}"
    return NOT_OBSERVED, (), "no author's name seen in this saved text"


def day(event: EventView, article: int) -> Found:
    """Look for the day of publication."""
    own = event.analysed[article].article
    spans = [p.span for p in own.provenance if p.field in {"published", "date"} and p.span]
    if own.published:
        return OBSERVED, spans, own.published if spans else f"{own.published}, from the page's own data"
    return NOT_OBSERVED, (), "no day of publication seen in this saved text"


def dateline(event: EventView, article: int) -> Found:
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


def corrections(event: EventView, article: int) -> Found:
    """Look for a note that says what was corrected."""
    spans = [Span(*m.span()) for m in CORRECTION.finditer(event.analysed[article].article.text)]
    return (OBSERVED, spans, "") if spans else (NOT_OBSERVED, (), "no note of a correction in this saved text")


def opinion(event: EventView, article: int) -> Found:
    """Look for a label that parts comment from report: alone near the headline, not an entry of a menu."""
    own = event.analysed[article].article
    blocks = sorted(own.blocks, key=lambda b: b.span.start)
    labels = [k for k, block in enumerate(blocks) if not block.kept and OPINION.fullmatch(block.span.of(own.text))]
    near = [blocks[k].span for k in labels if _beside_headline(own, blocks, k)]
    if near:
        return OBSERVED, near, ""
    return CANNOT_TELL, (), "a menu names a section for it" if labels else "no label seen; needs the site"


def headline(event: EventView, article: int) -> Found:
    """Count the headline's content words that recur below it; what is told in other words is not seen."""
    title = event.title_span(article)
    doc = event.docs[article]
    wanted = dict.fromkeys(stem(t.form) for t in doc.words(title) if t.form not in STOP_WORDS) if title else {}
    if title is None or not wanted:
        return CANNOT_TELL, (), "no headline in this saved text"
    body = {
        stem(t.form) for s in event.analysed[article].sentences if not s.span.overlaps(title) for t in doc.words(s.span)
    }
    found = sum(form in body for form in wanted)
    note = f"{found} of {len(wanted)} of its content words stand in the text below it"
    if 2 * found >= len(wanted):
        return OBSERVED, (title,), note
    return (
        (CANNOT_TELL, (title,), f"{note}; the others may be told in other words")
        if found
        else (NOT_OBSERVED, (title,), note)
    )


def promotion(event: EventView, article: int) -> Found:
    """Count the words of the page that promote or ask for a subscription."""
    rate = promotional_words(event, article)
    blocks = [b.span for b in event.analysed[article].article.blocks if b.kind in PROMOTING]
    return (OBSERVED if rate.count else NOT_OBSERVED), blocks, f"{rate.count} of {rate.total} words of the page"


def readability(event: EventView, article: int) -> Found:
    """Give two measures that count letters, words and sentences; they say nothing about the reporting."""
    figures = event.analysed[article].readability
    if figures.automated_readability_index is None:
        return CANNOT_TELL, (), "too little text to count"
    coleman = figures.coleman_liau_index
    note = f"Automated Readability Index {figures.automated_readability_index:.1f}"
    note += f", Coleman–Liau index {coleman:.1f}" if coleman is not None else ""
    return OBSERVED, (), f"{note}; {counted(figures.words, 'word')}, {counted(figures.sentences, 'sentence')}"


def _read(event: EventView, article: int, name: str) -> Indicator:
    state, spans, note = READERS[name](event, article)
    passages = tuple(event.passage(article, span) for span in spans)
    return Indicator(name, event.analysed[article].article.id, state, passages[:SHOWN], note)


def _person(own: Article, name: str) -> bool:
    """Tell whether a byline names a person rather than the outlet, an agency or a desk."""
    others = {_letters(own.outlet), *(_letters(c.agency) for c in own.credits if c.agency)}
    parts = name.split()
    return len(parts) > 1 and _letters(name) not in others and not any(p.casefold() in COLLECTIVE for p in parts)


def _signer(own: Article, credit: Credit) -> str | None:
    """Return the first person whom a sign-off names, as "Reporting by Ece Lund" does."""
    if credit.form is not CreditForm.SIGN_OFF:
        return None
    names = (match.group() for match in NAME.finditer(credit.span.of(own.text).partition(" by ")[2]))
    return next((name for name in names if _person(own, name)), None)


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalpha())


def _beside_headline(own: Article, blocks: list[Block], at: int) -> bool:
    """Tell whether a line stands next to the headline and no other line of a menu next to it."""
    beside = [blocks[k] for k in (at - 1, at + 1) if 0 <= k < len(blocks)]
    if not any(b.kind is BlockKind.TITLE for b in beside):
        return False
    lines = sorted((blocks[at], *beside), key=lambda b: b.span.start)
    gaps = {(one.span, two.span): own.text[one.span.end : two.span.start].count("\n") for one, two in pairwise(lines)}
    menu = (b for b in beside if b.kind is BlockKind.NAVIGATION)
    return all(gaps.get((b.span, blocks[at].span), gaps.get((blocks[at].span, b.span), 0)) > 1 for b in menu)


READERS: dict[str, Callable[[EventView, int], Found]] = {
    "byline": byline,
    "date": day,
    "dateline": dateline,
    "corrections note": corrections,
    "sources named": sources.sources_named,
    "distinct sources": sources.distinct_sources,
    "links or documents cited": sources.documents,
    "direct quotations": sources.quotations,
    "agency credit": sources.agency,
    "opinion label": opinion,
    "headline words in the text": headline,
    "promotion and subscription text": promotion,
    "reason for anonymity": sources.anonymity,
    "readability": readability,
}
