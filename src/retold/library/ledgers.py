"""The ledger across a library: each article's acts are found when they are first asked for, and then kept."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack

import msgspec
from sqlalchemy import Connection, Engine, insert, select

from retold.dossier.dossier import Dossier
from retold.ledger import ArticleEntries, Codebook, KnownActor, Position, read_entries, resolve_entries
from retold.library import schema
from retold.library.errors import LibraryError
from retold.library.lineages import lineage_of
from retold.library.loading import Kept, load
from retold.library.locking import locked
from retold.library.outlets import outlets_of
from retold.library.records import pack_entries, unpack_entries
from retold.library.rows import in_parts
from retold.library.versions import ledger_version
from retold.pipeline import Progress, compose_ledger


def make_library_ledger(
    engine: Engine, numbers: Sequence[int], codebook: Codebook, actors: Sequence[KnownActor], progress: Progress
) -> Dossier:
    """Where each side stands, by the articles of these numbers.

    Acts that are found here are kept for the next time, unless somebody else is writing to the library, or it can only
    be read. Copies are one voice. A position names all outlets that published the articles on which it rests.
    """
    with engine.connect() as connection:
        loaded = load(connection, numbers)
        ids = {one.number: one.found.article.id for one in loaded.kept}
        lineage = lineage_of(connection, ids)
        outlets = outlets_of(connection, list(ids))
    acts = _acts(engine, loaded.kept, codebook, actors, progress)
    dossier = compose_ledger(loaded.found, resolve_entries(acts, actors), lineage, loaded.problems)
    by_id = {ids[number]: names for number, names in outlets.items()}
    return msgspec.structs.replace(dossier, positions=tuple(_with_outlets(dossier, by_id)))


def _acts(
    engine: Engine, kept: Sequence[Kept], codebook: Codebook, actors: Sequence[KnownActor], progress: Progress
) -> list[ArticleEntries]:
    version = ledger_version(codebook, actors)
    with engine.connect() as connection:
        known = _known_acts(connection, kept, version)
    missing = [one for one in kept if one.number not in known]
    with ExitStack() as holding:
        may_keep = bool(missing) and _try_to_lock(engine, holding)
        for count, one in enumerate(missing):
            progress("ledger", count, len(missing))
            found = one.found
            acts = read_entries([found.article], found.statements, codebook, [found.entities], actors)[0]
            known[one.number] = acts
            if may_keep and one.reading is not None:
                _keep(engine, one.reading, version, acts)
    return [known[one.number] for one in kept]


def _known_acts(connection: Connection, kept: Sequence[Kept], version: str) -> dict[int, ArticleEntries]:
    """The acts that were found before, by the number of the article."""
    columns = schema.ledgers.c
    articles = {one.reading: one.number for one in kept if one.reading is not None}
    found = {}
    for some in in_parts(list(articles)):
        query = select(columns.reading, columns.record).where(columns.version == version, columns.reading.in_(some))
        found.update({articles[row.reading]: unpack_entries(row.record) for row in connection.execute(query)})
    return found


def _try_to_lock(engine: Engine, holding: ExitStack) -> bool:
    """Whether the library may be written to until `holding` ends."""
    try:
        holding.enter_context(locked(engine))
    except LibraryError:
        return False
    return True


def _keep(engine: Engine, reading: int, version: str, acts: ArticleEntries) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        row = {"reading": reading, "version": version, "record": pack_entries(acts)}
        connection.execute(insert(schema.ledgers).values(row))


def _with_outlets(dossier: Dossier, outlets: Mapping[str, Sequence[str]]) -> Iterator[Position]:
    """The positions with every outlet that published an article on which they rest."""
    articles = {entry.id: entry.evidence.article for entry in dossier.ledger}
    for position in dossier.positions:
        told = dict.fromkeys(articles[entry] for entry in position.statements)
        names = dict.fromkeys(name for article in told for name in outlets.get(article, ()))
        yield msgspec.structs.replace(position, outlets=tuple(names)) if names else position
