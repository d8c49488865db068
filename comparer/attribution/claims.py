"""Split sentences into claims: the clauses that say something of their own, with whose words they are.

In: an article, its reading and who says what in it. Out: `Claim`s in page order, never overlapping, each inside
one sentence, trimmed; after them those that a line set aside as a copy prints again. A quotation and its frame stay
together, a clause of fewer than five words never stands alone, and a subheading or an address alone makes no claim.
Fails on coordinations whose second half repeats no subject; they stay one claim.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from comparer.attribution.attributions import Attributed
from comparer.attribution.phrases import has_finite, verbish
from comparer.attribution.told import states
from comparer.attribution.units import Piece
from comparer.attribution.words import AUX, DETERMINERS, PREPOSITIONS, verb_forms
from comparer.language.doc import Doc
from comparer.model import Act, Article, Attribution, BlockKind, Claim, Passage, Places, Span, Voice, claim_id
from comparer.resources.loader import word_set

FEWEST_WORDS = 5  # a clause with fewer rarely holds a fact of its own
_WORD = re.compile(r"[^\W_]+(?:[-'’.&][^\W_]+)*")
_OPEN_NO_CLAUSE = word_set("attribution_phrases", "no_subjects") | PREPOSITIONS | AUX
_CONNECTIVES = word_set("function_words", "clause_connectives")
_TAIL = re.compile(r",\s+((?:as|after|before|while|although|though|hours|days|weeks)\s)")
_EDGE = " \t\r\n,;—–"
_ADDRESS = re.compile(r"\S+://\S+")


def find_claims(article: Article, doc: Doc, said: Attributed) -> tuple[Claim, ...]:
    """Return the article's claims in page order; empty where no sentence is kept.

    `voice` is SOURCE where most of the claim's words, source and cue set aside, lie in the content of speech.
    """
    text = article.text
    stated = {id(a) for a in said.attributions if a.act is Act.SPEECH and states(text, a)}
    placed = Places(said.attributions, where=lambda a: a.extent)
    pieces = [p for unit in said.units for p in unit.pieces]
    starts = [p.start for p in pieces]
    found: list[Claim] = []
    for sentence in doc.sentences:
        kind, span = article.blocks[sentence.block].kind, sentence.span
        if kind is BlockKind.SUBHEADING or _ADDRESS.fullmatch(text, span.start, span.end):
            continue
        attributions = placed.touching(span)
        near = [a for a in attributions if id(a) in stated]
        mentioned = [a for a in attributions if id(a) not in stated]
        here = pieces[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        for part in (span,) if kind is BlockKind.TITLE else _clauses(text, span, here, near):
            voice, attribution = _voice(text, part, near, mentioned)
            number = claim_id(article.id, len(found))
            found.append(Claim(number, Passage(article.id, part), sentence.index, voice, attribution))
    return (*found, *_repeated(article, doc, found))


def _repeated(article: Article, doc: Doc, found: Sequence[Claim]) -> Iterator[Claim]:
    """Yield the claims of kept lines once more where a line set aside as a copy prints the same words."""
    copies = [block.span for block in article.blocks if block.kind is BlockKind.DUPLICATE]
    if not copies:
        return
    held: dict[int, list[Claim]] = {}
    for claim in found:
        held.setdefault(doc.sentences[claim.sentence].block, []).append(claim)
    kept = {_forms(doc, article.blocks[at].span): (article.blocks[at].span, own) for at, own in held.items()}
    number = len(found)
    for copy in copies:
        home, claims = kept.get(_forms(doc, copy), (copy, []))
        at = {token.span.start: n for n, token in enumerate(doc.words(home))}
        for claim in claims:
            own = doc.words(claim.passage.span)
            first = at.get(own[0].span.start) if own else None
            if first is None:
                continue
            printed = doc.words(copy)[first : first + len(own)]
            alone = len(own) == len(at)  # a claim that fills its line keeps its marks
            place = _trimmed(article.text, copy) if alone else Span(printed[0].span.start, printed[-1].span.end)
            yield replace(claim, id=claim_id(article.id, number), passage=Passage(article.id, place), repeats=claim.id)
            number += 1


def _forms(doc: Doc, span: Span) -> tuple[str, ...]:
    return tuple(token.form for token in doc.words(span))


def _clauses(
    text: str, sentence: Span, pieces: Sequence[Piece], attributions: Sequence[Attribution]
) -> tuple[Span, ...]:
    """Return the clauses of one sentence that can stand alone, or the sentence itself.

    >>> from comparer.attribution.units import scan
    >>> text = "The council approved the budget; the opposition walked out before the vote."
    >>> [c.of(text) for c in _clauses(text, Span(0, len(text)), scan(text, ())[0].pieces, ())]
    ['The council approved the budget', 'the opposition walked out before the vote.']
    """
    inside = [p for p in pieces if p.end <= sentence.end]  # a quotation may run over several sentences
    cuts = [sentence.start]
    cues = {a.cue.start for a in attributions if a.cue is not None}
    sources = {a.source.start for a in attributions if a.source is not None}
    tails = {tail for a in attributions if (tail := _tail(text, sentence, a)) is not None}
    for cut in sorted({*_cuts(inside, cues, sources), *tails}):
        left, right = Span(cuts[-1], cut), Span(cut, sentence.end)
        long = min(_words(text, left), _words(text, right)) >= FEWEST_WORDS
        if long and (cut in tails or not _parts_frame(left, right, attributions)):
            cuts.append(cut)
    ends = [*cuts[1:], sentence.end]
    return tuple(_trimmed(text, Span(a, b)) for a, b in zip(cuts, ends, strict=True))


def _tail(text: str, sentence: Span, said: Attribution) -> int | None:
    """Return where a sentence goes on in the outlet's voice after "…, the ministry said on Monday, as …", or None."""
    if said.cue is None or said.source is None or said.content[-1].end > min(said.cue.start, said.source.start):
        return None
    frame = max(said.cue.end, said.source.end)
    found = _TAIL.search(text, frame, sentence.end)
    return found.start(1) if found and sentence.covers(said.extent) else None


def _cuts(pieces: Sequence[Piece], cues: set[int], sources: set[int]) -> Iterator[int]:
    """Yield where a new clause may start."""
    for at in range(2, len(pieces) - 3):
        low = pieces[at].low
        if low == ";":
            cuts = has_finite(pieces, at + 1, len(pieces)) and has_finite(pieces, 0, at)
        elif low == "," and pieces[at + 1].low in _CONNECTIVES:
            starts = pieces[at + 2].start in sources or _clause_starts(pieces, at + 2)
            cuts = starts and _closes_clause(pieces, at)
        else:
            cuts = low == "," and pieces[at + 1].low == "adding" and pieces[at + 1].start in cues
        if cuts:
            yield pieces[at + 1].start


def _closes_clause(pieces: Sequence[Piece], comma: int) -> bool:
    """Tell whether a clause ends at this comma, not a member of a list or an apposition."""
    before = next((k for k in range(comma - 1, -1, -1) if pieces[k].low == ","), -1)
    inner = has_finite(pieces, before + 1, comma) or pieces[before + 1].low in PREPOSITIONS
    return has_finite(pieces, 0, comma) and inner


def _clause_starts(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a subject and its finite verb start here: ", while the union | has rejected"."""
    first = pieces[at]
    if first.low in _OPEN_NO_CLAUSE or first.low.endswith("ing") or first.quotation is not None:
        return False
    for k in range(at + 1, min(at + 12, len(pieces))):
        low = pieces[k].low
        if low in {",", ";", ".", ":"}:
            return False
        listed = low in verb_forms() and not pieces[k].capital and pieces[k - 1].low not in DETERMINERS | PREPOSITIONS
        if listed or verbish(pieces, k):
            return True
    return False


def _parts_frame(left: Span, right: Span, attributions: Sequence[Attribution]) -> bool:
    """Tell whether a cut would leave a quotation on one side and its only frame on the other."""
    for a in attributions:
        if a.source is None or a.cue is None:
            continue
        frame = Span(min(a.source.start, a.cue.start), max(a.source.end, a.cue.end))
        behind = [part.start >= right.start for part in a.content]
        parted = frame.overlaps(left) and frame.overlaps(right) and not right.covers(a.cue)
        if parted or (not any(behind) and right.covers(frame)) or (all(behind) and left.covers(a.cue)):
            return True
    return False


def _words(text: str, span: Span) -> int:
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _trimmed(text: str, span: Span) -> Span:
    printed = span.of(text)
    start = span.start + len(printed) - len(printed.lstrip(_EDGE))
    return Span(start, max(start, span.start + len(printed.rstrip(_EDGE))))


def _voice(
    text: str, claim: Span, attributions: Sequence[Attribution], mentioned: Sequence[Attribution]
) -> tuple[Voice, Attribution | None]:
    frames = [s for a in (*attributions, *mentioned) for s in (a.source, a.cue) if s is not None and s.overlaps(claim)]
    frames += [c for a in mentioned if a.act is Act.SPEECH for c in a.content]
    contents = [(c, a) for a in attributions for c in a.content if c.overlaps(claim)]
    own = said = 0
    counts = [0] * len(contents)
    for word in (Span(*match.span()) for match in _WORD.finditer(text, claim.start, claim.end)):
        holders = [k for k, (content, _) in enumerate(contents) if content.covers(word)]
        for k in holders:
            counts[k] += 1
        said += bool(holders)
        own += not holders and not any(frame.covers(word) for frame in frames)
    leads = any(c.start <= claim.start for c, _ in contents) and said * 5 >= own * 4
    if not said or (said <= own and not leads):
        return Voice.OUTLET, None
    return Voice.SOURCE, contents[counts.index(max(counts))][1]
