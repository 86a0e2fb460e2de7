"""The commands: arguments in, tables or JSON out, an exit status that can be trusted."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from retold import __version__
from retold.cli_options import (
    LEDGER_EXPORTS,
    ActorsFile,
    AllowPrivate,
    AsJson,
    CodebookFile,
    ExportName,
    Inputs,
    LedgerFormat,
    MostPages,
    Show,
)

if TYPE_CHECKING:
    from retold.article import Article, Problem
    from retold.dossier.correcting import Desk
    from retold.dossier.dossier import Dossier
    from retold.ledger import Codebook, KnownActor
    from retold.line_output import LineOutput
    from retold.pipeline import Found
    from retold.pipeline import Progress as Told
    from retold.reading import Web

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Who said what, who copied whom, what changed in the retelling, and where each side stands. "
    "Nothing leaves your machine.",
)

_FILE_WIDTH = 160  # columns of a table that goes into a file

DONE, SOME_FAILED, WRONG_USAGE = 0, 1, 2


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"retold {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


@app.command(epilog="Example: retold report wire.html copy.txt -o dossier")
def report(
    inputs: Inputs,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Where dossier.html and dossier.json go. [default: dossier]"),
    ] = None,
    codebook: CodebookFile = None,
    actors: ActorsFile = None,
    exports: Annotated[
        list[ExportName] | None,
        typer.Option("--export", help="Write this export beside dossier.json too; may be given more than once."),
    ] = None,
    allow_private: AllowPrivate = False,
    most: MostPages = 50,
    as_json: AsJson = False,
) -> None:
    """Compare reports of one event and write a dossier.

    Prints a summary, and writes dossier.html (to read) and dossier.json (for machines) into DIR. With --json the
    dossier goes to standard output, and files are written only when -o is given. Corrections that DIR holds
    (corrections.jsonl, which `retold correct` writes) are kept and applied.
    """
    if exports and as_json and out is None:
        raise typer.BadParameter("with --json it needs the folder to write into: give -o DIR", param_hint="--export")
    if exports:
        _check_available(exports)
    from retold.dossier.as_json import to_json
    from retold.dossier.corrections import CORRECTIONS_FILE, apply_corrections
    from retold.dossier.page import render_page
    from retold.dossier.sidecar import read_sidecar
    from retold.dossier.summary import print_summary
    from retold.pipeline import report as make_report
    from retold.reading import Web

    issues, known = _read_codebook(codebook), _read_actors(actors)
    folder = out or (None if as_json else Path("dossier"))
    with _told_corrections():  # before the work: what cannot be read must not cost it
        corrections = read_sidecar(folder / CORRECTIONS_FILE) if folder else ()
    with _progress() as progress:
        dossier = make_report(inputs, codebook=issues, actors=known, progress=progress, web=Web(allow_private, most))
    if corrections:
        with _told_corrections():
            dossier = apply_corrections(dossier, corrections)
    data = to_json(dossier)
    if as_json:
        _write_bytes(data)
    else:
        print_summary(dossier, Console(highlight=False))
    if dossier.articles and folder:
        beside = {"dossier.json": data, **_exports(dossier, exports or ())}
        _write_files(folder, {"dossier.html": render_page(dossier).encode(), **beside})
        if not as_json:
            typer.echo(f"Dossier: {folder / 'dossier.html'} (and {', '.join(beside)})")
    raise typer.Exit(_status(dossier.problems))


@app.command(epilog="Example: retold statements articles.jsonl -o statements.jsonl --resume")
def statements(
    inputs: Inputs,
    as_json: AsJson = False,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write JSON lines into FILE (implies --json).")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep what FILE has and go on with the articles that it lacks.")
    ] = False,
    fast: Annotated[
        bool, typer.Option("--fast", help="Use a network of half the layers: faster, and a little less right.")
    ] = False,
    allow_private: AllowPrivate = False,
    most: MostPages = 50,
) -> None:
    """Find who said what in each article.

    With --json one line an article, in the order of the input: {"id": …, "article": …, "statements": [{"source",
    "cue", "content", "speakers", …}]}, offsets into its text; `article` is its own id, and `id` the one that bulk
    input, a feed or an archive gives, else the same. Any number of articles fits into memory; what cannot be read is
    told and left out. Ctrl-C loses no finished line.
    """
    from retold.dossier.tables import statement_table
    from retold.line_output import open_lines
    from retold.reading import Web

    if resume and out is None:
        raise typer.BadParameter("it needs the file to go on with: give it with -o FILE", param_hint="--resume")
    console = Console(highlight=False)
    problems: list[Problem] = []
    try:
        with open_lines(out, resume) as lines, _progress() as progress:
            for found in _find_each(inputs, problems, lines, fast, progress, Web(allow_private, most)):
                if as_json or out:
                    article = found.article
                    own = {"id": article.given_id or article.id, "article": article.id}
                    lines.write({**own, "statements": found.statements})
                else:
                    console.print(statement_table(found.article, found.statements))
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:
        typer.echo(f"retold: cannot write {out} ({error}): choose another file with -o", err=True)
        raise typer.Exit(SOME_FAILED) from None
    raise typer.Exit(_status(problems))


@app.command(epilog="Example: retold clean scrape.txt")
def clean(inputs: Inputs, allow_private: AllowPrivate = False, most: MostPages = 50, as_json: AsJson = False) -> None:
    """Show what is the article and what a page wrapped round it.

    Prints the article's own words (headline, sub-headings, body) and, to standard error, what was set aside and
    why. With --json one line an article: {"id": …, "text": …, "blocks": [{"kind", "start", "end", "reason"}]}.
    Pages are told apart in any language, plain text in English only.
    """
    from retold.dossier.tables import block_table, own_text
    from retold.reading import Web

    console, errors = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False)
    problems: list[Problem] = []
    for article in _read(inputs, problems, web=Web(allow_private, most), any_language=True):
        if as_json:
            _write_line({"id": article.given_id or article.id, "text": article.text, "blocks": article.blocks})
        else:
            console.print(own_text(article))
            errors.print(block_table(article))
    raise typer.Exit(_status(problems))


@app.command(epilog="Example: retold compare wire.html copy.txt rewrite.txt")
def compare(inputs: Inputs, allow_private: AllowPrivate = False, most: MostPages = 50, as_json: AsJson = False) -> None:
    """Compare every pair of articles: passages, shared statements, what changed.

    With --json one line a pair: {"a": …, "b": …, "passages": […], "links": […]}.
    """
    from retold.dossier.tables import collation_table
    from retold.pipeline import collate_all
    from retold.reading import Web

    problems: list[Problem] = []
    articles = list(_read(inputs, problems, web=Web(allow_private, most)))
    if len(articles) < 2:
        typer.echo(f"retold: compare needs two articles or more that can be read; {len(articles)} came", err=True)
        raise typer.Exit(_status(problems) or WRONG_USAGE)
    console = Console(highlight=False)
    for a, b, collation in collate_all(articles):
        if as_json:
            _write_line(collation)
        else:
            console.print(collation_table(collation, a, b))
    raise typer.Exit(_status(problems))


@app.command(epilog="Example: retold ledger reports/ --issue sanctions --since 2025-08-01 --format dna -o talks.csv")
def ledger(
    inputs: Inputs,
    actor: Annotated[
        list[str] | None, typer.Option("--actor", metavar="NAME", help="Only this actor or side; may be repeated.")
    ] = None,
    issue: Annotated[
        list[str] | None, typer.Option("--issue", metavar="ISSUE", help="Only this issue (code or label); repeatable.")
    ] = None,
    since: Annotated[
        datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], metavar="DAY", help="From this day on.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="Up to this day.")
    ] = None,
    codebook: CodebookFile = None,
    actors: ActorsFile = None,
    show: Annotated[Show, typer.Option("--show", help="What the table or --json shows.")] = Show.ALL,
    form: Annotated[LedgerFormat, typer.Option("--format", "-f", help="See the table above.")] = LedgerFormat.TABLE,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where it goes; without it, or with -, to standard output."),
    ] = None,
    allow_private: AllowPrivate = False,
    most: MostPages = 50,
    as_json: AsJson = False,
) -> None:
    """Show who takes which position on which issue, said by whom and when, and how it moved.

    \b
    table           positions, acts and timeline, for people
    json            a JSON object a line: rows of the ledger, positions or happenings (same as --json)
    csv             the acts as a table, for spreadsheets
    parquet         the same with typed columns, for data frames (needs pyarrow)
    dna             an event list of Discourse Network Analyzer
    dna-sqlite      a database that DNA 3 opens
    graphml         actors and issues, for Gephi and networkx
    congruence      who agrees with whom, as GraphML
    conflict        who is at odds with whom, as GraphML
    plover          PLOVER events, in lines of JSON

    Every row names the words it rests on. Copies of one report count as one voice. An act of an unknown day is left out
    where --since or --until is given.
    """
    from retold.exports import EXPORTS
    from retold.ledger import Selection
    from retold.pipeline import gather, make_ledger, select_ledger
    from retold.reading import Web

    chosen = LedgerFormat.JSON if as_json else form
    if chosen in LEDGER_EXPORTS:
        _check_available([LEDGER_EXPORTS[chosen]])
    issues, known = _read_codebook(codebook), _read_actors(actors)
    with _progress() as progress:
        gathered = gather(inputs, progress, Web(allow_private, most))
        found = make_ledger(gathered.articles, gathered.problems, codebook=issues, actors=known, progress=progress)
    for problem in found.problems:
        _tell(problem, [])
    dossier = select_ledger(found, Selection(tuple(actor or ()), tuple(issue or ()), _day(since), _day(until)))
    if chosen is LedgerFormat.TABLE:
        _write_tables(dossier, show, out)
    elif chosen is LedgerFormat.JSON:
        _write_out(b"".join(msgspec.json.encode(row) + b"\n" for row in _shown(dossier, show)), out)
    else:
        _write_out(EXPORTS[LEDGER_EXPORTS[chosen]].make(dossier), out)
    raise typer.Exit(_status(found.problems))


@app.command(epilog="Example: retold export dossier/dossier.json --to graphml -o lineage.graphml")
def export(
    source: Annotated[
        str,
        typer.Argument(metavar="DOSSIER", help="A dossier.json, the folder that holds it, or - for standard input."),
    ],
    to: Annotated[ExportName, typer.Option("--to", help="Which export; the table above says what each is.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE", help="Where it goes; without it, or with -, to standard output."),
    ] = None,
) -> None:
    """Write the lineage or the ledger of a dossier in a format that other tools read.

    \b
    graphml         the lineage for Gephi and networkx: who derives from whom
    prov            the same, and who quotes whom, as PROV-JSON of the W3C
    ledger-csv      the ledger as a table, for spreadsheets
    ledger-parquet  the same with typed columns, for data frames (needs pyarrow)
    dna             the ledger as an event list of Discourse Network Analyzer
    dna-sqlite      the same as a database that DNA 3 opens
    actor-concept   who speaks for or against what, as GraphML
    congruence      who agrees with whom, as GraphML
    conflict        who is at odds with whom, as GraphML
    plover          the ledger as PLOVER events, in lines of JSON
    """
    _check_available([to])
    from retold.dossier.corrections import with_corrected_ledger
    from retold.dossier.stored import DossierError, read_dossier
    from retold.exports import EXPORTS

    try:
        data = EXPORTS[to].make(with_corrected_ledger(read_dossier(source)))
    except DossierError as error:
        typer.echo(f"retold: {error}", err=True)
        raise typer.Exit(SOME_FAILED) from None
    _write_out(data, out)


def _read_codebook(path: Path | None) -> "Codebook":
    from retold.ledger import CodebookError, read_codebook

    try:
        return read_codebook(path)
    except (CodebookError, OSError) as error:
        raise typer.BadParameter(_reason(error), param_hint="--codebook") from None


def _read_actors(path: Path | None) -> "tuple[KnownActor, ...]":
    from retold.ledger import ActorListError, read_actors

    try:
        return read_actors(path) if path else ()
    except (ActorListError, OSError) as error:
        raise typer.BadParameter(_reason(error), param_hint="--actors") from None


def _reason(error: Exception) -> str:
    return f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)


def _day(given: datetime | None) -> str | None:
    return given.date().isoformat() if given else None


def _shown(dossier: "Dossier", show: Show) -> Iterator[object]:
    """The rows of a ledger that are shown as JSON: acts unless other rows are asked for."""
    rows = {Show.POSITIONS: dossier.positions, Show.TIMELINE: dossier.timeline}
    yield from rows.get(show, dossier.ledger)


def _write_tables(dossier: "Dossier", show: Show, out: Path | None) -> None:
    from retold.dossier.ledger_tables import act_table, happening_table, position_table

    tables = {Show.POSITIONS: position_table, Show.ACTS: act_table, Show.TIMELINE: happening_table}
    chosen = [make(dossier) for name, make in tables.items() if show in (Show.ALL, name)]
    if out is None or str(out) == "-":
        Console(highlight=False).print(*chosen, sep="\n")
        return
    buffer = StringIO()
    Console(file=buffer, highlight=False, width=_FILE_WIDTH).print(*chosen, sep="\n")
    _write_out(buffer.getvalue().encode(), out)


def _write_out(data: bytes, out: Path | None) -> None:
    if out is None or str(out) == "-":
        sys.stdout.buffer.write(data)
    else:
        _write_files(out.parent, {out.name: data})


@app.command(epilog="Example: retold correct dossier 8cba715c1b1f-l62 --set act=reject --note 'He refused.' --by AM")
def correct(
    source: Annotated[str, typer.Argument(metavar="DOSSIER", help="A dossier.json, or the folder that holds it.")],
    row: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="The id of a row, or a beginning that no other has; the page shows them."),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="It is right.")] = False,
    reject: Annotated[
        bool, typer.Option("--reject", help="It is wrong; no position follows from it any more.")
    ] = False,
    edits: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="It reads otherwise; may be given more than once."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last correction of the row.")] = False,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; the page shows it.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so.")] = None,
    as_json: AsJson = False,
) -> None:
    """Accept, reject or edit a row of a dossier; without an ID list what is corrected.

    Any row with an id: findings, statements, passages, ledger rows, positions … The correction goes into
    corrections.jsonl beside the dossier, which a later `retold report` into the same folder keeps and applies;
    dossier.json and dossier.html are written anew. The row itself stays as it was found, with the correction beside
    it; positions follow from the corrected ledger.
    """
    chosen = [name for name, given in _choices(accept, reject, edits, undo).items() if given]
    _check_choice(source, row, chosen, note or by)
    from retold.dossier.as_json import to_json
    from retold.dossier.correcting import open_desk
    from retold.dossier.corrections import row_words
    from retold.dossier.page import render_page
    from retold.dossier.stored import dossier_file, read_dossier
    from retold.dossier.tables import correction_table

    with _told_corrections():
        file = dossier_file(source)
        desk = open_desk(read_dossier(source), file)
        shown = list(desk.standing.values())
        if row is not None:
            row = desk.find(row)
            dossier = _corrected(desk, row, chosen[0], edits or (), note, by)
            pages = {f"{file.stem}.html": render_page(dossier).encode(), file.name: to_json(dossier)}
            _write_files(file.parent, pages)
            shown = [each for each in dossier.corrections if each.id == row]
    if as_json:
        for each in shown:
            _write_line(each)
    elif row and not shown:
        typer.echo(f"{row} stands as it was found.")
    else:
        Console(highlight=False).print(correction_table(shown, row_words(desk.dossier)))


def _choices(accept: bool, reject: bool, edits: list[str] | None, undo: bool) -> dict[str, bool]:
    return {"--accept": accept, "--reject": reject, "--set": bool(edits), "--undo": undo}


def _check_choice(source: str, row: str | None, chosen: list[str], about: str | None) -> None:
    """Refuse what cannot be meant before any work."""
    if source == "-":
        raise typer.BadParameter("corrections are kept beside a file: name it, or its folder", param_hint="DOSSIER")
    if row is None and (chosen or about):
        raise typer.BadParameter(f"{chosen[0] if chosen else '--note'} needs the row it is about", param_hint="ID")
    if row is not None and len(chosen) != 1:
        told = "it is one of them for a row" if chosen else "say what is right"
        raise typer.BadParameter(f"{told}: --accept, --reject, --set FIELD=VALUE or --undo", param_hint="ID")
    if about and chosen == ["--undo"]:
        raise typer.BadParameter("what is taken back leaves no note", param_hint="--undo")


def _corrected(
    desk: "Desk", row: str, choice: str, edits: Iterable[str], note: str | None, by: str | None
) -> "Dossier":
    from datetime import UTC, datetime

    if choice == "--undo":
        return desk.undo(row)
    about = {"note": note, "by": by, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    if choice == "--set":
        return desk.edit(row, list(edits), **about)
    return desk.judge(row, "accept" if choice == "--accept" else "reject", **about)


@contextmanager
def _told_corrections() -> Iterator[None]:
    """Whatever keeps a correction from being read, understood or written: one line, and status 1."""
    from retold.dossier.correcting import UnknownRowError
    from retold.dossier.corrections import CorrectionError
    from retold.dossier.labels import one_line
    from retold.dossier.sidecar import SidecarError
    from retold.dossier.stored import DossierError

    try:
        yield
    except (CorrectionError, DossierError, SidecarError, UnknownRowError) as error:
        typer.echo(f"retold: {one_line(str(error))}", err=True)
        raise typer.Exit(SOME_FAILED) from None


def _check_available(names: Iterable[ExportName]) -> None:
    """Raises: typer.BadParameter, where an export needs a package that is not installed."""
    from retold.exports import EXPORTS

    for name in names:
        if not EXPORTS[name].available:
            raise typer.BadParameter(f"{name} needs {EXPORTS[name].package}: pip install 'retold[parquet]'")


def _exports(dossier: "Dossier", names: Iterable[ExportName]) -> dict[str, bytes]:
    """The exports of these names, by the names of their files."""
    from retold.dossier.corrections import with_corrected_ledger
    from retold.exports import EXPORTS

    corrected = with_corrected_ledger(dossier)
    return {EXPORTS[name].file_name: EXPORTS[name].make(corrected) for name in names}


def _find_each(
    inputs: list[str], problems: list["Problem"], lines: "LineOutput", fast: bool, progress: "Told", web: "Web"
) -> Iterator["Found"]:
    """The articles that are not done yet, with their statements; problems go where `_read` puts them."""
    from retold.article import Problem
    from retold.pipeline import find_each
    from retold.reading.sources import measure_inputs

    total = measure_inputs(inputs) if sys.stderr.isatty() else 0
    read = 0

    def advance(count: int) -> None:
        nonlocal read
        read += count
        progress("statements", read, total)

    articles = _read(inputs, problems, lines.is_done, advance, web)
    for one in find_each((article for article in articles if _is_new(article, lines)), fast=fast):
        if isinstance(one, Problem):
            _tell(one, problems)
        else:
            yield one


def _is_new(article: "Article", lines: "LineOutput") -> bool:
    """Of articles with a given id those that are done were not read at all: only their texts can be known already."""
    return not (lines.has_text(article.id) if article.given_id else lines.is_done(article.id))


def _read(
    inputs: list[str],
    problems: list["Problem"],
    skip: Callable[[str], bool] = lambda _: False,
    advance: Callable[[int], None] = lambda _: None,
    web: "Web | None" = None,
    any_language: bool = False,
) -> Iterator["Article"]:
    """The articles that can be read, one at a time; what cannot goes to standard error and into `problems`."""
    from retold.article import Article
    from retold.reading import PUBLIC, read_inputs

    for found in read_inputs(inputs, skip=skip, advance=advance, web=web or PUBLIC, any_language=any_language):
        if isinstance(found, Article):
            yield found
        else:
            _tell(found, problems)


def _tell(problem: "Problem", problems: list["Problem"]) -> None:
    """Note a problem and write it to standard error."""
    from retold.dossier.labels import one_line

    problems.append(problem)
    typer.echo(f"retold: {problem.level}: {one_line(problem.input)}: {one_line(problem.reason)}", err=True)


def _status(problems: Iterable["Problem"]) -> int:
    return SOME_FAILED if any(problem.level == "error" for problem in problems) else DONE


@contextmanager
def _progress() -> Iterator["Told"]:
    """A bar on standard error that is gone when the work is done; nothing where that is no terminal."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of or None)

        yield tell


def _write_bytes(data: bytes) -> None:
    sys.stdout.buffer.write(data + b"\n")


def _write_line(value: object) -> None:
    _write_bytes(msgspec.json.encode(value))


def _write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all of `files`, each whole or not at all: an interrupted run leaves the old one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            part = folder / f".{name}.part"
            part.write_bytes(data)
            os.replace(part, folder / name)
    except OSError as error:
        typer.echo(f"retold: cannot write into {folder} ({error.strerror}): choose another folder with -o", err=True)
        raise typer.Exit(SOME_FAILED) from None


def main() -> None:
    """The `retold` command."""
    try:
        app()
    except KeyboardInterrupt:
        typer.echo("retold: stopped; nothing half-written is left", err=True)
        sys.exit(130)
    except BrokenPipeError:  # the reader of our output has gone: `retold … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
