"""Turn what the scorer prints into the records of measured.json: what was counted where, and how much of it.

A record names a detector (cleaning, attribution, alignment, grouping, reuse, a family or a code), a corpus, a key and a
phrase for what was counted, and either a count (`found` of `of`) or precision, recall and F1 over `of` items. Where a
figure has a loose and a strict form, `setting` says which it is. Counts that the scorer gives as shares are whole
again where their denominator is printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Measure = dict[str, Any]
Line = Mapping[str, Any]

CORPORA = {
    "planted": {"name": "4 invented events in 16 saved pages, differences planted in them", "learned": True},
    "planted2": {
        "name": "8 more invented events in 44 saved pages, of many countries and kinds of outlet",
        "learned": True,
    },
    "align_basil": {"name": "6 real events in 3 outlets each, claims aligned by an annotator", "learned": True},
    "lines_l3s": {"name": "309 saved news pages of 2007 and 2008", "learned": False},
    "lines_aeb": {"name": "70 saved news pages of 2019", "learned": True},
    "kinds_wcxb": {"name": "450 lines beside the article, their kinds marked by an annotator", "learned": True},
    "attribution_dev_polnear": {"name": "84 reports of US politics, all attributions marked", "learned": False},
    "source_kinds_polnear": {"name": "300 sources in the same reports, their kinds marked", "learned": False},
    "similarity_superpal": {"name": "pairs of sentences of 4 topics", "learned": False},
    "similarity_spark": {"name": "pairs of spans of 31 topics", "learned": False},
    "group_allsides": {"name": "746 teasers of 254 stories", "learned": False},
    "group_basil": {"name": "153 reports of 51 events", "learned": False},
    "group_ecb": {"name": "772 reports of 66 events", "learned": False},
    "reuse_helsinki": {"name": "84 pairs of pages on one summit, silver labels", "learned": False},
    "loaded_babe": {"name": "1,795 news sentences, loaded words marked by readers", "learned": False},
    "claimdiff": {"name": "1,857 pairs of news claims, judged by people", "learned": False},
    "loaded_basil": {"name": "4,303 news sentences, spans marked as slanted", "learned": False},
}
"""Corpora by name; `learned` where weights or rules were made with its very texts in sight."""


def of_task(task: str, line: Line) -> list[Measure]:
    """Return the records of one line that the scorer printed for a task."""
    corpus = str(line["file"]).split(".", maxsplit=1)[0]
    return READERS[task](corpus, line)


def of_codes(corpus: str, counted: str, counts: Mapping[str, Mapping[str, int]]) -> list[Measure]:
    """Return a record per code: how many findings were printed, judged, and met what was planted or marked."""
    return [
        count(code, corpus, "agreed", counted, counts[code]["agreed"], counts[code]["judged"])
        | {"printed": counts[code]["printed"]}
        for code in sorted(counts)
    ]


def of_certainty(claims: Line) -> list[Measure]:
    """Return the record of how well claims that weaken another are told apart."""
    told = {"detector": "M", "corpus": "claimdiff", "key": "apart", "counted": "claims that weaken another told apart"}
    return [told | {"auc": claims["auc"], "found": claims["wanted"], "of": claims["of"], "unit": "pairs"}]


def count(  # noqa: PLR0917 - the columns of the table, in its order
    detector: str, corpus: str, key: str, counted: str, found: int, of: int
) -> Measure:
    """Return the record of a count."""
    return {"detector": detector, "corpus": corpus, "key": key, "counted": counted, "found": found, "of": of}


def rate(  # noqa: PLR0917 - the columns of the table, in its order
    detector: str, corpus: str, key: str, counted: str, got: Line, of: tuple[int, str], setting: str = ""
) -> Measure:
    """Return the record of precision, recall and F1 over so many items of a unit."""
    record = {"detector": detector, "corpus": corpus, "key": key, "counted": counted, "setting": setting}
    return record | {"precision": got["p"], "recall": got["r"], "f1": got["f1"], "of": of[0], "unit": of[1]}


def _planted(corpus: str, line: Line) -> list[Measure]:
    events, grouped = _parts(line["grouped_exactly"])[1], _parts(line["grouped_exactly"])[0]
    right, wanted, false = _parts(line["origins"])
    found = [
        count("grouping", corpus, "exact", "events grouped without a page too many or too few", grouped, events),
        count("reuse", corpus, "origins", "origins of two or more pages found", right, wanted) | {"false": false},
        rate("cleaning", corpus, "lines", "lines kept", line["lines"], (events, "events"), "strict"),
        rate("alignment", corpus, "pairs", "pairs of sentences in one row", line["claim_pairs"], (events, "events")),
    ]
    for key, table, counted in (
        ("found", "recall", "planted differences found"),
        ("matched", "matched", "printed findings that were planted"),
        ("traps", "false_alarms_on_traps", "traps reported"),
    ):
        found += [count(family, corpus, key, counted, *_parts(said)) for family, said in line[table].items()]
    return found


def _align(corpus: str, line: Line) -> list[Measure]:
    events, pairs = (line["events"], "events"), (line["gold_pairs"], "pairs of sentences")
    return [
        rate("alignment", corpus, "pairs", "pairs of sentences in one row", line["pairs"], pairs),
        rate("A", corpus, "pairs", "pairs of sentences sourced differently", line["sourcing_differs"], events),
        rate("F", corpus, "pairs", "pairs of sentences in conflict", line["facts_conflict"], events),
        count("Q", corpus, "changed", "changed quotations found", *_parts(line["changed_quotations_found"])),
        count("Q", corpus, "identical", "identical quotations flagged", *_parts(line["identical_quotations_flagged"])),
    ]


def _lines(corpus: str, line: Line) -> list[Measure]:
    pages = (line["documents"], "pages")
    return [
        rate("cleaning", corpus, "words", "words kept", line["word"], pages, "loose"),
        rate("cleaning", corpus, "lines", "lines kept", line["line"], pages, "strict"),
    ]


def _kinds(corpus: str, line: Line) -> list[Measure]:
    right = round(line["accuracy"] * line["lines"])
    return [count("cleaning", corpus, "kinds", "kinds of block named rightly", right, line["lines"])]


def _attribution(corpus: str, line: Line) -> list[Measure]:
    marked = (line["gold"], "attributions")
    return [
        rate("attribution", corpus, key, f"contents of which {what}", line[name], marked, setting)
        for key, name, what, setting in (
            ("content", "content", "half is found", "loose"),
            ("source", "with_source", "half is found, with the source", "loose"),
            ("strict", "strict", "four fifths are found, with the very source", "strict"),
        )
    ]


def _source_kinds(corpus: str, line: Line) -> list[Measure]:
    found = round(line["found"] * line["items"])
    right = round(line["kind_accuracy"] * line["items"])
    return [
        count("attribution", corpus, "sources", "sources found", found, line["items"]),
        count("attribution", corpus, "kinds", "kinds right of the sources found", right, found),
    ]


def _similarity(corpus: str, line: Line) -> list[Measure]:
    record = count(
        "alignment", corpus, "positives", "pairs of one claim among all pairs", line["positive"], line["pairs"]
    )
    return [record | {"average_precision": line["average_precision"]}]


def _group(corpus: str, line: Line) -> list[Measure]:
    articles = (line["articles"], "articles")
    settings = (("without dates", "b_cubed"), ("with dates", "b_cubed_with_dates"))
    return [
        rate(
            "grouping",
            corpus,
            "articles",
            "articles of one event put together (B-cubed)",
            line[name],
            articles,
            setting,
        )
        for setting, name in settings
        if name in line
    ]


def _reuse(corpus: str, line: Line) -> list[Measure]:
    pairs = (line["pairs"], "pairs of pages")
    return [rate("reuse", corpus, "origin", "pairs of pages of one origin", line["one_origin"], pairs)]


def _loaded(corpus: str, line: Line) -> list[Measure]:
    return [rate("W", corpus, "words", "loaded words", line["words"], (line["items"], "sentences"))]


def _parts(said: str) -> tuple[int, ...]:
    """Return the numbers of "10/18" or "1/2, 0 false"."""
    return tuple(int(number) for number in re.findall(r"\d+", said))


READERS = {
    "planted": _planted,
    "align": _align,
    "lines": _lines,
    "kinds": _kinds,
    "attribution": _attribution,
    "source_kinds": _source_kinds,
    "similarity": _similarity,
    "group": _group,
    "reuse": _reuse,
    "loaded": _loaded,
}
