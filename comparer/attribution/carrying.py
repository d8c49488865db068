"""Tell who goes on speaking: in a quotation that an earlier sentence opened, or as the last who was cited before.

In: an analysed article and a span or claim of it. Out: the quotation over it, the attribution that holds its words, the
attribution that it carries on from. Pages that print each sentence in a line of its own leave quotations open: the
lines down to the closing mark still belong to them. Fails where a page lost the closing mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from comparer.model import Act, AnalysedArticle, Attribution, Claim, Quotation, SourceKind, Span

ANY_MARK = re.compile(r"[“”\"«»]")
CLOSES = re.compile(r"(?<=\S)[”\"»](?=$|[\s.,;:)—–-])")
REACH = 8  # sentences after an opening mark down to which a closing one is looked for
MOSTLY_QUOTED = 0.5  # part of a claim in quotation marks from which it is its speaker's words
CARRIED = 3  # sentences back to the last attribution that a claim may carry on


def quotation_over(analysed: AnalysedArticle, span: Span) -> Quotation | None:
    """Return the quotation that holds half of a span or more, or that an earlier sentence left open over it."""
    holding = max(analysed.quotations_at.touching(span), key=lambda q: q.content.shared(span), default=None)
    if holding is not None and holding.content.shared(span) >= MOSTLY_QUOTED * len(span):
        return holding
    return _left_open(analysed, span)


def attribution_of(analysed: AnalysedArticle, spans: Sequence[Span]) -> Attribution | None:
    """Return the attribution of speech that holds most of these spans (a quotation's), or None."""
    best: tuple[int, Attribution | None] = (0, None)
    reach = Span(min((s.start for s in spans), default=0), max((s.end for s in spans), default=0))
    for attribution in analysed.attributions_at.touching(reach):
        held = sum(content.shared(span) for content in attribution.content for span in spans)
        if attribution.act is Act.SPEECH and held > best[0]:
            best = (held, attribution)
    return best[1] if 2 * best[0] >= sum(len(span) for span in spans) else None


def carried_from(analysed: AnalysedArticle, claim: Claim) -> Attribution | None:
    """Return whose words a claim without an attribution of its own goes on with, or None where nobody is near.

    That is the speaker of the quotation over it, or else the last one cited in the sentences before.
    """
    quotation = quotation_over(analysed, claim.passage.span)
    said = attribution_of(analysed, [quotation.content]) if quotation is not None else None
    if said is not None:
        return said
    start = analysed.sentences[claim.sentence].span.start
    near = Span(analysed.sentences[max(0, claim.sentence - CARRIED)].span.start, start)
    before = [
        a
        for a in analysed.attributions_at.touching(near)
        if a.act is Act.SPEECH and a.extent.end <= start and a.resolved_kind is not SourceKind.OTHER
    ]
    return max(before, key=lambda a: a.extent.end, default=None)


def _left_open(analysed: AnalysedArticle, span: Span) -> Quotation | None:
    """Return the open quotation of an earlier sentence, where no mark stands between and a closing one follows."""
    text = analysed.article.text
    at = next((s.index for s in analysed.sentences_at.touching(span)), None)
    if at is None or not _closed_later(analysed, at):
        return None
    for sentence in reversed(analysed.sentences[max(0, at - REACH) : at]):
        marks = list(ANY_MARK.finditer(text, sentence.span.start, sentence.span.end))
        if marks:
            inside = [q for q in analysed.quotations_at.touching(sentence.span) if len(q.content) > 1]
            signs = [m.group() for m in marks]
            unclosed = bool(inside) and not inside[-1].closed and inside[-1].span.start == marks[-1].start()
            return inside[-1] if inside and (unclosed or signs.count("“") > signs.count("”")) else None
    return None


def _closed_later(analysed: AnalysedArticle, at: int) -> bool:
    text = analysed.article.text
    for sentence in analysed.sentences[at : at + REACH]:
        mark = ANY_MARK.search(text, sentence.span.start, sentence.span.end)
        if mark is not None:
            return CLOSES.match(text, mark.start()) is not None
    return False
