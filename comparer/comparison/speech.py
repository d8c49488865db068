"""Say whose words a claim is where its own sentence does not: a quotation that goes on keeps its speaker.

In: an analysed article and a span of it. Out: the attribution whose quotation the span belongs to, and whether it is a
quotation at all. Pages that print each sentence in a line of its own leave quotations open: the lines down to the
closing mark still belong to them. Fails where a page lost the closing mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comparer.model import Act, AnalysedArticle, Attribution, Claim, Quotation, Span

MARK = re.compile(r"[“”\"«»]")
CLOSES = re.compile(r"(?<=\S)[”\"»](?=$|[\s.,;:)—–-])")
REACH = 8  # sentences after an opening mark down to which a closing one is looked for
QUOTED = 0.5  # part of a claim in quotation marks from which it is its speaker's words


def spoken(claim: Claim) -> Attribution | None:
    """Return the attribution of a claim where it is one of speech."""
    found = claim.attribution
    return found if found is not None and found.act is Act.SPEECH else None


def speech_of(analysed: AnalysedArticle, claim: Claim) -> Attribution | None:
    """Return who is cited for a claim: in its own sentence, or by the quotation that goes on over it."""
    own = spoken(claim)
    if own is not None:
        return own
    quotation = quotation_over(analysed, claim.passage.span)
    return attribution_of(analysed, [quotation.content]) if quotation is not None else None


def quotation_over(analysed: AnalysedArticle, span: Span) -> Quotation | None:
    """Return the quotation that holds half of a span or more, or that an earlier sentence left open over it."""
    holding = max(analysed.quotations, key=lambda q: q.content.shared(span), default=None)
    if holding is not None and holding.content.shared(span) >= QUOTED * len(span):
        return holding
    return _left_open(analysed, span)


def attribution_of(analysed: AnalysedArticle, spans: Sequence[Span]) -> Attribution | None:
    """Return the attribution of speech that holds most of these spans (a quotation's), or None."""
    best: tuple[int, Attribution | None] = (0, None)
    for attribution in analysed.attributions:
        held = sum(content.shared(span) for content in attribution.content for span in spans)
        if attribution.act is Act.SPEECH and held > best[0]:
            best = (held, attribution)
    return best[1] if 2 * best[0] >= sum(len(span) for span in spans) else None


def _left_open(analysed: AnalysedArticle, span: Span) -> Quotation | None:
    """Return the open quotation of an earlier sentence, where no mark stands between and a closing one follows."""
    text = analysed.article.text
    at = next((k for k, s in enumerate(analysed.sentences) if s.span.overlaps(span)), None)
    if at is None or not _closed_later(analysed, at):
        return None
    for sentence in reversed(analysed.sentences[max(0, at - REACH) : at]):
        marks = list(MARK.finditer(text, sentence.span.start, sentence.span.end))
        if marks:
            inside = [q for q in analysed.quotations if sentence.span.overlaps(q.span) and len(q.content) > 1]
            signs = [m.group() for m in marks]
            unclosed = bool(inside) and not inside[-1].closed and inside[-1].span.start == marks[-1].start()
            return inside[-1] if inside and (unclosed or signs.count("“") > signs.count("”")) else None
    return None


def _closed_later(analysed: AnalysedArticle, at: int) -> bool:
    text = analysed.article.text
    for sentence in analysed.sentences[at : at + REACH]:
        mark = MARK.search(text, sentence.span.start, sentence.span.end)
        if mark is not None:
            return CLOSES.match(text, mark.start()) is not None
    return False
