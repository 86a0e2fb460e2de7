"""Adding articles: read, found out about, and kept one after the other, each in one transaction."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection, select

from retold.article import Article, Problem
from retold.library import schema
from retold.library.errors import UnfitError, told
from retold.library.indexes import Indexes
from retold.library.place import shown
from retold.library.preparing import Prepared, prepare_each
from retold.library.storing import Outcome, is_published, number_of, store, store_publication
from retold.reading import Offer


@dataclass
class Added:
    """What an `add` did: how many articles came to what, and what could not be read or is to be known."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)

    @property
    def read(self) -> int:
        """Articles that were looked at, whatever came of them."""
        return self.counts.total() + self.skipped


class Step(NamedTuple):
    """One article that was brought to the library, and what became of it."""

    article: Article
    outcome: Outcome


class Writer:
    """The one process that writes to a library, on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._name = shown(connection.engine.url)
        self._indexes: Indexes | None = None

    def knows(self, offer: Offer) -> bool:
        """Whether an input that is about to be read is in the library, unchanged: it need not be read at all."""
        columns = schema.publications.c
        same = select(columns.number).where(columns.sha256 == offer.sha256)
        for column, value in (
            (columns.given_id, offer.given_id),
            (columns.url, offer.url),
            (columns.outlet, offer.outlet),
        ):
            same = same.where(column == value) if value is not None else same
        with self._transaction() as connection:
            return connection.execute(same.limit(1)).first() is not None

    def add(self, articles: Iterable[Article], *, fast: bool = False, quick: bool = False) -> Iterator[Step | Problem]:
        """Keep articles; what became of each, in the order in which it was known.

        Of a text that comes twice before it is kept the second is looked at when the first is there. What cannot be
        kept is a problem, and the next one goes on. Raises LibraryError where nothing can be kept any more.
        """
        waiting: dict[str, list[Article]] = {}
        steps: list[Step] = []

        def new_texts() -> Iterator[Article]:
            for article in articles:
                if article.id in waiting:
                    waiting[article.id].append(article)
                elif step := self._add_known(article):
                    steps.append(step)
                else:
                    waiting[article.id] = []
                    yield article

        for prepared in prepare_each(new_texts(), fast=fast, quick=quick):
            yield from steps
            steps.clear()
            yield from self._keep(prepared, waiting)
        yield from steps

    def _keep(self, prepared: Prepared | Problem, waiting: dict[str, list[Article]]) -> Iterator[Step | Problem]:
        if isinstance(prepared, Problem):
            yield prepared
            return
        article = prepared.article
        try:
            with self._transaction() as connection:
                number, outcome = store(connection, article, prepared.reading)
                self._open_indexes().add(number, prepared)
        except (UnfitError, UnicodeError) as error:
            waiting.pop(article.id, None)
            yield Problem(level="error", input=article.input, reason=f"it cannot be kept: {error}", how="library")
            return
        yield Step(article, outcome)
        for other in waiting.pop(article.id, ()):
            step = self._add_known(other)
            if step:
                yield step

    def _add_known(self, article: Article) -> Step | None:
        """What becomes of an article whose text is in the library; None: it is not."""
        with self._transaction() as connection:
            number = number_of(connection, article.id)
            if number is None:
                return None
            if is_published(connection, number, article):
                return Step(article, Outcome.KNOWN)
            store_publication(connection, number, article)
        return Step(article, Outcome.PUBLICATION)

    def _open_indexes(self) -> Indexes:
        if self._indexes is None:
            self._indexes = Indexes(self._connection)
        return self._indexes

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with told(self._name), self._connection.begin():
                yield self._connection
        except BaseException:
            self._indexes = None  # what they hold may not have been kept
            raise
