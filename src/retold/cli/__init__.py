"""The commands: arguments in, tables or JSON out, an exit status that can be trusted.

What a command needs of the rooms it imports when it runs: `retold --help` loads none of them.
"""

import os
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from retold import __version__
from retold.cli.adding import add
from retold.cli.articles import clean, compare, report
from retold.cli.asking import quotes, search, trace
from retold.cli.corrections import correct
from retold.cli.ledgers import export, ledger
from retold.cli.library import app as library_app
from retold.cli.problems import DONE
from retold.cli.statements import statements
from retold.cli.stories import stories

__all__ = ["app", "main"]

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Who said what, who copied whom, what changed in the retelling, and where each side stands. "
    "Nothing leaves your machine.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"retold {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


_COMMANDS: tuple[tuple[Callable[..., None], str], ...] = (
    (report, "report wire.html copy.txt -o dossier"),
    (statements, "statements articles.jsonl -o statements.jsonl --resume"),
    (clean, "clean scrape.txt"),
    (compare, "compare wire.html copy.txt rewrite.txt"),
    (ledger, "ledger reports/ --issue sanctions --since 2025-08-01 --format dna -o talks.csv"),
    (add, "add reports/ https://news.example/feed.xml --library talks.db"),
    (stories, "stories --since 2026-03-01 --about harbour --library talks.db"),
    (trace, "trace 'we were able to win the following concession' --library talks.db"),
    (quotes, "quotes --speaker 'Ada Venn' --about 'harbour OR islands' --since 2025-08-01 --library talks.db"),
    (search, "search 'payment OR cash \"northern islands\" -oil' --library talks.db"),
    (export, "export dossier/dossier.json --to graphml -o lineage.graphml"),
    (correct, "correct dossier 8cba715c1b1f-l62 --set act=reject --note 'He refused.' --by AM"),
)  # in the order of the help, each with the example that ends its own

for _command, _example in _COMMANDS:
    app.command(epilog=f"Example: retold {_example}")(_command)
app.add_typer(library_app, name="library")


STOPPED = 130
"""The exit status after Ctrl-C: 128, and the number of the signal."""


def _stopped() -> int:
    typer.echo("retold: stopped; nothing half-written is left", err=True)
    return STOPPED


def main() -> None:
    """The `retold` command."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(_stopped())
    except SystemExit as ended:
        if ended.code == STOPPED:  # Typer's word for Ctrl-C
            _stopped()
        raise
    except BrokenPipeError:  # the reader of our output has gone: `retold … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
