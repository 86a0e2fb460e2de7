"""The ledger as one flat table, for spreadsheets (CSV) and data frames (Parquet)."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from retold.article import Article
from retold.dossier.dossier import Dossier
from retold.exports.cells import encodable, harmless
from retold.exports.days import iso_day, published
from retold.ledger.position import Entry

_PARQUET_TYPES = {
    "contexts": "list", "agreement": "bool", "hearsay": "bool", "said_on": "date", "start": "int", "end": "int",
    "confidence": "float",
}  # fmt: skip
"""The columns that hold no text."""


class MissingPackageError(Exception):
    """A package that an export needs is not installed. The message says what to install."""


class LedgerRow(NamedTuple):
    """An entry of the ledger and the article that it stands in; None where the dossier does not know.

    `article` is the article's id; `start` and `end` count code points of its text, end exclusive; `words` stand there.
    `published` is a day, or `first/last`.
    """

    id: str
    actor: str
    organization: str | None
    recipient: str | None
    issue: str
    concept: str
    act: str
    plover: str | None
    mode: str | None
    contexts: tuple[str, ...]
    agreement: bool | None
    status: str
    condition: str | None
    consequence: str | None
    hearsay: bool
    speaker: str | None
    channel: str | None
    said_on: str | None
    article: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    words: str
    confidence: float
    how: str


def ledger_rows(dossier: Dossier) -> Iterator[LedgerRow]:
    """A row for each entry of the ledger, in the order of `dossier`."""
    articles = {article.id: article for article in dossier.articles}
    for entry in dossier.ledger:
        yield _row(entry, articles[entry.evidence.article])


def to_ledger_csv(dossier: Dossier) -> bytes:
    """The ledger as CSV (RFC 4180, UTF-8, a header); the same dossier gives the same bytes.

    What is unknown is an empty cell. A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    table = StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(LedgerRow._fields)
    writer.writerows([_cell(value) for value in row] for row in ledger_rows(dossier))
    return table.getvalue().encode()


def to_ledger_parquet(dossier: Dossier) -> bytes:
    """The ledger as Parquet with typed columns; the same dossier and pyarrow give the same bytes.

    Texts are as the dossier has them, but for lone surrogates. Raises: MissingPackageError, without pyarrow.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingPackageError("Parquet needs pyarrow: pip install 'retold[parquet]'") from None
    types = {
        "list": pa.list_(pa.string()), "bool": pa.bool_(), "date": pa.date32(), "int": pa.int64(),
        "float": pa.float64(), "text": pa.string(),
    }  # fmt: skip
    kinds = {name: _PARQUET_TYPES.get(name, "text") for name in LedgerRow._fields}
    schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
    rows = [{name: _typed(value, kinds[name]) for name, value in row._asdict().items()} for row in ledger_rows(dossier)]
    buffer = BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), buffer)
    return buffer.getvalue()


def _row(entry: Entry, article: Article) -> LedgerRow:
    start, end = entry.evidence.span
    return LedgerRow(
        id=entry.id, actor=entry.actor, organization=entry.organization, recipient=entry.recipient, issue=entry.issue,
        concept=entry.concept, act=entry.act, plover=entry.plover, mode=entry.mode, contexts=entry.contexts,
        agreement=entry.agreement, status=entry.status, condition=entry.condition, consequence=entry.consequence,
        hearsay=entry.hearsay, speaker=entry.speaker, channel=entry.channel, said_on=entry.said_on, article=article.id,
        outlet=article.outlet, published=published(article),
        start=start, end=end, words=article.text[start:end], confidence=entry.confidence, how=entry.how,
    )  # fmt: skip


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return harmless(";".join(value))
    return harmless(value) if isinstance(value, str) else str(value)


def _typed(value: Any, kind: str) -> Any:
    """`value` as a column of this kind takes it. A day that is none is unknown."""
    if isinstance(value, tuple):
        return [encodable(part) for part in value]
    if isinstance(value, str):
        return iso_day(value) if kind == "date" else encodable(value)
    return value
