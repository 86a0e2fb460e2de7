"""`retold stories`: the events that the articles of a library report."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from retold.cli.options import About, AsJson, LibraryPlace, Since, Until, iso_day
from retold.cli.problems import told_library
from retold.cli.writing import write_line

if TYPE_CHECKING:
    from retold.library import StoryPage


def stories(
    story: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="This story alone: its articles, and what became of it.")
    ] = None,
    since: Since = None,
    until: Until = None,
    about: About = None,
    least: Annotated[int, typer.Option("--least", min=1, metavar="N", help="Stories of N articles or more.")] = 2,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="List at most N stories.")] = 50,
    place: LibraryPlace = None,
    as_json: AsJson = False,
) -> None:
    """List the stories of a library: the articles about one event, the latest first.

    Stories follow from the articles alone, in whatever order these came. Copies of one report count as one voice. With
    --json one story a line, with its articles; `retold report --story ID` makes a dossier of one.
    """
    from retold.cli.story_tables import story_history, story_members, story_table
    from retold.library import Library, Wanted

    console = Console(highlight=False)
    with told_library(), Library(place) as library:
        if story is None:
            page = library.stories(Wanted(about, iso_day(since), iso_day(until)), least=least, most=limit)
            for one in page.stories if as_json else ():
                write_line(one)
            if not as_json:
                console.print(story_table(page.stories))
                typer.echo(_count(page, least))
            return
        found = library.story(story)
        if as_json:
            write_line(found)
        else:
            console.print(story_members(found), story_history(found), sep="\n")


def _count(page: "StoryPage", least: int) -> str:
    """How many stories there are, and how many of them are shown."""
    of = f"{page.total:,} {'story' if page.total == 1 else 'stories'}"
    if least > 1:
        of += f" of {least} articles or more"
    shown = of if len(page.stories) == page.total else f"{len(page.stories):,} of {of}"
    return f"{shown}; {page.smaller:,} smaller ones" if page.smaller else shown
