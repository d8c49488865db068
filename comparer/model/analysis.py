"""What is read in one article alone: sentences, quotations, who says what, claims and marked wording."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from comparer.model.article import Article
from comparer.model.text import ArticleId, Passage, Places, Rounded, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """Hold one sentence of a kept block; `block` is the index in `Article.blocks`."""

    index: int
    span: Span
    block: int


@dataclass(frozen=True, slots=True)
class Token:
    """Hold one word, number or mark; `form` is its normalised form, the span its printed one."""

    span: Span
    form: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Hold one quotation: `span` with its marks, `content` without; `closed` is False where no mark ends it."""

    span: Span
    content: Span
    closed: bool


class Manner(StrEnum):
    """Say how words are passed on: in quotation marks, retold, or partly each."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Act(StrEnum):
    """Say what is ascribed: something said, something believed, or something wanted. The ladder takes speech only."""

    SPEECH = "speech"
    THOUGHT = "thought"
    INTENTION = "intention"


class SourceKind(StrEnum):
    """Say what sort of source is cited."""

    NAMED_PERSON = "named_person"
    ROLE = "role"
    ANONYMOUS = "anonymous"
    ORGANISATION = "organisation"
    MEDIA = "media"
    DOCUMENT = "document"
    GROUP = "group"
    PRONOUN = "pronoun"
    OTHER = "other"


class CueStance(StrEnum):
    """Say what the reporting verb adds to what it reports."""

    NEUTRAL = "neutral"
    FACTIVE = "factive"
    DOUBTFUL = "doubtful"
    EMOTIVE = "emotive"
    THINKING = "thinking"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ChainLink:
    """Hold one station a statement passed through, such as the agency in "AFP reported, citing a spokesman"."""

    span: Span
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Attribution:
    """Hold one statement ascribed to a source. Spans are into the text that was analysed.

    `content` may be discontinuous, in page order, and is never empty. `source_kind` is the surface form (a pronoun is
    "pronoun"), `resolved_kind` what it stands for, `resolved_source` the antecedent's span where the source is a
    pronoun, a short form of a name or unprinted (a continuing quotation). `via` runs from the station nearest the
    outlet to the one nearest the source.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    manner: Manner
    act: Act
    source_kind: SourceKind
    resolved_kind: SourceKind
    cue_stance: CueStance
    cue_lemma: str = ""
    resolved_source: Span | None = None
    via: tuple[ChainLink, ...] = ()

    @property
    def extent(self) -> Span:
        """Return the smallest span that holds source, cue and content."""
        parts = [s for s in (self.source, self.cue, *self.content) if s is not None]
        return Span(min(p.start for p in parts), max(p.end for p in parts))


@dataclass(frozen=True, slots=True)
class Source:
    """Hold one source across its mentions in one article.

    `name` is the fullest printed form; `office` the printed title or role, if any. A source printed without a name is
    never merged with a named one. `anonymity` spans words that ask for it, `anonymity_reason` those that say why.
    """

    name: str
    kind: SourceKind
    mentions: tuple[Span, ...]
    office: str | None = None
    anonymity: Span | None = None
    anonymity_reason: Span | None = None


class Voice(StrEnum):
    """Say whose words they are."""

    OUTLET = "outlet"
    SOURCE = "source"


class Rung(StrEnum):
    """Name the rungs of the attribution ladder, from the most checkable source to none."""

    NAMED_PERSON = "named_person"
    ORGANISATION = "organisation"
    ROLE = "role"
    ANONYMOUS = "anonymous"
    REPORTEDLY = "reportedly"
    OWN_VOICE = "own_voice"


@dataclass(frozen=True, slots=True)
class Vouched(Rounded):
    """Say who stands for a claim in its article, before any comparison.

    `kind` is the sort of source, None on the last two rungs; `source` and `cue` are as printed, `carried` tells that
    the source stands in an earlier sentence. `probability` is that of the rung, calibrated on unseen events.
    """

    rung: Rung
    kind: SourceKind | None
    source: Span | None
    cue: Span | None
    manner: Manner | None
    carried: bool
    probability: float


@dataclass(frozen=True, slots=True)
class Claim:
    """Hold the unit that is aligned: a sentence or a clause of one. `id` is unique within a comparison.

    `repeats` names the claim of the same article that it prints once more, in a line set aside as a copy.
    """

    id: str
    passage: Passage
    sentence: int
    voice: Voice
    attribution: Attribution | None = None
    repeats: str | None = None
    vouched: Vouched | None = None


def claim_id(article: ArticleId, number: int) -> str:
    """Return the name of an article's claim by its number in page order."""
    return f"{article}:{number}"


@dataclass(frozen=True, slots=True)
class Marker:
    """Hold a word or phrase that a word list flags.

    `category` is the list's ("loaded", "hedge", "booster", "evaluation", "prediction", "praise", "call_to_act" ...),
    `entry` the entry that matched, `lexicon` the file it stands in, `voice` whose word it is.
    """

    span: Span
    category: str
    entry: str
    lexicon: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class NameMention:
    """Hold one printed name; `key` is the form that mentions and transliterations of one name share."""

    span: Span
    key: str


@dataclass(frozen=True, slots=True)
class Readability(Rounded):
    """Hold textstat's figures for the kept text; None where there is too little text to count."""

    words: int
    sentences: int
    automated_readability_index: float | None
    coleman_liau_index: float | None


@dataclass(frozen=True)
class AnalysedArticle:
    """Hold an article with everything that can be read in it alone."""

    article: Article
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    attributions: tuple[Attribution, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    names: tuple[NameMention, ...]
    markers: tuple[Marker, ...]
    readability: Readability
    attribution_attempted: bool = True

    @cached_property
    def attributions_at(self) -> Places[Attribution]:
        """Return the attributions by the places of all that belongs to them."""
        return Places(self.attributions, where=lambda attribution: attribution.extent)

    @cached_property
    def quotations_at(self) -> Places[Quotation]:
        """Return the quotations, marks included, by their places."""
        return Places(self.quotations, where=lambda quotation: quotation.span)

    @cached_property
    def sentences_at(self) -> Places[Sentence]:
        """Return the sentences by their places."""
        return Places(self.sentences, where=lambda sentence: sentence.span)

    def source_of(self, attribution: Attribution) -> Source | None:
        """Return the source whose mentions include the attribution's source or its antecedent."""
        wanted = [span for span in (attribution.resolved_source, attribution.source) if span is not None]
        return next((s for span in wanted for s in self.sources if any(m.overlaps(span) for m in s.mentions)), None)
