"""A library: articles that are kept, with all that was found in them, and what can be asked of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from os import PathLike, fspath
from pathlib import Path
from types import TracebackType

from sqlalchemy import Engine

from retold.article import Article, Problem
from retold.library.adding import Added, Step, Writer
from retold.library.locking import locked
from retold.library.opening import close, open_for_reading, open_for_writing
from retold.library.place import find_place, shown
from retold.library.transfer import Form, Manifest, export_tables, import_library
from retold.reading import PUBLIC, Offer, Web, read_inputs

Progress = Callable[[Added], None]
"""Called with what was added so far."""


RowProgress = Callable[[str, int, int], None]
"""Called with what is being done (a table), and how many rows of how many are."""


def _no_row_progress(_what: str, _done: int, _of: int) -> None:
    pass


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
        if "_engine" in self.__dict__:
            close(self.__dict__.pop("_engine"))

    @cached_property
    def _engine(self) -> Engine:
        return open_for_reading(self.url)

    @contextmanager
    def _writing(self) -> Iterator[Engine]:
        """The library held for writing, made where there is none."""
        engine = open_for_writing(self.url)
        try:
            with locked(engine):
                yield engine
        finally:
            close(engine)

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
        with self._writing() as engine:
            writer = Writer(engine)

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


def _articles(found: Iterable[Article | Problem], added: Added) -> Iterator[Article]:
    """The articles that could be read; the rest are problems of this run."""
    for one in found:
        if isinstance(one, Article):
            yield one
        else:
            added.problems.append(one)
