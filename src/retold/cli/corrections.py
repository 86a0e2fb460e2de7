"""`retold correct`: accept, reject or edit a row of a dossier."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from retold.cli.options import AsJson
from retold.cli.problems import told_corrections
from retold.cli.writing import write_files, write_line

if TYPE_CHECKING:
    from retold.dossier.correcting import Desk
    from retold.dossier.dossier import Dossier


def correct(
    source: Annotated[str, typer.Argument(metavar="DOSSIER", help="A dossier.json, or the folder that holds it.")],
    row: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="The id of a row, or a beginning that no other has; the page shows them."),
    ] = None,
    accept: Annotated[bool, typer.Option("--accept", help="It is right.")] = False,
    reject: Annotated[
        bool, typer.Option("--reject", help="It is wrong; no position follows from it any more.")
    ] = False,
    edits: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="It reads otherwise; may be given more than once."),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take back the last correction of the row.")] = False,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="Why; the page shows it.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so.")] = None,
    as_json: AsJson = False,
) -> None:
    """Accept, reject or edit a row of a dossier; without an ID list what is corrected.

    Any row with an id: findings, statements, passages, ledger rows, positions … The correction goes into
    corrections.jsonl beside the dossier, which a later `retold report` into the same folder keeps and applies;
    dossier.json and dossier.html are written anew. The row itself stays as it was found, with the correction beside
    it; positions follow from the corrected ledger.
    """
    chosen = [name for name, given in _choices(accept, reject, edits, undo).items() if given]
    _check_choice(source, row, chosen, note or by)
    from retold.dossier.as_json import to_json
    from retold.dossier.correcting import open_desk
    from retold.dossier.corrections import row_words
    from retold.dossier.page import render_page
    from retold.dossier.stored import dossier_file, read_dossier
    from retold.dossier.tables import correction_table

    with told_corrections():
        file = dossier_file(source)
        desk = open_desk(read_dossier(source), file)
        shown = list(desk.standing.values())
        if row is not None:
            row = desk.find(row)
            dossier = _corrected(desk, row, chosen[0], edits or (), note, by)
            pages = {f"{file.stem}.html": render_page(dossier).encode(), file.name: to_json(dossier)}
            write_files(file.parent, pages)
            shown = [each for each in dossier.corrections if each.id == row]
    if as_json:
        for each in shown:
            write_line(each)
    elif row and not shown:
        typer.echo(f"{row} stands as it was found.")
    else:
        Console(highlight=False).print(correction_table(shown, row_words(desk.dossier)))


def _choices(accept: bool, reject: bool, edits: list[str] | None, undo: bool) -> dict[str, bool]:
    return {"--accept": accept, "--reject": reject, "--set": bool(edits), "--undo": undo}


def _check_choice(source: str, row: str | None, chosen: list[str], about: str | None) -> None:
    """Refuse what cannot be meant before any work."""
    if source == "-":
        raise typer.BadParameter("corrections are kept beside a file: name it, or its folder", param_hint="DOSSIER")
    if row is None and (chosen or about):
        raise typer.BadParameter(f"{chosen[0] if chosen else '--note'} needs the row it is about", param_hint="ID")
    if row is not None and len(chosen) != 1:
        told = "it is one of them for a row" if chosen else "say what is right"
        raise typer.BadParameter(f"{told}: --accept, --reject, --set FIELD=VALUE or --undo", param_hint="ID")
    if about and chosen == ["--undo"]:
        raise typer.BadParameter("what is taken back leaves no note", param_hint="--undo")


def _corrected(
    desk: "Desk", row: str, choice: str, edits: Iterable[str], note: str | None, by: str | None
) -> "Dossier":
    if choice == "--undo":
        return desk.undo(row)
    about = {"note": note, "by": by, "at": datetime.now(UTC).isoformat(timespec="seconds")}
    if choice == "--set":
        return desk.edit(row, list(edits), **about)
    return desk.judge(row, "accept" if choice == "--accept" else "reject", **about)
