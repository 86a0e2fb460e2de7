"""The ledger as CSV and Parquet: every row, nothing that a spreadsheet would carry out."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given
from invented_ledgers import hostile_ledger, wavering_dossier
from invented_lineages import ANY_TEXT
from tests.dossier.invented_dossier import COURIER, make_dossier

from retold.dossier.dossier import Dossier
from retold.exports import EXPORTS, MissingPackageError, to_ledger_csv, to_ledger_parquet
from retold.exports.cells import harmless
from retold.exports.ledger_rows import LedgerRow


def read(dossier: Dossier) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(to_ledger_csv(dossier).decode(), newline="")))


def test_a_row_says_who_did_what_where() -> None:
    row, other = read(make_dossier())
    assert list(row) == list(LedgerRow._fields)
    assert (row["id"], row["actor"], row["organization"], row["act"]) == ("e-1", "Ana Brusk", "Varenia", "offer")
    assert (row["agreement"], row["hearsay"], row["confidence"]) == ("true", "false", "1.0")
    assert row["words"] == COURIER.text[int(row["start"]) : int(row["end"])]
    assert (row["article"], row["outlet"], row["published"]) == (COURIER.id, "The Harrow Courier", "2031-03-12")
    assert (other["agreement"], other["said_on"], other["plover"]) == ("", "", ""), "what is unknown is empty"


def test_a_report_without_a_day_has_the_days_that_it_may_be_of() -> None:
    assert {row["published"] for row in read(wavering_dossier())} >= {"2031-03-12", "", "2031-03-10/2031-03-14"}


def test_lines_end_as_rfc_4180_has_it() -> None:
    data = to_ledger_csv(make_dossier())
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == 3


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+2", "'=1+2"),
        ("+49 30", "'+49 30"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("\u200b=1", "'\u200b=1"),
        ("\xa0＝1", "'\xa0＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠A", "'＠A"),
        ("a=1", "a=1"),
        ("– a dash", "– a dash"),
        ("bell\x07 \x1b[31m", "bell␇ ␛[31m"),
        ("half \ud800", "half \ufffd"),
        ("", ""),
    ],
)
def test_cells_are_harmless(text: str, cell: str) -> None:
    assert harmless(text) == cell


@given(ANY_TEXT)
@example('a;b"c,d\r\n=1')
@example("=cmd|' /C calc'!A0")
def test_no_text_breaks_the_table(text: str) -> None:
    dossier = hostile_ledger(text)
    rows = read(dossier)
    assert len(rows) == len(dossier.ledger)
    for row in rows:
        assert None not in row
        assert row["actor"] == harmless(text)
        assert not row["actor"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert to_ledger_csv(dossier) == to_ledger_csv(hostile_ledger(text))


def test_parquet_has_typed_columns() -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    data = to_ledger_parquet(make_dossier())
    table = pq.read_table(BytesIO(data))
    assert table.column_names == list(LedgerRow._fields)
    assert table.schema.field("agreement").type == pa.bool_()
    assert table.schema.field("said_on").type == pa.date32()
    assert table.schema.field("start").type == pa.int64()
    assert table.schema.field("contexts").type == pa.list_(pa.string())
    row, other = table.to_pylist()
    assert row["said_on"].isoformat() == "2031-03-11"
    assert row["words"] == COURIER.text[row["start"] : row["end"]]
    assert other["agreement"] is None
    assert data == to_ledger_parquet(make_dossier())


@pytest.mark.skipif(not EXPORTS["ledger-parquet"].available, reason="needs pyarrow")
@given(ANY_TEXT)
@example("=1")
def test_no_text_breaks_parquet(text: str) -> None:
    import pyarrow.parquet as pq

    rows = pq.read_table(BytesIO(to_ledger_parquet(hostile_ledger(text)))).to_pylist()
    kept = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert {row["actor"] for row in rows} == {kept}


def test_parquet_without_pyarrow_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingPackageError, match=r"pip install 'retold\[parquet\]'"):
        to_ledger_parquet(make_dossier())
