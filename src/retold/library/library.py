"""A library: articles that are kept, with all that was found in them, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Engine

from retold.article import Article, Problem
from retold.library.errors import LibraryError, told
from retold.library.locking import locked
from retold.library.opening import (
    bring_up_to_date,
    close,
    open_for_reading,
    open_for_writing,
    require_library,
)
from retold.library.place import find_place, shown
from retold.library.selecting import Wanted, select_articles

if TYPE_CHECKING:  # what adding needs takes longer to import than a question takes: each method imports its own
    from retold.dossier.dossier import Dossier
    from retold.ledger import Codebook, KnownActor
    from retold.library.adding import Added
    from retold.library.asking.answers import Hits, Quotes, Trace
    from retold.library.asking.nearest import CodeCache
    from retold.library.care.checking import Finding
    from retold.library.care.describing import Info
    from retold.library.care.forgetting import Forgotten
    from retold.library.care.rereading import Reread
    from retold.library.care.walking import Tell
    from retold.library.story_list import Story, StoryPage
    from retold.library.transfer import Form, Manifest
    from retold.reading import Offer, Web

Progress = Callable[["Added"], None]
"""Called with what was added so far."""

LIMIT = 50
"""So many rows of an answer are given, unless more are asked for."""

ALL = Wanted()
"""Every article of a library."""


def _no_progress(_added: Added) -> None:
    pass


def _tell_nobody(_what: str, _done: int, _of: int) -> None:
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
        from retold.library.asking.nearest import CodeCache

        return CodeCache()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        engine = self._engine
        with told(self.name), engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """The library held for writing, made where there is none; one connection that stays for as long as there is
        work: SQLite empties and deletes its log when the last one is closed."""
        engine = open_for_writing(self.url)
        try:
            with locked(engine):
                bring_up_to_date(engine)
                with told(self.name), engine.connect().execution_options(writes=True) as connection:
                    yield connection
        finally:
            close(engine)

    @contextmanager
    def _caring(self) -> Iterator[Engine]:
        """A library that is there, held for writing."""
        require_library(self.url)
        with self._writing() as connection:
            yield connection.engine

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
        with self._writing() as connection:
            writer = Writer(connection)

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
        tell the same in others (see `retold.library.asking.asked`). Empty: nothing in the library tells it.
        """
        if not any(map(str.isalnum, words)):
            raise LibraryError(f"nothing in {words!r} can be traced: give the words that somebody said")
        with self._reading() as connection, ThreadPoolExecutor(1) as pool:
            vector = pool.submit(_vector_of, words)  # a network is loaded while the codes are read
            codes = self._codes.current(connection)
            from retold.library.asking.tracing import trace

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
        from retold.library.asking.quoting import WantedQuotes, find_quotes
        from retold.library.query import read_query

        wanted = WantedQuotes(speaker, read_query(about) if about else None, since, until, outlet)
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
        from retold.library.asking.searching import find_hits
        from retold.library.query import read_query

        query = read_query(words)
        with self._reading() as connection:
            return find_hits(connection, query, since, until, outlet, limit)

    def stories(self, wanted: Wanted = ALL, *, least: int = 1, most: int = 50) -> StoryPage:
        """The stories that have an article asked for and at least `least` articles, at most `most`, latest first."""
        from retold.library.story_list import list_stories

        with self._reading() as connection:
            return list_stories(connection, wanted, least, most)

    def story(self, story: str) -> Story:
        """One story by its id, with its articles and what became of it. Raises LibraryError: there is none."""
        from retold.library.story_list import find_story

        with self._reading() as connection:
            return find_story(connection, story)

    def report(
        self,
        story: str,
        *,
        codebook: Codebook | None = None,
        actors: Sequence[KnownActor] = (),
        progress: Tell = _tell_nobody,
    ) -> Dossier:
        """The dossier of a story; see `retold.report`. What its articles say is not looked for again."""
        from retold.library.loading import load
        from retold.pipeline import compose_dossier

        with self._reading() as connection:
            loaded = load(connection, select_articles(connection, Wanted(story=story)))
        return compose_dossier(loaded.found, loaded.problems, codebook=codebook, actors=actors, progress=progress)

    def ledger(
        self,
        wanted: Wanted = ALL,
        *,
        codebook: Codebook | None = None,
        actors: Sequence[KnownActor] = (),
        progress: Tell = _tell_nobody,
    ) -> Dossier:
        """Where each side stands, by the articles asked for: entries, positions and timeline, with their evidence.

        The acts of each article are found when they are first asked for, which takes a fifth of a second an article,
        and then kept. Copies count as one voice. See `retold.select_ledger` for a part of it.
        """
        from retold.ledger import read_codebook
        from retold.library.ledgers import make_library_ledger

        with told(self.name):
            with self._engine.connect() as connection:
                numbers = select_articles(connection, wanted)
            return make_library_ledger(self._engine, numbers, codebook or read_codebook(), actors, progress)

    def info(self) -> Info:
        """What is in it, in numbers."""
        from retold.library.care.describing import describe

        with told(self.name):
            return describe(self._engine)

    def check(self, tell: Tell = _tell_nobody) -> Iterator[Finding]:
        """All that is not as it should be, while it is found; nothing is changed."""
        from retold.library.care import caring

        return caring.check(self._engine, tell)

    def mend(self, findings: Sequence[Finding], tell: Tell = _tell_nobody) -> tuple[str, ...]:
        """Make the indexes (of words, copies, stories) anew of which a finding is; their names. Texts are never
        changed."""
        from retold.library.care import caring

        with self._caring() as engine:
            return caring.mend(engine, findings, tell)

    def vacuum(self) -> tuple[int, int]:
        """Give back the room of what is gone, and order the indexes; the bytes before and after."""
        from retold.library.care.compacting import compact, size_of

        with self._caring() as engine, told(self.name):
            before = size_of(engine)
            compact(engine)
            return before, size_of(engine)

    def would_forget(self, what: str) -> Forgotten:
        """What `forget` would take out."""
        from retold.library.care import caring

        return caring.would_forget(self._engine, what)

    def forget(self, what: str, tell: Tell = _tell_nobody) -> Forgotten:
        """Take an article (its id, or a unique beginning of it), or what was published at an address or by an outlet,
        out of every table and index. An article that was published elsewhere too stays, without this publication.

        The file is then written anew, so that no word of it stays in free pages. Raises LibraryError also where
        nothing is named so, or more than one thing.
        """
        from retold.library.care import caring

        with self._caring() as engine:
            return caring.forget_named(engine, what, tell)

    def reread(self, tell: Tell = _tell_nobody, *, fast: bool = False, drop_old: bool = False) -> Reread:
        """Find anew what another version of the models and rules found, and what `add(quick=True)` left out.

        Each article is done in one transaction; a run that is cut short goes on from there. Old findings are kept
        apart by their version, unless `drop_old`. `fast`: the smaller network will do.
        """
        from retold.library.care.rereading import reread

        with self._caring() as engine:
            return reread(engine, tell, fast=fast, drop_old=drop_old)

    def export(self, folder: str | PathLike[str], *, form: Form = "jsonl", progress: Tell = _tell_nobody) -> Manifest:
        """Write every table into `folder`, a file each, as JSON lines or as Parquet; what was written.

        The files are those of one moment, whatever is added meanwhile, and each is there whole or not at all. What can
        be made from the rest (indexes) is left out. docs/library.md tells of every column.
        """
        from retold.library.transfer import export_tables

        return export_tables(self._engine, Path(folder), form, progress)

    def import_(self, folder: str | PathLike[str], *, progress: Tell = _tell_nobody) -> Manifest:
        """Make this library, which must be new or empty, of what `export` wrote; what that is. All or nothing."""
        from retold.library.transfer import import_library

        self.close()  # nobody may have a file open that is put in place anew
        return import_library(self.url, Path(folder), progress)


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
