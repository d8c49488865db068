"""Read our further annotations: events with rows, vouchers and differences; articles heard sentence by sentence.

In: the folder of the bench, whose group files hold the texts; `annotations.json.gz` beside this file, which holds no
word of them: sentences by number, words by their places, articles by name and digest. Out: events in the form of
compare_basil, and articles with who vouches for each of their sentences. An article whose text is not the one that was
annotated is an error. Judged as GUIDE-compare.md says, each event by one reader.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("annotations.json.gz")
GROUPS = ("group_basil", "group_ecb")
Places = Sequence[Sequence[int]]


def further_events(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield events as the files of the bench hold them: articles, rows, quotations, differences, solos and traps."""
    for event in _annotated()["events"]:
        outlets, articles, texts = [], [], []
        for told in event["articles"]:
            text, title = _text(folder, told["id"], told["digest"])
            sentences = [text[a:b] for a, b in told["sentences"]]
            outlets.append(told["outlet"])
            texts.append([title, *sentences])
            articles.append({"outlet": told["outlet"], "title": title, "date": None, "sentences": sentences})
            if told["paragraphs"]:
                articles[-1]["paragraphs"] = told["paragraphs"]

        def words(k: int, place: Sequence[int] | None, texts: list[list[str]] = texts) -> str | None:
            return texts[k][place[0]][place[1] : place[2]] if place else None

        def numbers(of: Sequence[int]) -> list[int | str]:
            return [n - 1 if n else "T" for n in of]

        rows, quotes = [], []
        for n, row in enumerate(event["rows"], start=1):
            cells = {outlets[k]: numbers(at) for k, at, *_ in row["cells"]}
            sourcing = {
                outlets[k]: {"rung": rung, "source": words(k, source), "cue": words(k, cue)}
                for k, _, rung, source, cue in row["cells"]
            }
            mentions = {outlets[k]: numbers(at) for k, at in row["mentions"]}
            rows.append({"id": f"r{n:02}", "cells": cells, "mentions": mentions, "sourcing": sourcing})
        for change, sides in event["quotes"]:
            quotes.append({"change": change, "outlets": {outlets[k]: {"sentence": numbers([n])[0]} for k, n in sides}})
        yield {
            "id": event["id"],
            "articles": articles,
            "rows": rows,
            "quotes": quotes,
            "differences": [
                {"family": family, "clear": clear, "outlets": {outlets[k]: words(k, place) for k, place in sides}}
                for family, clear, sides in event["differences"]
            ],
            "solo": [{"outlet": outlets[k], "sentences": numbers(at), "weight": w} for k, at, w in event["solo"]],
            "traps": [
                {"family": family, "outlets": {outlets[k]: words(k, place) for k, place in sides}}
                for family, sides in event["traps"]
            ],
        }


def heard_articles(folder: Path) -> Iterator[dict[str, Any]]:
    """Yield articles, each with its event, its text and labels: where a claim stands, its rung, source and cue."""
    for told in _annotated()["heard"]:
        text, title = _text(folder, told["id"], told["digest"])
        text = f"{title}\n\n{text}" if told["titled"] else text
        labels = [
            {
                "at": at,
                "rung": rung,
                **{n: text[p[0] : p[1]] if p else None for n, p in (("source", source), ("cue", cue))},
            }
            for at, rung, source, cue in told["labels"]
        ]
        yield {"id": told["id"], "event": told["event"], "text": text, "labels": labels}


@cache
def _annotated() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(FILE.read_bytes()))
    return found


def _text(folder: Path, name: str, digest: str) -> tuple[str, str]:
    """Return the text and the title of an article; raise ValueError where another one was annotated."""
    item = _articles(folder)[name]
    if digest_of(item["text"]) != digest:
        raise ValueError(f"{name}: is not the text that was annotated")
    return item["text"], item["title"]


@cache
def _articles(folder: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for name in GROUPS:
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found |= {item["id"]: item for item in map(json.loads, lines)}
    return found


def digest_of(text: str) -> str:
    """Return by what a text is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]
