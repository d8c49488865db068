"""Tell whose words a stretch of an article is: a source's, in a quotation that goes on, or surely the outlet's own.

In: an analysed article and a span of it. Out: the attribution whose quotation the span belongs to, whether it is a
quotation at all, and whether the outlet itself says it. Pages that print each sentence in a line of its own leave
quotations open: the lines down to the closing mark still belong to them. In doubt the words are not the outlet's:
inside a quotation whose marks were lost or stand in other paragraphs, or behind a verb of saying in the same sentence.
What is announced or demanded in a mere noun ("announced a reckless walkout") is the outlet's wording, for nobody
announces that. Fails where a page lost the closing mark, and on free indirect speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from comparer.comparison.words import any_of
from comparer.model import Act, AnalysedArticle, Attribution, Claim, Quotation, Span
from comparer.resources.loader import word_set

MARK = re.compile(r"[“”«»„\"]")
SAYS = any_of("before_reported_words", flags=re.NOFLAG)
"""Verbs behind which the rest of a sentence may be what somebody else says, even where no attribution was read."""
OPENS_AFTER = " \n\t([—–-"
LONGEST = 1500  # characters of a quotation over several paragraphs, after which a mark is taken to be lost
NARRATING = word_set("comparison_words", "narrating_verbs")
NOUN_PHRASE = re.compile(
    r"(?:an?|the|its|their|his|her|more|new)\s(?!.*\b(?:is|are|was|were|be|been|will|would|has|have|had|could|should|may"
    r"|might|must|can|that|which|who|to)\b)[^“”\"]{1,90}$",
    re.DOTALL,
)
"""A content that names a thing and states nothing: no verb in it that a list of the commonest would miss."""


@dataclass(frozen=True)
class Voices:
    """Hold one analysed article and answer for its spans."""

    analysed: AnalysedArticle

    def own(self, span: Span) -> bool:
        """Tell whether the outlet itself says these words."""
        if self.quoted(span):
            return False
        said = [a for a in self.analysed.attributions if a.act is Act.SPEECH]
        if any(part.overlaps(span) for a in said for part in a.content if not _narrated(self._text, a)):
            return False
        if any(part.covers(span) for a in said for part in a.content):
            return True
        sentence = next((s.span for s in self.analysed.sentences if s.span.overlaps(span)), span)
        before = self._text[sentence.start : max(sentence.start, span.start)]
        return SAYS.search(before[before.rfind(";") + 1 :]) is None

    def quoted(self, span: Span) -> bool:
        """Tell whether the words stand, or may stand, in quotation marks."""
        return any(zone.overlaps(span) for zone in self._quoted)

    @property
    def _text(self) -> str:
        return self.analysed.article.text

    @cached_property
    def _quoted(self) -> tuple[Span, ...]:
        return (*(q.span for q in self.analysed.quotations), *quoted_zones(self._text))


ANY_MARK = re.compile(r"[“”\"«»]")
CLOSES = re.compile(r"(?<=\S)[”\"»](?=$|[\s.,;:)—–-])")
REACH = 8  # sentences after an opening mark down to which a closing one is looked for
MOSTLY_QUOTED = 0.5  # part of a claim in quotation marks from which it is its speaker's words


def quoted_zones(text: str) -> tuple[Span, ...]:
    r"""Return what stands between an opening mark and the next closing one, or before a lone closing one.

    >>> page = "“He has gone soft.\n\nIt is a disgrace.”\n\nThe ferry sailed."
    >>> [zone.of(page) for zone in quoted_zones(page)]
    ['“He has gone soft.\n\nIt is a disgrace.”']
    """
    zones: list[Span] = []
    opened: int | None = None
    for mark in MARK.finditer(text):
        at = mark.start()
        if _opens(text, at):
            if opened is None or at - opened > LONGEST:
                opened = at
        else:
            start = opened if opened is not None and at - opened <= LONGEST else text.rfind("\n", 0, at) + 1
            zones.append(Span(start, at + 1))
            opened = None
    return tuple(zones)


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
    if holding is not None and holding.content.shared(span) >= MOSTLY_QUOTED * len(span):
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


def _opens(text: str, at: int) -> bool:
    if text[at] in "“«„":
        return True
    if text[at] in "”»":
        return False
    return at == 0 or text[at - 1] in OPENS_AFTER


def _narrated(text: str, said: Attribution) -> bool:
    """Tell whether an attribution only names what was announced or demanded, in the outlet's words."""
    return said.cue_lemma in NARRATING and all(NOUN_PHRASE.match(span.of(text)) for span in said.content)


def _left_open(analysed: AnalysedArticle, span: Span) -> Quotation | None:
    """Return the open quotation of an earlier sentence, where no mark stands between and a closing one follows."""
    text = analysed.article.text
    at = next((k for k, s in enumerate(analysed.sentences) if s.span.overlaps(span)), None)
    if at is None or not _closed_later(analysed, at):
        return None
    for sentence in reversed(analysed.sentences[max(0, at - REACH) : at]):
        marks = list(ANY_MARK.finditer(text, sentence.span.start, sentence.span.end))
        if marks:
            inside = [q for q in analysed.quotations if sentence.span.overlaps(q.span) and len(q.content) > 1]
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
