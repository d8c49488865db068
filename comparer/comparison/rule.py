"""The value that documents one code of finding. Its texts are what `comparer rules` and the pages of docs print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """Document one code: what a finding of it means, how it errs, how well it is measured.

    `flags` are pairs of readings that the finder must report, `spares` near misses it must not; each reading is one
    outlet's sentence or sentences, and a finding about one article alone has readings of length one.
    """

    code: str
    title: str
    meaning: str
    errs: str
    measured: str
    flags: tuple[tuple[str, ...], ...]
    spares: tuple[tuple[str, ...], ...]
