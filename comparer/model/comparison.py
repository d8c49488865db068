"""What the comparison says of one event: relations, findings, the quotation apparatus, facts, indicators and scores."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from comparer.model.alignment import Alignment, NearestOutside, Reuse
from comparer.model.analysis import ChainLink, CueStance, Manner, Rung, SourceKind
from comparer.model.finding import Finding, Side
from comparer.model.text import ArticleId, Passage, Rounded, RowId, Span


class Relation(StrEnum):
    """Say how two cells of one row stand to each other."""

    VERBATIM = "verbatim"
    REWORDED = "reworded"
    PARTIAL = "partial"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class CellRelation:
    """Relate the cells of two articles (indices, left < right) in one row."""

    row: RowId
    left: int
    right: int
    relation: Relation


@dataclass(frozen=True, slots=True)
class Sourcing(Rounded):
    """Say who is cited for a row in one article (index), how and through whom.

    `source` is the printed source's passage and `name` how it reads in the table; both are None on the last two rungs
    where nothing is printed. `anonymity_reason` tells whether a reason is stated where the rung is anonymous.
    `probability` is that of the rung, calibrated on events that it was not learned from.
    """

    row: RowId
    article: int
    rung: Rung
    manner: Manner | None
    source: Passage | None
    name: str | None
    cue: Passage | None
    cue_stance: CueStance | None
    via: tuple[ChainLink, ...] = ()
    anonymity_reason: bool | None = None
    probability: float = 1.0

    @property
    def sure(self) -> bool:
        """Tell whether the rung is likelier than all others together."""
        return self.probability >= 0.5


@dataclass(frozen=True, slots=True)
class SharedSource:
    """Hold one source of an event: its fullest printed name, its kind, and wherever it is cited.

    `cited` are pairs of an article's index and the place of the source among that article's `sources`.
    """

    name: str
    kind: SourceKind
    cited: tuple[tuple[int, int], ...]


class ChangeKind(StrEnum):
    """Type a difference between two printed forms of one utterance."""

    IDENTICAL = "identical"
    TRUNCATED = "truncated"
    ELLIPSIS = "ellipsis"
    SUBSTITUTED_WORD = "substituted_word"
    MODAL = "modal"
    NEGATION = "negation"
    REORDERED = "reordered"
    SPLICED = "spliced"
    BRACKETED = "bracketed"
    FRAGMENT = "fragment"
    DIRECT_INDIRECT = "direct_vs_indirect"
    HEADLINE_BODY = "headline_vs_body"
    POSSIBLE_TRANSLATION = "possible_translation"


@dataclass(frozen=True, slots=True)
class QuoteReading:
    """Hold one printed form of an utterance, laid out in the apparatus's columns.

    `columns[k]` is the span of what this reading prints in column k, or None where it prints nothing there; the spans
    run in this reading's own order except where a change of kind "reordered" is marked.
    """

    article: int
    passage: Passage
    manner: Manner
    columns: tuple[Span | None, ...]


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """Hold one typed change of an utterance, over columns `first` to `last` (half-open), with its sides."""

    kind: ChangeKind
    first: int
    last: int
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Utterance:
    """Hold the printed forms of one utterance. It never names one of them the original."""

    id: str
    row: RowId | None
    readings: tuple[QuoteReading, ...]
    changes: tuple[QuoteChange, ...]
    possible_translation: str | None = None


class Verdict(StrEnum):
    """Say how two printed facts stand to each other; only a conflict is a finding."""

    SAME = "same"
    ROUNDING = "rounding"
    UNIT = "unit"
    UPDATE = "update"
    SCOPE = "scope"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Fact:
    """Hold one fact of a row as each article prints it. `kind` is "number", "date" or "name".

    `probability` says of a conflict of numbers or days how probable it is that both are told of one thing.
    """

    row: RowId
    kind: str
    verdict: Verdict
    sides: tuple[Side, ...]
    note: str
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Count who prints a row twice: outlets, and origins strictly and loosely collapsed."""

    row: RowId
    outlets: int
    origins: int
    loose_origins: int


class IndicatorState(StrEnum):
    """Say whether an indicator was seen; not observed in a saved text does not mean absent from the page."""

    OBSERVED = "observed"
    NOT_OBSERVED = "not_observed"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Indicator:
    """Hold an observation about one article; indicators are never summed."""

    name: str
    article: ArticleId
    state: IndicatorState
    evidence: tuple[Passage, ...]
    note: str


class ReferenceKind(StrEnum):
    """Name what a score is laid beside: pairs of reports whose relation is known, or saved pages."""

    SAME_EVENT = "same_event"
    DIFFERENT_EVENTS = "different_events"
    ONE_STORY = "one_story"
    SAVED_PAGE = "saved_page"


@dataclass(frozen=True, slots=True)
class Standing(Rounded):
    """Say where a score stands among `n` reference pairs or pages: per cent of them that score lower, and the same."""

    kind: ReferenceKind
    n: int
    lower: float
    equal: float


@dataclass(frozen=True, slots=True)
class Score(Rounded):
    """Hold a counted figure about one article or a pair; `value` is None where n is too small to say.

    `reference_percentile` is the per cent of reference pairs of reports of one event (of saved pages where the score is
    about one article) that score lower. It is None where the score abstains or too few pairs are known; `standings`
    has every kind of reference of which enough is known.
    """

    name: str
    articles: tuple[ArticleId, ...]
    value: float | None
    n: int
    unit: str
    reference_percentile: float | None = None
    standings: tuple[Standing, ...] = ()


@dataclass(frozen=True, slots=True)
class EventComparison(Rounded):
    """Hold everything said of one event. Cells, relations and origins use the order of `articles`.

    Of many copies of one text the first are laid out, which `alignment` names; the others stand in `articles` alone,
    behind those. `row_names` are what the rows of the alignment are about, in words that their readings print.
    """

    id: str
    title: str
    row_names: tuple[str, ...]
    articles: tuple[ArticleId, ...]
    terms: tuple[str, ...]
    confidence: float
    nearest: NearestOutside | None
    alignment: Alignment
    reuse: Reuse
    relations: tuple[CellRelation, ...]
    sourcing: tuple[Sourcing, ...]
    sources: tuple[SharedSource, ...]
    utterances: tuple[Utterance, ...]
    facts: tuple[Fact, ...]
    agreements: tuple[Agreement, ...]
    findings: tuple[Finding, ...]
    indicators: tuple[Indicator, ...]
    scores: tuple[Score, ...]
