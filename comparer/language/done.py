"""Find what is told as done where another text only plans it: "expected to plead guilty" against "pleaded guilty".

In: a text, a span of it, and a commitment of another text. Out: the deed as a commitment of the highest level, or None.
Fails on irregular verbs, and tells nothing of whether the deed is the one that was planned.
"""

from __future__ import annotations

from comparer.language.certainty import Commitment, Level, is_content, verb_of
from comparer.language.words import Words, stem
from comparer.model import Span

PAST_AFTER = frozenset("to be being is are will would could may might should if not never didn't no a an the".split())
"""Words near before a form in -ed that keep it from telling an act as done."""

LAST_BEFORE = 3  # words among which they stand


def told_as_done(cut: Words, span: Span, planned: Commitment) -> Commitment | None:
    """Return where a span tells as done what a commitment calls possible or planned, or None.

    >>> from comparer.language.certainty import commitments
    >>> line = "She pleaded guilty to tax fraud."
    >>> plan = commitments(Words("She is expected to plead guilty to tax fraud."), Span(0, 45))[0]
    >>> told_as_done(Words(line), Span(0, len(line)), plan).phrase.of(line)
    'pleaded guilty'
    """
    text, tokens = cut.text, cut.words(span)
    for k, token in enumerate(tokens):
        if not token.form.endswith("ed") or verb_of([token], token) != planned.verb:
            continue
        if any(t.form in PAST_AFTER for t in tokens[max(0, k - LAST_BEFORE) : k]):
            continue
        around = [t for t in tokens if t is not token and is_content(t)]
        after = tokens[k + 1 : k + 2]
        end = after[0].span.end if after and text[token.span.end : after[0].span.start].isspace() else token.span.end
        stems = tuple(dict.fromkeys(stem(t.form) for t in around))
        return Commitment(
            token.span,
            Span(token.span.start, end),
            Level.DONE,
            planned.verb,
            stems,
            (),
            negated=False,
            conditional=False,
        )
    return None
