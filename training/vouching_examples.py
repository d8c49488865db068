"""Read what a reader of voices learns from: claims of PolNeAR's documents and of annotated events, with who vouches.

In: the folder of training files. Out: `Read`, an article's sentences as the lower half of the reader of pairs leaves
them, and `Claimed`, what is known of a claim in it. In PolNeAR every sentence is a claim, and so is what a source says
in it and what stands beside that; the kind of a source comes from our own rules, of beliefs and wishes none is taken.
"""

from __future__ import annotations

import itertools
import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from same_claim_data import rows_of
from vouching import NAMES, CellRead, further_cells, read_cells

from comparer.attribution.kinds import source_kind
from comparer.attribution.vouching import MOST
from comparer.attribution.words import verb_forms
from comparer.encoder import load_reader
from comparer.language.sentences import split_sentences
from comparer.model import Act, Block, BlockKind, SourceKind, Span

BACK, NEXT = 5, 1  # sentences back and ahead in which a source is looked for
DOCUMENTS = 330  # of PolNeAR that are read
FEWEST, CLAUSE = 5, 7  # word pieces of a claim, of one beside what a source says
SECOND = 0.4  # weight of a claim that does not hold the cue, beside one that does
HALF = 0.5  # weight of a clause of a sentence that is a claim already
CLAUSES = 0.4  # part of what sources say that is a claim by itself too
KINDS = {SourceKind(n): k for k, n in enumerate(NAMES) if n not in {"reportedly", "own_voice"}}
OWN, SOURCED = NAMES.index("own_voice"), -1
"""What a label says where nobody is cited, and where somebody is whose kind is not known."""
Place = tuple[int, int, int]  # sentence, first and last row among its word pieces
Marked = tuple[list[Span], list[Span], int | None, Place | None]  # content, frame, voucher, source


@dataclass
class Claimed:
    """Hold one claim: its sentence and rows there, who vouches and where he is printed; None where it is not known."""

    sentence: int
    rows: list[int]
    voucher: int | None
    source: Place | str | None  # "" where there is none
    focus: frozenset[int] = frozenset()  # rows that are meant, in a claim that holds others too
    weight: float = 1.0


@dataclass
class Read:
    """Hold one article: the states of each sentence, its pieces' spans and its claims."""

    states: list[torch.Tensor]
    pieces: list[list[Span]]
    claims: list[Claimed] = field(default_factory=list)

    def rows(self, sentence: int, parts: Sequence[Span]) -> list[int]:
        """Return the rows of the pieces that stand in some parts of a sentence."""
        return [k for k, own in enumerate(self.pieces[sentence], 1) if len(own) and any(p.covers(own) for p in parts)]


def polnear(folder: Path) -> Iterator[Read]:
    """Yield PolNeAR's training documents: as many as an hour of one core allowed, every second from the first."""
    pick = random.Random(0)  # noqa: S311  a choice, no secret
    for item in rows_of(folder, "train_attribution_polnear")[: 2 * DOCUMENTS : 2]:
        text: str = item["text"]
        spans = [s.span for s in split_sentences(text, [Block(Span(0, len(text)), BlockKind.CONTENT, 1.0, "")])]
        read = _read(text, spans)
        told = [_told(read, text, spans, marked) for marked in item["attributions"]]
        for k, pieces in enumerate(read.pieces):
            if len(pieces) >= FEWEST:
                read.claims += _of_sentence(read, k, told, pick)
        yield read


def _told(read: Read, text: str, spans: Sequence[Span], marked: dict[str, list[list[int]]]) -> Marked:
    parts = {name: [Span(*at) for at in marked[name]] for name in ("source", "cue", "content")}
    frame = [*parts["source"], *parts["cue"]]
    if not parts["source"]:
        return parts["content"], frame, None, None
    printed = Span(parts["source"][0].start, parts["source"][-1].end)
    kind = source_kind(printed.of(text))
    voucher: int | None = KINDS.get(kind, SOURCED)
    if kind is SourceKind.PRONOUN and printed.of(text).lower() in {"he", "she", "his", "her"}:
        voucher = KINDS[SourceKind.NAMED_PERSON]
    cue = re.findall(r"[^\W\d_]+", " ".join(p.of(text) for p in parts["cue"]).lower())
    acts = {r.act for word in cue if word in verb_forms() for r in verb_forms()[word].readings}
    if acts and Act.SPEECH not in acts:
        voucher = None
    at = next((k for k, s in enumerate(spans) if s.start <= printed.start < s.end), None)
    rows = read.rows(at, [printed]) if at is not None else []
    return parts["content"], frame, voucher, (at, rows[0], rows[-1]) if at is not None and rows else None


def _of_sentence(read: Read, k: int, told: Sequence[Marked], pick: random.Random) -> Iterator[Claimed]:
    """Yield the claims of a sentence: as a whole, what is meant of it, and clauses of it alone."""
    whole = list(range(1, len(read.pieces[k]) + 1))
    framed = {row for _, frame, _, _ in told for row in read.rows(k, frame)}
    held = [(rows, v, _near(source, k)) for content, _, v, source in told if (rows := read.rows(k, content))]
    free = [row for row in whole if row not in framed]
    outside = [row for row in free if not any(row in rows for rows, _, _ in held)]
    if not held:
        yield Claimed(k, whole, OWN, "")
        return
    most, voucher, source = max(held, key=lambda h: len(h[0]))
    if 2 * len(most) >= len(free):
        yield Claimed(k, whole, voucher, source)
    for rows, voucher, source in held:
        if len(rows) >= FEWEST:
            yield Claimed(k, whole, voucher, source, focus=frozenset(rows))
            if pick.random() < CLAUSES:
                yield Claimed(k, rows, voucher, source, weight=HALF)
    if len(outside) >= CLAUSE and len(most) < 0.8 * len(free):
        yield Claimed(k, whole, OWN, "", focus=frozenset(outside))
        if pick.random() < HALF:
            yield Claimed(k, outside, OWN, "", weight=HALF)


def _near(source: Place | None, k: int) -> Place | None:
    return source if source is not None and -BACK <= source[0] - k <= NEXT else None


def events(folder: Path, fold: Mapping[str, int], held: int) -> Iterator[Read]:
    """Yield the articles annotated as events or sentence by sentence, but those of the fold `held`."""
    articles: dict[str, Read] = {}
    cells = read_cells(folder, [event for event, own in fold.items() if own != held])
    for cell in itertools.chain(cells, further_cells(folder, fold, held=held, within=False)):
        own = cell.analysed
        if own.article.id not in articles:
            articles[own.article.id] = _read(own.article.text, [s.span for s in own.sentences])
        articles[own.article.id].claims += _of_cell(articles[own.article.id], cell)
    yield from articles.values()


def _of_cell(read: Read, cell: CellRead) -> list[Claimed]:
    text, found, cued = cell.analysed.article.text, [], []
    for heard in cell.heard:
        at = heard.claim.sentence
        rows = read.rows(at, [heard.claim.passage.span])
        if rows:
            source = _printed(read, cell, at) if cell.voucher in KINDS.values() else ""
            found.append(Claimed(at, rows, cell.voucher, source))
            cued.append(bool(cell.cue) and (cell.cue or "") in cell.analysed.sentences[at].span.of(text))
    for claimed, holds in zip(found, cued, strict=True):
        if len(found) > 1 and not holds:
            claimed.weight = (SECOND if any(cued) else 1.0) / math.sqrt(len(found))
    return found


def _printed(read: Read, cell: CellRead, at: int) -> Place | None:
    """Return where an annotated source, or its last word, is printed nearest to a sentence: by its cue, if there."""
    text = cell.analysed.article.text
    last = (re.findall(r"\w{4,}", cell.source or "") or [""])[-1]
    for form in (cell.source or "", last):
        for k in (*range(at, at - BACK - 1, -1), at + NEXT):
            if not form or not 0 <= k < len(read.pieces):
                continue
            span = cell.analysed.sentences[k].span
            printed = span.of(text)
            places = [Span(*m.span()) for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", printed)]
            cue = printed.find(cell.cue) if cell.cue else -1
            if cue >= 0:
                end = cue + len(cell.cue or "")
                places.sort(key=lambda p: -min(abs(p.end - cue), abs(p.start - end)))
            rows = read.rows(k, [places[-1].moved(span.start)]) if places else []
            if rows:
                return k, rows[0], rows[-1]
    return None


def _read(text: str, spans: Sequence[Span]) -> Read:
    reader = load_reader()
    encoded = reader.encoded([span.of(text) for span in spans])
    pieces = [[Span(*at).moved(s.start) for at in one.offsets[:MOST]] for s, one in zip(spans, encoded, strict=True)]
    return Read([torch.from_numpy(reader.read(one.ids[:MOST])[0]).half() for one in encoded], pieces)
