"""`retold report`, `clean` and `compare`: articles in, what they are and how they hang together out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from retold.cli.formats import ExportName, check_available, make_exports
from retold.cli.inputs import actors_of, codebook_of, read_articles, report_of_story
from retold.cli.options import (
    ActorsFile,
    AllowPrivate,
    AsJson,
    CodebookFile,
    Inputs,
    LibraryPlace,
    MostPages,
    SomeInputs,
    Story,
    refuse_both,
)
from retold.cli.problems import WRONG_USAGE, exit_status, told_corrections
from retold.cli.progress import progress_bar
from retold.cli.writing import write_bytes, write_files, write_line

if TYPE_CHECKING:
    from retold.article import Problem


def report(
    context: typer.Context,
    inputs: SomeInputs = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Where dossier.html and dossier.json go. [default: dossier]"),
    ] = None,
    codebook: CodebookFile = None,
    actors: ActorsFile = None,
    exports: Annotated[
        list[ExportName] | None,
        typer.Option("--export", help="Write this export beside dossier.json too; may be given more than once."),
    ] = None,
    place: LibraryPlace = None,
    story: Story = None,
    allow_private: AllowPrivate = False,
    most: MostPages = 50,
    as_json: AsJson = False,
) -> None:
    """Compare reports of one event and write a dossier.

    Prints a summary, and writes dossier.html (to read) and dossier.json (for machines) into DIR. With --json the
    dossier goes to standard output, and files are written only when -o is given. Corrections that DIR holds
    (corrections.jsonl, which `retold correct` writes) are kept and applied. With --story the reports are the articles
    of a story of a library.
    """
    refuse_both(context, inputs, story=story)
    if not inputs and story is None:
        raise typer.BadParameter("reports were expected: files, folders, addresses; or a story with --story ID")
    if exports and as_json and out is None:
        raise typer.BadParameter("with --json it needs the folder to write into: give -o DIR", param_hint="--export")
    if exports:
        check_available(exports)
    from retold.dossier.as_json import to_json
    from retold.dossier.corrections import CORRECTIONS_FILE, apply_corrections
    from retold.dossier.page import render_page
    from retold.dossier.sidecar import read_sidecar
    from retold.dossier.summary import print_summary
    from retold.pipeline import report as make_report
    from retold.reading import Web

    issues, known = codebook_of(codebook), actors_of(actors)
    folder = out or (None if as_json else Path("dossier"))
    with told_corrections():  # before the work: what cannot be read must not cost it
        corrections = read_sidecar(folder / CORRECTIONS_FILE) if folder else ()
    if story is None:
        web = Web(allow_private, most)
        with progress_bar() as progress:
            dossier = make_report(inputs or (), codebook=issues, actors=known, progress=progress, web=web)
    else:
        dossier = report_of_story(place, story, issues, known)
    if corrections:
        with told_corrections():
            dossier = apply_corrections(dossier, corrections)
    data = to_json(dossier)
    if as_json:
        write_bytes(data)
    else:
        print_summary(dossier, Console(highlight=False))
    if dossier.articles and folder:
        beside = {"dossier.json": data, **make_exports(dossier, exports or ())}
        write_files(folder, {"dossier.html": render_page(dossier).encode(), **beside})
        if not as_json:
            typer.echo(f"Dossier: {folder / 'dossier.html'} (and {', '.join(beside)})")
    raise typer.Exit(exit_status(dossier.problems))


def clean(inputs: Inputs, allow_private: AllowPrivate = False, most: MostPages = 50, as_json: AsJson = False) -> None:
    """Show what is the article and what a page wrapped round it.

    Prints the article's own words (headline, sub-headings, body) and, to standard error, what was set aside and
    why. With --json one line an article: {"id": …, "text": …, "blocks": [{"kind", "start", "end", "reason"}]}.
    Pages are told apart in any language, plain text in English only.
    """
    from retold.dossier.tables import block_table, own_text
    from retold.reading import Web

    console, errors = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False)
    problems: list[Problem] = []
    for article in read_articles(inputs, problems, web=Web(allow_private, most), any_language=True):
        if as_json:
            write_line({"id": article.given_id or article.id, "text": article.text, "blocks": article.blocks})
        else:
            console.print(own_text(article))
            errors.print(block_table(article))
    raise typer.Exit(exit_status(problems))


def compare(inputs: Inputs, allow_private: AllowPrivate = False, most: MostPages = 50, as_json: AsJson = False) -> None:
    """Compare every pair of articles: passages, shared statements, what changed.

    With --json one line a pair: {"a": …, "b": …, "passages": […], "links": […]}.
    """
    from retold.dossier.tables import collation_table
    from retold.pipeline import collate_all
    from retold.reading import Web

    problems: list[Problem] = []
    articles = list(read_articles(inputs, problems, web=Web(allow_private, most)))
    if len(articles) < 2:
        typer.echo(f"retold: compare needs two articles or more that can be read; {len(articles)} came", err=True)
        raise typer.Exit(exit_status(problems) or WRONG_USAGE)
    console = Console(highlight=False)
    for a, b, collation in collate_all(articles):
        if as_json:
            write_line(collation)
        else:
            console.print(collation_table(collation, a, b))
    raise typer.Exit(exit_status(problems))
