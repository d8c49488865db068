"""List the closed word classes of English that the rules lean on, and two tests of a single word.

In: a lower-case form. Out: what class it belongs to. It looks at no context; `phrases` does.
"""

from __future__ import annotations

from comparer.attribution.scan import QUOTE

BE = frozenset("is are was were am be been being isn't aren't wasn't weren't".split())
HAVE = frozenset("has have had having hasn't haven't hadn't".split())
MODALS = frozenset(
    "will would can could may might must should shall won't wouldn't can't cannot couldn't shouldn't".split()
)
DO = frozenset("do does did don't doesn't didn't".split())
AUX = BE | HAVE | MODALS | DO
NEGATIONS = frozenset("not never n't neither nor hardly".split())
ADVERBS = frozenset(
    "also later then now still just even again already once soon often always ever never not further reportedly only "
    "first long since thus too initially himself herself themselves itself quickly so far recently repeatedly earlier "
    "instead once has".split()
) - {"so", "far", "has", "too"}
PRONOUNS = frozenset("he she they it we i you who that which".split())
PERSONAL = frozenset("he she they it we i you".split())
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some any no every each another either neither".split()
)
POSSESSIVES = frozenset("his her its their our my your whose".split())
PREPOSITIONS = frozenset(
    "of in on at by for with from to about against between into through during without within under over near amid "
    "among after before since as than despite upon toward towards across behind beyond outside inside around "
    "following via per like including".split()
)
SUBORDINATORS = frozenset(
    "that because when while if although though until whereas whether where why how what but or yet as so than since "
    "after before once unless which whose".split()
)
CONTRACTED = ("'s", "'re", "'ve", "'d", "'ll", "'m")
TIME = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun january february "
    "march april may june july august september october november december jan feb mar apr jun jul aug sept oct nov dec "
    "today yesterday tonight tomorrow morning afternoon evening night earlier later recently week month year weekend "
    "day days weeks months years ago last this next early late".split()
)
WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
LEADERS = frozenset(
    "but and yet so still also meanwhile however then later instead though now today once again even thus moreover "
    "or nor plus yesterday perhaps besides nevertheless indeed therefore".split()
)
IRREGULAR_PASTS = frozenset(
    "went came made took got gave won lost ran met left began became fell sent spent stood sat led brought bought "
    "built caught chose drew drove flew grew kept rose sold shot struck threw wore broke did held".split()
)
MARKS = frozenset({",", ";", ":", "—", "–", "--", ".", "?", "!", "…", QUOTE, "(", ")", "[", "]", "-", "|", "•"})


def contracted(low: str) -> bool:
    """Tell whether a token is a pronoun with an auxiliary joined on, such as "they've"."""
    head, mark, _ = low.partition("'")
    return bool(mark) and head in PRONOUNS and low.endswith(CONTRACTED)


def possessive(low: str) -> bool:
    """Tell whether a token is a possessive: "Ankara's", "ministers'", "his"."""
    return low in POSSESSIVES or (low.endswith(("'s", "s'")) and not contracted(low))
