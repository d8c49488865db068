"""Cut the quotations of an event into sentences of words that can be laid beside each other.

In: the analysed articles. Out: one piece per quoted sentence, with its words in a form in which typography, spelling
variants, transliteration and contractions are equal, and with the places of ellipses and brackets. Nothing is compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from comparer.comparison.view import EventView
from comparer.language.forms import comparable
from comparer.language.sentences import sentence_spans
from comparer.language.words import STOP_WORDS, normal_form
from comparer.model import AnalysedArticle, SourceKind, Span

UNIT = re.compile(
    r"(?P<dots>\.{3,}|…|\.(?:\s\.){2,})"
    r"|(?P<bracket>[\[\]()])"
    r"|(?P<word>per\s+cent\b|%"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[$£€&](?=\S|\s\w)|\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])|\d+"
    r"|[^\W\d_]+(?:-{2,}[^\W\d_]*|\*+[^\W\d_]*)+"  # a masked word: f-----g
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*)"
)
CONTRACTION = re.compile(
    r"(?i)^(.+?(?=n['’ʼ]t$|['’ʼ](?:re|ll|ve|m|d)$)"
    r"|(?:let|it|he|she|that|there|here|what|who|how|where)(?=['’ʼ]s$)"
    r"|can(?=not$)|(?:gon|wan)(?=na$)|got(?=ta$))(.+)$"
)
PARTS = {
    "n't": "not", "not": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "'s": "is", "'d": "would",
    "na": "to", "ta": "to",
}  # fmt: skip
IRREGULAR = {"wo": "will", "ca": "can", "sha": "shall", "gon": "going", "wan": "want"}
REACH = 30  # characters before a quotation in which the word that leads to it stands
MARKS = 2  # characters of an opening quotation mark at most
SAYING = frozenset("said says added adds told wrote read reads saying asked replied".split())
OPEN_ENDED = frozenset({"'s", "'d"})  # "it's" is "it is" or "it has", "he'd" is "he would" or "he had"


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one printed word: its span, its comparable form, and whether brackets stand round it.

    `open_ended` marks the end of a contraction that stands for one of two words ("it's", "he'd"), `capital` a word that
    is printed with one.
    """

    span: Span
    form: str
    bracketed: bool = False
    open_ended: bool = False
    capital: bool = False

    @property
    def bare(self) -> bool:
        """Tell whether the word is a function word, which alone carries little."""
        return self.form in STOP_WORDS


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one quoted sentence. `dots` are ellipses by the number of words that stand before them.

    `quotation` is the index of the quotation in its article, `title` tells whether it stands in the headline,
    `opens` whether it is printed as the start of a sentence. `speaker` is the named person cited for it, or "".
    """

    article: int
    quotation: int
    span: Span
    words: tuple[Word, ...]
    dots: tuple[tuple[int, Span], ...]
    title: bool
    opens: bool
    speaker: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """Return the comparable forms of the words, in order."""
        return tuple(word.form for word in self.words)

    @property
    def weight(self) -> int:
        """Count the words that are not function words."""
        return sum(not word.bare for word in self.words)


def quoted_pieces(event: EventView) -> tuple[Piece, ...]:
    """Return every quoted sentence of the event, by article and place; quotations without a word give none."""
    pieces: list[Piece] = []
    for article, analysed in enumerate(event.analysed):
        text = analysed.article.text
        for number, quotation in enumerate(analysed.quotations):
            speaker = _speaker(analysed, quotation.content)
            for span in sentence_spans(text, quotation.content):
                words, dots = read_words(text, span)
                if words:
                    opens = _opens(text, words[0].span.start, quotation.span) and not (dots and dots[0][0] == 0)
                    title = event.in_title(article, span)
                    pieces.append(Piece(article, number, span, words, dots, title, opens, speaker))
    return tuple(pieces)


def _opens(text: str, start: int, quotation: Span) -> bool:
    """Tell whether a word is printed as the start of a sentence, not as a name in the middle of the outlet's own."""
    if not text[start].isupper():
        return False
    lead = text[max(0, quotation.start - REACH) : quotation.start].rstrip(" ")
    inside = start > quotation.start + MARKS
    return inside or not lead[-1:].isalpha() or lead.split()[-1].casefold() in SAYING


def _speaker(analysed: AnalysedArticle, content: Span) -> str:
    """Return the name of the person cited for a quotation, or "" where another source or none is."""
    for attribution in analysed.attributions:
        if any(span.overlaps(content) for span in attribution.content):
            source = analysed.source_of(attribution)
            if source is not None and source.kind is SourceKind.NAMED_PERSON:
                return source.name
    return ""


@lru_cache(maxsize=16384)
def read_words(text: str, span: Span) -> tuple[tuple[Word, ...], tuple[tuple[int, Span], ...]]:
    """Return the words of a span and its ellipses, each with the number of words before it.

    >>> words, dots = read_words("We won't … organise [it]", Span(0, 24))
    >>> [w.form for w in words], dots[0][0], words[-1].bracketed
    (['we', 'will', 'not', 'organize', 'it'], 3, True)
    """
    words: list[Word] = []
    dots: list[tuple[int, Span]] = []
    depth = 0
    for match in UNIT.finditer(text, span.start, span.end):
        if match["dots"]:
            dots.append((len(words), Span(*match.span())))
        elif match["bracket"]:
            depth = max(0, depth + (1 if match["bracket"] in "[(" else -1))
        else:
            words += _split(match.group(), match.start(), bracketed=depth > 0)
    return tuple(words), tuple(dots)


def _split(word: str, start: int, *, bracketed: bool) -> list[Word]:
    match = CONTRACTION.match(word)
    if match is None:
        capital = word[:1].isupper() and word != "I"
        return [Word(Span(start, start + len(word)), comparable(word), bracketed, capital=capital)]
    head, tail = match.group(1), match.group(2)
    middle, form = start + len(head), comparable(head)
    part = normal_form(tail)
    if form == "let" and part == "'s":
        return [Word(Span(start, middle), form, bracketed), Word(Span(middle, start + len(word)), "us", bracketed)]
    irregular = part in {"n't", "not", "na", "ta"}
    return [
        Word(Span(start, middle), IRREGULAR.get(form, form) if irregular else form, bracketed),
        Word(Span(middle, start + len(word)), PARTS[part], bracketed, part in OPEN_ENDED),
    ]
