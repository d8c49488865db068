"""Mark wording that carries more than its matter: loaded words, hedges, boosters, evaluation, prediction.

In: a text with its quotations, where they are known. Out: markers, each with the voice it is in: a word inside
quotation marks, or in words reported as somebody's, is the source's and never charged to the outlet. A marker is an
observation about a word, not a judgement of it. Fails on irony, and on words that are loaded only in their context.
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.language.phrases import find_phrases
from comparer.model import Marker, Quotation, Span, Voice, WordGroup

LEXICONS = ("loaded", "evaluation", "prediction", "hedges", "boosters")


def find_markers(text: str, quotations: Sequence[Quotation] = ()) -> tuple[Marker, ...]:
    """Return the markers of a whole text, in text order; the voice rests on the quotations that are handed in.

    >>> [(m.span.start, m.category, m.entry) for m in find_markers("A reckless walkout may follow.")]
    [(2, 'loaded', 'reckless'), (19, 'hedge', 'may')]
    """
    return mark(text, (Span(0, len(text)),), quotations)


def mark(
    text: str,
    spans: Sequence[Span],
    quotations: Sequence[Quotation],
    *,
    own: tuple[WordGroup, ...] = (),
) -> tuple[Marker, ...]:
    """Return the markers inside `spans`; those in a quotation have the source's voice. `own` are a user's words.

    >>> line = "It was “a reckless walkout”, he said"
    >>> quoted = Quotation(Span(7, 27), Span(8, 26), closed=True)
    >>> [(m.span.of(line), m.voice.value) for m in mark(line, (Span(0, len(line)),), (quoted,))]
    [('reckless', 'source')]
    """
    foreign = [q.span for q in quotations]
    return tuple(
        Marker(
            span=hit.span,
            category=hit.group.get("category"),
            entry=hit.entry,
            lexicon=hit.lexicon,
            voice=Voice.SOURCE if any(span.overlaps(hit.span) for span in foreign) else Voice.OUTLET,
        )
        for hit in find_phrases(text, spans, LEXICONS, own=own)
    )
