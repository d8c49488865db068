"""Find what one text tells and another does not, or tells without its name: S101 to S104, few and counted.

In: the event. Out: findings about rows. Every row told by one article stands in the alignment anyway; a finding is
printed where a learned judge is sure that no other text tells it, the sooner the more an editor would want it. "Not in
this saved text" is said only where the text is complete, nothing in it comes near, and two origins report the claim or
all who print it open with it. A name counts where its noun stands beside it ("a trawler, the Morning Tide"), where
another telling of the row prints that noun, and where no word of the name stands anywhere in that text; who speaks is
left to family A. Fails where a text tells a claim in wholly different words, and where the describing noun is another
one ("a ship").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations, islice

from comparer.comparison.judged import judge
from comparer.comparison.selection.novelty import LEAST_WORDS, content, may_tell, measured
from comparer.comparison.view import EventView
from comparer.comparison.words import cell_content, cell_forms, read_words
from comparer.language.doc import Doc
from comparer.language.words import STOP_WORDS, normal_form, stem
from comparer.model import EmptyCell, EmptyReason, Finding, Passage, Rate, Row, Side, Span

NOT_HERE = 3  # findings per article that lacks a claim
PROMINENCE = 3  # findings per event
LEDE = 2  # sentences after the headline that open a text
SHORT_TEXT = 6  # sentences: in a shorter text nothing stands far down
LATE = 2 / 3  # part of the text after which a claim stands far down
LEAST_CONTENT = 5  # content words of the longest telling, those of headlines apart, before its absence is worth a word
SURE = 0.6  # confidence of a row before its absence elsewhere, or what tellings call one thing, is worth a finding,
ALIKE = 0.34  # and part of the shorter cell's content words that its tellers share
BEFORE = re.compile(
    r"\b(?:an?|the|one|its|their|his|her)\s+(?:[\w’'-]+\s+){0,3}?([a-z][\w’'-]+)"
    r"(?:,\s+(?:the\s+)?|\s+(?:called|named|known as|dubbed)\s+(?:the\s+)?)$"
)
"""What stands before a name that names the noun before it: "a Guyanese trawler, the ", "a ship called "."""
AFTER = re.compile(
    r",\s+(?:an?|the)\s+((?:[\w’'-]+\s+){0,3}?[a-z][\w’'-]+)(?=[,.;]|\s+(?:that|which|who|in|of|at|on|from|for|with|based)\b)"
)
"""What stands behind a name: ", a contractor that looks after the software"."""
CLOSED = re.compile(r"\s*(?:[,.;)]|$)")
PLACED = re.compile(r"\b(?:in|at|near|from|off|outside|around)\s+$")
"""Before a name: it is where something is, and what follows it is something else ("in Kabul, a diplomat")."""
REACH = 150  # characters before a name in which both are looked for: an article and five words
LEAST_NOUN = 3  # letters: "tug" and "bus" are nouns, shorter words seldom


def find_selection(event: EventView) -> tuple[Finding, ...]:
    """Return the findings of family S; none for a lone article."""
    if len(event.analysed) < 2:
        return ()
    return (*_only_here(event), *_not_here(event), *_prominence(event), *_named_here(event))


def _named_here(event: EventView) -> tuple[Finding, ...]:
    """Return one finding for each thing that some tellings of a row name and others only describe."""
    found: dict[frozenset[str], Finding] = {}
    for row in event.shared_rows:
        if row.confidence < SURE:
            continue
        for article in row.told_by:
            for name, noun in event.printed(row, article, _named):
                key = _parts(event.docs[article], name)
                bare = [p for k in row.told_by if k != article for p in _described(event, row, k, noun, key)]
                if bare and not any(key & other for other in found):
                    named = [k for k in row.told_by if key <= _printed(event, k)]
                    found[key] = _finding(event, row, event.passage(article, name), bare, named=len(named))
    return tuple(found.values())


def alone(event: EventView) -> list[tuple[Row, int, dict[str, float]]]:
    """Return the rows that one article alone tells, each with the article and what is measured of it."""
    rows = [(row, row.told_by[0]) for row in event.alignment.rows if len(row.told_by) == 1]
    return [(row, article, measured(event, row, article)) for row, article in rows]


def _only_here(event: EventView) -> list[Finding]:
    """Return what only one text tells and an editor would want, where that is more probable than the line."""
    judged = [(judge("S").probability(features), row, article) for row, article, features in alone(event)]
    total = len(event.analysed)
    return [
        Finding(
            code="S101",
            row=row.id,
            sides=(Side("only in this text", _passages(event, row, article)),),
            magnitude=Rate(1, total, "saved texts"),
            message=f"Stands in one of {total} saved texts." + _cut_note(sum(_cut_off(row, k) for k in range(total))),
            confidence=probability,
        )
        for probability, row, article in judged
        if probability >= judge("S").line
    ]


def _absent(row: Row, article: int) -> bool:
    cell = row.cells[article]
    return isinstance(cell, EmptyCell) and cell.reason is EmptyReason.ABSENT


def _cut_off(row: Row, article: int) -> bool:
    cell = row.cells[article]
    return isinstance(cell, EmptyCell) and cell.reason is EmptyReason.TRUNCATED


def _cut_note(count: int) -> str:
    """Say how many of the other texts end before they could have told it."""
    return f" {count} of the others {'is' if count == 1 else 'are'} cut off." if count else ""


def _not_here(event: EventView) -> list[Finding]:
    """Return one finding for each row that some texts lack, those that most origins tell or open with first."""
    ranked: list[tuple[tuple[object, ...], Row]] = []
    for row in event.shared_rows:
        origins = event.origins_of(row.told_by)
        ledes = sum(_leads(event, row, k) for k in row.told_by)
        if (origins >= 2 or ledes == len(row.told_by)) and _sure(event, row):
            ranked.append(((-origins, -ledes, -row.confidence, row.id), row))
    lacking: dict[int, int] = {}
    used: set[Passage] = set()
    found = []
    for _, row in sorted(ranked, key=lambda pair: pair[0]):
        if used & {p for k in row.told_by for p in _passages(event, row, k)}:
            continue  # a sentence that carries two claims is shown once
        absent = [k for k in range(len(event.analysed)) if _absent(row, k) and not _may_tell(event, row, k)]
        open_to = [k for k in absent if lacking.get(k, 0) < NOT_HERE]
        if open_to:
            lacking.update({k: lacking.get(k, 0) + 1 for k in absent})
            found.append(_missing(event, row, absent))
            used.update(found[-1].sides[0].passages)
    return found


def _may_tell(event: EventView, row: Row, article: int) -> bool:
    """Tell whether an article may tell a row that the alignment found nowhere in it."""
    return any(may_tell(event, article, content(event, k, event.claim_spans(row, k))) for k in row.told_by)


def _sure(event: EventView, row: Row) -> bool:
    """Tell whether the tellers of a row surely tell one thing, below their headlines, and one worth missing."""
    long = any(len(cell_forms(event, row, k)) >= LEAST_WORDS for k in row.told_by)
    below = all(any(not event.in_title(k, span) for span in event.claim_spans(row, k)) for k in row.told_by)
    rich = any(len(content(event, k, event.claim_spans(row, k))) >= LEAST_CONTENT for k in row.told_by)
    pairs = combinations(row.told_by, 2)
    alike = row.confidence >= SURE and all(_overlap(event, row, a, b) >= ALIKE for a, b in pairs)
    return long and below and rich and alike


def _overlap(event: EventView, row: Row, left: int, right: int) -> float:
    """Return the part (0..1) of the shorter cell's content words that stand in the longer one too."""
    one, other = cell_content(event, row, left), cell_content(event, row, right)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _missing(event: EventView, row: Row, absent: Sequence[int]) -> Finding:
    told, total = row.told_by, len(event.analysed)
    origins = event.origins_of(told)
    texts = "this saved text, which is" if len(absent) == 1 else f"{len(absent)} saved texts, which are"
    near = total - len(told) - len(absent)
    return Finding(
        code="S102",
        row=row.id,
        sides=(Side("printed", tuple(p for k in told for p in _passages(event, row, k))), *_anchors(event, absent)),
        magnitude=Rate(len(told), total, "saved texts"),
        message=f"Printed in {len(told)} of {total} saved texts, {origins} {'origins' if origins > 1 else 'origin'}; "
        f"not in {texts} complete as far as can be told." + (f" Of {near} more it cannot be said." if near else ""),
        confidence=round(min(0.8, 0.9 * row.confidence), 3),
    )


def _anchors(event: EventView, absent: Sequence[int]) -> tuple[Side, ...]:
    """Name the texts that lack the claim by their headlines, or by their first sentences."""
    found = []
    for article in absent:
        first = next((s.span for s in event.analysed[article].sentences), None)
        span = event.title_span(article) or first
        found += [event.passage(article, span)] if span else []
    return (Side("not in this saved text", tuple(found)),) if found else ()


def _prominence(event: EventView) -> list[Finding]:
    found: list[tuple[float, Finding]] = []
    for row in event.shared_rows:
        leading = [k for k in row.told_by if _leads(event, row, k)]
        late = [k for k in row.told_by if k not in leading and _place(event, row, k) >= LATE]
        if not leading or not late or not _sure(event, row):
            continue
        sides = (
            Side("headline or opening", tuple(p for k in leading for p in _passages(event, row, k))),
            Side("last third", tuple(p for k in late for p in _passages(event, row, k))),
        )
        rate = Rate(len(leading), len(row.told_by), "articles that open with it")
        message = (
            f"One text opens with it ({_share(event, row, leading[0])} of its words); in another it stands in the last "
            f"third ({_share(event, row, late[0])})."
        )
        found.append((row.confidence, Finding("S103", row.id, sides, rate, message, round(0.7 * row.confidence, 3))))
    found.sort(key=lambda pair: -pair[0])
    return [finding for _, finding in found[:PROMINENCE]]


def _share(event: EventView, row: Row, article: int) -> str:
    """Say which part of an article's words a row takes, as in "12 of 240"."""
    text = event.analysed[article].article.text
    counts = [
        sum(len(read_words(text, span)[0]) for span in spans)
        for spans in (event.claim_spans(row, article), [s.span for s in event.analysed[article].sentences])
    ]
    return f"{counts[0]} of {counts[1]}"


def _leads(event: EventView, row: Row, article: int) -> bool:
    """Tell whether an article puts a row into its headline or its first sentences."""
    opening = event.docs[article].once(_opening, event.docs[article].whole)
    return any(span.overlaps(first) for span in event.claim_spans(row, article) for first in opening)


def _opening(doc: Doc, _: Span) -> tuple[Span, ...]:
    body = (s.span for s in doc.sentences if doc.title is None or not doc.title.overlaps(s.span))
    return (*((doc.title,) if doc.title else ()), *islice(body, LEDE))


def _place(event: EventView, row: Row, article: int) -> float:
    """Return how far down (0..1) a row first stands in an article, by sentences; 0 in a short text."""
    sentences = event.analysed[article].sentences
    first = min(claim.sentence for claim in event.claims(row, article))
    return first / len(sentences) if len(sentences) >= SHORT_TEXT else 0.0


def _passages(event: EventView, row: Row, article: int) -> tuple[Passage, ...]:
    return tuple(claim.passage for claim in event.claims(row, article))


def _named(event: EventView, article: int, claim: Span) -> list[tuple[Span, str]]:
    """Return the names in a claim beside which a noun says what they name, sources apart, with the noun's stem."""
    analysed = event.analysed[article]
    text, found = analysed.article.text, []
    for name in (n.span for n in analysed.names_at.inside(claim)):
        if analysed.mentions_at.touching(name) or event.in_title(article, name):
            continue
        start = max(claim.start, name.start - REACH)
        before = BEFORE.search(text, start, name.start)
        after = AFTER.match(text, name.end, claim.end)
        if before and CLOSED.match(text, name.end, claim.end):
            found.append((name, stem(normal_form(before[1]))))
        elif after and not PLACED.search(text, start, name.start):
            found.append((name, stem(normal_form(after[1].split()[-1]))))
    return found


def _described(event: EventView, row: Row, article: int, noun: str, name: frozenset[str]) -> list[Passage]:
    """Return where a cell prints the noun, if its text prints no word of the name; none for a mere function word."""
    if len(noun) < LEAST_NOUN or noun in STOP_WORDS or name & _printed(event, article):
        return []
    doc = event.docs[article]
    words = [t for c in event.claim_spans(row, article) if not event.in_title(article, c) for t in doc.words(c)]
    return [event.passage(article, t.span) for t in words if stem(t.form) == noun][:1]


def _printed(event: EventView, article: int) -> frozenset[str]:
    """Return the words an article prints anywhere."""
    return event.docs[article].once(_all_parts, event.docs[article].whole)


def _all_parts(doc: Doc, _: Span) -> frozenset[str]:
    return frozenset[str]().union(*(_parts(doc, s.span) for s in doc.sentences))


def _parts(doc: Doc, span: Span) -> frozenset[str]:
    return frozenset(t.form.removesuffix("'s") for t in doc.words(span) if t.form not in STOP_WORDS)


def _finding(event: EventView, row: Row, name: Passage, bare: Iterable[Passage], *, named: int) -> Finding:
    described = tuple(bare)
    printed, noun = (" ".join(event.text(event.index_of(at), at.span).split()) for at in (name, described[0]))
    noun = noun.casefold()
    names = "One telling names" if named == 1 else f"{named} tellings name"
    rest = "one only says" if len(described) == 1 else f"{len(described)} only say"
    return Finding(
        code="S104",
        row=row.id,
        sides=(Side(printed, (name,)), Side(f"“{noun}”, not named in the saved text", described)),
        magnitude=Rate(named, named + len(described), "tellings that mention it print its name"),
        message=f"{names} what another describes: “{printed}”; {rest} “{noun}”.",
        confidence=0.6,
    )
