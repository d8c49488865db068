"""What the findings of the families A, S, R and B mean and how they err."""

from __future__ import annotations

from comparer.comparison import rule_examples as examples
from comparer.comparison.rule import Rule
from comparer.comparison.rules_quotes import QUOTE_RULES

ATTRIBUTION_RULES: tuple[Rule, ...] = (
    Rule(
        code="A101",
        title="Named in one text, not named in another",
        meaning=(
            "For one statement one outlet prints a person's name and another only a role or an unnamed source. "
            "They are never taken for one person, even where the words are the same: identity is not asserted. A "
            "headline's short form counts for nothing where the text below it names the source."
        ),
        errs=(
            "Takes a name in a phrase for the speaker's, or a pronoun for the wrong person. Says nothing where the "
            "text that prints a definite role (“the mayor”) names that person elsewhere, nor in rows that are not sure."
        ),
        flags=(
            (
                "“The harbour will stay closed until the wreck is raised,” Orla Venn said.",
                "“The harbour will stay closed until the wreck is raised,” a harbour source said.",
            ),
        ),
        spares=(
            (
                "“The harbour will stay closed until the wreck is raised,” Orla Venn said.",
                "“The harbour will stay closed until the wreck is raised,” said Venn. Orla Venn is the harbour master.",
            ),
            (
                "“The harbour will stay closed until the wreck is raised,” Orla Venn said.",
                (
                    "Orla J. Venn met the pilots on Friday.\n\n“The harbour will stay closed until the wreck is "
                    "raised,” the harbour master said."
                ),
            ),
        ),
    ),
    Rule(
        code="A102",
        title="Attributed in one text, the outlet's own voice in another",
        meaning=(
            "One outlet ascribes a statement to a source, or passes it on as hearsay or as an accusation; another "
            "prints it as its own, with no source in the sentence or the one before and no document cited in the "
            "three before. It may have checked the statement itself. So too for a quoted term: what the union calls "
            "“late” shifts here, “late” shifts there."
        ),
        errs=(
            "Reports a sentence whose source stands farther back. Misses most such statements in long sentences: it "
            "says nothing where a verb in or before the bare sentence could cite somebody, or where rows are not sure."
        ),
        flags=(
            (
                "The company withdrew its offer of a second ferry late on Tuesday, according to a union official.",
                "The company withdrew its offer of a second ferry late on Tuesday.",
            ),
            (
                "The director was accused of spending 430,000 pounds of harbour money on two yachts for his sons.",
                "The director spent 430,000 pounds of harbour money on two yachts for his sons.",
            ),
        ),
        spares=(
            (
                "The company withdrew its offer of a second ferry late on Tuesday, Ines Obi said on Friday.",
                "The company withdrew its offer of a second ferry late on Tuesday, according to a union official.",
            ),
            (
                "The company withdrew its offer of a second ferry late on Tuesday, according to a union official.",
                (
                    "According to the board's minutes, talks failed. The talks had begun in May. The company withdrew "
                    "its offer of a second ferry late on Tuesday."
                ),
            ),
        ),
    ),
    Rule(
        code="A103",
        title="Different sources for one statement",
        meaning=(
            "Two outlets give the same words to two people, or one statement to two bodies; or one cites a body and "
            "another a person, named or not, who may speak for it: then only the kind of source is said to differ. A "
            "statement, a letter or a post is a channel, not another source."
        ),
        errs=(
            "Reports a statement two sources made alike, and takes the last name of a long phrase for the source. "
            "Misses sources printed as pronouns, and retellings by two people, which are seldom one statement."
        ),
        flags=(
            (
                "“The harbour will stay closed until the wreck is raised,” Orla Venn said.",
                "“The harbour will stay closed until the wreck is raised,” Ines Obi said.",
            ),
            (
                "“The harbour will stay closed until the wreck is raised,” the harbour board said.",
                "“The harbour will stay closed until the wreck is raised,” a port official said.",
            ),
        ),
        spares=(
            (
                "“The harbour will stay closed until the wreck is raised,” Michael Venn said.",
                "“The harbour will stay closed until the wreck is raised,” Mike Venn said.",
            ),
        ),
    ),
    Rule(
        code="A104",
        title="Through another publisher in one text",
        meaning=(
            "One outlet passes a statement on through an agency's or another outlet's report; another prints no such "
            "station. The first says more about where it has the statement from."
        ),
        errs="Takes a publisher that is itself the source for a station on the way.",
        flags=(
            (
                "According to AFP, citing Orla Venn, the harbour will stay closed until the wreck is raised.",
                "The harbour will stay closed until the wreck is raised, according to Orla Venn.",
            ),
        ),
        spares=(
            (
                "According to AFP, citing Orla Venn, the harbour will stay closed until the wreck is raised.",
                "The harbour will stay closed until the wreck is raised, according to AFP, citing Orla Venn.",
            ),
        ),
    ),
    Rule(
        code="A105",
        title="The reporting verb differs",
        meaning=(
            "For one statement the verbs differ in what they add: “said” adds nothing, “claimed” keeps a distance, "
            "“admitted” takes it as a fact, “boasted” lends it a tone. Only where both cite the same person or body, "
            "and not for verbs of doing or denying (“ruled out”)."
        ),
        errs="Reads a verb that tells of a second remark in the same sentence.",
        flags=(
            (
                "“The harbour will stay closed until the wreck is raised,” Orla Venn said.",
                "“The harbour will stay closed until the wreck is raised,” Orla Venn claimed.",
            ),
        ),
        spares=(
            (
                "“The harbour will stay closed until the wreck is raised,” Orla Venn said.",
                "“The harbour will stay closed until the wreck is raised,” Orla Venn told reporters.",
            ),
            (
                "Orla Venn has ruled out a second ferry to Skerrow this year.",
                "Orla Venn has said that there will be no second ferry to Skerrow this year.",
            ),
        ),
    ),
    Rule(
        code="A106",
        title="Anonymity without a stated reason",
        meaning="A source asks not to be named and this saved text states no reason for it.",
        errs="Misses a reason printed far from the request.",
        flags=(
            ("Ferry to stop\n\nAn official, who asked not to be named, said the ferry to Skerrow would stop in May.",),
        ),
        spares=(
            (
                (
                    "Ferry to stop\n\nAn official, who asked not to be named because she was not authorised to speak "
                    "to the press, said the ferry to Skerrow would stop in May."
                ),
            ),
        ),
    ),
)

SELECTION_RULES: tuple[Rule, ...] = (
    Rule(
        code="S101",
        title="Only in this text",
        meaning=(
            "A claim whose names, figures, cited source or words no other saved text prints; how many of the others "
            "are cut off is said. The four per text that add most are printed; each such claim stands in the alignment."
        ),
        errs="Reports a claim that another text tells in quite other words.",
        flags=(examples.ONLY_HERE,),
        spares=(examples.ONLY_HERE_SPARED,),
    ),
    Rule(
        code="S102",
        title="Not in this saved text",
        meaning=(
            "A claim that two origins report, or that all who print it open with, is not in one or more texts that "
            "are complete as far as can be told. It is not said of texts that are cut off or older than the fact, nor "
            "of a text that prints half of the claim's rarer words in two neighbouring sentences."
        ),
        errs="Reports a claim the text tells in quite other words.",
        flags=(examples.NOT_HERE,),
        spares=(examples.NOT_HERE_SPARED,),
    ),
    Rule(
        code="S103",
        title="Prominent in one text, late in another",
        meaning=(
            "One text has a claim in its headline or opening, another in its last third; how many of its words each "
            "text gives it is said."
        ),
        errs="Reports the opening of a text that builds up to its news.",
        flags=(examples.LATE,),
        spares=(examples.LATE_SPARED,),
    ),
    Rule(
        code="S104",
        title="Named in one text, described in another",
        meaning=(
            "One telling of a claim prints the name of a thing or person beside a noun (“a trawler, the Grey Heron”), "
            "another prints the noun and no word of the name anywhere in the saved text. Who speaks is left to A101."
        ),
        errs="Misses names without a noun beside them, and things described by another noun (“a boat”).",
        flags=(examples.NAMED,),
        spares=(examples.NAMED_SPARED,),
    ),
)

PAGE_RULES: tuple[Rule, ...] = (
    Rule(
        code="R101",
        title="Shared text, no credit seen",
        meaning=(
            "Texts carry one text in whole or in part, and at least one prints no credit in what was saved. The "
            "credit may stand in what was not saved. They count as one origin."
        ),
        errs="Takes a press release that two outlets print for text of one of them.",
        flags=(examples.NO_CREDIT,),
        spares=(
            examples.CREDITED,
            examples.TWO_REPORTS,
        ),
    ),
    Rule(
        code="R102",
        title="Shared text, credited",
        meaning="Texts carry one text and each prints a credit or a sign-off: good practice. They count as one origin.",
        errs="Takes a sign-off for a credit where it names no agency.",
        flags=(examples.CREDITED,),
        spares=(examples.NO_CREDIT,),
    ),
    Rule(
        code="R103",
        title="Shared quotations only",
        meaning="Texts of different origins share words inside quotation marks: each quotes the same speaker.",
        errs="Misses quotations whose closing mark was lost in saving.",
        flags=(examples.SAME_QUOTE,),
        spares=(examples.OTHER_QUOTE,),
    ),
    Rule(
        code="B101",
        title="Praise of the outlet itself",
        meaning="A block that is not part of the report praises the outlet that printed it.",
        errs="Misses praise in words that are not listed, and blurbs that neither name the outlet nor speak of news.",
        flags=(examples.PRAISED,),
        spares=(examples.NOT_PRAISED,),
    ),
    Rule(
        code="B102",
        title="Promotion on the page",
        meaning=(
            "How many of the page's words promote, and what: the outlet itself, its subscriptions, donations to it, or "
            "something else. Phrases that ask the reader to act are marked. Menus, notices and credits do not count."
        ),
        errs="Counts what cleaning took for promotion, a line of the report now and then.",
        flags=(examples.PROMOTED,),
        spares=(examples.SLOT,),
    ),
    Rule(
        code="B103",
        title="Text printed twice",
        meaning="The page prints text of its own again, as a caption or a standfirst does; it counts once.",
        errs="Misses text repeated with changes.",
        flags=(examples.TWICE,),
        spares=(examples.SLOT,),
    ),
    Rule(
        code="B104",
        title="Sponsored or affiliate content",
        meaning="Text beside the report says that something on the page is sponsored, or that its links earn a fee.",
        errs="Sees only what is disclosed in listed words, and cannot tell which part of the page is meant.",
        flags=(examples.SPONSORED,),
        spares=(examples.SLOT,),
    ),
    Rule(
        code="B105",
        title="Marks of a press release",
        meaning="The page prints what press releases carry: 'for immediate release', a paid wire, notes to editors.",
        errs="A release whose marks were taken off shows none; a page about releases may carry them too.",
        flags=(examples.RELEASE,),
        spares=(examples.NO_RELEASE,),
    ),
)

SOURCING_RULES: tuple[Rule, ...] = (*QUOTE_RULES, *ATTRIBUTION_RULES, *SELECTION_RULES, *PAGE_RULES)
