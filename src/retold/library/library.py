"""A library: articles that are kept, with all that was found in them, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from os import PathLike, fspath
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine

from retold.article import Article, Problem
from retold.library.errors import LibraryError, told
from retold.library.locking import locked
from retold.library.opening import close, open_for_reading, open_for_writing
from retold.library.place import find_place, shown

if TYPE_CHECKING:  # what adding needs takes longer to import than a question takes: see `add`
    from retold.library.adding import Added
    from retold.library.answers import Hits, Quotes, Trace
    from retold.library.nearest import CodeCache
    from retold.reading import Offer, Web

Progress = Callable[["Added"], None]
"""Called with what was added so far."""

LIMIT = 50
"""So many rows of an answer are given, unless more are asked for."""


def _no_progress(_added: Added) -> None:
    pass


class Library:
    """A library at a path or URL; None: the user's own (RETOLD_LIBRARY, or the default place).

    Nothing is opened before something is asked, and nothing is made before something is added. Every method raises
    LibraryError, with what to do, where the library cannot be opened, read or written.

    >>> import tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> with Library(f"{folder.name}/talks.db") as library:
    ...     library.add(["no-such-file.txt"]).problems[0].reason
    'there is no such file: check the path'
    >>> folder.cleanup()
    """

    def __init__(self, place: str | PathLike[str] | None = None) -> None:
        self.url = find_place(place)

    @property
    def name(self) -> str:
        """How the library is named to its user."""
        return shown(self.url)

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give back files and connections; a later question opens them anew."""
        self.__dict__.pop("_codes", None)
        if "_engine" in self.__dict__:
            close(self.__dict__.pop("_engine"))

    @cached_property
    def _engine(self) -> Engine:
        return open_for_reading(self.url)

    @cached_property
    def _codes(self) -> CodeCache:
        from retold.library.nearest import CodeCache

        return CodeCache()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        engine = self._engine
        with told(self.name), engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Engine]:
        """The library held for writing, made where there is none."""
        engine = open_for_writing(self.url)
        try:
            with locked(engine):
                yield engine
        finally:
            close(engine)

    def add(
        self,
        inputs: Iterable[str | PathLike[str]],
        *,
        fast: bool = False,
        quick: bool = False,
        progress: Progress = _no_progress,
        web: Web | None = None,
        advance: Callable[[int], None] = lambda _: None,
    ) -> Added:
        """Read `inputs` (see `retold.report`) and keep what is not there yet.

        The same text twice is one article; a text that changed at its address is a new version, and the old one stays.
        Each article is kept in one transaction: a run that is cut short has lost nothing, and the next one goes on
        from there. An input that cannot be read becomes a problem and stops nothing. `fast`: see `find_statements`.
        `quick`: without statements; `reread` finds them later. `progress` is told after each article, `advance` of
        the bytes that are read. `web`: what may be fetched for an address; None: of public ones.
        """
        from retold.library.adding import Added, Step, Writer
        from retold.reading import PUBLIC, read_inputs

        added = Added()
        with self._writing() as engine:
            writer = Writer(engine)

            def known(offer: Offer) -> bool:
                found = writer.knows(offer)
                added.skipped += found
                return found

            names = (fspath(one) for one in inputs)
            read = read_inputs(names, web=web or PUBLIC, advance=advance, known=known, repeats=True)
            for step in writer.add(_articles(read, added), fast=fast, quick=quick):
                if isinstance(step, Step):
                    added.counts[step.outcome] += 1
                else:
                    added.problems.append(step)
                progress(added)
        return added

    def trace(self, words: str, *, limit: int = LIMIT) -> Trace:
        """Every telling of `words`, oldest first, the first `limit` of them with what changed from one to the next.

        Found are statements, and sentences that nobody is said to have said, that have the words exactly, in part, or
        tell the same in others (see `retold.library.asked`). Empty: nothing in the library tells it.
        """
        if not any(map(str.isalnum, words)):
            raise LibraryError(f"nothing in {words!r} can be traced: give the words that somebody said")
        with self._reading() as connection, ThreadPoolExecutor(1) as pool:
            vector = pool.submit(_vector_of, words)  # a network is loaded while the codes are read
            codes = self._codes.current(connection)
            from retold.library.tracing import trace

            return trace(connection, codes, words, vector.result(), limit)

    def quotes(
        self,
        *,
        speaker: str | None = None,
        about: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        limit: int = LIMIT,
    ) -> Quotes:
        """Statements, the newest first, copies of one as one.

        `speaker`: words of a name, all of which must be in it. `about`: what is said, as in `search`. `since`,
        `until`: ISO days, both included, on which it was said, else published; what has no known day is left out where
        one is given. `outlet`: its name, in any case. None: any.
        """
        from retold.library.query import read_query
        from retold.library.quoting import Wanted, find_quotes

        wanted = Wanted(speaker, read_query(about) if about else None, since, until, outlet)
        with self._reading() as connection:
            return find_quotes(connection, wanted, limit)

    def search(
        self,
        words: str,
        *,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        limit: int = LIMIT,
    ) -> Hits:
        """Articles with all these words in any form, the best first: `cash payment OR swap -oil "security guarantees"`.

        `since`, `until`: ISO days, both included, on which an article was published; `outlet` as in `quotes`.
        """
        from retold.library.query import read_query
        from retold.library.searching import find_hits

        query = read_query(words)
        with self._reading() as connection:
            return find_hits(connection, query, since, until, outlet, limit)


def _vector_of(words: str) -> NDArray[np.float32]:
    from retold.language.vectors import text_vectors

    vector: NDArray[np.float32] = text_vectors([words])[0]
    return vector


def _articles(found: Iterable[Article | Problem], added: Added) -> Iterator[Article]:
    """The articles that could be read; the rest are problems of this run."""
    for one in found:
        if isinstance(one, Article):
            yield one
        else:
            added.problems.append(one)
