"""The types every stage speaks: frozen dataclasses of tuples. Imports nothing else of the package."""

from comparer.model.alignment import (
    Alignment,
    Cell,
    EmptyCell,
    EmptyReason,
    EventWishes,
    Group,
    NearestOutside,
    NearMiss,
    Reuse,
    ReuseDirection,
    Row,
    SharedPassage,
)
from comparer.model.analysis import (
    Act,
    AnalysedArticle,
    Attribution,
    ChainLink,
    Claim,
    CueStance,
    Manner,
    Marker,
    NameMention,
    Quotation,
    Readability,
    Rung,
    Sentence,
    Source,
    SourceKind,
    Token,
    Voice,
    Vouched,
    claim_id,
)
from comparer.model.article import (
    KEPT_KINDS,
    Article,
    Block,
    BlockKind,
    Credit,
    CreditForm,
    Provenance,
    RepeatedLine,
    SiteProfile,
)
from comparer.model.comparison import (
    Agreement,
    CellRelation,
    ChangeKind,
    Comparison,
    EventComparison,
    Fact,
    Indicator,
    IndicatorState,
    QuoteChange,
    QuoteReading,
    ReferenceKind,
    Relation,
    Score,
    Sourcing,
    Standing,
    Utterance,
    Verdict,
)
from comparer.model.config import Config, WordGroup
from comparer.model.finding import Finding, Side
from comparer.model.review import (
    AppliedReview,
    BlockDecision,
    Change,
    Decision,
    FindingDecision,
    Judgement,
    NotApplied,
    Review,
    RowAction,
    RowDecision,
)
from comparer.model.text import ArticleId, Passage, Places, Rate, RowId, Span

__all__ = [
    "KEPT_KINDS", "Act", "Agreement", "Alignment", "AnalysedArticle", "AppliedReview", "Article", "ArticleId",
    "Attribution", "Block", "BlockDecision", "BlockKind", "Cell", "CellRelation", "ChainLink", "Change", "ChangeKind",
    "Claim", "Comparison", "Config", "Credit", "CreditForm", "CueStance", "Decision", "EmptyCell", "EmptyReason",
    "EventComparison", "EventWishes", "Fact", "Finding", "FindingDecision", "Group", "Indicator", "IndicatorState",
    "Judgement", "Manner", "Marker", "NameMention", "NearMiss", "NearestOutside", "NotApplied", "Passage", "Places",
    "Provenance", "Quotation", "QuoteChange", "QuoteReading", "Rate", "Readability", "ReferenceKind", "Relation",
    "RepeatedLine", "Reuse", "ReuseDirection", "Review", "Row", "RowAction", "RowDecision", "RowId", "Rung", "Score",
    "Sentence", "SharedPassage", "Side", "SiteProfile", "Source", "SourceKind", "Sourcing", "Span", "Standing", "Token",
    "Utterance", "Verdict", "Voice", "Vouched", "WordGroup", "claim_id",
]  # fmt: skip
