"""The value that documents one code of finding. Its texts are what `comparer rules` and the pages of docs print."""

from __future__ import annotations

from dataclasses import dataclass

from comparer.comparison.measured import measured


@dataclass(frozen=True, slots=True)
class Rule:
    """Document one code: what a finding of it means and how it errs.

    `flags` are pairs of readings that the finder must report, `spares` near misses it must not; each reading is one
    outlet's sentence or sentences, and a finding about one article alone has readings of length one.
    """

    code: str
    title: str
    meaning: str
    errs: str
    flags: tuple[tuple[str, ...], ...]
    spares: tuple[tuple[str, ...], ...]

    @property
    def measured(self) -> str:
        """Say how well findings of the code are measured, with counts from the frozen figures."""
        return measured(self.code)
