"""Hold what is read on the sample pages one by one and word by word: sources, chains, names, the quotation's forms."""

from __future__ import annotations

import pytest
import support

from comparer.language.names import same_name
from comparer.model import AnalysedArticle, ChangeKind, Rung, SourceKind, Utterance


def analysed(file: str) -> AnalysedArticle:
    """Return an analysed page."""
    return support.whole().article(support.article(file).id)


def utterance(event: str, words: dict[str, str]) -> Utterance:
    """Return the utterance whose readings stand on all the words."""
    places = support.places_of(support.texts(event), dict(words))
    return next(
        found
        for found in support.event(event).utterances
        if all(support.meets([reading.passage for reading in found.readings], where) for where in places)
    )


def swaps(found: Utterance, kind: ChangeKind) -> list[str]:
    """List what stands on the sides of an utterance's changes of a kind."""
    return [side.value for change in found.changes if change.kind is kind for side in change.sides]


def names_with(page: AnalysedArticle, word: str) -> list[str]:
    """List the names of a page that hold the word, as printed."""
    printed = [name.span.of(page.article.text) for name in page.names]
    return [name for name in printed if word in name]


TRUCE_FORCE = {
    "harbour_gazette": "We would look at joining such a force",
    "ankara_observer": "We would examine joining such a force",
    "capital_lantern": "We would look at joining such a force",
}
AIRPORT = {
    "steppe_courier": "We might stay at the airport",
    "gulf_ledger": "We stay at the airport",
    "highland_tribune": "We might stay at the airport",
}


def test_the_changed_word_of_a_quotation_is_shown_on_every_side() -> None:
    values = swaps(utterance("ukraine-force", TRUCE_FORCE), ChangeKind.SUBSTITUTED_WORD)

    assert {"look at", "examine"} <= set(values)


def test_a_modal_that_one_page_does_not_print_is_a_change_of_its_own_kind() -> None:
    assert "might" in swaps(utterance("kabul-airport", AIRPORT), ChangeKind.MODAL)


def test_an_ellipsis_is_a_change_of_its_own_kind() -> None:
    kinds = {change.kind for change in utterance("kabul-airport", AIRPORT).changes}

    assert ChangeKind.ELLIPSIS in kinds


def test_a_quotation_is_never_called_a_translation_from_a_language_nobody_named_speaks() -> None:
    notes = [found.possible_translation or "" for found in support.event("ukraine-force").utterances]

    assert [note for note in notes if "Ukrainian" in note or "Russian" in note] == []


@pytest.mark.parametrize(
    ("file", "stated"),
    [
        ("ukraine-force/harbour_gazette.html", True),
        ("kabul-airport/steppe_courier.txt", True),
        ("ukraine-force/daybreak_now.txt", False),
    ],
)
def test_a_reason_for_anonymity_is_seen_where_it_is_stated(file: str, *, stated: bool) -> None:
    asked = [source for source in analysed(file).sources if source.anonymity is not None]

    assert asked
    assert [source.anonymity_reason is not None for source in asked] == [stated] * len(asked)


@pytest.mark.parametrize(
    "file", ["ukraine-force/harbour_gazette.html", "ukraine-force/daybreak_now.txt", "kabul-airport/steppe_courier.txt"]
)
def test_an_unnamed_source_never_takes_a_name_from_another_page(file: str) -> None:
    names = [source.name for source in analysed(file).sources if source.kind is SourceKind.ANONYMOUS]

    assert [name for name in names if "Saraçoğlu" in name or "Brandstätter" in name] == []


def test_the_chain_of_a_statement_runs_through_the_agency() -> None:
    page = analysed("kabul-airport/gulf_ledger.txt")
    where = support.occurrences(page.article.text, "Engineers will inspect the runway")[0]

    stated = [a for a in page.attributions if any(support.touches(c, where, 0.5) for c in a.content)]

    assert [a for a in stated if SourceKind.MEDIA in {link.kind for link in a.via}]


@pytest.mark.parametrize(
    ("outlet", "rung"),
    [
        ("steppe_courier", Rung.ANONYMOUS),
        ("gulf_ledger", Rung.OWN_VOICE),
        ("highland_tribune", Rung.NAMED_PERSON),
    ],
)
def test_the_ladder_sets_three_outlets_on_three_rungs(outlet: str, rung: Rung) -> None:
    event, pages = support.event("kabul-airport"), support.texts("kabul-airport")
    words = {
        "steppe_courier": "Without a guarded airport most embassies would have to close",
        "highland_tribune": "Most embassies would have to close without a guarded airport",
    }
    rows = {row.id for row in support.rows_at(event, *support.places_of(pages, dict(words)))}
    column = event.alignment.articles.index(pages[outlet].id)

    assert {s.rung for s in event.sourcing if s.row in rows and s.article == column} == {rung}


@pytest.mark.parametrize(
    ("left", "right"), [("Zelenskiy", "Zelensky"), ("Erdogan", "Erdoğan"), ("Sergei Lavrov", "Sergey Lavrov")]
)
def test_two_spellings_of_one_name_are_one_name(left: str, right: str) -> None:
    harbour = names_with(analysed("ukraine-force/harbour_gazette.html"), left)
    observer = names_with(analysed("ukraine-force/ankara_observer.txt"), right)

    assert harbour
    assert observer
    assert [(one, other) for one in harbour for other in observer if not same_name(one, other)] == []


def test_a_named_person_with_a_title_before_the_name_is_named() -> None:
    page = analysed("ukraine-force/harbour_gazette.html")

    kinds = {s.kind for s in page.sources if "Lavrov" in s.name}

    assert kinds == {SourceKind.NAMED_PERSON}


def test_a_pronoun_stands_for_the_last_person_who_could_have_spoken() -> None:
    page = analysed("kabul-airport/steppe_courier.txt")
    where = support.occurrences(page.article.text, "We might stay at the airport")[0]

    stated = [a for a in page.attributions if any(support.touches(c, where, 0.5) for c in a.content)]
    sources = [page.source_of(a) for a in stated]

    assert ["Günalp" in source.name for source in sources if source] == [True]


def test_every_page_has_its_readability_counted() -> None:
    assert [a.article.path for a in support.whole().articles if a.readability.coleman_liau_index is None] == []
