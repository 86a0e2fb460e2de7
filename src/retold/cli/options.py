"""What several commands take."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE…",
        help="Text, HTML, PDF, DOCX, ninjs, feeds, WARC; folders; .jsonl bulk input; addresses (http…); or - for "
        "standard input.",
    ),
]
SomeInputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE…]", help="The same as for `retold report`; none: the articles of a library."),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too, as of an intranet.")
]
MostPages = Annotated[
    int, typer.Option("--most", min=1, metavar="N", help="Fetch at most N pages of a feed or sitemap.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Write JSON for machines instead of text for people.")]
CodebookFile = Annotated[
    Path | None,
    typer.Option("--codebook", metavar="TSV|YAML", help="Your own issues for the ledger, instead of Retold's."),
]
ActorsFile = Annotated[
    Path | None,
    typer.Option("--actors", metavar="TSV", help="Your own actors: name, organization, kind, aliases."),
]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", "-o", metavar="FILE", help="Where it goes; without it, or with -, to standard output."),
]
LibraryPlace = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="FILE|URL",
        envvar="RETOLD_LIBRARY",
        help="A file of SQLite, or postgresql://USER@HOST/DATABASE. [default: one of your own]",
    ),
]
Story = Annotated[
    str | None, typer.Option("--story", metavar="ID", help="Of a library: the articles of this story only.")
]
About = Annotated[
    str | None,
    typer.Option("--about", metavar="WORDS", help='Of a library: articles with these words, "phrases", OR and -not.'),
]
Since = Annotated[
    datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], metavar="DAY", help="From this day on.")
]
Until = Annotated[datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DAY", help="Up to this day.")]

Outlet = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Only what this outlet published.")]
Limit = Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Show at most N rows.")]


def iso_day(given: datetime | None) -> str | None:
    """A day that was given, as the rooms write it."""
    return given.date().isoformat() if given else None


def refuse_both(context: typer.Context, inputs: list[str] | None, **of_library: object) -> None:
    """Raises: typer.BadParameter, where files and what only a library has are asked for at once."""
    given = [name for name, value in of_library.items() if value is not None]
    source = context.get_parameter_source("place")
    if source is not None and source.name == "COMMANDLINE":
        given.append("library")
    if inputs and given:
        reason = f"it is about a library: leave out {inputs[0]}, or --{given[0]}"
        raise typer.BadParameter(reason, param_hint=f"--{given[0]}")
