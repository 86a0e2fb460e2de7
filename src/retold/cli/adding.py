"""`retold add`: articles into a library."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, TextColumn, TimeRemainingColumn

from retold.cli.options import AllowPrivate, AsJson, Inputs, LibraryPlace, MostPages
from retold.cli.problems import exit_status, tell, told_library
from retold.cli.writing import write_line

if TYPE_CHECKING:
    from retold.library import Added


def add(
    inputs: Inputs,
    place: LibraryPlace = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="Use a network of half the layers: faster, and a little less right.")
    ] = False,
    quick: Annotated[
        bool,
        typer.Option(
            "--quick", help="Leave the statements for later (`retold library reread`): copies and stories at once."
        ),
    ] = False,
    allow_private: AllowPrivate = False,
    most: MostPages = 50,
    as_json: AsJson = False,
) -> None:
    """Keep articles in a library, with all that is found in them.

    What is there already is passed over; a text that changed at its address is a new version, and the old one stays.
    Each article is kept whole or not at all: stop it at any time, and the same command goes on from there. With
    --json one object of counts.
    """
    from retold.library import Library
    from retold.reading import Web
    from retold.reading.sources import measure_inputs

    with told_library(), Library(place) as library:
        size = measure_inputs(inputs) if sys.stderr.isatty() else 0
        with _bar(size) as (show, advance):
            added = library.add(
                inputs, fast=fast, quick=quick, progress=show, advance=advance, web=Web(allow_private, most)
            )
        for problem in added.problems:
            tell(problem)
        if as_json:
            write_line(_counts(added))
        else:
            typer.echo(_summary(added, library.name))
    raise typer.Exit(exit_status(added.problems))


def _counts(added: "Added") -> dict[str, int]:
    from retold.library import Outcome

    failed = sum(problem.level == "error" for problem in added.problems)
    counts = {outcome.value: added.counts[outcome] for outcome in Outcome}
    return {**counts, "known": counts["known"] + added.skipped, "failed": failed}


_WORDS = {
    "new": ("{} new article", "{} new articles"),
    "version": ("{} new version of a known one", "{} new versions of known ones"),
    "publication": ("{} known text published elsewhere", "{} known texts published elsewhere"),
    "known": ("{} there already", "{} there already"),
    "failed": ("{} that could not be kept", "{} that could not be kept"),
}


def _summary(added: "Added", name: str) -> str:
    """What came of it, in a line: "3 new articles, 2 there already: /home/ada/talks.db"."""
    parts = [_WORDS[what][count != 1].format(f"{count:,}") for what, count in _counts(added).items() if count]
    return f"{', '.join(parts) or 'nothing to add'}: {name}"


class _Rate(ProgressColumn):
    def render(self, task):  # type: ignore[no-untyped-def]
        return f"{task.fields['articles'] / max(task.elapsed or 0, 1e-9):,.1f} articles/s"


@contextmanager
def _bar(size: int) -> Iterator[tuple[Callable[["Added"], None], Callable[[int], None]]]:
    """A bar over the bytes that are read, with the rate of articles and the time that is left."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("adding", total=size or None, articles=0)

        def show(added: "Added") -> None:
            bar.update(task, articles=added.read, description=f"{added.read:,} articles")

        yield show, lambda count: bar.advance(task, count)
