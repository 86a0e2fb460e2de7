"""`retold statements`: who said what, an article at a time, going on where a run left off."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from retold.cli.inputs import read_articles
from retold.cli.line_output import LineOutput, open_lines
from retold.cli.options import AllowPrivate, AsJson, Inputs, MostPages
from retold.cli.problems import SOME_FAILED, exit_status, tell
from retold.cli.progress import progress_bar

if TYPE_CHECKING:
    from retold.article import Article, Problem
    from retold.pipeline import Found
    from retold.pipeline import Progress as Told
    from retold.reading import Web


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
    from retold.reading import Web

    if resume and out is None:
        raise typer.BadParameter("it needs the file to go on with: give it with -o FILE", param_hint="--resume")
    console = Console(highlight=False)
    problems: list[Problem] = []
    try:
        with open_lines(out, resume) as lines, progress_bar() as progress:
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
    raise typer.Exit(exit_status(problems))


def _find_each(
    inputs: list[str], problems: list["Problem"], lines: LineOutput, fast: bool, progress: "Told", web: "Web"
) -> Iterator["Found"]:
    """The articles that are not done yet, with their statements; problems go where `read_articles` puts them."""
    from retold.article import Problem
    from retold.pipeline import find_each
    from retold.reading.sources import measure_inputs

    total = measure_inputs(inputs) if sys.stderr.isatty() else 0
    read = 0

    def advance(count: int) -> None:
        nonlocal read
        read += count
        progress("statements", read, total)

    articles = read_articles(inputs, problems, lines.is_done, advance, web)
    for one in find_each((article for article in articles if _is_new(article, lines)), fast=fast):
        if isinstance(one, Problem):
            problems.append(one)
            tell(one)
        else:
            yield one


def _is_new(article: "Article", lines: LineOutput) -> bool:
    """Of articles with a given id those that are done were not read at all: only their texts can be known already."""
    return not (lines.has_text(article.id) if article.given_id else lines.is_done(article.id))
