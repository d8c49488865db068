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
from dataclasses import dataclass
from functools import cached_property

from comparer.comparison.words import any_of
from comparer.model import Act, AnalysedArticle, Attribution, Claim, Places, Span
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
        said = [a for a in self.analysed.attributions_at.touching(span) if a.act is Act.SPEECH]
        if any(part.overlaps(span) for a in said for part in a.content if not _narrated(self._text, a)):
            return False
        if any(part.covers(span) for a in said for part in a.content):
            return True
        sentence = next((s.span for s in self.analysed.sentences_at.touching(span)), span)
        before = self._text[sentence.start : max(sentence.start, span.start)]
        return SAYS.search(before[before.rfind(";") + 1 :]) is None

    def quoted(self, span: Span) -> bool:
        """Tell whether the words stand, or may stand, in quotation marks."""
        return bool(self._quoted.touching(span))

    @property
    def _text(self) -> str:
        return self.analysed.article.text

    @cached_property
    def _quoted(self) -> Places[Span]:
        zones = (*(q.span for q in self.analysed.quotations), *quoted_zones(self._text))
        return Places(zones, where=lambda zone: zone)


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


def _opens(text: str, at: int) -> bool:
    if text[at] in "“«„":
        return True
    if text[at] in "”»":
        return False
    return at == 0 or text[at - 1] in OPENS_AFTER


def _narrated(text: str, said: Attribution) -> bool:
    """Tell whether an attribution only names what was announced or demanded, in the outlet's words."""
    return said.cue_lemma in NARRATING and all(NOUN_PHRASE.match(span.of(text)) for span in said.content)
