"""Cut a date stamped before a lede off its line, so that it becomes a block of its own.

In: units. Out: units, with lines such as "date 2021-06-23 The council said ..." in two parts. Only full ISO dates are
cut: "June 23 was cold" is prose.
"""

from __future__ import annotations

from dataclasses import replace

from comparer.cleaning.lines import Unit, unit_at
from comparer.cleaning.shapes import DATE_PREFIX


def cut_prefixes(page: list[Unit]) -> list[Unit]:
    """Return the units with dates before running text cut off.

    >>> from comparer.cleaning.lines import units
    >>> page = "date 2021-06-23 The council said on Wednesday that the old pier would reopen."
    >>> [u.text for u in cut_prefixes(units(page))]
    ['date 2021-06-23', 'The council said on Wednesday that the old pier would reopen.']
    """
    out = []
    for unit in page:
        match = DATE_PREFIX.match(unit.text) if unit.prose and unit.digit and unit.words >= 10 else None
        if match is None:
            out.append(unit)
            continue
        stamp = len(unit.text[: match.end()].rstrip())
        for start, end in ((0, stamp), (match.end(), len(unit.text))):
            part = unit_at(unit.text, start, end, line=unit.line)
            out.append(replace(part, span=part.span.moved(unit.span.start)))
    return out
