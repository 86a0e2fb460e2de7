"""`retold stories`: the events that the articles of a library report."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from retold.cli.options import About, AllowPrivate, AsJson, LibraryPlace, MostPages, Since, Until, iso_day
from retold.cli.problems import exit_status, tell, told_library
from retold.cli.writing import write_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retold.library import Library, StoryPage, Wanted


def stories(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID|FILE…]", help="One story of the library by its id; or files, without a library."),
    ] = None,
    since: Since = None,
    until: Until = None,
    about: About = None,
    least: Annotated[
        int | None, typer.Option("--least", min=1, metavar="N", help="Stories of N articles or more. [2; JSON: 1]")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, metavar="N", help="List at most N stories. [50; JSON: all]")
    ] = None,
    place: LibraryPlace = None,
    allow_private: AllowPrivate = False,
    most: MostPages = 50,
    as_json: AsJson = False,
) -> None:
    """List the stories of a library: the articles about one event, the latest first.

    Stories follow from the articles alone, in whatever order these came. Copies of one report count as one voice. With
    an ID one story, its articles, and what became of it; with files (all that `retold add` takes) the stories of these.
    With --json one story a line, with its articles; `retold report --story ID` makes a dossier of one.
    """
    from retold.library import Library, Wanted
    from retold.library.selecting import ALL_ROWS
    from retold.reading import Web

    least, limit = least or (1 if as_json else 2), limit or (ALL_ROWS if as_json else 50)
    wanted = Wanted(about, iso_day(since), iso_day(until))
    with told_library():
        if inputs and not _is_id(inputs):
            with TemporaryDirectory() as folder, Library(Path(folder) / "stories.db") as library:
                added = library.add(inputs, quick=True, web=Web(allow_private, most))
                for problem in added.problems:
                    tell(problem)
                _list(library, wanted, least, limit, as_json)
            raise typer.Exit(exit_status(added.problems))
        with Library(place) as library:
            if inputs:
                _show(library, inputs[0], as_json)
            else:
                _list(library, wanted, least, limit, as_json)


def _is_id(inputs: "Sequence[str]") -> bool:
    """Whether it is a story's id, and not a file of that name."""
    return len(inputs) == 1 and re.fullmatch(r"s?[0-9]{1,9}", inputs[0]) is not None and not Path(inputs[0]).exists()


def _list(library: "Library", wanted: "Wanted", least: int, limit: int, as_json: bool) -> None:
    page = library.stories(wanted, least=least, most=limit)
    if as_json:
        for one in page.stories:
            write_line(one)
        return
    from retold.cli.story_tables import story_table

    Console(highlight=False).print(story_table(page.stories))
    typer.echo(_count(page, least))


def _show(library: "Library", story: str, as_json: bool) -> None:
    found = library.story(story)
    if as_json:
        write_line(found)
        return
    from retold.cli.story_tables import story_history, story_members

    Console(highlight=False).print(story_members(found), story_history(found), sep="\n")


def _count(page: "StoryPage", least: int) -> str:
    """How many stories there are, and how many of them are shown."""
    of = f"{page.total:,} {'story' if page.total == 1 else 'stories'}"
    if least > 1:
        of += f" of {least} articles or more"
    shown = of if len(page.stories) == page.total else f"{len(page.stories):,} of {of}"
    return f"{shown}; {page.smaller:,} smaller ones" if page.smaller else shown
