"""Make saved articles for measures of scale from real reports: dates shifted, names and many words exchanged.

    python benchmarks/corpus_texts.py COUNT FILE.jsonl [--days N] [--outlets N] [--words N]

A file of JSON Lines with outlet, url, published, title and text. An event of a real report (COMPARER_DATA, or `shared`
beside the repository; without it the pages in `articles/`) is told anew under other names and on another day, so that
two tellings of one report share sentence structure and common words alone. Of each event the first outlets tell the
real reports, the further ones parts of them in another order: one in two of those is a shortened copy. What is made
belongs to the reports' publishers as they do, and is never committed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import json
import os
import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("COMPARER_DATA") or ROOT.parent / "shared")
SYLLABLES = "ka ven tor mi sel dra no pil hav es lun go bre tam ri osk fa yel zu dim".split()
FIRST_DAY = dt.date(2025, 1, 6)
_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_WORD = re.compile(r"\b[a-z]{6,}\b")
_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_LEAST = 12  # sentences of a report that is told anew


@cache
def stories() -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """Return real events, each as its reports: a title and the sentences under it."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for name in ("group_basil", "group_ecb"):
        file = DATA / "bench" / "dev" / f"{name}.jsonl.gz"
        rows = map(json.loads, gzip.decompress(file.read_bytes()).splitlines()) if file.is_file() else _samples()
        for row in rows:
            sentences = tuple(s for s in _SENTENCE.split(row["text"]) if len(s.split()) > 3)
            if len(sentences) >= _LEAST:
                found.setdefault(f"{name} {row['event']}", []).append((row["title"], sentences))
    return tuple(tuple(reports) for reports in found.values() if len(reports) > 1)


def _samples() -> Iterator[dict[str, str]]:
    for file in sorted((ROOT / "articles").rglob("*.txt")):
        title, _, text = file.read_text(encoding="utf-8").partition("\n")
        yield {"event": file.parent.name, "title": title, "text": text}


@cache
def _vocabulary() -> tuple[str, ...]:
    return tuple(sorted({w for story in stories() for _, told in story for s in told for w in _WORD.findall(s)}))


def made(count: int, *, days: int = 90, outlets: int = 5, words: int = 620, seed: int = 7) -> Iterator[dict[str, str]]:
    """Yield so many articles, an event's behind each other; equal arguments give equal articles."""
    for number in range(-(-count // outlets)):
        draw = random.Random(f"{seed} {number}")  # noqa: S311 - made-up prose, no secret
        story = stories()[number % len(stories())]
        first = FIRST_DAY + dt.timedelta(days=number * days * outlets // count)
        event = list(_told(story, draw, outlets, words))[: count - number * outlets]
        for outlet, (title, text) in enumerate(event):
            yield {
                "outlet": f"Outlet {outlet + 1}",
                "url": f"https://outlet{outlet + 1}.example/{number}",
                "published": (first + dt.timedelta(days=draw.choice((0, 0, 0, 1)))).isoformat(),
                "title": title,
                "text": text,
            }


def _told(
    story: tuple[tuple[str, tuple[str, ...]], ...], draw: random.Random, outlets: int, words: int
) -> Iterator[tuple[str, str]]:
    names: dict[str, str] = {}
    others: dict[str, str] = {}

    def name(found: re.Match[str]) -> str:
        if found[0] not in names:
            names[found[0]] = "".join(draw.choices(SYLLABLES, k=3)).capitalize()
        return names[found[0]]

    def word(found: re.Match[str]) -> str:
        if found[0] not in others:
            others[found[0]] = draw.choice(_vocabulary()) if draw.random() < 0.5 else found[0]
        return others[found[0]]

    for number in range(outlets):
        title, sentences = story[number % len(story)]
        told = list(sentences)
        if number >= len(story):
            if number % 2:
                draw.shuffle(told)
            told = told[: max(_LEAST, len(told) * 2 // 3)]
        text = "\n\n".join(_filled(told, [s for _, other in story for s in other], words))
        yield _WORD.sub(word, _NAME.sub(name, title)), _WORD.sub(word, _NAME.sub(name, text))


def _filled(told: list[str], further: list[str], words: int) -> Iterator[str]:
    """Yield sentences up to so many words, from other reports of the event where a report is shorter."""
    left = words
    for sentence in dict.fromkeys([*told, *further]):
        if left <= 0:
            return
        yield sentence
        left -= len(sentence.split())


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    for name, usual in (("--days", 90), ("--outlets", 5), ("--words", 620)):
        parser.add_argument(name, type=int, default=usual)
    said = parser.parse_args()
    with said.file.open("w", encoding="utf-8") as file:
        for row in made(said.count, days=said.days, outlets=said.outlets, words=said.words):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
