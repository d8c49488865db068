"""Build the comparisons that the tests of the report render: sample pages, a hostile page, a lone one, a redaction."""

from __future__ import annotations

import dataclasses
import random
from functools import cache

import support

import comparer
from comparer.model import Article, Comparison, Config, RowId
from comparer.reporting.html import IndexLine

HOSTILE_OUTLET = 'Quay <script>alert("outlet")</script> "onload=x" News'
HOSTILE_TITLE = "Harbour </title><img src=x onerror=alert(1)> closes\u202e early"
HOSTILE_BODY = (
    "Harbour closes early\n\n"
    "The harbour board closed the ferry quay on Friday after 14 crates fell from a crane, its chair Ada Brook said.\n\n"
    '"We will <b>not</b> reopen </script><script>alert(2)</script> before Monday," Brook said.\n\n'
    "A spokesman\x00 wrote ${{7*7}} {{ config }} {% raw %} on the notice \u2066at the gate\u2069.\n"
)
PLAIN_BODY = (
    "Quay shut after crane accident\n\n"
    "The harbour board shut the ferry quay on Friday after 12 crates fell from a crane, its chair Ada Brook said.\n\n"
    '"We may not reopen before Monday," Brook said.\n'
)
ARABIC_BODY = (
    "أغلق مجلس الميناء رصيف العبّارات يوم الجمعة.\n\nوقالت رئيسة المجلس إن الرصيف سيبقى مغلقا حتى يوم الاثنين.\n"
)


@cache
def sample() -> Comparison:
    """Compare all sample pages: several events in one report."""
    return support.whole()


@cache
def one_event() -> Comparison:
    """Compare the four pages of one event."""
    return comparer.compare([support.article(file) for file in support.files_of("ukraine-force")], one_event=True)


@cache
def redacted() -> Comparison:
    """Return the same run with texts left out."""
    return dataclasses.replace(one_event(), config=Config(redact=True))


@cache
def hostile() -> Comparison:
    """Compare a page whose every field carries markup and control characters with a plain one."""
    attacker = dataclasses.replace(
        comparer.read_text(HOSTILE_BODY, outlet=HOSTILE_OUTLET, published="2026-03-06"),
        title=HOSTILE_TITLE,
        url="javascript:alert(3)//\u202e",
        path="<svg onload=alert(4)>.txt",
        bylines=("</style><script>alert(5)</script>",),
    )
    plain = comparer.read_text(PLAIN_BODY, outlet="Tidewater Post", published="2026-03-06")
    arabic = comparer.read_text(ARABIC_BODY, outlet="بريد الميناء", published="2026-03-06")
    return comparer.compare([attacker, plain, arabic], one_event=True)


@cache
def lone() -> Comparison:
    """Compare one article: nothing to lay beside it."""
    return comparer.compare([comparer.read_text(PLAIN_BODY, outlet="Tidewater Post", published="2026-03-06")])


@cache
def many(number: int = 9) -> Comparison:
    """Compare one text in many outlets, each of which changes a word."""
    return comparer.compare([_copy(k) for k in range(number)], one_event=True)


def _copy(k: int) -> Article:
    return comparer.read_text(PLAIN_BODY.replace("12", str(12 + k % 2)), outlet=f"Paper {'ABCDEFGHIJKLMN'[k]}")


@cache
def long() -> Comparison:
    """Return a comparison with more rows than a matrix shows at once: one claim of a sample, many times over."""
    comparison = many(2)
    event = comparison.events[0]
    row = event.alignment.rows[-1]
    extra = tuple(dataclasses.replace(row, id=RowId(f"extra{n}")) for n in range(30))
    alignment = dataclasses.replace(event.alignment, rows=event.alignment.rows + extra)
    names = event.row_names + tuple(f"the ferry quay, crane {n}" for n in range(30))
    return dataclasses.replace(comparison, events=(dataclasses.replace(event, alignment=alignment, row_names=names),))


@cache
def reordered() -> Comparison:
    """Return a comparison in which one reading of an utterance prints its last part first."""
    comparison = one_event()
    event = comparison.events[0]
    said = event.utterances[0]
    spans = said.readings[0].columns
    turned = dataclasses.replace(said.readings[0], columns=(*spans[1:], spans[0]))
    said = dataclasses.replace(said, readings=(turned, *said.readings[1:]))
    return dataclasses.replace(
        comparison, events=(dataclasses.replace(event, utterances=(said, *event.utterances[1:])),)
    )


@cache
def twelve() -> Comparison:
    """Compare twelve texts of one event: the sample pages with other lines left out in each."""
    pages = [support.article(file).text.splitlines() for file in support.files_of("ukraine-force")]
    texts = ["\n".join(p for n, p in enumerate(pages[k % 4]) if n == 0 or (n + k) % (4 + k // 4)) for k in range(12)]
    return comparer.compare(
        [comparer.read_text(text, outlet=f"{'ABCDEFGHIJKL'[k]} Post") for k, text in enumerate(texts)], one_event=True
    )


@cache
def five_long() -> Comparison:
    """Compare five articles of some 900 words, each made of several sample pages, so that most rows are shared."""
    force = [support.article(file) for file in support.files_of("ukraine-force")]
    airport = [support.article(file) for file in support.files_of("kabul-airport")]
    mines = support.article(support.files_of("black-sea-mines")[0])
    pages = [
        f"{force[k % len(force)].text}\n\n{airport[k % len(airport)].main_text}\n\n{mines.main_text}" for k in range(5)
    ]
    return comparer.compare(
        [comparer.read_text(page, outlet=f"{name} Post") for page, name in zip(pages, "ABCDE", strict=True)],
        one_event=True,
    )


TOWNS = ("Skerrow", "Tavenport", "Ærø", "Malmö", "Ünye", "بحري", "Łódź", "Elm <b>Quay</b>")
THINGS = ("ferry aground", "bridge closed", "pier burnt", "strike ends", "mayor resigns", "flood warning", "oil found")


def index_line(k: int) -> IndexLine:
    """Return one line of a list of invented events; equal numbers give equal lines."""
    chance = random.Random(k)  # noqa: S311 - play, no secret
    outlets = tuple(f"Paper {chance.randrange(40)}" for _ in range(chance.choice((1, 1, 1, 2, 3, 5, 12))))
    facts = chance.choice((0, 0, 0, 1, 2)) if len(outlets) > 1 else 0
    month, day = chance.randrange(1, 13), chance.randrange(1, 29)
    return IndexLine(
        href=f"events/e{k:010x}.html",
        title=f"{TOWNS[k % len(TOWNS)]} {THINGS[k % len(THINGS)]} {k}",
        dates=f"{day} month {month}, 2026" if k % 50 else "no date of publication known",
        first=f"2026-{month:02}-{day:02}" if k % 50 else "",
        outlets=outlets,
        origins=max(1, len(outlets) - 1),
        claims=chance.randrange(20) if len(outlets) > 1 else 0,
        conflicts=facts,
        differences=facts + chance.randrange(9) if len(outlets) > 1 else 0,
        families=(("F", facts), ("W", 3)) if facts else (("W", 3),),
    )
