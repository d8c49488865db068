"""Count, code by code, how many printed findings meet what was planted or what an annotator marked.

On invented events a finding meets a planted difference of its family where both touch the same words in two outlets (in
one, where only one is concerned). On real events the annotator aligned claims of three outlets: a finding is judged
where its outlets' sentences stand together in an aligned claim, and agrees where that claim is marked as sourced
differently (A), as in conflict between two of these outlets (F and M, which the annotator did not part), or where it
touches a quotation whose printed forms differ (Q). What the annotator did not align or mark is not judged.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Sequence
from typing import Any

import comparer
from comparer.model import EventComparison, Finding, Passage, Span

SHARE = 0.3  # part of the shorter span that two spans share where they touch
MARKED = {"A": "claims marked as sourced differently", "F": "claims marked as in conflict, reported by F or M"}
UNCHANGED = frozenset({"identical", "direct_vs_indirect", "fragment"})

Row = dict[str, Any]
Counts = dict[str, collections.Counter[str]]  # by code


def planted(events: Iterable[Row]) -> Counts:
    """Count the findings printed on the invented events, and those that meet a planted difference."""
    counts: Counts = collections.defaultdict(collections.Counter)
    for item in events:
        pages = [page for page in item["pages"] if page["grouped"]]
        texts = {page["outlet"]: page["text"] for page in pages}
        event, outlets = compared([(page["outlet"], page["text"]) for page in pages])
        for finding in event.findings:
            printed = [(outlets[p.article], p.span) for p in finding.evidence]
            entries = (entry for entry in item["findings"] if entry["family"] == finding.code[0])
            met = any(meets(printed, texts, entry["evidence"]) for entry in entries)
            counts[finding.code].update(printed=1, judged=1, agreed=int(met))
    return counts


def annotated(events: Iterable[Row]) -> tuple[Counts, dict[str, collections.Counter[str]]]:
    """Count the findings printed on real events, and how many marked claims a finding of A, or of F and M, meets."""
    counts: Counts = collections.defaultdict(collections.Counter)
    marked: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for item in events:
        places = {a["outlet"]: laid_out(a) for a in item["articles"]}
        event, outlets = compared([(outlet, text) for outlet, (text, _) in places.items()])
        met: dict[str, set[str]] = collections.defaultdict(set)
        for finding in event.findings:
            counts[finding.code]["printed"] += 1
            if finding.code[0] == "Q":
                verdicts = quoted(item["quotes"], [(outlets[p.article], p.span) for p in finding.evidence], places)
            else:
                verdicts = claimed(item["rows"], finding.code[0], standing(event, finding, outlets, places), met)
            counts[finding.code].update(judged=int(bool(verdicts)), agreed=int(any(verdicts)))
        for family, rows, reported in (
            ("A", differing(item["rows"]), met["A"]),
            ("F", conflicting(item["rows"]), met["F"] | met["M"]),
        ):
            marked[family].update(of=len(rows), found=len(rows & reported))
    return counts, marked


def compared(pages: Sequence[tuple[str, str]]) -> tuple[EventComparison, dict[str, str]]:
    """Compare the pages of one event; return which article is which outlet's, too."""
    articles = [comparer.read_text(text, outlet=outlet) for outlet, text in pages]
    event = comparer.compare(articles, one_event=True).events[0]
    return event, {str(a.id): outlet for a, (outlet, _) in zip(articles, pages, strict=True)}


def laid_out(article: Row) -> tuple[str, list[Span]]:
    """Set a headline and sentences line by line; return where each sentence stands."""
    text, spans = f"{article['title'] or ''}\n\n", []
    for sentence in article["sentences"]:
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence + "\n"
    return text, spans


def touching(left: Span, right: Span) -> bool:
    """Tell whether two spans share enough of the shorter one."""
    return left.shared(right) >= SHARE * max(1, min(len(left), len(right)))


def standing_at(text: str, words: str) -> list[Span]:
    """Find every place where the words stand: pages repeat their opening as a standfirst."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(Span(at, at + len(words)))
        at = text.find(words, at + 1)
    return found


def meets(printed: Sequence[tuple[str, Span]], texts: dict[str, str], evidence: dict[str, str | list[str]]) -> bool:
    """Tell whether passages touch the evidence of a planted difference in two outlets, or in the only one."""
    hit = 0
    for outlet, words in evidence.items():
        wanted = [words] if isinstance(words, str) else words
        spans = [span for part in wanted for span in standing_at(texts.get(outlet, ""), part)]
        hit += any(o == outlet and touching(s, span) for o, s in printed for span in spans)
    return hit >= min(2, len(evidence))


def standing(
    event: EventComparison, finding: Finding, outlets: dict[str, str], places: dict[str, tuple[str, list[Span]]]
) -> dict[str, set[int]]:
    """Return the sentences of each outlet of a finding that its row holds, or that its evidence touches."""
    concerned = {p.article for p in finding.evidence}
    rows = [row for row in event.alignment.rows if row.id == finding.row]
    told = [claim.passage for row in rows for cell in row.cells for claim in cell.claims]
    found: dict[str, set[int]] = collections.defaultdict(set)
    for passage in told or finding.evidence:
        if passage.article in concerned:
            outlet = outlets[passage.article]
            found[outlet] |= sentences(passage, places[outlet][1])
    return found


def sentences(passage: Passage, spans: Sequence[Span]) -> set[int]:
    """Return the numbers of the sentences that a passage touches."""
    return {k for k, span in enumerate(spans) if touching(span, passage.span)}


def differing(rows: Sequence[Row]) -> set[str]:
    """Return the claims of two or more outlets that are marked as sourced differently."""
    return {row["id"] for row in rows if row.get("attribution_differs") and len(row["cells"]) > 1}


def conflicting(rows: Sequence[Row]) -> set[str]:
    """Return the claims that are marked as in conflict between any two outlets."""
    return {row["id"] for row in rows if any(conflicts(row, *pair) for pair in pairs(row["cells"]))}


def pairs(outlets: Iterable[str]) -> list[tuple[str, str]]:
    """Return each two outlets, in order."""
    ordered = sorted(outlets)
    return [(left, right) for k, left in enumerate(ordered) for right in ordered[k + 1 :]]


def conflicts(row: Row, left: str, right: str) -> bool:
    """Tell whether a claim is marked as in conflict between two outlets."""
    by_pair = row.get("relation_by_pair") or {"-".join(row["cells"]): row.get("relation")}
    return any(relation == "conflict" and {left, right} <= set(key.split("-")) for key, relation in by_pair.items())


def claimed(rows: Sequence[Row], family: str, told: dict[str, set[int]], met: dict[str, set[str]]) -> list[bool]:
    """Judge a finding on each of the annotator's claims that its outlets' sentences tell; note the marked ones."""
    verdicts = []
    for row in rows if family in "AFM" else ():
        both = [outlet for outlet, cells in row["cells"].items() if told.get(outlet, set()) & set(cells)]
        if len(both) < 2:
            continue
        agreed = (
            bool(row.get("attribution_differs"))
            if family == "A"
            else any(conflicts(row, *pair) for pair in pairs(both))
        )
        verdicts.append(agreed)
        if agreed:
            met[family].add(row["id"])
    return verdicts


def quoted(
    quotes: Sequence[Row], printed: Sequence[tuple[str, Span]], places: dict[str, tuple[str, list[Span]]]
) -> list[bool]:
    """Judge a finding on each quotation of the annotator's that it touches in two outlets."""
    verdicts = []
    for quote in quotes:
        forms = {o: form["text"] for o, form in quote["outlets"].items() if form.get("text")}
        texts = {outlet: places[outlet][0] for outlet in forms}
        if len(forms) > 1 and meets(printed, texts, forms):
            verdicts.append(bool(set(quote["change"]) - UNCHANGED))
    return verdicts
