"""What went wrong, in a line of standard error each, and the exit status that follows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from retold.article import Problem

DONE, SOME_FAILED, WRONG_USAGE = 0, 1, 2


def tell(problem: "Problem") -> None:
    """Write a problem to standard error."""
    from retold.dossier.labels import one_line

    typer.echo(f"retold: {problem.level}: {one_line(problem.input)}: {one_line(problem.reason)}", err=True)


def exit_status(problems: Iterable["Problem"]) -> int:
    """The status of a run that came to its end with these problems; notes do not count."""
    return SOME_FAILED if any(problem.level == "error" for problem in problems) else DONE


@contextmanager
def told_corrections() -> Iterator[None]:
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


@contextmanager
def told_library() -> Iterator[None]:
    """Whatever keeps a library from being opened, read or written: one line, and status 1."""
    from retold.dossier.labels import one_line
    from retold.library import LibraryError

    try:
        yield
    except LibraryError as error:
        typer.echo(f"retold: {one_line(str(error))}", err=True)
        raise typer.Exit(SOME_FAILED) from None
