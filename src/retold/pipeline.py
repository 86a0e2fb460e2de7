"""From inputs to a dossier: the only place that composes the rooms."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, combinations, islice
from os import PathLike, fspath
from typing import NamedTuple

import msgspec

from retold import __version__
from retold.article import Article, Problem
from retold.collation import (
    Collation,
    Collator,
    Link,
    Shelf,
    Support,
    Witness,
    check_quotations,
    find_support,
    group_retellings,
    make_witness,
)
from retold.collation.witness import MAX_SENTENCES
from retold.dossier.dossier import Dossier, Made
from retold.dossier.findings import find_findings
from retold.language.names import Entity
from retold.ledger import (
    Codebook,
    Entry,
    KnownActor,
    Selection,
    acts_version,
    derive_positions,
    find_entries,
    find_happenings,
    read_codebook,
)
from retold.lineage import Lineage, date_articles, infer_publications, trace_witnesses
from retold.reading import PUBLIC, Web, read_inputs
from retold.statements.find import read_article
from retold.statements.shipped import ShippedNetwork, load_network
from retold.statements.statement import Statement

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many of it are done, and how many there are (0: not known)."""


def _no_progress(_what: str, _done: int, _of: int) -> None:
    pass


@dataclass(frozen=True)
class Gathered:
    """The articles that could be read, in input order, and what could not be or is to be known."""

    articles: tuple[Article, ...]
    problems: tuple[Problem, ...]


def gather(
    inputs: Iterable[str | PathLike[str]],
    progress: Progress = _no_progress,
    web: Web = PUBLIC,
) -> Gathered:
    """Read files, folders, bulk JSONL, addresses and "-"; a bad input becomes a problem and stops nothing."""
    articles: list[Article] = []
    problems: list[Problem] = []
    for found in read_inputs((fspath(source) for source in inputs), web=web):
        if isinstance(found, Article):
            articles.append(found)
        else:
            problems.append(found)
        progress("reading", len(articles), 0)
    return Gathered(tuple(articles), tuple(problems))


def report(
    inputs: Iterable[str | PathLike[str]],
    *,
    codebook: Codebook | None = None,
    actors: Sequence[KnownActor] = (),
    progress: Progress = _no_progress,
    web: Web = PUBLIC,
) -> Dossier:
    """Read `inputs` (files, folders, bulk JSONL, addresses, "-") and put together all that is found about them.

    `codebook`: the issues of the ledger; None: the one that comes with Retold. `actors`: those of an analyst's own
    list. `web`: what may be fetched for an address. An input that cannot be read becomes a row of `problems`. Raises:
    nothing that an input can cause.

    >>> dossier = report(["no-such-file.txt"])
    >>> [(problem.level, problem.input) for problem in dossier.problems]
    [('error', 'no-such-file.txt')]
    """
    gathered = gather(inputs, progress, web)
    return make_dossier(gathered.articles, gathered.problems, codebook=codebook, actors=actors, progress=progress)


def make_dossier(
    articles: Sequence[Article],
    problems: Sequence[Problem] = (),
    *,
    codebook: Codebook | None = None,
    actors: Sequence[KnownActor] = (),
    progress: Progress = _no_progress,
) -> Dossier:
    """Everything found about `articles`, in their order; see `report`."""
    found, failed = _statements_of(articles, progress)
    return compose_dossier(found, (*problems, *failed), codebook=codebook, actors=actors, progress=progress)


def compose_dossier(
    found: "Sequence[Found]",
    problems: Sequence[Problem] = (),
    *,
    codebook: Codebook | None = None,
    actors: Sequence[KnownActor] = (),
    progress: Progress = _no_progress,
) -> Dossier:
    """A dossier of articles of which it is known already what they say; see `report`."""
    articles: Sequence[Article] = [one.article for one in found]
    statements = tuple(chain.from_iterable(one.statements for one in found))
    witnesses = [make_witness(*one) for one in found]
    collator = Collator()
    progress("lineage", 0, 1)
    lineage = trace_witnesses(witnesses, collator.pairings)
    shelf = Shelf(witnesses)
    partners = {witness.article.id: shelf.partners(witness, MOST_PARTNERS) for witness in witnesses}
    collations = _collations(witnesses, partners, lineage, collator, progress)
    passages = tuple(passage for collation in collations for passage in collation.passages)
    articles = date_articles(articles, infer_publications(witnesses, passages))
    links = [link for collation in collations for link in collation.links]
    links += _links_within(witnesses, collator)
    retellings = group_retellings(links, statements, articles)
    support = tuple(_support(witnesses, shelf, partners, collator, progress))
    quotations = check_quotations(witnesses)
    entries = _entries(articles, found, codebook, actors)
    return Dossier(
        made=_made(),
        articles=tuple(articles),
        statements=statements,
        retellings=retellings,
        passages=passages,
        support=support,
        quotations=quotations,
        lineage=lineage,
        timeline=find_happenings(articles),
        ledger=entries,
        positions=derive_positions(entries, articles, lineage, retellings),
        findings=find_findings(articles, statements, retellings, passages, support, quotations, lineage),
        problems=(*problems, *_too_long(witnesses)),
    )


def make_ledger(
    articles: Sequence[Article],
    problems: Sequence[Problem] = (),
    *,
    codebook: Codebook | None = None,
    actors: Sequence[KnownActor] = (),
    progress: Progress = _no_progress,
) -> Dossier:
    """The part of a dossier that tells where each side stands: statements, lineage, ledger, positions, timeline.

    The lineage is there to tell copies from independent voices; nothing else is compared. See `make_dossier`.
    """
    found, failed = _statements_of(articles, progress)
    progress("lineage", 0, 1)
    lineage = trace_witnesses([make_witness(*one) for one in found], Collator().pairings)
    progress("ledger", 0, 1)
    entries = _entries([one.article for one in found], found, codebook, actors)
    return compose_ledger(found, entries, lineage, (*problems, *failed))


def compose_ledger(
    found: "Sequence[Found]", entries: tuple[Entry, ...], lineage: Lineage, problems: Sequence[Problem] = ()
) -> Dossier:
    """A ledger of entries that are found already. `lineage` tells which articles are one voice."""
    articles = [one.article for one in found]
    return Dossier(
        made=_made(),
        articles=tuple(articles),
        statements=tuple(chain.from_iterable(one.statements for one in found)),
        retellings=(),
        passages=(),
        support=(),
        lineage=lineage,
        timeline=find_happenings(articles),
        ledger=entries,
        positions=derive_positions(entries, articles, lineage),
        findings=(),
        problems=tuple(problems),
    )


def select_ledger(dossier: Dossier, selection: Selection) -> Dossier:
    """The dossier with those rows of ledger, positions and timeline that are asked for.

    Of the timeline only the time is asked. Positions are derived from all rows before, so that their changes stay.
    """
    articles = {article.id: article for article in dossier.articles}
    return msgspec.structs.replace(
        dossier,
        ledger=selection.entries(dossier.ledger, articles),
        positions=selection.positions(dossier.positions, dossier.ledger),
        timeline=selection.happenings(dossier.timeline),
    )


def _made() -> Made:
    models = (load_network(fast=False).version, acts_version())
    return Made(version=__version__, at=datetime.now(UTC).isoformat(timespec="seconds"), models=models)


def _entries(
    articles: Sequence[Article], found: "Sequence[Found]", codebook: Codebook | None, actors: Sequence[KnownActor]
) -> tuple[Entry, ...]:
    statements = list(chain.from_iterable(one.statements for one in found))
    return find_entries(articles, statements, codebook or read_codebook(), [one.entities for one in found], actors)


_AHEAD = 8
"""Articles for each core that are read ahead of the one whose turn it is."""


class Found(NamedTuple):
    """An article, its statements, and the people, bodies and places that it names."""

    article: Article
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]


def find_each(articles: Iterable[Article], *, fast: bool = False) -> Iterator[Found | Problem]:
    """Each article with what it says, in order, on all cores; what fails is a problem in its place.

    Articles are taken from the iterable as they are needed, so any number of them fits into memory. `fast`: see
    `find_statements`.
    """
    cores = os.cpu_count() or 1
    network = load_network(fast)
    rest = iter(articles)
    with ThreadPoolExecutor(cores) as pool:
        waiting: deque[Future[Found | Problem]] = deque()
        try:
            while True:
                waiting.extend(
                    pool.submit(_find, one, network) for one in islice(rest, max(0, _AHEAD * cores - len(waiting)))
                )
                if not waiting:
                    return
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _find(article: Article, network: ShippedNetwork) -> Found | Problem:
    try:
        return Found(article, *read_article(article, network))
    except Exception as error:  # whatever an article causes must cost this article only
        reason = f"its statements could not be found ({type(error).__name__}: {error}): this is a fault of Retold"
        return Problem(level="error", input=article.input, reason=reason, how="pipeline")


def _statements_of(articles: Sequence[Article], progress: Progress) -> tuple[list[Found], list[Problem]]:
    """The articles with their statements, and what failed."""
    found: list[Found] = []
    failed: list[Problem] = []
    for number, one in enumerate(find_each(articles)):
        progress("statements", number, len(articles))
        if isinstance(one, Problem):
            failed.append(one)
        else:
            found.append(one)
    return found, failed


def _too_long(witnesses: Sequence[Witness]) -> Iterator[Problem]:
    """A note for each article that was not compared to its end."""
    for witness in witnesses:
        if len(witness.sentences) == MAX_SENTENCES:
            reason = f"only its first {MAX_SENTENCES:,} sentences are compared with the other reports"
            yield Problem(level="note", input=witness.article.input, reason=reason, how="pipeline")


def collate_all(articles: Sequence[Article]) -> Iterator[tuple[Article, Article, Collation]]:
    """Every pair of articles with its collation, in input order; each article is prepared once."""
    collator = Collator()
    found = (one for one in find_each(articles) if not isinstance(one, Problem))
    witnesses = [make_witness(*one) for one in found]
    for a, b in combinations(witnesses, 2):
        yield a.article, b.article, collator.collate(a, b)


MOST_PARTNERS = 11
"""Reports with which each is compared in full, those nearest to it: up to a dozen reports all pairs, of more a number
that grows with the reports and not with their square."""


def _support(
    witnesses: Sequence[Witness],
    shelf: Shelf,
    partners: Mapping[str, Sequence[Witness]],
    collator: Collator,
    progress: Progress,
) -> Iterator[Support]:
    for index, witness in enumerate(witnesses):
        progress("support", index, len(witnesses))
        yield from find_support(witness, shelf, partners[witness.article.id], collator)


def _collations(
    witnesses: Sequence[Witness],
    partners: Mapping[str, Sequence[Witness]],
    lineage: Lineage,
    collator: Collator,
    progress: Progress,
) -> tuple[Collation, ...]:
    """Every pair of partners compared, the source first where the lineage names one."""
    backward = {(edge.derivative, edge.source) for edge in lineage.edges if edge.direction != "unknown"}
    pairs = [
        (a, b) for a, b in combinations(witnesses, 2) if b in partners[a.article.id] or a in partners[b.article.id]
    ]
    found = []
    for index, (a, b) in enumerate(pairs):
        progress("comparing", index, len(pairs))
        first, second = (b, a) if (a.article.id, b.article.id) in backward else (a, b)
        found.append(collator.collate(first, second))
    return tuple(found)


def _links_within(witnesses: Sequence[Witness], collator: Collator) -> list[Link]:
    """A headline, a lead and the body repeat one utterance: links within one report."""
    return [link for witness in witnesses for link in collator.links(witness, witness)]
