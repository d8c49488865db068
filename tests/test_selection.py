"""What only one text tells, names or opens with, and what a text lacks."""

from __future__ import annotations

import comparer
from comparer.model import Finding
from comparer.resources.rules import rules_of

FERRY_ENDS = "The last ferry to Skerrow will leave on 3 May, the harbour board said on Monday."
CHARTER = "Islanders plan to charter a fishing boat of their own, the teacher Ines Obi told the parish meeting."
RATIONING = "Shops on the island have begun to ration diesel and flour until a freighter can land at the old quay."
NOT_HERE = rules_of("S102")[0].flags[0]


def page(title: str, *paragraphs: str) -> str:
    return "\n\n".join((title, *paragraphs)) + "\n"


def findings(code: str, *texts: str) -> list[Finding]:
    articles = [comparer.read_text(text, outlet=f"Outlet {k}") for k, text in enumerate(texts)]
    event = comparer.compare(articles, one_event=True).events[0]
    return [f for f in event.findings if f.code == code]


def test_a_claim_that_two_texts_lack_is_one_finding() -> None:
    lone = page("Skerrow is cut off", FERRY_ENDS, RATIONING)
    found = [f for f in findings("S102", *NOT_HERE, lone) if len(f.sides[1].passages) == 2]
    assert ["not in 2 saved texts, which are complete" in f.message for f in found] == [True]


def test_a_claim_whose_figure_another_text_rounds_is_not_said_to_stand_in_one_only() -> None:
    left = page(
        "Ferry to stop", FERRY_ENDS, "The ruling covers about 12,400 islanders who paid since 2019, Orla Venn wrote."
    )
    right = page("No ferry", FERRY_ENDS, "More than 12,000 islanders could see a cheque.")
    assert findings("S101", left, right) == []


def test_a_claim_whose_quoted_word_another_text_prints_is_not_said_to_stand_in_one_only() -> None:
    left = page("Ferry to stop", FERRY_ENDS, "Ines Obi warned the mayor would be seen as “a traitor” for this.")
    right = page("No ferry", FERRY_ENDS, "“He will be called a traitor because nobody accepts it,” Ines Obi said.")
    assert findings("S101", left, right) == []


def test_a_claim_whose_figure_a_text_prints_otherwise_is_not_said_to_be_missing_there() -> None:
    order = "The court ordered the ferry line to pay its crews $38.6 million in back wages."
    other = page("Line to leave", FERRY_ENDS, "The ferry line owes its crews $36.8 million, the judge found.")
    texts = (page("Crews win", order, CHARTER), page("Ferry line loses", order, RATIONING), other)
    assert [
        f for f in findings("S102", *texts) if "38.6" in texts[0][f.evidence[0].span.start : f.evidence[0].span.end]
    ] == []
