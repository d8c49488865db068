"""Say things in the words and on the one line that a terminal has room for."""

from __future__ import annotations

from comparer.model import Article

LONGEST_LINE = 72  # characters of a block or statement shown in a table


def shorten(text: str, limit: int = LONGEST_LINE) -> str:
    r"""Return `text` on one line, cut with an ellipsis after `limit` characters.

    >>> shorten("The ferry\nran aground off Skerrow", limit=16)
    'The ferry ran …'
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rsplit(" ", 1)[0] + " …"


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the right number.

    >>> counted(1, "line"), counted(3, "line")
    ('1 line', '3 lines')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def heading(article: Article) -> str:
    """Return the line that names an article: outlet, title, day and path, as far as they are known."""
    parts = (article.outlet, article.title and shorten(article.title), article.published, article.path)
    return " · ".join(p for p in parts if p)


def plain(value: object) -> str:
    """Return a name of the model as words."""
    return str(value).replace("_", " ")
