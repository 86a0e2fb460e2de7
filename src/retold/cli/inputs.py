"""What the commands read: articles one at a time, and the tables that a user brings."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retold.cli.problems import tell, told_library
from retold.cli.progress import progress_bar

if TYPE_CHECKING:
    from retold.article import Article, Problem
    from retold.dossier.dossier import Dossier
    from retold.ledger import Codebook, KnownActor
    from retold.reading import Web


def read_articles(
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
            problems.append(found)
            tell(found)


def report_of_story(
    place: str | None, story: str, codebook: "Codebook | None" = None, actors: "Sequence[KnownActor]" = ()
) -> "Dossier":
    """The dossier of a story of a library. Raises: typer.Exit, told why, where there is none."""
    from retold.library import Library

    with told_library(), Library(place) as library, progress_bar() as progress:
        return library.report(story, codebook=codebook, actors=actors, progress=progress)


def codebook_of(path: Path | None) -> "Codebook":
    """The issues of a ledger, Retold's own where no file is given.

    Raises: typer.BadParameter, the file cannot be read or understood.
    """
    from retold.ledger import CodebookError, read_codebook

    try:
        return read_codebook(path)
    except (CodebookError, OSError) as error:
        raise typer.BadParameter(_reason(error), param_hint="--codebook") from None


def actors_of(path: Path | None) -> "tuple[KnownActor, ...]":
    """The actors that a user knows, none where no file is given.

    Raises: typer.BadParameter, the file cannot be read or understood.
    """
    from retold.ledger import ActorListError, read_actors

    try:
        return read_actors(path) if path else ()
    except (ActorListError, OSError) as error:
        raise typer.BadParameter(_reason(error), param_hint="--actors") from None


def _reason(error: Exception) -> str:
    return f"{error.filename}: {error.strerror}" if isinstance(error, OSError) else str(error)
