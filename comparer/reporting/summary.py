"""Say what differs most in a few sentences: the subject, what each side prints, counted by outlets and by origins.

In: an event's findings, ranked by confidence and by what matters to an editor. Out: fixed templates with printed words
and sigla, the same as plain text for a terminal and a clipboard, and a card for a notice board: the sentences and the
claims by outlet. Nothing unsure stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import NamedTuple

from comparer.model import Comparison, EmptyCell, Finding, Side
from comparer.reporting.context import EventContext, Outlet, SideView, View, valued
from comparer.reporting.words import MANNERS, SAID, clip, count, counted, opened, tidy
from comparer.resources.rules import rule, summary_order, title_of

MOST, ALIKE = 4, 2  # sentences of findings on the first screen, and of one family among them
SURE = 0.7  # confidence from which a finding may stand there: of ten such sentences seven hold or more
CITED = 0.8  # the same of who is cited: from here on eight in ten of the surest two sides hold, below six or seven
STEP = 0.1  # by which each kind of difference weighs less than the one before it in the order of ranks
VALUE, SOURCE = 90, 40  # characters of a side's value, and of a source, in a sentence
MISSING, OWN = "S102", "own voice"  # printed here, not found there; the side that cites nobody
VERBS, NO_SOURCE = "A105", "no source printed"  # who is cited with what verb; how a side ends that names nobody
TITLED = ("Q", "R")  # families whose findings are about words and texts, and are named by what they are
CARD_LINE, CARD_CLAIMS, CARD_NAMES = 98, 14, 8  # characters of a line, claims and outlets that a card shows
CARD_LEFT, CARD_STEP, CARD_TOP, LINE, GAP = 440, 44, 118, 20, 8  # units of the card
_SIDES: dict[str, str] = SAID["sides"]


class Part(NamedTuple):
    """Show one side in a sentence: words of the tool, words printed, a remark, the outlets and how they count.

    `joined` continues the side before with another form in print of its value.
    """

    before: str
    printed: tuple[str, ...] = ()
    remark: str = ""
    outlets: tuple[Outlet, ...] = ()
    counts: str = ""
    joined: bool = False


def sentences(ctx: EventContext) -> list[View]:
    """Return up to four sentences of findings, by probability times importance, and one that counts the claims.

    No row stands twice; where only one text was saved there is none.
    """
    if len(ctx.outlets) == 1:
        return []
    weight = {code: 1 - STEP * n for n, codes in enumerate(summary_order()) for code in codes}
    sure: dict[object, Finding] = {}  # one of those that say the same of the same values
    for finding in ctx.event.findings:
        if finding.confidence >= _sure(finding) and finding.code in weight and _decided(ctx, finding):
            sure.setdefault((finding.code, *(tidy(side.value).casefold() for side in finding.sides)), finding)

    def place(finding: Finding) -> tuple[float, int]:
        return -finding.confidence * weight[finding.code], ctx.number[finding.row] if finding.row else 0

    chosen: list[Finding] = []
    for finding in sorted(sure.values(), key=place):
        same = [f for f in chosen if f.code[0] == finding.code[0]]
        if len(same) < ALIKE and not (finding.row and finding.row in {f.row for f in chosen}):
            chosen.append(finding)
    return [_sentence(ctx, f) for f in chosen[:MOST]] + [_told(ctx)]


def spoken(ctx: EventContext) -> list[str]:
    """Return the same sentences as plain text, with the outlets' names.

    Words that outlets print stand in quotation marks.
    """
    return [_plain(line) for line in sentences(ctx)]


def spoken_events(comparison: Comparison) -> list[tuple[str, list[str]]]:
    """Return the title and the sentences of each event of several texts."""
    contexts = (EventContext(comparison, event, prefix="") for event in comparison.events if len(event.articles) > 1)
    return [(ctx.event.title, spoken(ctx)) for ctx in contexts]


def card(ctx: EventContext, summary: Sequence[View]) -> View:
    """Return the page for a notice board: the summary and dots with their places, and its height in units."""
    lines: list[tuple[int, int, str]] = []  # left, top, words
    y = CARD_TOP
    for sentence in summary:
        for line in wrap(_plain(sentence), CARD_LINE):
            lines.append((24, y, line))
            y += LINE
        y += GAP
    heads_at = y = y + LINE
    rows = []
    left = [CARD_LEFT + k * CARD_STEP for k in range(min(len(ctx.outlets), CARD_NAMES))]
    for row in ctx.rows[:CARD_CLAIMS]:
        y += LINE + 4
        dots = []
        for k, x in enumerate(left):
            said = ctx.sourced.get((row.id, k))
            empty = isinstance(row.cells[k], EmptyCell)
            dots.append((x, "x" if empty else MANNERS[said.manner if said else None][0]))
        rows.append((y, opened(clip(ctx.names[row.id], 52)), dots))
    legend = wrap(" · ".join(f"{o.siglum} {tidy(o.name)}" for o in ctx.outlets), CARD_LINE)
    foot = y + 2 * LINE
    more = len(ctx.rows) - CARD_CLAIMS
    return {
        "title": clip(ctx.event.title, 60),
        "told": f"{ctx.dates} · {ctx.counts(range(len(ctx.outlets)))} · {count(len(ctx.rows), 'claim')} in two or more",
        "lines": lines,
        "heads_at": heads_at,
        "heads": [(x, outlet.siglum) for x, outlet in zip(left, ctx.outlets, strict=False)],
        "rows": rows,
        "legend": [(foot + n * LINE, line) for n, line in enumerate(legend)],
        "more": f"and {more} more claims in the report" if more > 0 else "",
        "height": foot + (len(legend) + 2) * LINE,
    }


def _plain(line: View) -> str:
    said = ""
    for part in line["parts"]:
        words = " / ".join(f"“{words}”" for words in part.printed)
        names = ", ".join(outlet.name for outlet in part.outlets)
        told = [part.before, words, part.remark, f"in {names}" if part.outlets else "", part.counts]
        said += (", " if part.joined else "; ") + " ".join(one for one in told if one)
    return tidy(f"{opened(line['head'])}: {line['note']}{said.removeprefix('; ')}.")


def _sure(finding: Finding) -> float:
    return CITED if _cites(finding) else SURE


def _decided(ctx: EventContext, finding: Finding) -> bool:
    """Tell whether a finding says of every text whether it prints a claim, and has nobody cited where it says so.

    A headline cites nobody, and a sentence that says anything of anybody may say all of it of him.
    """
    if finding.code == MISSING:
        return len(ctx.tellers(finding.evidence)) == len(ctx.outlets)
    sides = _surest(ctx, finding) if _cites(finding) else []
    own = [p for side in sides if side.value == OWN or side.value.endswith(NO_SOURCE) for p in side.passages]
    at = [(ctx.index[p.article], p.span) for p in own]
    titles = [title for k, span in at if (title := ctx.titles[k]) is not None and title.overlaps(span)]
    return not titles and not any(ctx.analysed[k].attributions_at.touching(span) for k, span in at)


def _cites(finding: Finding) -> bool:
    return finding.code.startswith("A")


def _surest(ctx: EventContext, finding: Finding) -> list[Side]:
    """Return the sides of a finding of who is cited that are surest: the first two, each in its first text."""
    found = []
    for side in finding.sides[:2]:
        first = ctx.tellers(side.passages[:1])
        found.append(Side(side.value, tuple(p for p in side.passages if ctx.tellers([p]) == first)))
    return found


def _sentence(ctx: EventContext, finding: Finding) -> View:
    """Show one sentence: its subject, its sides and the place it links to."""
    family, title = finding.code[0], title_of(finding.code)
    row = finding.row if finding.row in ctx.shared_ids else None
    place = "see the passages" if row is None else f"claim {ctx.number[row]}"
    subject = None if row is None or family in TITLED else ctx.names[row]
    return {
        "head": title if subject is None else subject,
        "printed": subject is not None,
        "family": family,
        "note": _copied(ctx, finding) if family == "R" else "",
        "parts": _parts(ctx, finding),
        "href": f"#{ctx.finding_id(finding) if row is None else ctx.row_id(row)}",
        "link": place if subject is None else f"{title}, {place}",
    }


def _parts(ctx: EventContext, finding: Finding) -> list[Part]:
    """Show the sides of a finding, those of one value as one."""
    sourced = _cites(finding)
    sides = _surest(ctx, finding) if sourced else finding.sides
    if valued(finding):
        parts = [part for side in finding.sides for part in _forms(ctx.side(side))]
    else:
        alike: dict[str, Side] = {}
        for side in sides:
            like = tidy(side.value).replace("’", "'").casefold()
            known = alike.get(like, Side(side.value, ()))
            alike[like] = Side(known.value, known.passages + side.passages)
        parts = [_part(ctx.side(side), SOURCE if sourced else VALUE) for side in alike.values()]
    if sourced:
        told = _SIDES.values()
        parts = [p if p.before in told else p._replace(before=_cited(finding.code, p.before)) for p in parts]
    found = rule(finding.code)
    if found is not None and len(found.sides) == len(parts):
        parts = [part._replace(before=name) for part, name in zip(parts, found.sides, strict=True)]
    return parts


def _cited(code: str, printed: str) -> str:
    """Say how a side cites: a source, a verb, or words that name none."""
    if code == VERBS:
        return f"with the verb {printed}"
    told_through = printed.startswith("through ") or printed.endswith(NO_SOURCE)
    return printed if told_through else f"attributed to {printed}".strip()


def _told(ctx: EventContext) -> View:
    """Say how many claims the report lays together, and how many it marks as told by one text alone."""
    alone = [sum(row.told_by == (k,) for row in ctx.lone) for k in range(len(ctx.outlets))]
    some = [(outlet, n) for outlet, n in zip(ctx.outlets, alone, strict=True) if n]
    first = "marked as told by one text alone:"
    parts = [Part("" if k else first, (), str(n), (outlet,), "", joined=k > 0) for k, (outlet, n) in enumerate(some)]
    of = "both texts" if len(ctx.outlets) == 2 else "two or more texts"
    return {
        "head": "Laid together below",
        "printed": False,
        "family": "",
        "note": f"{count(len(ctx.rows), 'claim')} of {of}; ",
        "parts": parts or [Part("none marked as told by one text alone")],
        "href": f"#{ctx.prefix}selection",
        "link": "what one text alone prints",
    }


def _copied(ctx: EventContext, finding: Finding) -> str:
    """Count the words of one text that stand in another: the pair of the finding's texts of which most does."""
    reuse = ctx.event.reuse
    members = ctx.tellers(finding.evidence)
    pairs = [(reuse.shared[a][b], a, b) for a in members for b in members if a != b and reuse.words[a]]
    if not pairs:
        return f"{counted(finding.magnitude)}; "
    shared, a, b = max(pairs, key=lambda pair: (pair[0] / reuse.words[pair[1]], -pair[1]))
    return f"{shared} of {reuse.words[a]} words of {ctx.outlets[a].name} stand in {ctx.outlets[b].name} too; "


def _forms(side: SideView) -> list[Part]:
    """Return a value in the words of each text, so that no outlet is quoted with another's; the last counts all."""
    whole = _part(side, VALUE)
    if not side.values:
        return [whole]
    forms = [Part("", (clip(words, VALUE),), "", by, "", joined=n > 0) for n, (words, by) in enumerate(side.forms)]
    return [*forms[:-1], forms[-1]._replace(counts=whole.counts)]


def _part(side: SideView, limit: int) -> Part:
    counts = f"({side.counts})" if len(side.outlets) > 1 else ""
    if side.value not in _SIDES and side.values:
        return Part("", tuple(clip(part, limit) for part in side.values), side.remark, side.outlets, counts)
    name, kind = side.value.rpartition(" (")[::2] if side.value.endswith(")") else (side.value, "")
    shown = _SIDES.get(side.value, f"{clip(name, limit)} ({kind}" if kind else clip(name, limit))
    return Part(shown, outlets=side.outlets, counts=counts)
