"""Double the size of generated pages of many kinds and print how processor time grows; status 1 where a bound breaks.

Each kind repeats or lists something that a saved page may hold a thousand times. A pair of pages of it is compared at
one, two and four times a size; the size is chosen so that the smallest takes a measurable time. Each measurement runs
in a process of its own that is stopped after LIMIT seconds. `python benchmarks/growth.py [PART OF A NAME...]`.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

MOST_RATIO = 2.6  # of processor time, where the size doubles
LIMIT = 90  # seconds of processor time of one measurement
LEAST = 0.4  # seconds that the smallest size should take, for a ratio that says something
SMALLEST, LARGEST = 4_000, 256_000  # characters of a page at 1x
NAMES = "Ada Brook,Jon Falk,Mira Sand,Olaf Reed,Tess Hale,Ines Corr,Paul Dorn,Kara Lund".split(",")
PLACES = "Skerrow,Arden,Veldorf,Tarn,Ilse,Morwen,Dalby,Kestrel".split(",")
VERBS = "said,told reporters,warned,announced,denied,confirmed,wrote,insisted".split(",")
THINGS = "ferry,bridge,harbour,school,budget,tunnel,market,clinic".split(",")
DEEDS = "closed,reopened,delayed,inspected,sold,flooded,repaired,searched".split(",")


def _line(k: int, seed: int = 0) -> str:
    """Return a sentence of news that hardly another number gives."""
    r = random.Random(k * 31 + seed)  # noqa: S311 - the same pages in each run
    name, place, thing, deed = r.choice(NAMES), r.choice(PLACES), r.choice(THINGS), r.choice(DEEDS)
    return (
        f"The {thing} in {place} was {deed} on {r.randrange(1, 28)} May after {r.randrange(2, 900)} complaints, "
        f"{name} {r.choice(VERBS)}."
    )


def _lines(make: Callable[[int], str], size: int, *, join: str = "\n") -> str:
    """Return lines until the size is reached."""
    found, length, k = [], 0, 0
    while length < size:
        found.append(make(k))
        length += len(found[-1]) + len(join)
        k += 1
    return join.join(found)


_LINES: dict[str, Callable[[int], str]] = {
    "one sentence": lambda _: "The ferry ran aground off Skerrow on Friday, the coastguard said.",
    "two sentences in turn": lambda k: _line(k % 2),
    "eight sentences in turn": lambda k: _line(k % 8),
    "sentences": _line,
    "sentences with another number": lambda k: f"The count in Arden reached {k * 7 % 9973} votes on Friday, Falk said.",
    "results": lambda k: (
        f"{PLACES[k % 8]} {k}: {NAMES[k % 8]} {k * 37 % 9000} votes, {NAMES[(k + 3) % 8]} {k * 53 % 9000} votes"
    ),
    "scores": lambda k: f"{PLACES[k % 8]} {k % 5} - {k % 3} {PLACES[(k + 1) % 8]}",
    "table of points": lambda k: f"{PLACES[k % 8]}\t{k % 38}\t{k % 20}\t{k % 9}\t{k % 9}\t{k % 60}",
    "prices": lambda k: f"{THINGS[k % 8].title()} shares fell {k % 9}.{k % 7} per cent to £{k % 900}.{k % 90:02}.",
    "days": lambda k: f"It was {k % 28 + 1} {('May', 'June', 'July')[k % 3]} {1990 + k % 40}.",
    "clock times": lambda k: f"{k % 24:02}:{k % 60:02} Updated",
    "names": lambda k: f"{NAMES[k % 8]}, {NAMES[(k * 3 + 1) % 8]}",
    "initials": lambda k: f"Mr. J. R. R. {NAMES[k % 8]} Jr. of the U.S. and U.K. Dept. of St. {PLACES[k % 8]}",
    "one quotation": lambda _: '"We may have to wait," she said.',
    "quotations": lambda k: f'"The {THINGS[k % 8]} will stay shut for {k} days," {NAMES[k % 8]} said on Monday.',
    "quotations without an end": lambda k: f'"The {THINGS[k % 8]} was {DEEDS[k % 7]}, he said {k}',
    "quotations in quotations": lambda k: f"“She said ‘no “never” {k}’ to us,” said {NAMES[k % 8]}.",
    "apostrophes": lambda k: f"the '{k}s' driver's o' the '{THINGS[k % 8]}'",
    "according to": lambda k: f"According to {NAMES[k % 8]}, according to officials, according to {PLACES[k % 8]} {k}.",
    "not to be named": lambda k: f"Two officials, who asked not to be named, said {THINGS[k % 8]} {k} was sold.",
    "said that said that": lambda k: (
        f"{NAMES[k % 8]} said that {NAMES[(k + 1) % 8]} said that {PLACES[k % 8]} {k} said so."
    ),
    "hedges": lambda k: f"It could perhaps possibly maybe reportedly allegedly be the {THINGS[k % 8]} {k}.",
    "judging words": lambda k: (
        f"A shocking, disgraceful, brutal, heroic {THINGS[k % 8]} {k} slammed the outrageous plan."
    ),
    "questions": lambda k: f"Why was the {THINGS[k % 8]} {k} {DEEDS[k % 8]}? Who knew?",
    "headlines": lambda k: f"{THINGS[k % 8].title()} {DEEDS[k % 8].title()} In {PLACES[k % 8]} {k}\n",
    "bylines": lambda k: f"By {NAMES[k % 8]}",
    "menus": lambda k: f"{('News', 'Sport', 'Weather', 'Opinion', 'Subscribe')[k % 5]}",
    "calls to subscribe": lambda k: f"Subscribe to our newsletter {k} for more award-winning stories.",
    "addresses": lambda k: f"https://www.skerrow.example/{k}/{THINGS[k % 8]}?id={k}",
    "mail": lambda k: f"{NAMES[k % 8].replace(' ', '.')}{k}@skerrow.example",
    "agency credits": lambda k: f"(Reuters) - {_line(k)} Reporting by {NAMES[k % 8]}; Editing by {NAMES[(k + 1) % 8]}",
    "headings": lambda k: f"## {THINGS[k % 8]} {k}",
    "front matter": lambda k: f"---\ntitle: {k}\n---",
    "blank lines": lambda _: "\n \t",
    "rules": lambda _: "-" * 40,
    "numbers": lambda k: f"{k * 7919 % 100003}",
    "numbers with units": lambda k: f"{k}m to {k + 3}m, {k} km, {k}%, ${k}bn, {k:,} people",
}
_RUNS: dict[str, str] = {
    "one word": "ferry ",
    "two words": "ferry bridge ",
    "one letter": "x",
    "letters and blanks": "a ",
    "quotation marks": '"',
    "curly quotation marks": "“",
    "quotation marks and letters": '"a" ',
    "brackets": "((",
    "commas": "one, ",
    "full stops": ". ",
    "abbreviations": "U.S. ",
    "and": "Brook and Falk and ",
    "hyphens": "well-",
    "dashes": "one – two — ",
    "combining marks": "e\u0301\u0302\u0303",
    "only combining marks": "\u0301",
    "sentence": "The ferry ran aground off Skerrow. ",
    "emoji": "👩‍👩‍👧 ",
    "zero width": "\u200b\u200d",
    "ideographs": "渡轮在斯克罗搁浅。",
    "arabic": "أغلق المجلس الرصيف. ",
    "capitals": "FERRY AGROUND ",
    "digits": "1",
    "ellipses": "… ",
    "line separators": "one\u2028",
}
_MARKUP: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda k: f"<p>{_line(k)}</p>",
    "deep nesting": lambda k: f"<div class='a{k}'>x{k}",
    "attributes": lambda k: f"<p {' '.join(f'a{k}x{n}=1' for n in range(20))}>{k}</p>",
    "links": lambda k: f"<a href='/{k}'>{THINGS[k % 8]} {k}</a> ",
    "cells": lambda k: f"<tr><td>{PLACES[k % 8]}</td><td>{k}</td></tr>",
    "meta tags": lambda k: f"<meta property='article:author' content='{NAMES[k % 8]} {k}'>",
    "entities": lambda _: "&amp;&eacute;&#x27;&quot; ",
    "comments": lambda k: f"<!-- {k} --><b>{k}</b>",
    "linked data": lambda k: (
        f'<script type=\'application/ld+json\'>{{"@type":"NewsArticle","headline":"{k}"}}</script>'
    ),
    "unclosed tags": lambda k: f"<b><i><font>{k} ",
}
TAIL = "\n\nThe ferry to Skerrow ran aground on Friday with 140 people aboard, the coastguard said. Nobody was hurt.\n"


def kinds() -> Iterator[tuple[str, Callable[[int], tuple[str, ...]]]]:
    """Yield the name of each kind and what makes a pair of its pages of a size."""
    for name, make in _LINES.items():
        yield name, lambda size, make=make: (_lines(make, size) + TAIL, _lines(make, size) + "\n" + _line(1) + TAIL)
    yield "sentences in another order", lambda size: (_lines(_line, size), _lines(lambda k: _line(size - k), size))
    yield "other sentences", lambda size: (_lines(_line, size), _lines(lambda k: _line(k, 7), size))
    yield (
        "one line of sentences",
        lambda size: (_lines(_line, size, join=" "), _lines(lambda k: _line(k // 2), size, join=" ")),
    )
    for name, unit in _RUNS.items():
        yield (
            f"run: {name}",
            lambda size, unit=unit: (unit * (size // len(unit)) + TAIL, unit * (size // len(unit)) + "." + TAIL),
        )
    for name, make in _MARKUP.items():
        yield (
            f"html: {name}",
            lambda size, make=make: tuple(
                f"<html><body>{_lines(make, size)}<p>{end}</p>" for end in (TAIL, TAIL + _line(1))
            ),
        )
    yield "pages", lambda size: tuple(f"{_line(1)}\n{_line(2)}\n{TAIL}" for _ in range(size // 250))


def seconds(pages: tuple[str, ...]) -> float:
    """Return the processor time of comparing the pages in a process of its own, LIMIT where it was stopped."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT))
        compared((TAIL * 2, TAIL + _line(1)))  # loads what is loaded once
        started = time.process_time()
        compared(pages)
        os.write(writing, str(time.process_time() - started).encode())
        os._exit(0)
    os.close(writing)
    said = os.read(reading, 40)
    os.close(reading)
    os.waitpid(child, 0)
    return float(said) if said else float(LIMIT)


def compared(pages: tuple[str, ...]) -> None:
    """Compare the pages as one event and write its record and its page."""
    import comparer
    from comparer.reporting.html import render_html

    markup = pages[0].startswith("<html>")
    read = [
        comparer.clean_html(page) if markup else comparer.read_text(page, outlet=f"Paper {n}")
        for n, page in enumerate(pages)
    ]
    comparison = comparer.compare(read, one_event=True)
    comparer.to_json(comparison)
    render_html(comparison)


def measure(make: Callable[[int], tuple[str, ...]]) -> tuple[int, list[float]]:
    """Return the size at 1x and the seconds at 1x, 2x and 4x."""
    size = SMALLEST
    first = seconds(make(size))
    while first < LEAST and size < LARGEST:
        size *= 2 if first > LEAST / 4 else 4
        first = seconds(make(size))
    second = seconds(make(2 * size)) if first < LIMIT else float(LIMIT)
    return size, [first, second, seconds(make(4 * size)) if second < LIMIT / 2 else float(LIMIT)]


def main(wanted: list[str]) -> int:
    """Print a line per kind, and return how many grow too fast."""
    import comparer.pipeline
    import comparer.reporting.html  # noqa: F401 - before the processes part

    wrong = 0
    for name, make in kinds():
        if wanted and not any(part in name for part in wanted):
            continue
        size, took = measure(make)
        ratios = [later / max(earlier, LEAST / 4) for earlier, later in pairwise(took)]
        bad = max(ratios) > MOST_RATIO or took[-1] >= LIMIT
        wrong += bad
        times = " ".join(f"{t:6.2f}" for t in took)
        print(
            f"{'BAD ' if bad else 'ok  '}{name:34} {size:7} characters {times} s   x {ratios[0]:.2f} x {ratios[1]:.2f}",
            flush=True,
        )
    print(f"{wrong} of the kinds grow too fast")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
