"""What repeats among several pages of one outlet."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from comparer.model.article import BlockKind


@dataclass(frozen=True, slots=True)
class RepeatedLine:
    """Hold one line that stands on several pages.

    `template` is the line's words in lower case, with "#" for figures and the names of days and months beside them.
    `pages` counts the pages it stands on, `stories` how many different stories those pages tell, `dropped` the pages
    whose own evidence called it furniture, `titles` those whose own evidence called it the headline; `kind` is what
    most of those that dropped it called it.
    """

    template: str
    pages: int
    stories: int
    dropped: int
    titles: int
    kind: BlockKind


@dataclass(frozen=True, slots=True)
class SiteProfile:
    """Hold the lines that repeat among `pages` pages of one outlet, which tell `stories` stories; lines by template.

    >>> line = RepeatedLine("get the skerrow app", 3, 3, 2, 0, BlockKind.PROMOTION)
    >>> SiteProfile("Skerrow Post", 4, 4, (line,)).find("get the skerrow app").pages
    3
    """

    outlet: str
    pages: int
    stories: int
    lines: tuple[RepeatedLine, ...]

    def find(self, template: str) -> RepeatedLine | None:
        """Return the line of that template, or None where it does not repeat."""
        at = bisect_left(self.lines, template, key=lambda line: line.template)
        return self.lines[at] if at < len(self.lines) and self.lines[at].template == template else None
