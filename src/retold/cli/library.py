"""`retold library`: what is in it, and the care of it."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from retold.cli.options import AsJson, LibraryPlace
from retold.cli.problems import DONE, SOME_FAILED, exit_status, tell, told_library
from retold.cli.progress import progress_bar
from retold.cli.transfer import export_library, import_library
from retold.cli.writing import write_line

if TYPE_CHECKING:
    from retold.library import Library
    from retold.library.care.checking import Finding
    from retold.library.care.describing import Info
    from retold.library.care.forgetting import Forgotten
    from retold.library.care.rereading import Reread

app = typer.Typer(no_args_is_help=True, help="Look after a library: what is in it, whether it is whole, what must go.")


def info(place: LibraryPlace = None, as_json: AsJson = False) -> None:
    """Show where the library is, what is in it, and which models found what."""
    from retold.library import Library

    with told_library(), Library(place) as library:
        found = library.info()
    if as_json:
        write_line(found)
    else:
        for name, value in _described(found):
            typer.echo(f"{name:<14}{value}")


def _described(found: "Info") -> list[tuple[str, str]]:
    days = " to ".join(dict.fromkeys(found.days)) if found.days else "none is known"
    return [
        ("library", f"{found.place} ({found.database}, tables of revision {found.revision})"),
        ("on disk", _size(found.bytes)),
        ("articles", f"{found.articles:,}"),
        ("publications", f"{found.publications:,}, of {_several(found.outlets, 'outlet')}"),
        ("published", days),
        ("statements", f"{found.statements:,}"),
        *(("found by", f"{version}: {_several(count, 'article')}") for version, count in found.readings.items()),
        *([("", f"none yet: {_several(found.unread, 'article')} (`retold library reread`)")] * bool(found.unread)),
        *([("old findings", f"of {_several(found.old_readings, 'reading')}")] * bool(found.old_readings)),
    ]


def check(
    place: LibraryPlace = None,
    mend: Annotated[
        bool,
        typer.Option("--mend", help="Make indexes anew (of words, copies, stories) that are not as they should be."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Check that the library is whole, and say what is not and how to mend it.

    Looked at are the file, rows that hang on nothing, records that cannot be read or point outside of their text,
    and the indexes against the texts. With --json an object a line. Status 1: something was found that is not mended.
    """
    from retold.library import Library

    with told_library(), Library(place) as library:
        found = _check(library, as_json)
        if mend and found:
            with progress_bar() as progress:
                mended = library.mend(found, progress)
            if mended:
                names = ", ".join(mended)
                typer.echo(f"retold: these indexes were made anew: {names}; checked once more:", err=True)
                found = _check(library, as_json)
        if not as_json:
            typer.echo(f"{_several(len(found), 'fault') if found else 'all is well'}: {library.name}")
    raise typer.Exit(SOME_FAILED if found else DONE)


def _check(library: "Library", as_json: bool) -> "list[Finding]":
    found: list[Finding] = []
    with progress_bar() as progress:
        for finding in library.check(progress):
            found.append(finding)
            if as_json:
                write_line(finding)
            else:
                typer.echo(f"{finding.where}: {finding.what}: {finding.mend}")
    return found


def vacuum(place: LibraryPlace = None) -> None:
    """Give back the room of what is gone, and put the indexes in order.

    The file is written anew, which takes as much room again for that time.
    """
    from retold.library import Library

    with told_library(), Library(place) as library:
        before, after = library.vacuum()
        typer.echo(f"{_size(before)} before, {_size(after)} now: {library.name}")


def forget(
    what: Annotated[
        str,
        typer.Argument(metavar="ARTICLE|OUTLET", help="An article's id or its beginning, an address, or an outlet."),
    ],
    place: LibraryPlace = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
) -> None:
    """Take an article, or what an outlet published, out of the library, with all that was found in it.

    It is gone from every table and index, and no word of it stays in the file. An article that another outlet
    published too stays; only this publication of it goes. It cannot be undone.
    """
    from retold.library import Library

    with told_library(), Library(place) as library:
        would = library.would_forget(what)
        if dry_run:
            typer.echo(f"would go: {_told(would)}: {library.name}")
            return
        if not yes:
            _ask(f"Forget {_told(would)}, in {library.name}?")
        with progress_bar() as progress:
            forgotten = library.forget(what, progress)
        typer.echo(f"forgotten: {_told(forgotten)}: {library.name}")


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _ask(question: str) -> None:
    if not _is_terminal():
        raise typer.BadParameter("there is nobody to ask whether it may go: say --yes", param_hint="--yes")
    typer.confirm(question, abort=True, err=True)


def _told(forgotten: "Forgotten") -> str:
    """What goes, in words: "2 articles and 3 publications (kept: 1 article that others published too)"."""
    stays = f" (kept: {_several(forgotten.kept, 'article')} that others published too)" if forgotten.kept else ""
    return f"{_several(forgotten.articles, 'article')} and {_several(forgotten.publications, 'publication')}{stays}"


def reread(
    place: LibraryPlace = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="The smaller network will do; what the whole one found stays.")
    ] = False,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Delete the findings of versions before; else they are kept apart.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Find anew what an older model or older rules found, and what `add --quick` left out.

    Only what changed is done again. Stop it at any time: the same command goes on from there. The text of an article
    stays as it was read.
    """
    from retold.library import Library

    with told_library(), Library(place) as library:
        with progress_bar() as progress:
            result = library.reread(progress, fast=fast, drop_old=drop_old)
        for problem in result.problems:
            tell(problem)
        if as_json:
            failed = sum(problem.level == "error" for problem in result.problems)
            counts = {**result.done, "old readings dropped": result.dropped, "failed": failed}
            write_line({**counts, "indexes renewed": result.renewed})
        else:
            typer.echo(f"{_summary(result)}: {library.name}")
    raise typer.Exit(exit_status(result.problems))


def _summary(result: "Reread") -> str:
    parts = [f"{name} of {_several(count, 'article')} found anew" for name, count in result.done.items() if count]
    if result.renewed:
        parts.append(f"indexes made anew: {', '.join(result.renewed)}")
    if result.dropped:
        parts.append(f"{_several(result.dropped, 'old reading')} dropped")
    return ", ".join(parts) or "nothing has changed"


def _several(count: int, name: str) -> str:
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def _size(count: int) -> str:
    return f"{count / 1e6:,.1f} MB"


_COMMANDS: tuple[tuple[Callable[..., None], str], ...] = (
    (info, "info"),
    (check, "check --mend"),
    (reread, "reread --library talks.db"),
    (forget, 'forget "Osk Times" --dry-run'),
    (vacuum, "vacuum"),
    (export_library, "export --to parquet -o talks"),
    (import_library, "import talks --library copy.db"),
)
for _command, _example in _COMMANDS:
    app.command(_example.split()[0], epilog=f"Example: retold library {_example}")(_command)
