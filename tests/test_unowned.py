"""Quotations that no verb of saying governs: signatures, announcements, turns of a quoted transcript."""

from __future__ import annotations

import pytest

from comparer.attribution.attributions import find_attributions


def speakers(text: str) -> list[str | None]:
    """Return the source of each attribution found, as printed."""
    return [a.source.of(text) if a.source else None for a in find_attributions(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“The pier was never meant to carry lorries of this weight.” ― Ines Obi, 32, Vell", ["Ines Obi"]),
        ("“The pier was never meant to carry lorries of this weight.”\n\n-Tomas de Ruiz, driver.", ["Tomas de Ruiz"]),
        ("“The pier was never meant to carry lorries of this weight.” — a fine excuse.", [None]),
        ("Ruiz ended the hearing:\n\n“The pier was never meant to carry lorries of this weight.”", ["Ruiz"]),
        ("“OBI: Was the pier shut on the day?\nRUIZ: It was never open to lorries.”", ["OBI", "RUIZ"]),
        ("The harbour has grown. “The pier was never meant to carry lorries of this weight.”", [None]),
    ],
)
def test_a_quotation_without_a_verb_takes_the_speaker_printed_beside_it(text: str, wanted: list[str | None]) -> None:
    assert speakers(text) == wanted


@pytest.mark.parametrize(
    "text", ["“”―", "“ ― ―", ":\n\n“a b c d e f g”", "“A B: ”\n―", "“a b c d e f g” ― .", "―\n“:”"]
)
def test_odd_marks_never_raise(text: str) -> None:
    assert find_attributions(text) == find_attributions(text)
