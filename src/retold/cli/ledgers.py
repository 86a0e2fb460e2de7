"""`retold ledger` and `retold export`: the ledger as tables, and in the formats of other tools."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from rich.console import Console

from retold.cli.formats import (
    EXPORT_FORMATS,
    LEDGER_EXPORTS,
    LEDGER_FORMATS,
    ExportName,
    LedgerFormat,
    check_available,
    explain_formats,
)
from retold.cli.inputs import actors_of, codebook_of, report_of_story
from retold.cli.options import (
    About,
    ActorsFile,
    AllowPrivate,
    AsJson,
    CodebookFile,
    LibraryPlace,
    MostPages,
    OutFile,
    Since,
    SomeInputs,
    Story,
    Until,
    iso_day,
    refuse_both,
)
from retold.cli.problems import SOME_FAILED, exit_status, tell, told_library
from retold.cli.progress import progress_bar
from retold.cli.writing import write_out

if TYPE_CHECKING:
    from retold.dossier.dossier import Dossier
    from retold.ledger import Codebook, KnownActor
    from retold.reading import Web

_FILE_WIDTH = 160  # columns of a table that goes into a file


class Show(StrEnum):
    """The parts of a ledger that can be shown alone."""

    ALL = "all"
    POSITIONS = "positions"
    ACTS = "acts"
    TIMELINE = "timeline"


@explain_formats(LEDGER_FORMATS)
def ledger(
    context: typer.Context,
    inputs: SomeInputs = None,
    actor: Annotated[
        list[str] | None, typer.Option("--actor", metavar="NAME", help="Only this actor or side; may be repeated.")
    ] = None,
    issue: Annotated[
        list[str] | None, typer.Option("--issue", metavar="ISSUE", help="Only this issue (code or label); repeatable.")
    ] = None,
    since: Since = None,
    until: Until = None,
    place: LibraryPlace = None,
    story: Story = None,
    about: About = None,
    codebook: CodebookFile = None,
    actors: ActorsFile = None,
    show: Annotated[Show, typer.Option("--show", help="What the table or --json shows.")] = Show.ALL,
    form: Annotated[LedgerFormat, typer.Option("--format", "-f", help="See the table above.")] = LedgerFormat.TABLE,
    out: OutFile = None,
    allow_private: AllowPrivate = False,
    most: MostPages = 50,
    as_json: AsJson = False,
) -> None:
    """Show who takes which position on which issue, said by whom and when, and how it moved.

    \b
    {formats}

    Every row names the words it rests on. Copies of one report count as one voice. An act of an unknown day is left out
    where --since or --until is given. Without files it is the ledger of a library, by those of its articles that
    --story, --about, --since and --until name; acts found once are kept there.
    """
    from retold.exports import EXPORTS
    from retold.ledger import Selection
    from retold.pipeline import select_ledger
    from retold.reading import Web

    refuse_both(context, inputs, story=story, about=about)
    chosen = LedgerFormat.JSON if as_json else form
    if chosen in LEDGER_EXPORTS:
        check_available([LEDGER_EXPORTS[chosen]])
    issues, known = codebook_of(codebook), actors_of(actors)
    if inputs:
        found = _ledger_of_files(inputs, Web(allow_private, most), issues, known)
    else:
        found = _ledger_of_library(place, (about, iso_day(since), iso_day(until), story), issues, known)
    for problem in found.problems:
        tell(problem)
    dossier = select_ledger(found, Selection(tuple(actor or ()), tuple(issue or ()), iso_day(since), iso_day(until)))
    if chosen is LedgerFormat.TABLE:
        _write_tables(dossier, show, out)
    elif chosen is LedgerFormat.JSON:
        write_out(b"".join(msgspec.json.encode(row) + b"\n" for row in _shown(dossier, show)), out)
    else:
        write_out(EXPORTS[LEDGER_EXPORTS[chosen]].make(dossier), out)
    raise typer.Exit(exit_status(found.problems))


@explain_formats(EXPORT_FORMATS)
def export(
    to: Annotated[ExportName, typer.Option("--to", help="Which export; the table above says what each is.")],
    source: Annotated[
        str | None,
        typer.Argument(metavar="[DOSSIER]", help="A dossier.json, the folder that holds it, or - for standard input."),
    ] = None,
    place: LibraryPlace = None,
    story: Story = None,
    out: OutFile = None,
) -> None:
    """Write a dossier, or a story of a library, in a format that other tools read.

    \b
    {formats}

    `retold library export` writes all tables of a library.
    """
    if (source is None) is (story is None):
        reason = "one of them was expected: a dossier, or a story of a library with --story ID"
        raise typer.BadParameter(reason, param_hint="DOSSIER")
    check_available([to])
    from retold.exports import EXPORTS

    dossier = _read_dossier(source) if source is not None else report_of_story(place, story or "")
    write_out(EXPORTS[to].make(dossier), out)


def _read_dossier(source: str) -> "Dossier":
    """A dossier that was written, with the corrections beside it."""
    from retold.dossier.corrections import with_corrected_ledger
    from retold.dossier.stored import DossierError, read_dossier

    try:
        return with_corrected_ledger(read_dossier(source))
    except DossierError as error:
        typer.echo(f"retold: {error}", err=True)
        raise typer.Exit(SOME_FAILED) from None


def _ledger_of_files(inputs: list[str], web: "Web", codebook: "Codebook", actors: "Sequence[KnownActor]") -> "Dossier":
    from retold.pipeline import gather, make_ledger

    with progress_bar() as progress:
        gathered = gather(inputs, progress, web)
        return make_ledger(gathered.articles, gathered.problems, codebook=codebook, actors=actors, progress=progress)


def _ledger_of_library(
    place: str | None, wanted: tuple[str | None, ...], codebook: "Codebook", actors: "Sequence[KnownActor]"
) -> "Dossier":
    from retold.library import Library, Wanted

    with told_library(), Library(place) as library, progress_bar() as progress:
        return library.ledger(Wanted(*wanted), codebook=codebook, actors=actors, progress=progress)


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
    write_out(buffer.getvalue().encode(), out)
