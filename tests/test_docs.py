"""The documentation names every field and every command that there is."""

import re
from pathlib import Path

import msgspec
import pytest
import typer

from retold.cli import app
from retold.dossier.dossier import Dossier
from retold.exports import EXPORTS
from retold.exports.dna_database import ADMIN_PASSWORD
from retold.exports.ledger_rows import LedgerRow
from retold.library import schema
from retold.library.derived import own_tables

ROOT = Path(__file__).parents[1]
FORMAT = (ROOT / "docs" / "dossier-format.md").read_text("utf-8")


def field_names() -> set[str]:
    _, components = msgspec.json.schema_components([Dossier])
    return {name for part in components.values() for name in part.get("properties", {})}


def test_every_field_of_the_dossier_is_documented() -> None:
    documented = set(re.findall(r"`([a-z_0-9]+)`", FORMAT)) | set(re.findall(r"\b([a-z_]+)\b", FORMAT))
    assert field_names() - documented == set()


def test_every_export_and_every_column_of_the_ledger_is_documented() -> None:
    text = (ROOT / "docs" / "exports.md").read_text("utf-8")
    documented = set(re.findall(r"`([^`\n]+)`", text))
    files = {export.file_name for export in EXPORTS.values()}
    assert {*EXPORTS, *files, *LedgerRow._fields, ADMIN_PASSWORD} - documented == set()


def test_every_table_of_an_export_is_documented_with_its_columns() -> None:
    text = (ROOT / "docs" / "library.md").read_text("utf-8")
    rows = [set(re.findall(r"`([^`\n]+)`", row)) for row in text.splitlines() if row.startswith("| `")]
    for name in own_tables():
        documented = set().union(*(row for row in rows if name in row))
        assert set(schema.metadata.tables[name].columns.keys()) - documented == set(), name


@pytest.mark.parametrize("command", sorted(typer.main.get_command(app).commands))  # type: ignore[attr-defined]
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"retold {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("path", [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")], ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text("utf-8")):
        assert (path.parent / target).exists(), target
