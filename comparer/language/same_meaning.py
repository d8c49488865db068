"""Give words that news prints for one another one heading: "employee" and "worker", "died" and "killed".

In: stems, or phrases of stems. Out: the heading of their group in `resources/same_meaning.toml`. That two words share a
heading brings two claims nearer to each other and is never a finding.
"""

from __future__ import annotations

from functools import cache

from comparer.language.tokens import stem, words
from comparer.resources.loader import load_lexicon


@cache
def common_headings() -> dict[str, str]:
    """Return for each stem or phrase of stems in a group its heading, which begins with "=".

    >>> common_headings()["employ"] == common_headings()["worker"]
    True
    """
    found: dict[str, str] = {}
    for group in load_lexicon("same_meaning").groups:
        for entry in group.entries:
            forms = [" ".join(stem(w.form) for w in words(part)) for part in entry.split(" = ")]
            for form in forms:
                found.setdefault(form, f"={forms[0]}")
    return found
