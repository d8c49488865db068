"""Cut the quotations of an event into sentences of words that can be laid beside each other.

In: the analysed articles. Out: one piece per quoted sentence, with its words in a form in which typography, spelling
variants, transliteration and contractions are equal, and with the places of ellipses and brackets. Nothing is compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from comparer.comparison.view import EventView
from comparer.language.sentences import sentence_spans
from comparer.language.tokens import STOP_WORDS, normal_form
from comparer.model import Span

UNIT = re.compile(
    r"(?P<dots>\.{3,}|…|\.(?:\s\.){2,})"
    r"|(?P<bracket>[\[\]()])"
    r"|(?P<word>per\s+cent\b|%"
    r"|(?:[^\W\d_]\.){2,}"  # U.S.
    r"|[$£€]?\d+(?:[.,:]\d+)*"
    r"|[^\W\d_]+(?:-{2,}[^\W\d_]*|\*+[^\W\d_]*)+"  # a masked word: f-----g
    r"|[^\W_]+(?:['’ʼ][^\W_]+)*)"
)
CONTRACTION = re.compile(r"(?i)^(.+?)(n['’]t|['’](?:re|ll|ve|m)|(?<=can)not)$")
PARTS = {"n't": "not", "not": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am"}
IRREGULAR = {"wo": "will", "ca": "can", "sha": "shall"}
SPELLINGS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=\w\w\w)our(?=$|s$|ed$|ing$|able$)", "or"),  # colour, color
        (r"(?<=\w\w\w)is(?=e$|es$|ed$|ing$|ation$)", "iz"),  # organise, organize
        (r"(?<=\w\w\w)ys(?=e$|es$|ed$|ing$)", "yz"),  # analyse, analyze
        (r"(?<=\w\w)tre(?=$|s$)", "ter"),  # centre, center
        (r"(?<=\w\w)ence(?=$|s$)", "ense"),  # defence, defense
        (r"(?<=\w\w)ll(?=ed$|ing$|er$|ers$)", "l"),  # travelled, traveled
        (r"(?<=\w\w\w)amme(?=$|s$)", "am"),  # programme, program
        (r"(?<=\w\w\w)ogue(?=$|s$)", "og"),  # dialogue, dialog
    )
)
NUMBERS = {
    word: str(k) for k, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one printed word: its span, its comparable form, and whether brackets stand round it."""

    span: Span
    form: str
    bracketed: bool = False

    @property
    def bare(self) -> bool:
        """Tell whether the word is a function word, which alone carries little."""
        return self.form in STOP_WORDS


@dataclass(frozen=True, slots=True)
class Piece:
    """Hold one quoted sentence. `dots` are ellipses by the number of words that stand before them.

    `quotation` is the index of the quotation in its article, `title` tells whether it stands in the headline,
    `opens` whether it is printed as the start of a sentence.
    """

    article: int
    quotation: int
    span: Span
    words: tuple[Word, ...]
    dots: tuple[tuple[int, Span], ...]
    title: bool
    opens: bool

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
            for span in sentence_spans(text, quotation.content):
                words, dots = read_words(text, span)
                if words:
                    opens = text[words[0].span.start].isupper() and not (dots and dots[0][0] == 0)
                    title = event.in_title(article, span)
                    pieces.append(Piece(article, number, span, words, dots, title=title, opens=opens))
    return tuple(pieces)


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


@lru_cache(maxsize=65536)
def comparable(word: str) -> str:
    """Return the form in which spelling variants, figures and small number words are equal.

    >>> comparable("Defence"), comparable("seven"), comparable("Erdoğan"), comparable("12,400")
    ('defense', '7', 'erdogan', '12400')
    """
    form = normal_form(word)
    if (form.startswith("per") and form.removeprefix("per").strip() == "cent") or form == "%":
        return "percent"
    if any(c.isdigit() for c in form):
        return form.replace(",", "")
    form = form.replace(".", "")
    for pattern, to in SPELLINGS:
        form = pattern.sub(to, form)
    return NUMBERS.get(form, form)


def _split(word: str, start: int, *, bracketed: bool) -> list[Word]:
    match = CONTRACTION.match(word)
    if match is None:
        return [Word(Span(start, start + len(word)), comparable(word), bracketed)]
    head, tail = match.group(1), match.group(2)
    middle, form = start + len(head), comparable(head)
    return [
        Word(Span(start, middle), IRREGULAR.get(form, form) if "t" in tail.casefold() else form, bracketed),
        Word(Span(middle, start + len(word)), PARTS[normal_form(tail)], bracketed),
    ]
