"""`retold trace`, `retold quotes` and `retold search`: what a library answers."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, RenderableType

from retold.cli.options import AsJson, LibraryPlace, Limit, Outlet, Since, Until, iso_day
from retold.cli.problems import told_library
from retold.cli.writing import write_line

if TYPE_CHECKING:
    from retold.library import Library

_LIMIT = 50


@contextmanager
def _asked(place: str | None) -> "Iterator[Library]":
    """The library, for one answer and the end of the process.

    Nothing that is made here is thrown away before the end: to look for garbage among it, last of all when the process
    ends, takes a quarter of the time of a whole `retold trace`.
    """
    gc.disable()
    from retold.library import Library

    with told_library(), Library(place) as library:
        yield library
    gc.freeze()


def trace(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What somebody said, in whole or in part.")],
    place: LibraryPlace = None,
    limit: Limit = _LIMIT,
    as_json: AsJson = False,
) -> None:
    """Show every telling of some words in the library, oldest first: exact, cut short, or in other words.

    Each with its day, outlet and speaker, what changed since the telling before it (or the one it was copied from), and
    whether it is a copy. Articles that copy one another are one voice. A direction is said only where the days tell
    it, or one text is a part of the other; undated tellings come last. With --json one object a telling, offsets into
    the article's text.
    """
    from retold.cli.answer_tables import trace_table

    with _asked(place) as library:
        answer = library.trace(words, limit=limit)
    _show(answer.tellings, as_json, lambda marks: trace_table(answer, marks=marks))


def quotes(
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Only statements by this one: words of the name.")
    ] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="WORDS", help="Only statements with these words, as for search.")
    ] = None,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    place: LibraryPlace = None,
    limit: Limit = _LIMIT,
    as_json: AsJson = False,
) -> None:
    """Show statements in the library, the newest first; one with its copies is one row.

    The day is that on which it was said, else published. A statement of an unknown day is left out where --since or
    --until is given, and how many those are is told. With --json one object a row, offsets into the article's text.
    """
    from retold.cli.answer_tables import quote_table

    with _asked(place) as library:
        answer = library.quotes(
            speaker=speaker, about=about, since=iso_day(since), until=iso_day(until), outlet=outlet, limit=limit
        )
    _show(answer.quotes, as_json, lambda marks: quote_table(answer, marks=marks))


def search(
    words: Annotated[
        str,
        typer.Argument(metavar="WORDS", help='Words in any form; "a phrase"; one OR other; -without.'),
    ],
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    place: LibraryPlace = None,
    limit: Limit = _LIMIT,
    as_json: AsJson = False,
) -> None:
    """Search the articles of the library, the best first, each with the sentence that has most of the words.

    Only an article's own words are searched: no captions, teasers or menus. With --json one object an article, with the
    offsets of every match in its text.
    """
    from retold.cli.answer_tables import hit_table

    with _asked(place) as library:
        answer = library.search(words, since=iso_day(since), until=iso_day(until), outlet=outlet, limit=limit)
    _show(answer.hits, as_json, lambda marks: hit_table(answer, marks=marks))


def _show(rows: Iterable[object], as_json: bool, draw: Callable[[bool], RenderableType]) -> None:
    """An object a line, or the table; what was found stands between marks where no style is seen."""
    if as_json:
        for row in rows:
            write_line(row)
    else:
        console = Console(highlight=False)
        console.print(draw(not console.is_terminal))
