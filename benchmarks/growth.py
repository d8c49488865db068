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
from collections.abc import Callable
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


Pages = Callable[[int], tuple[str, ...]]  # what makes pages of a kind, from a number of characters
TAIL = "\n\nThe ferry to Skerrow ran aground on Friday with 140 people aboard, the coastguard said. Nobody was hurt.\n"


def _of_lines(make: Callable[[int], str]) -> Pages:
    return lambda size: (_lines(make, size) + TAIL, _lines(make, size) + "\n" + _line(1) + TAIL)


def _of_run(unit: str) -> Pages:
    return lambda size: tuple(unit * (size // len(unit)) + end + TAIL for end in ("", "."))


def _of_markup(make: Callable[[int], str]) -> Pages:
    return lambda size: tuple(f"<html><body>{_lines(make, size)}<p>{e}</p>" for e in (TAIL, TAIL + _line(1)))


KINDS: dict[str, Pages] = {
    "one sentence": _of_lines(lambda _: "The ferry ran aground off Skerrow on Friday, the coastguard said."),
    "two sentences in turn": _of_lines(lambda k: _line(k % 2)),
    "eight sentences in turn": _of_lines(lambda k: _line(k % 8)),
    "sentences": _of_lines(_line),
    "sentences with another number": _of_lines(
        lambda k: f"The count in Arden reached {k * 7 % 9973} votes on Friday, Falk said."
    ),
    "results": _of_lines(
        lambda k: (
            f"{PLACES[k % 8]} {k}: {NAMES[k % 8]} {k * 37 % 9000} votes, {NAMES[(k + 3) % 8]} {k * 53 % 9000} votes"
        )
    ),
    "scores": _of_lines(lambda k: f"{PLACES[k % 8]} {k % 5} - {k % 3} {PLACES[(k + 1) % 8]}"),
    "table of points": _of_lines(lambda k: f"{PLACES[k % 8]}\t{k % 38}\t{k % 20}\t{k % 9}\t{k % 9}\t{k % 60}"),
    "prices": _of_lines(
        lambda k: f"{THINGS[k % 8].title()} shares fell {k % 9}.{k % 7} per cent to £{k % 900}.{k % 90:02}."
    ),
    "days": _of_lines(lambda k: f"It was {k % 28 + 1} {('May', 'June', 'July')[k % 3]} {1990 + k % 40}."),
    "clock times": _of_lines(lambda k: f"{k % 24:02}:{k % 60:02} Updated"),
    "names": _of_lines(lambda k: f"{NAMES[k % 8]}, {NAMES[(k * 3 + 1) % 8]}"),
    "initials": _of_lines(
        lambda k: f"Mr. J. R. R. {NAMES[k % 8]} Jr. of the U.S. and U.K. Dept. of St. {PLACES[k % 8]}"
    ),
    "one quotation": _of_lines(lambda _: '"We may have to wait," she said.'),
    "quotations": _of_lines(
        lambda k: f'"The {THINGS[k % 8]} will stay shut for {k} days," {NAMES[k % 8]} said on Monday.'
    ),
    "quotations without an end": _of_lines(lambda k: f'"The {THINGS[k % 8]} was {DEEDS[k % 7]}, he said {k}'),
    "quotations in quotations": _of_lines(lambda k: f"“She said ‘no “never” {k}’ to us,” said {NAMES[k % 8]}."),
    "apostrophes": _of_lines(lambda k: f"the '{k}s' driver's o' the '{THINGS[k % 8]}'"),
    "according to": _of_lines(
        lambda k: f"According to {NAMES[k % 8]}, according to officials, according to {PLACES[k % 8]} {k}."
    ),
    "not to be named": _of_lines(
        lambda k: f"Two officials, who asked not to be named, said {THINGS[k % 8]} {k} was sold."
    ),
    "said that said that": _of_lines(
        lambda k: f"{NAMES[k % 8]} said that {NAMES[(k + 1) % 8]} said that {PLACES[k % 8]} {k} said so."
    ),
    "hedges": _of_lines(lambda k: f"It could perhaps possibly maybe reportedly allegedly be the {THINGS[k % 8]} {k}."),
    "judging words": _of_lines(
        lambda k: f"A shocking, disgraceful, brutal, heroic {THINGS[k % 8]} {k} slammed the outrageous plan."
    ),
    "questions": _of_lines(lambda k: f"Why was the {THINGS[k % 8]} {k} {DEEDS[k % 8]}? Who knew?"),
    "headlines": _of_lines(lambda k: f"{THINGS[k % 8].title()} {DEEDS[k % 8].title()} In {PLACES[k % 8]} {k}\n"),
    "bylines": _of_lines(lambda k: f"By {NAMES[k % 8]}"),
    "menus": _of_lines(lambda k: f"{('News', 'Sport', 'Weather', 'Opinion', 'Subscribe')[k % 5]}"),
    "calls to subscribe": _of_lines(lambda k: f"Subscribe to our newsletter {k} for more award-winning stories."),
    "addresses": _of_lines(lambda k: f"https://www.skerrow.example/{k}/{THINGS[k % 8]}?id={k}"),
    "mail": _of_lines(lambda k: f"{NAMES[k % 8].replace(' ', '.')}{k}@skerrow.example"),
    "agency credits": _of_lines(
        lambda k: f"(Reuters) - {_line(k)} Reporting by {NAMES[k % 8]}; Editing by {NAMES[(k + 1) % 8]}"
    ),
    "headings": _of_lines(lambda k: f"## {THINGS[k % 8]} {k}"),
    "front matter": _of_lines(lambda k: f"---\ntitle: {k}\n---"),
    "blank lines": _of_lines(lambda _: "\n \t"),
    "rules": _of_lines(lambda _: "-" * 40),
    "numbers": _of_lines(lambda k: f"{k * 7919 % 100003}"),
    "numbers with units": _of_lines(lambda k: f"{k}m to {k + 3}m, {k} km, {k}%, ${k}bn, {k:,} people"),
    "sentences in another order": lambda size: (_lines(_line, size), _lines(lambda k: _line(size - k), size)),
    "other sentences": lambda size: (_lines(_line, size), _lines(lambda k: _line(k, 7), size)),
    "one line of sentences": lambda size: tuple(
        _lines(make, size, join=" ") for make in (_line, lambda k: _line(k // 2))
    ),
    "run: one word": _of_run("ferry "),
    "run: two words": _of_run("ferry bridge "),
    "run: one letter": _of_run("x"),
    "run: letters and blanks": _of_run("a "),
    "run: quotation marks": _of_run('"'),
    "run: curly quotation marks": _of_run("“"),
    "run: quotation marks and letters": _of_run('"a" '),
    "run: brackets": _of_run("(("),
    "run: commas": _of_run("one, "),
    "run: full stops": _of_run(". "),
    "run: abbreviations": _of_run("U.S. "),
    "run: and": _of_run("Brook and Falk and "),
    "run: hyphens": _of_run("well-"),
    "run: dashes": _of_run("one – two — "),
    "run: combining marks": _of_run("e\u0301\u0302\u0303"),
    "run: only combining marks": _of_run("\u0301"),
    "run: sentence": _of_run("The ferry ran aground off Skerrow. "),
    "run: emoji": _of_run("👩‍👩‍👧 "),
    "run: zero width": _of_run("\u200b\u200d"),
    "run: ideographs": _of_run("渡轮在斯克罗搁浅。"),
    "run: arabic": _of_run("أغلق المجلس الرصيف. "),
    "run: capitals": _of_run("FERRY AGROUND "),
    "run: digits": _of_run("1"),
    "run: ellipses": _of_run("… "),
    "run: line separators": _of_run("one\u2028"),
    "html: paragraphs": _of_markup(lambda k: f"<p>{_line(k)}</p>"),
    "html: deep nesting": _of_markup(lambda k: f"<div class='a{k}'>x{k}"),
    "html: attributes": _of_markup(lambda k: f"<p {' '.join(f'a{k}x{n}=1' for n in range(20))}>{k}</p>"),
    "html: links": _of_markup(lambda k: f"<a href='/{k}'>{THINGS[k % 8]} {k}</a> "),
    "html: cells": _of_markup(lambda k: f"<tr><td>{PLACES[k % 8]}</td><td>{k}</td></tr>"),
    "html: meta tags": _of_markup(lambda k: f"<meta property='article:author' content='{NAMES[k % 8]} {k}'>"),
    "html: entities": _of_markup(lambda _: "&amp;&eacute;&#x27;&quot; "),
    "html: comments": _of_markup(lambda k: f"<!-- {k} --><b>{k}</b>"),
    "html: linked data": _of_markup(
        lambda k: f'<script type=\'application/ld+json\'>{{"@type":"NewsArticle","headline":"{k}"}}</script>'
    ),
    "html: unclosed tags": _of_markup(lambda k: f"<b><i><font>{k} "),
    "pages": lambda size: (f"{_line(1)}\n{_line(2)}\n{TAIL}",) * (size // 250),
}


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


def measure(make: Pages) -> tuple[int, list[float]]:
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
    for name, make in KINDS.items():
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
