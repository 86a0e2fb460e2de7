"""The ledger as a database of Discourse Network Analyzer (DNA) 3: SQLite, as DNA itself creates and reads it.

Tables, columns and constraints are those of DNA 3.0 to 3.1 (leifeld-lab/dna:dna/src/main/java/sql/Sql.java,
createTables); databases in which variables have roles are of a branch of DNA that was not released.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from retold.dossier.dossier import Dossier
from retold.dossier.labels import one_line
from retold.exports.days import published
from retold.exports.dna import ADMIN_ID, Document, Statement, find_documents, find_statements

ADMIN_PASSWORD = "retold"
"""With this the coder "Admin" opens the database. It is no secret: whoever has the file can read it without."""
_ADMIN_HASH = "cmV0b2xkLmRuYS5hZG1pbk/wbiw8nC44Cc75N5Qm4Q78lC5Y5ehRcQsEB0eQFEQX"
"""The password as DNA keeps it: jasypt's StrongPasswordEncryptor, base 64 of a salt of 16 bytes and the digest, SHA-256
repeated 100,000 times. The salt is a fixed one, so that the same dossier gives the same bytes."""
_SETTINGS = (("version", "3.1.1"), ("date", "2026-06-27"))
"""DNA asks the version only whether it begins with a 2; these are of the version whose tables are written."""
_STATEMENT_TYPE = (1, "DNA Statement", 239, 208, 51)
_VARIABLES = (
    (1, "person", "short text"),
    (2, "organization", "short text"),
    (3, "concept", "short text"),
    (4, "agreement", "boolean"),
)
_NAMES = 3
"""How many variables, the first ones, take their values from the table of entities."""
_ATTRIBUTES = ("Type", "Alias", "Notes")
_PERMISSIONS = (
    "AddDocuments", "EditDocuments", "DeleteDocuments", "ImportDocuments", "AddStatements", "EditStatements",
    "DeleteStatements", "EditAttributes", "EditRegex", "EditStatementTypes", "EditCoders", "EditCoderRelations",
    "ViewOthersDocuments", "EditOthersDocuments", "ViewOthersStatements", "EditOthersStatements",
)  # fmt: skip


def to_dna_database(dossier: Dossier) -> bytes:
    """A DNA 3 database with the articles as documents and the ledger as statements of the type "DNA Statement".

    Its only coder is "Admin" (`ADMIN_PASSWORD`). The same dossier gives the same bytes by the same SQLite, which
    leaves its version in the header. Raises: nothing that a dossier can cause.
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA foreign_keys = ON")
        for table, columns in _tables().items():
            database.execute(f"CREATE TABLE {table}({', '.join(columns)})")
        _insert_defaults(database)
        _insert(database, "DOCUMENTS", map(_document, find_documents(dossier)))
        _insert_statements(database, list(find_statements(dossier)))
        database.commit()
        return database.serialize()


def _tables() -> dict[str, tuple[str, ...]]:
    """The columns and constraints of each table, in an order in which each names only those before it."""
    number, colour = "ID INTEGER NOT NULL PRIMARY KEY", _colour("NOT NULL DEFAULT 0 ")
    return {
        "SETTINGS": ("Property TEXT PRIMARY KEY", "Value TEXT NOT NULL"),
        "CODERS": (number, _short("Name"), *colour, *_coder_options()),
        "DOCUMENTS": (
            number, _short("Title"), "Text TEXT NOT NULL", "Coder INTEGER", _short("Author", ""), _short("Source", ""),
            _short("Section", ""), "Notes TEXT NOT NULL DEFAULT ''", _short("Type", ""), "Date INTEGER NOT NULL",
            _refers("Coder", "CODERS"),
        ),
        "STATEMENTTYPES": (number, _short("Label"), *colour),
        "VARIABLES": (
            number, _short("Variable"),
            "DataType TEXT NOT NULL DEFAULT 'short text' "
            "CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text'))",
            "StatementTypeId INTEGER", _refers("StatementTypeId", "STATEMENTTYPES"),
            "UNIQUE (Variable, StatementTypeId)",
        ),
        "VARIABLELINKS": (
            number, "SourceVariableId INTEGER", "TargetVariableId INTEGER",
            "CHECK (TargetVariableId != SourceVariableId)", _refers("SourceVariableId", "VARIABLES"),
            _refers("TargetVariableId", "VARIABLES"),
        ),
        "REGEXES": ("Label TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191)", *colour),
        "CODERRELATIONS": (
            number, "Coder INTEGER CHECK (Coder > 0)", "OtherCoder INTEGER CHECK (OtherCoder > 0)",
            *(_flag(name, 1) for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")),
            "CHECK (Coder != OtherCoder)", _refers("Coder", "CODERS"), _refers("OtherCoder", "CODERS"),
        ),
        "STATEMENTS": (
            number, "StatementTypeId INTEGER", "DocumentId INTEGER", "Start INTEGER NOT NULL CHECK (Start >= 0)",
            "Stop INTEGER NOT NULL CHECK (Stop >= 0)", "Coder INTEGER", "CHECK (Start < Stop)",
            _refers("StatementTypeId", "STATEMENTTYPES"), _refers("Coder", "CODERS"),
            _refers("DocumentId", "DOCUMENTS"),
        ),
        "DATABOOLEAN": _data("Value INTEGER NOT NULL DEFAULT 1"),
        "DATAINTEGER": _data("Value INTEGER NOT NULL DEFAULT 0"),
        "ENTITIES": (
            number, "VariableId INTEGER NOT NULL", _short("Value", ""), *_colour(),
            "ChildOf INTEGER CHECK (ChildOf > 0)", "UNIQUE (VariableId, Value)", _refers("ChildOf", "ENTITIES"),
            _refers("VariableId", "VARIABLES"),
        ),
        "DATASHORTTEXT": _data("Entity INTEGER NOT NULL", _refers("Entity", "ENTITIES")),
        "DATALONGTEXT": _data("Value TEXT DEFAULT ''"),
        "ATTRIBUTEVARIABLES": (
            number, "VariableId INTEGER NOT NULL", _short("AttributeVariable"),
            "UNIQUE (VariableId, AttributeVariable)", _refers("VariableId", "VARIABLES"),
        ),
        "ATTRIBUTEVALUES": (
            number, "EntityId INTEGER NOT NULL", "AttributeVariableId INTEGER NOT NULL", _short("AttributeValue", ""),
            "UNIQUE (EntityId, AttributeVariableId)", _refers("EntityId", "ENTITIES"),
            _refers("AttributeVariableId", "ATTRIBUTEVARIABLES"),
        ),
    }  # fmt: skip


def _coder_options() -> Iterator[str]:
    yield "Refresh INTEGER NOT NULL DEFAULT 0 CHECK (Refresh BETWEEN 0 AND 9999)"
    yield "FontSize INTEGER NOT NULL DEFAULT 14 CHECK (FontSize BETWEEN 1 AND 99)"
    yield _short("Password")
    yield "PopupWidth INTEGER DEFAULT 300 CHECK (PopupWidth BETWEEN 100 AND 9999)"
    yield from (_flag("ColorByCoder", 0), _flag("PopupDecoration", 0), _flag("PopupAutoComplete", 1))
    yield from (_flag(f"Permission{name}", 1) for name in _PERMISSIONS)


def _short(name: str, default: str | None = None) -> str:
    """A column of text of fewer than 191 characters."""
    given = "" if default is None else f"DEFAULT '{default}' "
    return f"{name} TEXT NOT NULL {given}CHECK (LENGTH({name}) < 191)"


def _flag(name: str, default: int) -> str:
    return f"{name} INTEGER NOT NULL DEFAULT {default} CHECK ({name} BETWEEN 0 AND 1)"


def _colour(rule: str = "") -> tuple[str, ...]:
    return tuple(f"{name} INTEGER {rule}CHECK ({name} BETWEEN 0 AND 255)" for name in ("Red", "Green", "Blue"))


def _refers(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


def _data(value: str, *rules: str) -> tuple[str, ...]:
    """A table of the values that statements have for variables of one type."""
    return (
        "ID INTEGER PRIMARY KEY NOT NULL",
        "StatementId INTEGER NOT NULL",
        "VariableId INTEGER NOT NULL",
        value,
        _refers("StatementId", "STATEMENTS"),
        _refers("VariableId", "VARIABLES"),
        *rules,
        "UNIQUE (StatementId, VariableId)",
    )


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    for row in rows:
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)


def _insert_defaults(database: sqlite3.Connection) -> None:
    """What every database of DNA begins with, and the one statement type of its default ones that is needed."""
    _insert(database, "SETTINGS", _SETTINGS)
    database.execute(
        "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, 'Admin', 255, 255, 0, ?)",
        (ADMIN_ID, _ADMIN_HASH),
    )
    _insert(database, "STATEMENTTYPES", [_STATEMENT_TYPE])
    _insert(database, "VARIABLES", [(*variable, _STATEMENT_TYPE[0]) for variable in _VARIABLES])
    _insert(database, "ATTRIBUTEVARIABLES", _attribute_variables())


def _attribute_variables() -> list[tuple[object, ...]]:
    """The attributes that names can have: each attribute of every variable that has names."""
    pairs = [(variable, name) for name in _ATTRIBUTES for variable in range(1, _NAMES + 1)]
    return [(number, *pair) for number, pair in enumerate(pairs, start=1)]


def _document(document: Document) -> tuple[object, ...]:
    text, at = document.text, int(document.at.timestamp())
    described = (document.author, document.source, "", _notes(document), document.type)
    return (document.id, document.title, text, ADMIN_ID, *described, at)


def _notes(document: Document) -> str:
    """Whence the document is, and what its date rests on."""
    article = document.article
    day = published(article)
    dated = f"published {day} ({article.published_basis})" if day else "date unknown: 1 January 1970 stands for it"
    return "\n".join(one_line(part) for part in (f"article {article.id}", article.url, dated) if part)


def _insert_statements(database: sqlite3.Connection, statements: list[Statement]) -> None:
    entities = _entities(statements)
    attributes = _attribute_variables()
    _insert(database, "ENTITIES", [(number, *name, 0, 0, 0, None) for name, number in entities.items()])
    unknown = [
        (number, kind, "") for (variable, _), number in entities.items() for kind, of, _ in attributes if of == variable
    ]
    _insert(database, "ATTRIBUTEVALUES", _numbered(unknown))
    rows = [(s.id, _STATEMENT_TYPE[0], s.document.id, s.start, s.stop, ADMIN_ID) for s in statements]
    _insert(database, "STATEMENTS", rows)
    names = [(s.id, name[0], entities[name]) for s in statements for name in _names(s)]
    _insert(database, "DATASHORTTEXT", _numbered(names))
    _insert(database, "DATABOOLEAN", _numbered([(s.id, _NAMES + 1, int(s.agreement)) for s in statements]))


def _entities(statements: list[Statement]) -> dict[tuple[int, str], int]:
    """The id of each name by its variable and wording, in the order in which they are first met."""
    met = dict.fromkeys(name for statement in statements for name in _names(statement))
    return {name: number for number, name in enumerate(met, start=1)}


def _names(statement: Statement) -> tuple[tuple[int, str], ...]:
    """The names of a statement, each with the id of its variable. DNA wants one for each, be it empty."""
    return (1, statement.person), (2, statement.organization), (3, statement.concept)


def _numbered(rows: Sequence[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [(number, *row) for number, row in enumerate(rows, start=1)]
