"""Draw the picture of docs/architecture.md: the stages, the value each hands on, and one sentence's walk through them.

    python docs/architecture.py

Writes docs/architecture.svg beside this file; `poe accept` runs it and a test says when that is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

WIDTH, TOP, HIGH, GAP = 1120, 84, 80, 34  # pixels: the picture, its heading, a stage and the arrow below it
BOX, WALK = (84, 376), (500, 590)  # left edge and width of the stages and of the walk beside them
INK, PALE, BLUE, ORANGE = "#1f2933", "#f5f7fa", "#1d5f9e", "#b45309"


class Stage(NamedTuple):
    """Hold one stage: its folder, its main entries, the value that goes out, a remark on it, and the walk beside it."""

    folder: str
    entries: tuple[str, ...]
    value: str
    remark: str
    walk: tuple[str, ...]


STAGES = (
    Stage(
        "reading/",
        ("formats: a row per format and its reader", "markup, text, metadata; a user's own files"),
        "RawPage",
        "",
        ("daybreak_now.txt as it was decoded, menus and all, with whatever", "its file, address or markup says of it"),
    ),
    Stage(
        "cleaning/",
        ("clean: a kind and a reason for every block", "article: title, day, bylines, agency"),
        "Article",
        "",
        (
            "“Turkey could take part in an international force …” is content,",
            "“Trending now” is dropped as related; printed on March 6, 2025",
        ),
    ),
    Stage(
        "language/",
        ("doc: what stands where, found when it is asked for", "sentences, words, names, figures, dates, quotations"),
        "Doc",
        "asked by the stages below",
        (
            "the sentence with its words and their stems, the name Turkey,",
            "a Wednesday, and an act that is only possible: “could take part”",
        ),
    ),
    Stage(
        "attribution/",
        ("attributions: source, cue, content, manner", "claims: sentences and clauses, and whose voice"),
        "AnalysedArticle",
        "",
        ("“an official at the country’s defence ministry” (anonymous) “said” it:", "a claim in the source’s voice"),
    ),
    Stage(
        "grouping/",
        ("clusters: which articles report one event",),
        "Group",
        "per event",
        (
            "one event with the Harbour Gazette, the Capital Lantern and",
            "the Ankara Observer; the pages on Kabul airport are another",
        ),
    ),
    Stage(
        "alignment/",
        (
            "links: which claims are one, by words and the reader (encoder.py)",
            "rows: one claim per row, one outlet per column",
        ),
        "Alignment, Reuse",
        "",
        (
            "one row: “could take part” here and in the Gazette, which have one",
            "origin; “will take part” in the Lantern; another wording in the Observer",
        ),
    ),
    Stage(
        "comparison/",
        ("view: the EventView, all that a finder may ask", "a folder per family of findings: find.py, rule.toml"),
        "Findings in a Comparison",
        "",
        (
            "certainty/find.py asks the EventView and reports M101:",
            "“could take part” (possible) / “will take part” (stated as coming)",
        ),
    ),
    Stage(
        "reporting/, exporting/",
        ("html: a page to read and to review", "json, csv, annotations: files to work with"),
        "",
        "",
        (
            "M101 in index.html, where each side opens the characters it rests on,",
            "and in comparison.json with the same passages",
        ),
    ),
)
SPANS = (("one article alone", 0, 3), ("all articles", 4, 4), ("one event", 5, 6))
"""What the stages see: a label, the first stage and the last."""


def picture() -> str:
    """Return the picture as SVG, the same for every run."""
    high = TOP + len(STAGES) * HIGH + (len(STAGES) - 1) * GAP + 96
    return "\n".join((*_opening(high), *_stages(), *_spans(), *_footing(high), "</svg>")) + "\n"


def _opening(high: int) -> Iterator[str]:
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high}" role="img" aria-labelledby="t d">'
    yield '<title id="t">The stages of comparer</title>'
    told = "; ".join(f"{stage.folder} hands on {stage.value or 'the report'}" for stage in STAGES)
    yield f'<desc id="d">{escape(told)}</desc>'
    yield "<style>text{font-family:system-ui,'DejaVu Sans',sans-serif;font-size:15px;fill:" + INK + "}</style>"
    yield '<defs><marker id="a" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    yield f'<path d="M0 0 10 5 0 10z" fill="{INK}"/></marker></defs>'
    yield f'<rect width="{WIDTH}" height="{high}" fill="white"/>'
    yield _text(BOX[0], 34, "A folder per stage, one way only", size=17, bold=True)
    yield _text(WALK[0], 34, "What each stage says of one sentence", size=17, bold=True)
    yield _text(BOX[0], 60, "files, folders, web addresses, standard input")
    yield _arrow(BOX[0] + 40, 66, TOP)


def _stages() -> Iterator[str]:
    for place, stage in enumerate(STAGES):
        y = TOP + place * (HIGH + GAP)
        yield _box(*BOX, y, BLUE, PALE)
        yield _text(BOX[0] + 14, y + 27, stage.folder, size=17, bold=True, fill=BLUE)
        for k, line in enumerate(stage.entries):
            yield _text(BOX[0] + 14, y + 49 + 18 * k, line, size=13)
        yield _box(*WALK, y, ORANGE, "#fffaf3")
        for k, line in enumerate(stage.walk):
            yield _text(WALK[0] + 14, y + 35 + 24 * k, line)
        yield f'<path d="M{sum(BOX)} {y + HIGH // 2}H{WALK[0]}" stroke="{ORANGE}" stroke-dasharray="3 4"/>'
        if stage.value:
            yield _arrow(BOX[0] + 40, y + HIGH, y + HIGH + GAP)
            yield _text(BOX[0] + 58, y + HIGH + 22, stage.value, bold=True)
            yield _text(sum(BOX), y + HIGH + 22, stage.remark, size=13, anchor="end")


def _spans() -> Iterator[str]:
    """Draw what the stages see as brackets on the left."""
    for label, first, last in SPANS:
        top, end = (TOP + k * (HIGH + GAP) for k in (first, last))
        middle = (top + end + HIGH) // 2
        yield f'<path d="M70 {top}H60V{end + HIGH}H70" fill="none" stroke="{INK}"/>'
        yield f'<text transform="translate(48 {middle}) rotate(-90)" text-anchor="middle">{label}</text>'


def _footing(high: int) -> Iterator[str]:
    lines = (
        "model/ holds these types, resources/ the word lists by language and the learned weights: for every stage.",
        "inputs.py composes reading and cleaning, pipeline.py the stages from language to comparison, outputs.py",
        "what is written; cli/ calls them and is the only place that prints.",
    )
    for k, line in enumerate(lines):
        yield _text(BOX[0], high - 62 + 22 * k, line)


def _box(x: int, width: int, y: int, line: str, fill: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{HIGH}" rx="6" fill="{fill}" stroke="{line}"/>'


def _text(
    x: int, y: int, text: str, *, size: int = 15, bold: bool = False, fill: str = INK, anchor: str = "start"
) -> str:
    weight = 600 if bold else 400
    style = f"font-size:{size}px;font-weight:{weight};fill:{fill}"
    return f'<text x="{x}" y="{y}" style="{style}" text-anchor="{anchor}">{escape(text)}</text>'


def _arrow(x: int, start: int, end: int) -> str:
    return f'<path d="M{x} {start}V{end - 1}" stroke="{INK}" stroke-width="1.6" marker-end="url(#a)"/>'


if __name__ == "__main__":
    (Path(__file__).parent / "architecture.svg").write_text(picture(), encoding="utf-8")
