"""A library: articles that are kept, with all that was found in them, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, Engine

from retold.article import Article, Problem
from retold.dossier.dossier import Dossier
from retold.ledger import Codebook, KnownActor, read_codebook
from retold.library import care
from retold.library.adding import Added, Step, Writer
from retold.library.checking import Finding
from retold.library.compacting import compact, size_of
from retold.library.describing import Info, describe
from retold.library.errors import told
from retold.library.forgetting import Forgotten
from retold.library.ledgers import make_library_ledger
from retold.library.loading import load
from retold.library.locking import locked
from retold.library.opening import (
    bring_up_to_date,
    close,
    open_for_reading,
    open_for_writing,
    require_library,
)
from retold.library.place import find_place, shown
from retold.library.rereading import Reread
from retold.library.selecting import Wanted, select_articles
from retold.library.story_list import Story, StoryPage, find_story, list_stories
from retold.library.transfer import Form, Manifest, export_tables, import_library
from retold.library.walking import Tell
from retold.pipeline import compose_dossier
from retold.reading import PUBLIC, Offer, Web, read_inputs

Progress = Callable[[Added], None]
"""Called with what was added so far."""


RowProgress = Callable[[str, int, int], None]
"""Called with what is being done (a table), and how many rows of how many are."""


def _no_row_progress(_what: str, _done: int, _of: int) -> None:
    pass


def _no_progress(_added: Added) -> None:
    pass


def _tell_nobody(_what: str, _done: int, _of: int) -> None:
    pass


ALL = Wanted()
"""Every article of a library."""


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
        if "_engine" in self.__dict__:
            close(self.__dict__.pop("_engine"))

    @cached_property
    def _engine(self) -> Engine:
        return open_for_reading(self.url)

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

    def export(
        self, folder: str | PathLike[str], *, form: Form = "jsonl", progress: RowProgress = _no_row_progress
    ) -> Manifest:
        """Write every table into `folder`, a file each, as JSON lines or as Parquet; what was written.

        The files are those of one moment, whatever is added meanwhile, and each is there whole or not at all. What can
        be made from the rest (indexes) is left out. docs/library.md tells of every column.
        """
        return export_tables(self._engine, Path(folder), form, progress)

    def import_(self, folder: str | PathLike[str], *, progress: RowProgress = _no_row_progress) -> Manifest:
        """Make this library, which must be new or empty, of what `export` wrote; what that is. All or nothing."""
        return import_library(self.url, Path(folder), progress)

    def add(
        self,
        inputs: Iterable[str | PathLike[str]],
        *,
        fast: bool = False,
        quick: bool = False,
        progress: Progress = _no_progress,
        web: Web = PUBLIC,
        advance: Callable[[int], None] = lambda _: None,
    ) -> Added:
        """Read `inputs` (see `retold.report`) and keep what is not there yet.

        The same text twice is one article; a text that changed at its address is a new version, and the old one stays.
        Each article is kept in one transaction: a run that is cut short has lost nothing, and the next one goes on
        from there. An input that cannot be read becomes a problem and stops nothing. `fast`: see `find_statements`.
        `quick`: without statements; `reread` finds them later. `progress` is told after each article, `advance` of
        the bytes that are read.
        """
        added = Added()
        with self._writing() as connection:
            writer = Writer(connection)

            def known(offer: Offer) -> bool:
                found = writer.knows(offer)
                added.skipped += found
                return found

            names = (fspath(one) for one in inputs)
            read = read_inputs(names, web=web, advance=advance, known=known, repeats=True)
            for step in writer.add(_articles(read, added), fast=fast, quick=quick):
                if isinstance(step, Step):
                    added.counts[step.outcome] += 1
                else:
                    added.problems.append(step)
                progress(added)
        return added

    def stories(self, wanted: Wanted = ALL, *, least: int = 1, most: int = 50) -> StoryPage:
        """The stories that have an article asked for and at least `least` articles, at most `most`, latest first."""
        with told(self.name), self._engine.connect() as connection:
            return list_stories(connection, wanted, least, most)

    def story(self, story: str) -> Story:
        """One story by its id, with its articles and what became of it. Raises LibraryError: there is none."""
        with told(self.name), self._engine.connect() as connection:
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
        with told(self.name), self._engine.connect() as connection:
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
        with told(self.name):
            with self._engine.connect() as connection:
                numbers = select_articles(connection, wanted)
            return make_library_ledger(self._engine, numbers, codebook or read_codebook(), actors, progress)

    def info(self) -> Info:
        """What is in it, in numbers."""
        with told(self.name):
            return describe(self._engine)

    def check(self, tell: Tell = _tell_nobody) -> Iterator[Finding]:
        """All that is not as it should be, while it is found; nothing is changed."""
        return care.check(self._engine, tell)

    def mend(self, findings: Sequence[Finding], tell: Tell = _tell_nobody) -> tuple[str, ...]:
        """Make the indexes (of words, copies, stories) anew of which a finding is; their names. Texts are never
        changed."""
        with self._caring() as engine:
            return care.mend(engine, findings, tell)

    def vacuum(self) -> tuple[int, int]:
        """Give back the room of what is gone, and order the indexes; the bytes before and after."""
        with self._caring() as engine, told(self.name):
            before = size_of(engine)
            compact(engine)
            return before, size_of(engine)

    def would_forget(self, what: str) -> Forgotten:
        """What `forget` would take out."""
        return care.would_forget(self._engine, what)

    def forget(self, what: str, tell: Tell = _tell_nobody) -> Forgotten:
        """Take an article (its id, or a unique beginning of it), or what was published at an address or by an outlet,
        out of every table and index. An article that was published elsewhere too stays, without this publication.

        The file is then written anew, so that no word of it stays in free pages. Raises LibraryError also where
        nothing is named so, or more than one thing.
        """
        with self._caring() as engine:
            return care.forget_named(engine, what, tell)

    def reread(self, tell: Tell = _tell_nobody, *, fast: bool = False, drop_old: bool = False) -> Reread:
        """Find anew what another version of the models and rules found, and what `add(quick=True)` left out.

        Each article is done in one transaction; a run that is cut short goes on from there. Old findings are kept
        apart by their version, unless `drop_old`. `fast`: the smaller network will do.
        """
        with self._caring() as engine:
            return care.reread_all(engine, tell, fast=fast, drop_old=drop_old)


def _articles(found: Iterable[Article | Problem], added: Added) -> Iterator[Article]:
    """The articles that could be read; the rest are problems of this run."""
    for one in found:
        if isinstance(one, Article):
            yield one
        else:
            added.problems.append(one)
