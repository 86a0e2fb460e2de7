"""Which articles of a library have words of one another: fingerprints, and an index of them."""

import numpy as np
from sqlalchemy import Connection, insert, select

from retold.article import Article, Span
from retold.library import schema
from retold.library.postings_store import SqlPostings
from retold.library.rows import in_parts
from retold.statements.quotations import find_quotations
from retold.stories import LEAST_SHARED, Postings, Reuse, find_reuse, fingerprint
from retold.stories.postings import Keys

_MOST_REUSE = 16
"""Articles that are noted as sharing text with one that comes, those with most of it: enough to join all copies."""

_STORED = np.dtype("<u4")


def own_fingerprint(article: Article) -> Keys:
    """The fingerprint of what the reporter wrote: two at one press conference bring home the same quotations."""
    own = tuple(block.span for block in article.own_blocks())
    quoted = sorted(span for quotation in find_quotations(article.text, own) for span in quotation.spans)
    return fingerprint(["\n".join(_outside(article.text, own, quoted))])[0]


def _outside(text: str, own: tuple[Span, ...], quoted: list[Span]) -> list[str]:
    """The words of `own` that do not stand in any of `quoted`, both in text order."""
    parts = []
    for start, end in own:
        for first, last in quoted:
            if start < last and first < end:
                parts.append(text[start : max(start, first)])
                start = max(start, last)
        parts.append(text[start:end])
    return parts


def unpack_hashes(data: bytes) -> Keys:
    """A fingerprint as it is kept."""
    return np.frombuffer(data, _STORED)


class CopyIndex:
    """The fingerprints of a library's articles, within the transaction that keeps them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._postings = Postings(SqlPostings(connection, "copies"))
        columns = schema.fingerprints.c
        newer = select(columns.article, columns.hashes).where(columns.article > self._postings.merged_to)
        rows = connection.execute(newer.order_by(columns.article)).all()
        self._postings.add([row.article for row in rows], [unpack_hashes(row.hashes) for row in rows])

    def add(self, number: int, keys: Keys) -> tuple[Reuse, ...]:
        """Keep the fingerprint of an article that came, and with which of the others it shares text."""
        found = self._find(keys)[:_MOST_REUSE]
        row = {"article": number, "size": len(keys), "hashes": keys.astype(_STORED).tobytes()}
        self._connection.execute(insert(schema.fingerprints), [row])
        if found:
            self._connection.execute(insert(schema.reuse), [_row(number, reuse) for reuse in found])
        self._postings.take_in([number], [keys])
        return found

    def _find(self, keys: Keys) -> tuple[Reuse, ...]:
        hits = self._postings.find([keys], least=LEAST_SHARED)
        columns = schema.fingerprints.c
        sizes: dict[int, int] = {}
        numbers = hits.numbers.tolist()
        for some in in_parts(numbers):
            query = select(columns.article, columns.size).where(columns.article.in_(some))
            sizes.update({row.article: row.size for row in self._connection.execute(query)})
        return find_reuse([len(keys)], hits, np.array([sizes[one] for one in numbers], np.int64))[0]

    def remove(self, number: int) -> None:
        """Take an article out of the index; its rows are the caller's."""
        columns = schema.fingerprints.c
        hashes = self._connection.execute(select(columns.hashes).where(columns.article == number)).scalar()
        if hashes is not None:
            self._postings.remove([number], [unpack_hashes(hashes)])


def _row(number: int, reuse: Reuse) -> dict[str, object]:
    parts = {"of_article": reuse.of_this, "of_other": reuse.of_other}
    return {"article": number, "other": reuse.number, "kind": reuse.kind, **parts}
