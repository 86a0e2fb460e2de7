"""The ledger for Discourse Network Analyzer (DNA): its documents, its statements, its event list.

A statement of DNA is a stretch of a document in which a person, for an organization, agrees with a concept or not. So
an entry that is neither for nor against (`agreement` is None) is none, and is left out. Offsets count UTF-16 code
units: DNA marks text by the carets of Swing (gui/TextPanel.java), and checks them by `String.length()` (sql/Sql.java).
Sources: leifeld-lab/dna, folder dna/src/main/java; Leifeld, "Discourse Network Analysis", in The Oxford Handbook of
Political Networks, 2017.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from retold.article import Article
from retold.dossier.dossier import Dossier
from retold.dossier.labels import headline_of, label_articles, one_line
from retold.exports.cells import harmless
from retold.exports.days import published_day
from retold.ledger.position import Entry

ADMIN_ID = 1
"""The id of the coder that every database of DNA begins with."""
_MOST_CHARS = 190
"""DNA checks that names, titles and the like have fewer than 191 characters."""
_UNKNOWN_DAY = date(1970, 1, 1)
"""DNA knows no document without a date. No report can be mistaken for one of this day: it is second 0 of its clock."""
_HEADER = (
    "statement_id", "time", "person", "organization", "concept", "agreement", "start_position", "stop_position", "text",
    "coder", "document_id", "document_title", "document_author", "document_source", "document_section", "document_type",
)  # fmt: skip
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class Document(NamedTuple):
    """A report as DNA holds it. `id` is its number in the dossier; every text is short enough but `text` itself."""

    id: int
    title: str
    author: str
    source: str
    type: str
    at: datetime
    text: str
    article: Article


class Statement(NamedTuple):
    """An entry as DNA holds it. `id` counts from 1 in the order of the dossier; `start` and `stop` are UTF-16 units."""

    id: int
    document: Document
    start: int
    stop: int
    words: str
    person: str
    organization: str
    concept: str
    agreement: bool


def to_dna_events(dossier: Dossier) -> bytes:
    """The event list of the ledger as DNA writes it: UTF-8, columns parted by ";", ordered by time and place.

    As in DNA a ";" in a text becomes "," and a quotation mark an apostrophe. Beyond DNA each text is on one line and
    harmless in a spreadsheet. The same dossier gives the same bytes.
    Source: leifeld-lab/dna:dna/src/main/java/dna/export/Exporter.java, eventCSV; …/model/Statement.java, compareTo.
    """
    rows = sorted(find_statements(dossier), key=lambda s: (s.document.at, s.document.id, s.start, s.stop, s.id))
    lines = [";".join(f'"{name}"' for name in _HEADER), *map(_event, rows)]
    return "\n".join([*lines, ""]).encode()


def find_documents(dossier: Dossier) -> Iterator[Document]:
    """The articles of `dossier`, in its order."""
    for number, (article, label) in enumerate(
        zip(dossier.articles, label_articles(dossier.articles).values(), strict=True), start=1
    ):
        yield Document(
            id=number,
            title=short(headline_of(article) or label.name),
            author=short(article.author),
            source=short(article.outlet),
            type=short(None if article.genre == "unknown" else article.genre),
            at=datetime.combine(published_day(article) or _UNKNOWN_DAY, time(), UTC),
            text=_same_length(article.text),
            article=article,
        )


def find_statements(dossier: Dossier) -> Iterator[Statement]:
    """The entries of `dossier` that are for or against something, in its order."""
    documents = {document.article.id: document for document in find_documents(dossier)}
    stated = (entry for entry in dossier.ledger if entry.agreement is not None)
    for number, entry in enumerate(stated, start=1):
        statement = _statement(number, entry, documents[entry.evidence.article])
        if statement.start < statement.stop:  # no words, no row: DNA's tables refuse it too
            yield statement


def _statement(number: int, entry: Entry, document: Document) -> Statement:
    start, end = entry.evidence.span
    return Statement(
        id=number,
        document=document,
        start=_units(document.text[:start]),
        stop=_units(document.text[:end]),
        words=document.text[start:end],
        # By DNA's custom an organization that speaks for itself has no person.
        person=short(None if entry.actor == entry.organization else entry.actor),
        organization=short(entry.organization),
        concept=short(entry.concept or entry.issue),
        agreement=bool(entry.agreement),
    )


def short(text: str | None) -> str:
    """`text` on one line, as long as DNA takes it: what is longer is cut, and told apart by a hash. None: empty."""
    line = one_line(text or "")
    if len(line) <= _MOST_CHARS:
        return line
    digest = hashlib.sha256(line.encode()).hexdigest()[:10]
    return f"{line[: _MOST_CHARS - len(digest) - 2]}… {digest}"


def _same_length(text: str) -> str:
    """`text` with what cannot be seen made visible, character for character, so that every offset stays true."""
    return _UNSEEN.sub(lambda found: _picture(found.group()), text)


def _picture(character: str) -> str:
    if character in "\r\x85\u2028\u2029":
        return "\n"
    return chr(0x2400 + ord(character)) if character < " " else "\ufffd"


def _units(text: str) -> int:
    """The length of `text` for Java: in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def _event(statement: Statement) -> str:
    document = statement.document
    return ";".join(
        (
            str(statement.id),
            f"{document.at:%Y-%m-%d %H:%M:%S}",
            *map(_quoted, (statement.person, statement.organization, statement.concept)),
            str(int(statement.agreement)),
            str(statement.start),
            str(statement.stop),
            _quoted(statement.words),
            str(ADMIN_ID),
            str(document.id),
            *map(_quoted, (document.title, document.author, document.source, "", document.type)),
        )
    )


def _quoted(text: str) -> str:
    return '"' + one_line(harmless(text)).replace(";", ",").replace('"', "'") + '"'
