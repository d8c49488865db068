"""Say what differs most in a few sentences: the subject, what each side prints, counted by outlets and by origins.

In: an event's findings, ranked by confidence and by what matters to an editor. Out: fixed templates with printed words
and sigla, the same as plain text for a terminal, a clipboard and a card. Nothing unsure stands here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from comparer.model import Comparison, Finding, Side
from comparer.reporting.context import EventContext, Outlet, View, valued
from comparer.reporting.words import NOT_PRINTED, SAID, clip, count, counted, opened, tidy
from comparer.resources.rules import rule, summary_order, title_of

MOST, ALIKE = 4, 2  # sentences of findings on the first screen, and of one family among them
SURE = 0.7  # confidence from which a finding may stand there: of ten such sentences seven hold or more
STEP = 0.1  # by which each kind of difference weighs less than the one before it in the order of ranks
VALUE, SOURCE = 90, 40  # characters of a side's value, and of a source, in a sentence
TITLED = ("Q", "R")  # families whose findings are about words and texts, and are named by what they are
_SIDES: dict[str, str] = SAID["sides"]


class Part(NamedTuple):
    """Show one side in a sentence: words of the tool, words printed, a remark, the outlets and how they count.

    `joined` continues the side before with another form in print of its value.
    """

    before: str
    printed: tuple[str, ...]
    remark: str
    outlets: tuple[Outlet, ...]
    counts: str
    joined: bool = False


def sentences(ctx: EventContext) -> list[View]:
    """Return up to four sentences of findings, by probability times importance, and one that counts the claims.

    No row stands twice; where only one text was saved there is none.
    """
    if len(ctx.outlets) == 1:
        return []
    weight = {code: 1 - STEP * n for n, codes in enumerate(summary_order()) for code in codes}
    sure = [f for f in ctx.event.findings if f.confidence >= SURE and f.code in weight]
    ranked = sorted(
        _distinct(sure), key=lambda f: (-f.confidence * weight[f.code], ctx.number.get(f.row, 0) if f.row else 0)
    )
    chosen: list[Finding] = []
    for finding in ranked:
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


def _plain(line: View) -> str:
    said = ""
    for part in line["parts"]:
        words = " / ".join(f"“{words}”" for words in part.printed)
        names = ", ".join(outlet.name for outlet in part.outlets)
        told = [part.before, words, part.remark, f"in {names}" if part.outlets else "", part.counts]
        said += (", " if part.joined else "; ") + " ".join(one for one in told if one)
    return tidy(f"{opened(line['head'])}: {line['note']}{said.removeprefix('; ')}.")


def _distinct(found: Sequence[Finding]) -> list[Finding]:
    """Keep one finding of those that rest on the same passages or say the same of the same values."""
    seen: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for finding in found:
        seen.setdefault((finding.code, tuple(tidy(side.value).casefold() for side in finding.sides)), finding)
    return list(seen.values())


def _sentence(ctx: EventContext, finding: Finding) -> View:
    """Show one sentence: its subject, its sides and the place it links to."""
    family, title = finding.code[0], title_of(finding.code)
    shared = finding.row is not None and finding.row in ctx.shared_ids
    named = finding.row is not None and shared and family not in TITLED
    if valued(finding):
        parts = [part for side in finding.sides for part in _forms(ctx, side)]
    else:
        alike: dict[str, list[Side]] = {}
        for side in finding.sides:
            alike.setdefault(tidy(side.value).replace("’", "'").casefold(), []).append(side)
        sides = (Side(same[0].value, tuple(p for s in same for p in s.passages)) for same in alike.values())
        parts = [_part(ctx, side, SOURCE if family == "A" else VALUE) for side in sides]
    if family == "A":
        told = _SIDES.values()
        parts = [p if p.before in told else p._replace(before=f"attributed to {p.before}".strip()) for p in parts]
    known = rule(finding.code)
    if known is not None and len(known.sides) == len(parts):
        parts = [part._replace(before=name) for part, name in zip(parts, known.sides, strict=True)]
    place = f"claim {ctx.number[finding.row]}" if finding.row is not None and shared else "see the passages"
    return {
        "head": ctx.names[finding.row] if named and finding.row is not None else title,
        "printed": named,
        "family": family,
        "note": _copied(ctx, finding) if family == "R" else "",
        "parts": parts,
        "href": f"#{ctx.row_id(finding.row) if finding.row is not None and shared else ctx.finding_id(finding)}",
        "link": f"{title}, {place}" if named else place,
    }


def _told(ctx: EventContext) -> View:
    """Say how many claims several texts print, and how many each surely prints alone."""
    alone = [sum(row.told_by == (k,) for row in ctx.lone) for k in range(len(ctx.outlets))]
    every = sum(len(row.told_by) == len(ctx.outlets) for row in ctx.rows)
    whole = "both" if len(ctx.outlets) == 2 else f"all {len(ctx.outlets)}"
    some = [(ctx.outlets[k], n) for k, n in enumerate(alone) if n]
    first = "surely in one text alone:"
    parts = [Part("" if k else first, (), str(n), (outlet,), "", joined=k > 0) for k, (outlet, n) in enumerate(some)]
    parts = parts or [Part("none surely in one text alone", (), "", (), "")]
    shared = f"{count(len(ctx.rows), 'claim')} in two or more texts, {every} of them in {whole}; "
    if len(ctx.outlets) == 2:
        shared = f"{count(len(ctx.rows), 'claim')} in both texts; "
    place = {"href": f"#{ctx.prefix}selection", "link": "what one text alone prints"}
    return {"head": "What they share", "printed": False, "family": "", "note": shared, "parts": parts} | place


def _copied(ctx: EventContext, finding: Finding) -> str:
    """Count the words of one text that stand in another: the pair of the finding's texts of which most does."""
    reuse = ctx.event.reuse
    members = sorted({ctx.index[p.article] for p in finding.evidence})
    pairs = [(reuse.shared[a][b], a, b) for a in members for b in members if a != b and reuse.words[a]]
    if not pairs:
        return f"{counted(finding.magnitude)}; "
    shared, a, b = max(pairs, key=lambda pair: (pair[0] / reuse.words[pair[1]], -pair[1]))
    return f"{shared} of {reuse.words[a]} words of {ctx.outlets[a].name} stand in {ctx.outlets[b].name} too; "


def _forms(ctx: EventContext, side: Side) -> list[Part]:
    """Return a value in the words of each text, so that no outlet is quoted with another's; the last counts all."""
    whole = _part(ctx, side)
    if tidy(side.value) in NOT_PRINTED or not ctx.values(side)[0]:
        return [whole]
    forms = [Part("", (clip(words, VALUE),), "", by, "", joined=n > 0) for n, (words, by) in enumerate(ctx.forms(side))]
    return [*forms[:-1], forms[-1]._replace(counts=whole.counts)]


def _part(ctx: EventContext, side: Side, limit: int = VALUE) -> Part:
    value = tidy(side.value)
    members = sorted({ctx.index[p.article] for p in side.passages})
    outlets = tuple(ctx.outlets[k] for k in members)
    counts = f"({ctx.counts(members)})" if len(members) > 1 else ""
    values, remark = ctx.values(side)
    if value in _SIDES or not values:
        name, kind = value.rpartition(" (")[::2] if value.endswith(")") else (value, "")
        shown = _SIDES.get(value, f"{clip(name, limit)} ({kind}" if kind else clip(value, limit))
        return Part(shown, (), "", outlets, counts)
    return Part("", tuple(clip(part, limit) for part in values), remark, outlets, counts)
