"""Read phrases around a reporting verb without a parser: is it a verb here, who is its subject, what follows it.

In: the pieces of one unit and indices into them. Out: index ranges, half-open. It knows closed word classes and the
shapes of words, no dictionary of English. Fails where a clause has no sign of its borders, as in "The man the police
said they feared said nothing".
"""

from __future__ import annotations

from collections.abc import Sequence

from comparer.attribution.scan import QUOTE, Piece
from comparer.attribution.verbs import verb_forms

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


def group_start(pieces: Sequence[Piece], verb: int) -> int:
    """Return where the verb group that ends with `verb` starts: auxiliaries and adverbs before it."""
    start = verb
    while start > 0:
        low = pieces[start - 1].low
        adverb = low in ADVERBS or (low.endswith("ly") and len(low) > 4 and not pieces[start - 1].capital)
        if low == "far" and start > 1 and pieces[start - 2].low == "so":
            start -= 2
            continue
        if not (low in AUX or adverb):
            break
        start -= 1
    while (
        start < verb
        and pieces[start].low not in AUX
        and pieces[start].low in {"first", "earlier", "once", "long", "since"}
    ):
        start += 1
    return start


def verbish(pieces: Sequence[Piece], at: int) -> bool:
    """Tell whether a token is probably a finite verb, from closed classes and endings."""
    piece = pieces[at]
    low = piece.low
    if low in AUX or low in IRREGULAR_PASTS:
        return True
    if piece.capital:
        return False
    before = pieces[at - 1] if at else None
    if before is None or before.low in DETERMINERS or before.low in PREPOSITIONS or possessive(before.low):
        return False
    if low.endswith("ed") and len(low) > 4:
        following = pieces[at + 1].low if at + 1 < len(pieces) else "."
        return following not in PREPOSITIONS or before.low in PERSONAL
    form = verb_forms().get(low)
    return form is not None and before.low in PERSONAL | {"who"}


def subject(pieces: Sequence[Piece], end: int, floor: int = 0) -> tuple[int, int] | None:
    """Return the noun phrase that ends just before `end`, apposition and relative clause included; None if none."""
    if end <= floor:
        return None
    last = pieces[end - 1]
    if last.low in {",", "—", "–"}:
        return _with_apposition(pieces, end - 1, floor)
    if last.low == ")":
        opening = next((k for k in range(end - 2, max(floor, end - 9) - 1, -1) if pieces[k].low == "("), None)
        if opening is None or opening == floor:
            return None
        inner = subject(pieces, opening, floor)
        return (inner[0], end) if inner else None
    if last.low in {"who", "which"} or (last.low == "that" and end - 2 >= floor and _nounish(pieces[end - 2])):
        return end - 1, end
    if last.low in PERSONAL or contracted(last.low):
        return end - 1, end
    if not _nounish(last) and last.low not in {"others", "some", "many", "one", "most", "both", "few", "all"}:
        return None
    start = _phrase_start(pieces, end, floor)
    return _trim(pieces, start, end)


def _nounish(piece: Piece) -> bool:
    low = piece.low
    if low == QUOTE:
        return _inner_quote(piece)
    if low == ")":
        return True
    if not low[:1].isalnum() and low[:1] not in "@$":
        return low == "%"
    if (
        low in AUX
        or low in PREPOSITIONS
        or low in SUBORDINATORS
        or low in DETERMINERS
        or low in LEADERS
        or low == "and"
    ):
        return False
    if low in {"not", "there", "here"} or (
        low.endswith("ly") and not piece.capital and low not in {"family", "assembly"}
    ):
        return False
    return not (possessive(low) and low in POSSESSIVES)


def _phrase_start(pieces: Sequence[Piece], end: int, floor: int) -> int:
    joined: int | None = None
    at = end - 1
    while at >= floor:
        low = pieces[at].low
        if low == ")":
            opening = next((k for k in range(at - 1, max(floor, at - 8) - 1, -1) if pieces[k].low == "("), None)
            if opening is None:
                return at + 1
            at = opening - 1
            continue
        if low == "and" or low == "&":
            joined = at + 1 if joined is None else joined
        elif low in MARKS and not (low == QUOTE and _inner_quote(pieces[at])):
            if low == "." and at and pieces[at - 1].capital and len(pieces[at - 1].low) <= 5:
                at -= 1
                continue
            if low == "," and joined is not None and at + 1 < end and _list_comma(pieces, at, floor):
                at -= 1
                continue
            return at + 1
        elif (
            low in {"who", "that", "which"}
            and at > floor
            and _nounish(pieces[at - 1])
            and at + 1 < end
            and verbish(pieces, at + 1)
        ):
            pass
        elif (low in SUBORDINATORS and low not in {"as", "than", "since", "after", "before"}) or (
            low in {"as", "since", "after", "before"} and (at == floor or not _nounish(pieces[at - 1]))
        ):
            return at + 1
        elif verbish(pieces, at) and not (at and pieces[at - 1].low in {"who", "that", "which"}):
            return joined if joined is not None else at + 1
        at -= 1
    return floor


def _inner_quote(piece: Piece) -> bool:
    quotation = piece.quotation
    return quotation is not None and len(quotation.content) < 60 and not piece.stopped


def _long_quote(piece: Piece) -> bool:
    return piece.quotation is not None and len(piece.quotation.content) > 60


def _list_comma(pieces: Sequence[Piece], at: int, floor: int) -> bool:
    """Tell whether a comma parts members of a list of names: "Ruiz, Obi and Tan said"."""
    return at > floor and pieces[at - 1].capital and pieces[at + 1].capital


def _trim(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    while start < end and (
        pieces[start].low in LEADERS
        or (
            pieces[start].low.endswith("ly")
            and len(pieces[start].low) > 4
            and pieces[start].low not in {"italy", "family", "early"}
        )
    ):
        start += 1
    if start < end and (
        pieces[start].low in PREPOSITIONS or (pieces[start].low in TIME and pieces[start].low not in {"may"})
    ):
        return _last_name(pieces, start, end)
    return (start, end) if start < end else None


def _last_name(pieces: Sequence[Piece], start: int, end: int) -> tuple[int, int] | None:
    """Find the subject after a fronted phrase that no comma ends: "On Monday Ruiz said"."""
    zone = end - 1
    while zone > start and pieces[zone].low not in PREPOSITIONS:
        zone -= 1
    zone += 1
    for at in range(zone, end):
        low, before = pieces[at].low, pieces[at - 1].low
        if at > zone and low in DETERMINERS:
            return at, end
        if pieces[at].capital and low not in TIME and at > zone and not pieces[at - 1].capital:
            return at, end
        if pieces[at].capital and (before in TIME or before[:1].isdigit()) and low not in TIME:
            return at, end
        if before in TIME and low not in TIME and low not in PREPOSITIONS and at > zone:
            return at, end
    return None


_APPOSITION_OPENERS = frozenset(
    "who whose which a an the one his her its their then now also formerly both all".split()
)


def _with_apposition(pieces: Sequence[Piece], comma: int, floor: int) -> tuple[int, int] | None:
    """Read "Ruiz, who leads the union," or "Tan, 45, a nurse," backwards from its closing comma."""
    end = comma
    at = comma
    for _ in range(4):
        opening = next((k for k in range(at - 1, floor - 1, -1) if pieces[k].low in {",", "—", "–"}), None)
        if opening is None or opening == floor or at - opening > 40:
            return None
        if not _appositive(pieces, opening + 1, at):
            return None
        head = pieces[opening - 1]
        at = opening
        if _nounish(head) or head.low == ")":
            start = _phrase_start(pieces, opening, floor)
            before = pieces[start - 1].low if start > floor else ""
            if (
                before in {",", "—"}
                and start - 1 > floor
                and _appositive(pieces, start, opening)
                and not _person_like(pieces, start, opening)
            ):
                continue
            found = _trim(pieces, start, opening)
            if found and pieces[opening + 1].low.endswith("ing"):
                return found
            return (found[0], end) if found else None
    return None


def _person_like(pieces: Sequence[Piece], start: int, end: int) -> bool:
    return end - start >= 2 and pieces[end - 1].capital and pieces[start].low not in {"a", "an"}


def _appositive(pieces: Sequence[Piece], start: int, end: int) -> bool:
    if start >= end:
        return False
    first = pieces[start]
    if first.low in _APPOSITION_OPENERS or first.low[:1].isdigit():
        return not any(_long_quote(pieces[k]) for k in range(start, end))
    if first.low.endswith("ing") and first.low not in {"according", "saying", "adding"}:
        return True
    if any(verbish(pieces, k) for k in range(start, end)) or first.low in PERSONAL or first.quotation is not None:
        return False
    if first.low in LEADERS or first.low in SUBORDINATORS:
        return False
    if first.low in {"in", "at", "from", "of"} and end - start <= 4 and pieces[end - 1].capital:
        return True
    if (
        any(pieces[k].low in {"of", "for", "at", "in", "with"} for k in range(start + 1, min(end, start + 8)))
        and first.low not in PREPOSITIONS
    ):
        return True
    return end - start <= 3 and first.capital


_BESIDE = frozenset(
    "aide aides adviser advisers advisor advisors ambassador envoy close secretary counsel assistant".split()
)


def _takes_to(low: str) -> bool:
    return low in _BESIDE or low in IRREGULAR_PASTS or low.endswith("ed")


def noun_phrase_after(pieces: Sequence[Piece], start: int) -> tuple[int, int] | None:
    """Return the noun phrase that starts at `start`, with an apposition closed by a comma or the end; None if none."""
    at = start
    limit = len(pieces)
    while at < limit:
        piece = pieces[at]
        low = piece.low
        if low == "." and at + 1 < limit and at > start and pieces[at - 1].capital and pieces[at + 1].capital:
            at += 1
            continue
        if low == "(":
            closing = next((k for k in range(at, min(at + 9, limit)) if pieces[k].low == ")"), None)
            if closing is None:
                break
            at = closing + 1
            continue
        if low in MARKS and not (low == QUOTE and _inner_quote(piece) and at > start):
            break
        if at > start and (
            low in {"who", "that", "which", "when", "while", "as", "after", "before", "during", "because"}
            or low in WEEKDAYS
        ):
            break
        if at > start and low == "to" and not _takes_to(pieces[at - 1].low):
            break
        if at > start and (low in PERSONAL or low in AUX or _time_phrase(pieces, at)):
            break
        if (
            at > start
            and low in {"in", "on", "at"}
            and at + 1 < limit
            and pieces[at + 1].low in {"a", "an", "his", "her", "its", "twitter", "monday"}
        ):
            break
        at += 1
    while at > start and pieces[at - 1].low in PREPOSITIONS | {"and"}:
        at -= 1
    return (start, at) if at > start and _nounish(pieces[at - 1]) else None


def _time_phrase(pieces: Sequence[Piece], at: int) -> bool:
    low = pieces[at].low
    if low in {"on", "in", "late", "early", "last", "earlier", "this"} and at + 1 < len(pieces):
        following = pieces[at + 1]
        return following.low in TIME or following.low[:4].isdigit()
    return low in {"yesterday", "today", "tonight"}


_OCCASIONS = frozenset(
    "statement interview speech report email e-mail letter briefing conference tweet post note memo filing release "
    "hearing call message article court testimony video remarks debate appearance op-ed column podcast affidavit press "
    "tweets posts rally event meeting session show program programme".split()
)


def skip_adverbials(pieces: Sequence[Piece], start: int, *, phrases: bool) -> int:
    """Return where what is said may begin: past times, occasions and addressees after the verb.

    With `phrases` prepositional phrases are skipped too, up to a mark or "that"; they end the search if nothing follows.
    """
    at, limit = start, len(pieces)
    while at < limit:
        low = pieces[at].low
        if (
            low in TIME
            or (low.endswith("ly") and len(low) > 4 and not pieces[at].capital)
            or low in {"again", "simply"}
        ):
            if low in {"this", "may", "last", "next", "late", "early"} and not (
                at + 1 < limit and pieces[at + 1].low in TIME
            ):
                return at
            at += 1
            continue
        if low in {"on", "in"} and at + 1 < limit and (pieces[at + 1].low in TIME or _year(pieces[at + 1].low)):
            at += 2
            while at < limit and (pieces[at].low in TIME or pieces[at].low[:1].isdigit()):
                at += 1
            continue
        if not phrases or low not in {
            "in",
            "on",
            "at",
            "during",
            "to",
            "after",
            "of",
            "about",
            "by",
            "via",
            "through",
            "from",
            "with",
            "as",
            "under",
            "before",
            "when",
            "while",
        }:
            return at
        past = _phrase_end(pieces, at)
        if past is None:
            return limit
        at = past
    return at


def _year(low: str) -> bool:
    return len(low) == 4 and low.isdigit()


def _phrase_end(pieces: Sequence[Piece], at: int) -> int | None:
    """Return where a prepositional phrase ends that stands between verb and content."""
    for k in range(at + 1, min(at + 25, len(pieces))):
        low = pieces[k].low
        if low in {"that", ":", QUOTE}:
            return k
        if low == "," and k + 1 < len(pieces):
            return k
        if low in {".", ";", "?", "!"} and not (low == "." and pieces[k - 1].capital and k + 1 < len(pieces)):
            return None
        if (
            low in _OCCASIONS
            and k + 1 < len(pieces)
            and pieces[k + 1].low not in PREPOSITIONS | {",", ".", "and", "that", ":"} | MARKS
        ):
            return k + 1
        if low in _OCCASIONS and k + 1 < len(pieces) and pieces[k + 1].low in {"on", "in", "with", "to", "at", "after"}:
            continue
        if k > at + 1 and low in PERSONAL:
            return k
    return None
