"""Whole saved pages that show what the rules about texts and pages flag and spare: families S, R and B.

Each example is a tuple of pages, one an outlet. Persons, places and outlets are invented.
"""

from __future__ import annotations

FERRY_ENDS = "The last ferry to Skerrow will leave on 3 May, the harbour board said on Monday."
BOARD_SINCE = "The board has run the line since 1987 under a contract with the county council."
CHARTER = "Islanders plan to charter a fishing boat of their own, the teacher Ines Obi told the parish meeting."
PARAGRAPHS = (
    FERRY_ENDS,
    "A salvage crew of 40 arrived from Bergen on Sunday with two barges and a floating crane.",
    "Divers found a tear of nine metres in the hull, which lies across the only deep channel.",
    "Insurers have put the cost of the salvage at 14 million crowns, twice the value of the ship.",
    "Shops on the island have begun to ration diesel and flour until a freighter can land at the old quay.",
)


def page(title: str, *paragraphs: str) -> str:
    """Lay a headline and paragraphs out as a saved page."""
    return "\n\n".join((title, *paragraphs)) + "\n"


WIRE = page("Ferry to Skerrow to stop in May", *PARAGRAPHS)
COPIED = page("Skerrow ferry service ends", *PARAGRAPHS[:4])
CREDIT = "(Reporting by Coastal News Agency)"

ONLY_HERE = (
    page("Ferry to stop in May", FERRY_ENDS, CHARTER),
    page("Skerrow loses its ferry", FERRY_ENDS, BOARD_SINCE),
)
ONLY_HERE_SPARED = (
    page("Ferry to stop in May", FERRY_ENDS, CHARTER),
    page(
        "Skerrow loses its ferry",
        FERRY_ENDS,
        "A fishing boat will be chartered by the islanders, said Ines Obi, a teacher.",
    ),
)
NOT_HERE = (
    page("Ferry to stop in May", FERRY_ENDS, PARAGRAPHS[3]),
    page("Island without a ferry", PARAGRAPHS[3], "The hospital has hired a helicopter for patients who cannot wait."),
    page("Skerrow loses its ferry", FERRY_ENDS, BOARD_SINCE),
)
NOT_HERE_SPARED = (
    page("Ferry to stop in May", FERRY_ENDS, PARAGRAPHS[3]),
    page("Island without a ferry", PARAGRAPHS[3], "The hospital has hired a helicopter for patients who cannot wait."),
    page("Skerrow loses its ferry", FERRY_ENDS, "The cost of the salvage is put at 14 million crowns by insurers."),
)
LATE = (
    page("Salvage to cost 14 million", PARAGRAPHS[3], *PARAGRAPHS[1:3], BOARD_SINCE),
    page("Ferry to stop in May", FERRY_ENDS, BOARD_SINCE, CHARTER, *PARAGRAPHS[1:3], PARAGRAPHS[4], PARAGRAPHS[3]),
)
LATE_SPARED = (LATE[0], page("Ferry to stop in May", FERRY_ENDS, PARAGRAPHS[3], CHARTER, PARAGRAPHS[4]))
NAMED = (
    page(
        "Ferry aground",
        "Two crew were hurt on Friday when the tanker struck a ferry, the Grey Heron, off Skerrow point.",
    ),
    page("Tanker hits ferry", "Two crew were hurt on Friday when a tanker struck the ferry off the point at Skerrow."),
)
NAMED_SPARED = (
    NAMED[0],
    page("Tanker hits ferry", "Two crew were hurt on Friday when a tanker struck the Grey Heron off Skerrow."),
)

NO_CREDIT = (page("Ferry to Skerrow to stop in May", *PARAGRAPHS, CREDIT), COPIED)
CREDITED = (page("Ferry to Skerrow to stop in May", *PARAGRAPHS, CREDIT), COPIED + f"\n{CREDIT}\n")
TWO_REPORTS = (
    WIRE,
    page("Skerrow loses its ferry", "The harbour board will end the Skerrow ferry in spring, after 36 years.", CHARTER),
)
VENN = "“The harbour will stay closed until the wreck is raised, and we will be patient,” "
SAME_QUOTE = (
    page("Ferry to stop", FERRY_ENDS, VENN + "Orla Venn told the council."),
    page("Harbour shut", "Skerrow's harbour is shut for the summer.", VENN + "said the harbour master, Orla Venn."),
)
OTHER_QUOTE = (
    SAME_QUOTE[0],
    page("Harbour shut", "Skerrow's harbour is shut for the summer.", "“Nobody sails before June,” said Orla Venn."),
)

ABOUT = "About the Skerrow Post\n\nThe Skerrow Post was founded in 1998. "
PRAISED = (
    WIRE + "\n" + ABOUT + "It is our islands' most trusted newspaper and its award-winning team is unrivalled.\n",
)
NOT_PRAISED = (WIRE + "\n" + ABOUT + "It is owned by its readers and appears on Fridays.\n",)
PROMOTED = (WIRE + "\nSupport our journalism: make a donation today and keep the Post free for everybody.\n",)
TWICE = (page("Ferry to Skerrow to stop in May", FERRY_ENDS, FERRY_ENDS, *PARAGRAPHS[1:]),)
SPONSORED = (WIRE + "\nSponsored: Your second passport could be nearer than you think\n",)
SLOT = (WIRE + "\nAdvertisement\n",)
RELEASE = ("FOR IMMEDIATE RELEASE\n\n" + WIRE + "\nMedia contact: Ida Lund, 555 0142\n",)
NO_RELEASE = (WIRE + "\nThe immediate release of the crew was agreed on Friday, the yard said.\n",)
