"""Hold the joining of sources across outlets to its promises: names join, and nobody is outed."""

from __future__ import annotations

from comparer.comparison.sourcing.sources import anonymous_share, shared_sources
from comparer.model import AnalysedArticle, Article, ArticleId, Block, BlockKind, SharedSource, Span
from comparer.model.text import harmless
from comparer.pipeline import analyse


def analysed(text: str) -> AnalysedArticle:
    """Analyse one text as an article of a single block."""
    block = Block(Span(0, len(text)), BlockKind.CONTENT, 1.0, "test")
    return analyse(Article(ArticleId("a"), "Vell Courier", text, (block,), "digest", language="en"))


def joined(*texts: str) -> tuple[SharedSource, ...]:
    """Join the sources of several texts."""
    return shared_sources([analysed(text) for text in texts])


def cited(*texts: str) -> list[tuple[str, list[int]]]:
    """Return each joined source with the texts that cite it."""
    return [(s.name, [k for k, _ in s.cited]) for s in joined(*texts)]


def test_a_name_is_one_source_across_transliterations_titles_and_initials() -> None:
    assert cited(
        "President Sergei Vynnyk said the port would open.",
        "“It will open on Monday,” Sergey Vynnyk said.",
        "S. Vynnyk said the port was safe.",
    ) == [("Sergei Vynnyk", [0, 1, 2])]


def test_a_surname_joins_the_one_full_name_it_fits() -> None:
    assert cited("Harbour master Ines Obi said it was late.", "Obi said the port was safe.") == [("Ines Obi", [0, 1])]


def test_a_surname_that_fits_two_people_joins_neither() -> None:
    found = cited("Ines Obi said it was late.", "Daniel Obi said it was early.", "Obi said the port was safe.")
    assert sorted(found) == [("Daniel Obi", [1]), ("Ines Obi", [0]), ("Obi", [2])]


def test_an_unnamed_source_is_joined_with_no_other() -> None:
    found = cited(
        "“The ship will sail on Monday,” a ministry official said.",
        "“The ship will sail on Monday,” ministry official Ines Obi said.",
        "“The ship will sail on Monday,” a ministry official said.",
    )
    assert all(len(articles) == 1 for _, articles in found)
    assert len(found) == 3


def test_the_share_of_anonymous_sources_is_counted_in_words() -> None:
    share = anonymous_share(analysed("Ines Obi said the port was shut. An official said it would open."))
    assert (share.count, share.total) == (3, 7)


def test_a_spreadsheet_never_takes_a_page_s_words_for_a_formula() -> None:
    assert [harmless(v) for v in ("=SUM(A1)", "said")] == ["'=SUM(A1)", "said"]
