"""What the findings of the families F, M and W mean and how they err."""

from __future__ import annotations

from comparer.comparison.rule import Rule

CONTENT_RULES: tuple[Rule, ...] = (
    Rule(
        code="F101",
        title="A number is printed differently",
        meaning=(
            "Two outlets print different numbers for what reads as one thing: not a rounding, not another unit, not "
            "an earlier count, not another extent, not one told as somebody's own figure. The table of facts says of "
            "every pair why it is no conflict. It says that the texts disagree, not which of them errs."
        ),
        errs=(
            "Reports two figures that belong to different things told in very similar words. Misses numbers whose "
            "nouns differ, sums in different currencies, figures without a noun or unit (“about 650 had joined”), and "
            "tolls in articles of different days."
        ),
        flags=(
            (
                "Four fishermen were wounded when a boat fired on a trawler.",
                "A patrol boat opened fire on a trawler, wounding five fishermen.",
            ),
            (
                "The river crested at 6.2 metres at the old bridge on Sunday.",
                "The river rose to 6.4 metres at the old bridge on Sunday.",
            ),
        ),
        spares=(
            ("The mission needs 184 sailors and a tender.", "The mission needs about 180 sailors and a tender."),
            ("The ferry crews will strike for 48 hours.", "The ferry crews will strike for two days."),
            (
                "The fire service said 40 people, 12 of them children, were rescued from the ferry.",
                "The fire service said 12 children were rescued from the ferry.",
            ),
        ),
    ),
    Rule(
        code="F102",
        title="A date is printed differently",
        meaning=(
            "Two outlets give different days, months or years for one happening. The days on which something was said, "
            "reported or counted (“as of Friday”) are left out. Weekdays are compared only where the verbs beside them "
            "tell one happening."
        ),
        errs=(
            "Reports two happenings of one kind, such as two meetings in one week, where nothing tells them apart. "
            "Misses days told only by counting (“a week later”), and weekdays beside verbs that no list joins."
        ),
        flags=(
            ("The two delegations will meet again on May 22.", "The two delegations will meet again on May 23."),
            (
                "Talks between the ferry line and its crews broke down on Friday.",
                "Talks between the ferry line and its crews collapsed on Saturday.",
            ),
        ),
        spares=(
            (
                "The harbour may reopen, the mayor said on Wednesday.",
                "The harbour may reopen, an agency reported on Thursday.",
            ),
            ("The strike begins on 9 March.", "The strike begins on March 9."),
            (
                "The mayor met the drivers at the depot on Monday.",
                "The mayor wrote to the drivers at the depot on Friday.",
            ),
        ),
    ),
    Rule(
        code="F103",
        title="A name or rank is printed differently",
        meaning="One person's name is spelled in two ways, or two ranks of one ladder are printed for one person.",
        errs=(
            "Reports two relatives who differ by a letter. Leaves out spellings that transliteration explains, a "
            "rank before a name that is written small, and persons whose rank an article itself prints in two ways."
        ),
        flags=(
            (
                "The suit was brought by Yolanda Marwick, a former driver.",
                "The suit was brought by Yolanda Marwicke, a former driver.",
            ),
        ),
        spares=(
            (
                "President Volodymyr Zelenskiy met the envoys in the capital.",
                "President Volodymyr Zelensky met the envoys in the capital.",
            ),
        ),
    ),
    Rule(
        code="F104",
        title="Two outlets print opposites",
        meaning=(
            "In one telling something was done or is so, in the other its contrary, about the same object; or one "
            "thing is described by contrary words (“the left foot”, “the right foot”)."
        ),
        errs="Misses contraries that no list holds, and irony. May report one party's act against another party's.",
        flags=(
            (
                "The striker broke a bone in his left foot in the match at Marle.",
                "The striker is out with a broken bone in his right foot after the match at Marle.",
            ),
            (
                "The judge rejected the tenants' request for punitive damages.",
                "The judge left open the tenants' request for punitive damages.",
            ),
        ),
        spares=(
            (
                "The judge rejected the tenants' request for punitive damages.",
                "The judge turned down the tenants' request for punitive damages.",
            ),
        ),
    ),
    Rule(
        code="M101",
        title="Certainty is printed differently",
        meaning=(
            "Two outlets commit themselves differently to one act yet to come, two steps or more apart on the scale "
            "possible, under consideration, ready or willing, planned, stated as coming, decided; or one calls "
            "possible or planned what the other tells as done."
        ),
        errs=(
            "Reports two acts told in the same words, and a later report that tells as done what an earlier one "
            "announced. Does not see a condition in the next sentence, nor how sure the past is told. Whether one news "
            "claim strengthens another it tells no better than chance (AUC .5 on 1,857 judged pairs): it sees acts yet "
            "to come, nothing else."
        ),
        flags=(
            (
                "Norway could contribute ships to the mission at the bank.",
                "Norway will contribute ships to the mission at the bank.",
            ),
            (
                "Orla Venn is expected to plead guilty to one count of tax fraud on Monday.",
                "Orla Venn pleaded guilty to one count of tax fraud on Monday.",
            ),
        ),
        spares=(
            ("The two delegations will meet in May.", "The two delegations are due to meet in May."),
            ("A second strike could follow in March.", "A second strike may follow in March."),
            (
                "Ships could help the mission at the bank.",
                "It remains to be seen whether ships will help the mission at the bank.",
            ),
        ),
    ),
    Rule(
        code="M102",
        title="A headline is surer than the text below it",
        meaning="A headline states an act as ready, planned or coming that its own article only calls possible.",
        errs="Headlines are short by nature. Misses acts that the body names in wholly different words.",
        flags=(("Norway ready to send ships to the bank\n\nNorway could send ships to the bank, a source said.",),),
        spares=(("Norway may send ships to the bank\n\nNorway could send ships to the bank, a source said.",),),
    ),
    Rule(
        code="M103",
        title="Told as a cause and as an association",
        meaning=(
            "On one claim an outlet says that one thing causes the other (“prevents”, “leads to”), another only that "
            "the two go together (“is linked to”, “more likely to”). It says nothing of which the study shows."
        ),
        errs=(
            "Reads listed verbs only, and a modest verb (“helps”) as a cause. Possible causes make no finding. Of 200 "
            "texts on research that people graded, 119 get the same grade; the lists were amended on these texts."
        ),
        flags=(
            (
                "Working long night shifts causes poor sleep in dockers, a study of 900 crews found.",
                "Working long night shifts is linked to poor sleep in dockers, a study of 900 crews found.",
            ),
        ),
        spares=(
            (
                "Working long night shifts may cause poor sleep in dockers, a study of 900 crews found.",
                "Working long night shifts is linked to poor sleep in dockers, a study of 900 crews found.",
            ),
        ),
    ),
    Rule(
        code="M104",
        title="A headline tells a cause, its text less",
        meaning="A headline says that one thing causes another; its own article only calls it possible or a link.",
        errs="Headlines are short by nature. Misses causes in verbs and nouns that no list holds.",
        flags=(("Long hours cause poor sleep\n\nLong hours are linked to poor sleep, a study found.",),),
        spares=(("Long hours cause poor sleep\n\nLong hours cause poor sleep in dockers, a study found.",),),
    ),
    Rule(
        code="W101",
        title="Loaded or judging words in the outlet's own voice",
        meaning=(
            "Words that judge or weigh (“major shift”, “generous offer”, “shameful”) stand outside quotation marks "
            "and outside what is reported as a source's words. It is no fault in a comment; here it is only shown."
        ),
        errs="Counts words, not meaning: a word may be apt, or ironic. Misses judgements that no list holds.",
        flags=(("The accord is a major geopolitical shift for the whole coast.",),),
        spares=(("“The accord is a major geopolitical shift for the whole coast,” the envoy said.",),),
    ),
    Rule(
        code="W102",
        title="Loaded words in one telling, none in another",
        meaning=(
            "On the same claim one outlet uses a loaded word in its own voice and another prints none. Neither wording "
            "is taken for the measure of the other. Verbs of saying (“boasted”) belong to A105."
        ),
        errs="A plain telling may leave out the very thing the word names. Misses loaded words that no list holds.",
        flags=(
            (
                "A reckless walkout by ferry crews closed the harbour line on Monday.",
                "A walkout by ferry crews closed the harbour line on Monday.",
            ),
        ),
        spares=(
            (
                "“A reckless walkout by ferry crews closed the harbour line on Monday,” the mayor said.",
                "A walkout by ferry crews closed the harbour line on Monday.",
            ),
        ),
    ),
    Rule(
        code="W103",
        title="One actor, different labels",
        meaning="On the same claim outlets name one kind of actor by different labels (protesters, rioters).",
        errs="Two labels in one claim may belong to two actors. Only labels of the shipped lists are seen.",
        flags=(
            (
                "Protesters blocked the harbour bridge for two hours on Monday.",
                "Rioters blocked the harbour bridge for two hours on Monday.",
            ),
        ),
        spares=(
            (
                "Protesters blocked the harbour bridge for two hours on Monday.",
                "Demonstrators blocked the harbour bridge for two hours on Monday.",
            ),
        ),
    ),
    Rule(
        code="W104",
        title="A prediction without a source",
        meaning="The outlet foretells in its own voice (“will likely be”, “is bound to”) and names nobody who does.",
        errs="Listed phrases and strong verbs only. A source may be named in a sentence before.",
        flags=(("The ruling will likely be felt in every port along the coast.",),),
        spares=(("“The ruling will likely be felt in every port along the coast,” the harbour master said.",),),
    ),
)
