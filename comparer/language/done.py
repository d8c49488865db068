"""Find what is told as done where another text only plans it: "expected to plead guilty" against "pleaded guilty".

In: a text and a span of it. Out: the deeds as commitments of the highest level. Fails on irregular verbs, and tells
nothing of whether a deed is the one that another text plans.
"""

from __future__ import annotations

from comparer.language.certainty import Commitment, Level, is_content, verb_of
from comparer.language.words import Words, stem
from comparer.model import Span

PAST_AFTER = frozenset("to be being is are will would could may might should if not never didn't no a an the".split())
"""Words near before a form in -ed that keep it from telling an act as done."""

LAST_BEFORE = 3  # words among which they stand


def deeds(cut: Words, span: Span) -> tuple[Commitment, ...]:
    """Return what a span tells as done, in text order, each under the stem of its verb.

    >>> line = "She pleaded guilty to tax fraud."
    >>> [(deed.verb, deed.phrase.of(line)) for deed in deeds(Words(line), Span(0, len(line)))]
    [('plead', 'pleaded guilty')]
    """
    text, tokens = cut.text, cut.words(span)
    found: list[Commitment] = []
    for k, token in enumerate(tokens):
        if not token.form.endswith("ed") or any(t.form in PAST_AFTER for t in tokens[max(0, k - LAST_BEFORE) : k]):
            continue
        around = [t for t in tokens if t is not token and is_content(t)]
        after = tokens[k + 1 : k + 2]
        end = after[0].span.end if after and text[token.span.end : after[0].span.start].isspace() else token.span.end
        found.append(
            Commitment(
                token.span,
                Span(token.span.start, end),
                Level.DONE,
                verb_of([token], token),
                tuple(dict.fromkeys(stem(t.form) for t in around)),
                (),
                negated=False,
                conditional=False,
            )
        )
    return tuple(found)
