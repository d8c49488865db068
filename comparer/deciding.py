"""Write what a person decides of a page into the file beside it: kinds of lines, whose the page is and its day.

The readers of `inputs` honour that file in every later run.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from comparer.errors import UnreadableInputError

AUTO = "auto"  # the verdict that leaves a line to the cleaner again


def decide(source: str, wanted: Sequence[tuple[int, str]], *, note: str = "") -> Path:
    """Set decisions of a reviewer, as (line, verdict), in the file beside a page, and return that file's path.

    The verdict "auto" takes a line's decision back. Decisions about other lines and pages stay.

    Raises:
        UnreadableInputError: where the page cannot be read, no block begins on a line, or the file is malformed.
        OSError: where the file cannot be written.
    """
    from comparer.cleaning.article import article_from
    from comparer.cleaning.overrides import decisions_on
    from comparer.exporting.files import review_toml, write_file
    from comparer.reading.formats import read_path
    from comparer.reading.user_files import REVIEW_FILE, read_page_decisions, read_review

    path = Path(source)
    article = article_from(read_path(path))
    pages = read_page_decisions(path.parent)
    lines = {line for line, _ in wanted}
    decisions = [d for d in read_review(path.parent) if (d.page, d.line) not in {(path.name, n) for n in lines}]
    for line, verdict in wanted:
        new = decisions_on(article.text, article.blocks, page=path.name, line=line, verdict=verdict, note=note)
        if not new:
            raise UnreadableInputError(
                f"{path.name}: no block begins on line {line}. `comparer flag` numbers the lines."
            )
        decisions += () if verdict == AUTO else new
    write_file(path.parent / REVIEW_FILE, review_toml(decisions, pages))
    return path.parent / REVIEW_FILE


def tell(source: Path, *, outlet: str, published: str) -> Path:
    """Write whose a page is and its day in the file beside it, empty for what it says itself; return that file's path.

    Raises:
        UnreadableInputError: where the day is none, or the file is malformed.
        OSError: where the file cannot be written.
    """
    from comparer.exporting.files import review_toml, write_file
    from comparer.model import PageDecision
    from comparer.reading.metadata import iso_date
    from comparer.reading.user_files import REVIEW_FILE, read_page_decisions, read_review

    if published and not iso_date(published):
        raise UnreadableInputError(f"{published[:40]} is no day. Write it like 2026-03-05.")
    told = [page for page in read_page_decisions(source.parent) if page.page != source.name]
    told += [PageDecision(source.name, outlet, published)] if outlet or published else []
    write_file(source.parent / REVIEW_FILE, review_toml(read_review(source.parent), told))
    return source.parent / REVIEW_FILE
