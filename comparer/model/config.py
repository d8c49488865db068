"""The one set of options that the command line builds and every stage is handed, with a user's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Config:
    """Hold the options of one run.

    `select` and `ignore` are prefixes of finding codes ("Q", "F1"); the longest matching prefix wins, and an empty
    `select` means all. `redact` leaves full texts out of every output and keeps marks and short quotations.
    `lexicon` are words of the user's own, added to the shipped lists. `fast` lays claims side by side by their words
    alone; a comparison made where the reader of pairs cannot run says so too.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    redact: bool = False
    lexicon: tuple[WordGroup, ...] = ()
    fast: bool = False

    def wants(self, code: str) -> bool:
        """Tell whether findings of this code are to be reported.

        >>> Config(select=("Q",), ignore=("Q103",)).wants("Q101")
        True
        >>> Config(ignore=("W",)).wants("W201")
        False
        """
        chosen = max((len(p) for p in self.select if code.startswith(p)), default=-1 if self.select else 0)
        dropped = max((len(p) for p in self.ignore if code.startswith(p)), default=-1)
        return chosen >= 0 and chosen > dropped


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Hold one group of a user's words and the shipped list it goes with, such as "loaded".

    A group named like one of that list's replaces it, and one without entries switches it off. `meta` are the group's
    further keys ("inflect", "alone", "lead", "source", "licence"), in file order.
    """

    list: str
    name: str
    entries: tuple[str, ...]
    meta: tuple[tuple[str, str], ...] = ()
