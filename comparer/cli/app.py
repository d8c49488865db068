"""The commands with their arguments, and the exit status of every outcome.

Each command imports late what it needs, so that --help answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comparer.cli import console
from comparer.cli.console import AsCsv, AsJson, Fast, Fields, Paths, Sites
from comparer.cli.corpus import room
from comparer.errors import UnreadableInputError, UsageError

app = typer.Typer(
    name="comparer",
    help="Lay several outlets' reports of one event side by side, claim by claim. Works offline.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.add_typer(room, name="corpus")


@app.command("compare")
def compare_command(
    paths: Paths,
    *,
    out: Annotated[str, typer.Option("--out", "-o", help="Folder for the report.")] = "reports",
    formats: Annotated[
        str,
        typer.Option("--format", metavar="LIST", help="Which files to write: html, json, csv, annotations, tei, card."),
    ] = "html,json",
    select: Annotated[str, typer.Option(help="Only findings whose code starts so, such as Q,A1.")] = "",
    ignore: Annotated[str, typer.Option(help="No findings whose code starts so, such as W.")] = "",
    redact: Annotated[bool, typer.Option("--redact", help="Leave full texts out, for sharing.")] = False,
    one_event: Annotated[bool, typer.Option("--one-event", help="Take all pages to report one event.")] = False,
    fast: Fast = False,
    pages: Annotated[
        bool | None,
        typer.Option("--pages/--one-page", help="A page per event and a list of them; usual for more than 8 events."),
    ] = None,
    reviews: Annotated[
        list[Path] | None,
        typer.Option("--review", metavar="FILE", help="Apply decisions exported from a report; may be repeated."),
    ] = None,
    lexicons: Annotated[
        list[Path] | None,
        typer.Option("--lexicon", metavar="FILE", help="Add words of your own; may be repeated."),
    ] = None,
    sites: Sites = None,
    fields: Fields = None,
    force: Annotated[bool, typer.Option("--force", help="Replace files that comparer did not write.")] = False,
    show_it: Annotated[bool, typer.Option("--open", help="Open the report in the browser.")] = False,
) -> None:
    """Compare saved articles and write a report.

    --review applies what a reviewer decided in the report of the same pages, named the same way: findings accepted or
    rejected, rows corrected, blocks kept or dropped. The report lists every decision and what became of it.

    --lexicon adds to the shipped lists: loaded words, judgements, predictions. docs/word-lists.md
    says how to write the file.
    """
    from comparer.cli.tables import reviewed, summary, totals
    from comparer.model import Config
    from comparer.outputs import ONE_RECORD, refuse_foreign, save, save_each
    from comparer.pipeline import compare_planned, in_order, plan
    from comparer.reading.user_files import read_review_file, read_word_list

    wanted = console.formats_of(formats)
    if not out:
        raise UsageError("--out is empty. Name a folder; . is this one.")
    if not force:
        refuse_foreign(Path(out), wanted)
    decided = [read_review_file(path) for path in reviews or ()]
    words = tuple(group for path in lexicons or () for group in read_word_list(path))
    config = Config(select=console.codes(select), ignore=console.codes(ignore), redact=redact, lexicon=words, fast=fast)
    loaded = console.load(paths, sites, fields=fields)
    if len(loaded.articles) == 1:
        console.remark("one page alone: there is nothing to lay beside it")
    planned = plan(in_order(loaded.articles), config=config, one_event=one_event, wishes=loaded.wishes, reviews=decided)
    with console.progress() as bar, console.writing(f"to {out}", remedy="Name another folder with --out."):
        if len(planned.groups) < ONE_RECORD or pages is False:
            comparison = compare_planned(planned, progress=bar)
            bar("writing", 0, 1)
            written = save(comparison, out, formats=wanted, pages=pages, force=force)
            applied, told = comparison.reviews, summary(comparison)
        else:
            saved = save_each(planned, out, formats=wanted, jobs=console.jobs, force=force, progress=bar)
            written, applied, told = saved.paths, saved.reviews, totals(saved.texts, saved.found)
    if planned.config.fast and not fast:
        console.complain(
            "The reader of pairs cannot run here (onnxruntime or tokenizers is missing): compared as with --fast."
        )
    for line in reviewed(applied):
        console.complain(line)
    console.tell(told, written)
    if show_it:
        typer.launch(str(written[0].resolve()))
    console.finish(len(loaded.failures))


@app.command("flag", short_help="Show which blocks are article, furniture, promotion.")
def flag_command(
    paths: Paths,
    *,
    as_json: AsJson = False,
    keep: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Keep all blocks of a kind.")] = None,
    drop: Annotated[list[str] | None, typer.Option(metavar="KIND", help="Drop all blocks of a kind.")] = None,
    decisions: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LINE=DECISION", help="Write a reviewer's decision beside the page."),
    ] = None,
    note: Annotated[str, typer.Option(help="Why, written beside what --set sets.")] = "",
    sites: Sites = None,
    fields: Fields = None,
    learn_site: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Learn from pages of one outlet what repeats, and write it.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="The outlet's name, with --learn-site.")] = None,
) -> None:
    """Show what on each page is article and what is furniture or promotion, with the reason.

    Each kind is counted in blocks and words. --keep and --drop overrule a kind for this one time and may be repeated.

    --set overrules one block for good: `comparer flag page.txt --set 12=promotion --set 14=keep` writes review.toml
    beside the page, which every command honours. A decision is keep, drop or a kind; auto takes it back.

    --learn-site reads three or more pages of one outlet and writes what repeats among them: give that file with --site.
    """
    from dataclasses import asdict

    from comparer.cli.ledger import ledgers, ledgers_record, repeated
    from comparer.inputs import learn
    from comparer.reviewing import decide

    kept, dropped = console.kinds_of(keep or ()), console.kinds_of(drop or ())
    wanted = console.verdicts_of(decisions or (), paths)
    if wanted:
        with console.writing(f"review.toml beside {paths[0]}", remedy="Copy the page first."):
            written = decide(paths[0], wanted, note=note)
        console.remark(f"wrote {written.name} beside {paths[0]}")
    loaded = console.load(paths, sites, fields=fields, keep=kept, drop=dropped)
    if learn_site:
        with console.writing(str(learn_site), remedy="Name another file."):
            site = learn(loaded.articles, learn_site, outlet=outlet)
        console.report(asdict(site) if as_json else None, repeated(site))
        console.remark(f"wrote {learn_site}: give it with --site {learn_site}")
    else:
        console.report(ledgers_record(loaded.articles) if as_json else None, ledgers(loaded.articles))
    console.finish(len(loaded.failures))


@app.command("attributions", short_help="Show who says what, how and through whom.")
def attributions_command(
    paths: Paths, *, sites: Sites = None, fields: Fields = None, as_json: AsJson = False, as_csv: AsCsv = False
) -> None:
    """Show who says what, how and through whom: per article, then claim by claim side by side."""
    from comparer.cli.attributions import attributions, recorded
    from comparer.pipeline import compare

    loaded = console.load(paths, sites, fields=fields)
    with console.progress() as bar:
        comparison = compare(loaded.articles, progress=bar)
    console.report(recorded(comparison, as_json=as_json, as_csv=as_csv), attributions(comparison))
    console.finish(len(loaded.failures))


@app.command("group", short_help="Show which articles report the same event.")
def group_command(paths: Paths, *, sites: Sites = None, fields: Fields = None, as_json: AsJson = False) -> None:
    """Show which articles report the same event, what holds them together and what nearly joined.

    `events.toml` beside the pages overrules it: [[event]], [[together]] or [[apart]] with articles = ["page.txt", ...].
    """
    from comparer.cli.tables import group_record, groups
    from comparer.pipeline import group

    loaded = console.load(paths, sites, fields=fields)
    articles, found = group(loaded.articles, wishes=loaded.wishes)
    console.report(group_record(articles, found) if as_json else None, groups(articles, found))
    console.finish(len(loaded.failures))


@app.command("open", short_help="Open a local workbench in the browser.")
def open_command(
    paths: Paths,
    *,
    port: Annotated[int, typer.Option(help="Port on this machine; 0 takes a free one.")] = 0,
    watching: Annotated[bool, typer.Option("--watch", help="Compare again when a file of the folder changes.")] = False,
    fast: Fast = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the address in the browser.")] = True,
) -> None:
    """Open a local workbench: drop pages, mend what was read, and see the report again at once.

    It listens on 127.0.0.1 alone, under an address that nobody can guess. Every decision is saved beside the pages in
    the files that the commands read: review.toml, events.toml and review.json. Control-C ends it.
    """
    from comparer.model import Config

    try:
        import starlette  # noqa: F401
        import uvicorn  # noqa: F401
    except ImportError as error:
        raise UsageError("`comparer open` needs two libraries more: pip install 'comparer[open]'") from error
    from comparer.workbench import Bench, serve

    first = Path(paths[0])
    folder = first if first.is_dir() else first.parent
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder. Name pages of this machine.")

    def ready(address: str) -> None:
        console.say(f"workbench: {address}")
        console.remark(f"decisions are saved in {folder}; Control-C ends the workbench")
        if browser:
            typer.launch(address)

    try:
        serve(Bench(list(paths), folder, Config(fast=fast)), port=port, watching=watching, ready=ready)
    except OSError as error:
        raise UnreadableInputError(
            f"cannot serve on port {port}: {error.strerror}. Choose another with --port."
        ) from error


@app.command("rules", short_help="Explain what each finding means and how it errs.")
def rules_command(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="A code such as Q101, or its first letters.")] = "",
    *,
    docs: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write a page per code and an index there, as Markdown.")
    ] = None,
) -> None:
    """Explain what each finding means, how it errs and how well it is measured.

    Without a code, list them all by family.
    """
    from comparer.cli.rules import listed, rule_pages, whole
    from comparer.resources.rules import rules_of

    chosen = rules_of(code)
    if docs is None:
        console.show(whole(chosen) if code else listed(chosen))
        return
    with console.writing(f"to {docs}", remedy="Name another folder with --docs."):
        docs.mkdir(parents=True, exist_ok=True)
        for name, page in rule_pages(chosen).items():
            (docs / name).write_text(page, encoding="utf-8")
    console.say(f"wrote {len(chosen)} pages and an index to {docs}")


@app.command("schema", short_help="Print the JSON Schema of comparison.json.")
def schema_command() -> None:
    """Print the JSON Schema of comparison.json: what each field holds in the version this comparer writes."""
    from comparer.exporting.json import schema_json

    console.say(schema_json(), end="")


@app.command("verify", short_help="Check that a report's quotations stand in its texts.")
def verify_command(
    bundle: Annotated[
        Path,
        typer.Argument(metavar="BUNDLE", help="What compare wrote: its folder, or one file of it."),
    ],
    *,
    sources: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Check against the saved pages in this folder instead.")
    ] = None,
) -> None:
    """Check that every quoted passage of a report still stands in its text, and that nothing in it was changed.

    The texts are those stored in comparison.json or, with --sources, those of the original pages, which a redacted
    report always needs. Every other file is made again from comparison.json. Any difference ends with status 3.
    """
    from comparer.cli.tables import counted
    from comparer.inputs import texts_under
    from comparer.outputs import verify

    checked = verify(bundle, texts=texts_under(sources) if sources else None)
    where = f"{counted(checked.passages, 'passage')} in {counted(checked.articles, 'article')}"
    console.say(f"every quoted passage stands where the report says: {where} ({', '.join(checked.files[:5])})")
