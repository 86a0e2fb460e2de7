"""No cell of any CSV that Retold writes begins like a formula, whatever the reports say."""

import csv
import io

import pytest
from invented_ledgers import hostile_ledger

from retold.exports import EXPORTS

CSV = sorted(name for name, export in EXPORTS.items() if export.file_name.endswith(".csv"))
FORMULAS = [
    "=1+2", "+1", "-1+1", "@SUM(A1)", "\t=1+2", "\r=1+2", "\n=1+2", " =1+2", "\u00a0=1+2", "\u200b=1+2", "\ufeff=1+2",
    "＝1+2", "＋1", "－1", "＠SUM(A1)", "=HYPERLINK(\"http://x.example\";\"y\")", "=cmd|' /C calc'!A0",
]  # fmt: skip


def test_these_are_the_exports_that_a_spreadsheet_opens() -> None:
    assert CSV == ["dna", "ledger-csv"]


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("name", CSV)
def test_no_cell_starts_a_formula(name: str, formula: str) -> None:
    text = EXPORTS[name].make(hostile_ledger(formula)).decode()
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if name == "dna" else ","))
    cells = [cell for row in rows[1:] for cell in row]
    assert any(cell.startswith("'") for cell in cells)
    for cell in cells:
        assert not cell.strip(" \u00a0\u200b\ufeff").startswith(tuple("=+-@＝＋－＠\t\r\n"))
