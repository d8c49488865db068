"""A user's own words, which a run adds to the shipped word lists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Hold one group of a user's words and the shipped list it goes with, such as "loaded" or "labels".

    A group named like one of that list's replaces it, and one without entries switches it off. `meta` are the group's
    further keys ("inflect", "alone", "lead", "source", "licence"), in file order.
    """

    list: str
    name: str
    entries: tuple[str, ...]
    meta: tuple[tuple[str, str], ...] = ()
