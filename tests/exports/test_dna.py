"""The ledger for Discourse Network Analyzer: the header and tables are DNA's, the offsets Java's."""

import base64
import csv
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from io import StringIO

import msgspec
import pytest
from hypothesis import example, given
from invented_ledgers import BEACON, entry, hostile_ledger, ledger_dossier, wavering_dossier
from invented_lineages import ANY_TEXT
from tests.dossier.invented_dossier import COURIER, make_dossier

from retold.article import Pin, Span
from retold.dossier.dossier import Dossier
from retold.exports import to_dna_database, to_dna_events
from retold.exports.dna import short
from retold.exports.dna_database import ADMIN_PASSWORD

# leifeld-lab/dna:dna/src/main/java/dna/export/Exporter.java, eventCSV, with the variables of "DNA Statement".
HEADER = (
    '"statement_id";"time";"person";"organization";"concept";"agreement";"start_position";"stop_position";"text";'
    '"coder";"document_id";"document_title";"document_author";"document_source";"document_section";"document_type"'
)
# leifeld-lab/dna:dna/src/main/java/sql/Sql.java, createTables: the columns of the SQLite tables, in their order.
PERMISSIONS = (
    "AddDocuments EditDocuments DeleteDocuments ImportDocuments AddStatements EditStatements DeleteStatements "
    "EditAttributes EditRegex EditStatementTypes EditCoders EditCoderRelations ViewOthersDocuments EditOthersDocuments "
    "ViewOthersStatements EditOthersStatements"
)
COLUMNS = {
    "SETTINGS": "Property Value",
    "CODERS": "ID Name Red Green Blue Refresh FontSize Password PopupWidth ColorByCoder PopupDecoration "
    "PopupAutoComplete " + " ".join(f"Permission{name}" for name in PERMISSIONS.split()),
    "DOCUMENTS": "ID Title Text Coder Author Source Section Notes Type Date",
    "STATEMENTTYPES": "ID Label Red Green Blue",
    "VARIABLES": "ID Variable DataType StatementTypeId",
    "VARIABLELINKS": "ID SourceVariableId TargetVariableId",
    "REGEXES": "Label Red Green Blue",
    "CODERRELATIONS": "ID Coder OtherCoder viewStatements editStatements viewDocuments editDocuments",
    "STATEMENTS": "ID StatementTypeId DocumentId Start Stop Coder",
    "DATABOOLEAN": "ID StatementId VariableId Value",
    "DATAINTEGER": "ID StatementId VariableId Value",
    "ENTITIES": "ID VariableId Value Red Green Blue ChildOf",
    "DATASHORTTEXT": "ID StatementId VariableId Entity",
    "DATALONGTEXT": "ID StatementId VariableId Value",
    "ATTRIBUTEVARIABLES": "ID VariableId AttributeVariable",
    "ATTRIBUTEVALUES": "ID EntityId AttributeVariableId AttributeValue",
}
# The same source: (table, column) → the table that it refers to.
REFERENCES = {
    ("DOCUMENTS", "Coder", "CODERS"), ("VARIABLES", "StatementTypeId", "STATEMENTTYPES"),
    ("VARIABLELINKS", "SourceVariableId", "VARIABLES"), ("VARIABLELINKS", "TargetVariableId", "VARIABLES"),
    ("CODERRELATIONS", "Coder", "CODERS"), ("CODERRELATIONS", "OtherCoder", "CODERS"),
    ("STATEMENTS", "StatementTypeId", "STATEMENTTYPES"), ("STATEMENTS", "Coder", "CODERS"),
    ("STATEMENTS", "DocumentId", "DOCUMENTS"), ("ENTITIES", "ChildOf", "ENTITIES"),
    ("ENTITIES", "VariableId", "VARIABLES"), ("DATASHORTTEXT", "Entity", "ENTITIES"),
    ("ATTRIBUTEVARIABLES", "VariableId", "VARIABLES"), ("ATTRIBUTEVALUES", "EntityId", "ENTITIES"),
    ("ATTRIBUTEVALUES", "AttributeVariableId", "ATTRIBUTEVARIABLES"),
    *(
        (f"DATA{kind}", f"{to.title()}Id", f"{to}S")
        for kind in ("BOOLEAN", "INTEGER", "SHORTTEXT", "LONGTEXT")
        for to in ("STATEMENT", "VARIABLE")
    ),
}  # fmt: skip


@contextmanager
def opened(dossier: Dossier) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(to_dna_database(dossier))
        yield database


def events(dossier: Dossier) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(to_dna_events(dossier).decode()), delimiter=";"))


def java_slice(text: str, start: int, stop: int) -> str:
    """What Java's `String.substring` gives."""
    return text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")


def test_the_event_list_has_the_header_of_dna() -> None:
    assert to_dna_events(make_dossier()).decode().splitlines()[0] == HEADER
    assert to_dna_events(ledger_dossier()).decode() == HEADER + "\n"


def test_an_event_says_what_dna_says() -> None:
    (row,) = events(make_dossier())
    assert (row["person"], row["organization"], row["concept"]) == ("Ana Brusk", "Varenia", "Harbour tolls")
    assert (row["agreement"], row["time"], row["document_type"]) == ("1", "2031-03-12 00:00:00", "")
    assert row["text"] == COURIER.text[int(row["start_position"]) : int(row["stop_position"])]


def test_events_are_ordered_by_time_and_neutral_acts_are_none() -> None:
    rows = events(wavering_dossier())
    assert [row["time"][:10] for row in rows] == sorted(row["time"][:10] for row in rows)
    assert rows[0]["time"] == "1970-01-01 00:00:00", "a report without a date"
    assert {row["statement_id"] for row in rows} == set("1234567"), "one of the eight is neither for nor against"


def test_an_organization_that_speaks_for_itself_is_no_person() -> None:
    assert {(row["person"], row["organization"]) for row in events(wavering_dossier())} >= {
        ("", "Telmar"),
        ("Ada Venn", "Telmar"),
    }


def test_a_semicolon_and_quotation_marks_are_replaced_as_dna_does() -> None:
    text = 'a;b"c\nd'
    (row,) = events(ledger_dossier(entry(1, text, None, "toll", True)))
    assert row["person"] == "a,b'c d"


@given(ANY_TEXT)
@example('";"\n=1')
def test_no_text_breaks_the_event_list(text: str) -> None:
    data = to_dna_events(hostile_ledger(text))
    assert data == to_dna_events(hostile_ledger(text))
    lines = data.decode().split("\n")
    assert len(lines) == 9
    for line in lines[1:-1]:
        assert len(next(csv.reader([line], delimiter=";"))) == 16
        assert '"=' not in line


def test_the_tables_are_those_of_dna() -> None:
    with opened(wavering_dossier()) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = {name: [row[1] for row in database.execute(f"PRAGMA table_info({name})")] for name in names}
        references = {
            (name, row[3], row[2]) for name in names for row in database.execute(f"PRAGMA foreign_key_list({name})")
        }
    assert columns == {name: listed.split() for name, listed in COLUMNS.items()}
    assert references == REFERENCES


def test_the_database_is_whole() -> None:
    with opened(wavering_dossier()) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert to_dna_database(wavering_dossier()) == to_dna_database(wavering_dossier())


def test_dna_reads_the_ledger_out_of_it() -> None:
    """The query with which DNA fills its table of statements, short of colours."""
    query = (
        "SELECT STATEMENTS.ID, VARIABLES.Variable, ENTITIES.Value, DATABOOLEAN.Value FROM STATEMENTS "
        "INNER JOIN CODERS ON STATEMENTS.Coder = CODERS.ID "
        "INNER JOIN STATEMENTTYPES ON STATEMENTS.StatementTypeId = STATEMENTTYPES.ID "
        "INNER JOIN DOCUMENTS ON DOCUMENTS.ID = STATEMENTS.DocumentId "
        "INNER JOIN DATASHORTTEXT ON DATASHORTTEXT.StatementId = STATEMENTS.ID "
        "INNER JOIN ENTITIES ON ENTITIES.ID = DATASHORTTEXT.Entity "
        "INNER JOIN VARIABLES ON VARIABLES.ID = ENTITIES.VariableId AND VARIABLES.ID = DATASHORTTEXT.VariableId "
        "INNER JOIN DATABOOLEAN ON DATABOOLEAN.StatementId = STATEMENTS.ID ORDER BY STATEMENTS.ID, VARIABLES.ID"
    )
    with opened(wavering_dossier()) as database:
        rows = database.execute(query).fetchall()
    assert rows[:3] == [
        (1, "person", "Ana Brusk", 1),
        (1, "organization", "Varenia", 1),
        (1, "concept", "Toll", 1),
    ]
    assert len(rows) == 3 * 7
    assert {row[3] for row in rows if row[0] in (4, 5)} == {0}


def test_every_name_has_every_attribute() -> None:
    with opened(wavering_dossier()) as database:
        missing = database.execute(
            "SELECT ENTITIES.ID FROM ENTITIES JOIN ATTRIBUTEVARIABLES USING (VariableId) LEFT JOIN ATTRIBUTEVALUES "
            "ON EntityId = ENTITIES.ID AND AttributeVariableId = ATTRIBUTEVARIABLES.ID WHERE AttributeValue IS NULL"
        )
        assert missing.fetchall() == []


def test_offsets_are_javas() -> None:
    with opened(wavering_dossier()) as database:
        text, start, stop = database.execute(
            "SELECT Text, Start, Stop FROM STATEMENTS JOIN DOCUMENTS ON DOCUMENTS.ID = DocumentId WHERE Title LIKE "
            "'beacon%' ORDER BY Start"
        ).fetchone()
    assert text == BEACON.text
    assert java_slice(text, start, stop) == "The night ferries come too late"
    assert start == BEACON.text.index("The night") + 2, "each of the two ships counts twice"


@given(ANY_TEXT)
@example("\r\n\u2028🚢\x00\ud83d")
def test_no_text_moves_an_offset(text: str) -> None:
    with opened(hostile_ledger(text)) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = database.execute("SELECT Text, Start, Stop FROM STATEMENTS JOIN DOCUMENTS ON DOCUMENTS.ID = DocumentId")
        told = {java_slice(*row) for row in rows}
    assert told == {
        "He asked for 12 night ferries.",
        "We will lower the toll",
        "The night ferries come too late",
        "Telmar backs the toll.",
    }


def test_the_password_is_kept_as_jasypt_keeps_it() -> None:
    """org.jasypt.util.password.StrongPasswordEncryptor; the second is a known one, OpenNMS's default for "admin"."""
    with opened(make_dossier()) as database:
        ((name, kept),) = database.execute("SELECT Name, Password FROM CODERS")
    assert name == "Admin"
    known = "gU2wmSW7k9v1xg4/MrAsaI+VyddBAhJJt4zPX5SGG0BK+qiASGnJsqM8JOug/aEL"
    for password, encrypted in ((ADMIN_PASSWORD, kept), ("admin", known)):
        raw = base64.b64decode(encrypted)
        digest = raw[:16] + password.encode()
        for _ in range(100_000):
            digest = hashlib.sha256(digest).digest()
        assert raw[16:] == digest


def test_long_names_stay_apart() -> None:
    one, other = short("x" * 300 + "a"), short("x" * 300 + "b")
    assert one != other
    assert len(one) == len(other) == 190


@pytest.mark.parametrize("span", [Span(5, 5), Span(10**6, 10**6 + 5)])
def test_an_entry_without_words_is_left_out(span: Span) -> None:
    empty = msgspec.structs.replace(entry(1, "A", None, "toll", True), evidence=Pin(COURIER.id, span))
    assert events(ledger_dossier(empty)) == []
    with opened(ledger_dossier(empty)) as database:
        assert database.execute("SELECT COUNT(*) FROM STATEMENTS").fetchone() == (0,)
