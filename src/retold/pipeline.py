"""From inputs to a dossier: the only place that composes the rooms."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, combinations
from os import PathLike, fspath

from retold import __version__
from retold.article import Article, Problem
from retold.collation import (
    Collation,
    Collator,
    Link,
    Witness,
    find_support,
    group_retellings,
    make_witness,
)
from retold.collation.witness import MAX_SENTENCES
from retold.dossier.dossier import Dossier, Made
from retold.dossier.findings import find_findings
from retold.ledger import Codebook, derive_positions, find_entries, find_happenings, read_codebook
from retold.lineage import Lineage, trace_witnesses
from retold.reading import read_inputs
from retold.statements import find_statements
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


def gather(inputs: Iterable[str | PathLike[str]], progress: Progress = _no_progress) -> Gathered:
    """Read files, folders, bulk JSONL and "-"; a bad input becomes a problem and stops nothing."""
    articles: list[Article] = []
    problems: list[Problem] = []
    for found in read_inputs(fspath(source) for source in inputs):
        if isinstance(found, Article):
            articles.append(found)
        else:
            problems.append(found)
        progress("reading", len(articles), 0)
    return Gathered(tuple(articles), tuple(problems))


def report(
    inputs: Iterable[str | PathLike[str]], *, codebook: Codebook | None = None, progress: Progress = _no_progress
) -> Dossier:
    """Read `inputs` (files, folders, bulk JSONL, "-") and put together all that is found about them.

    `codebook`: the issues of the ledger; None: the one that comes with Retold. An input that cannot be read becomes
    a row of `problems`. Raises: nothing that an input can cause.

    >>> dossier = report(["no-such-file.txt"])
    >>> [(problem.level, problem.input) for problem in dossier.problems]
    [('error', 'no-such-file.txt')]
    """
    gathered = gather(inputs, progress)
    return make_dossier(gathered.articles, gathered.problems, codebook=codebook, progress=progress)


def make_dossier(
    articles: Sequence[Article],
    problems: Sequence[Problem] = (),
    *,
    codebook: Codebook | None = None,
    progress: Progress = _no_progress,
) -> Dossier:
    """Everything found about `articles`, in their order; see `report`."""
    found = _statements_of(articles, progress)
    statements = tuple(chain.from_iterable(found))
    witnesses = [make_witness(article, own) for article, own in zip(articles, found, strict=True)]
    collator = Collator()
    progress("lineage", 0, 1)
    lineage = trace_witnesses(witnesses, collator.pairings)
    collations = _collations(witnesses, lineage, collator, progress)
    links = [link for collation in collations for link in collation.links]
    links += _links_within(witnesses, collator)
    retellings = group_retellings(links, statements, articles)
    passages = tuple(passage for collation in collations for passage in collation.passages)
    support = tuple(
        row
        for index, witness in enumerate(witnesses)
        for row in find_support(witness, [*witnesses[:index], *witnesses[index + 1 :]], collator)
    )
    entries = find_entries(articles, statements, codebook or read_codebook())
    return Dossier(
        made=Made(version=__version__, at=datetime.now(UTC).isoformat(timespec="seconds"), models=()),
        articles=tuple(articles),
        statements=statements,
        retellings=retellings,
        passages=passages,
        support=support,
        lineage=lineage,
        timeline=find_happenings(articles),
        ledger=entries,
        positions=derive_positions(entries, articles),
        findings=find_findings(articles, statements, retellings, passages, support, lineage),
        problems=(*problems, *_too_long(witnesses)),
    )


def _too_long(witnesses: Sequence[Witness]) -> Iterator[Problem]:
    """A note for each article that was not compared to its end."""
    for witness in witnesses:
        if len(witness.sentences) == MAX_SENTENCES:
            reason = f"only its first {MAX_SENTENCES:,} sentences are compared with the other reports"
            yield Problem(level="note", input=witness.article.input, reason=reason, how="pipeline")


def collate_all(articles: Sequence[Article]) -> Iterator[tuple[Article, Article, Collation]]:
    """Every pair of articles with its collation, in input order; each article is prepared once."""
    collator = Collator()
    witnesses = [make_witness(article, find_statements(article)) for article in articles]
    for a, b in combinations(witnesses, 2):
        yield a.article, b.article, collator.collate(a, b)


def _statements_of(articles: Sequence[Article], progress: Progress) -> list[tuple[Statement, ...]]:
    """The statements of each article."""
    found = []
    for index, article in enumerate(articles):
        progress("statements", index, len(articles))
        found.append(find_statements(article))
    return found


def _collations(
    witnesses: Sequence[Witness], lineage: Lineage, collator: Collator, progress: Progress
) -> tuple[Collation, ...]:
    """Every pair of articles compared, the source first where the lineage names one."""
    backward = {(edge.derivative, edge.source) for edge in lineage.edges if edge.direction != "unknown"}
    pairs = list(combinations(witnesses, 2))
    found = []
    for index, (a, b) in enumerate(pairs):
        progress("comparing", index, len(pairs))
        first, second = (b, a) if (a.article.id, b.article.id) in backward else (a, b)
        found.append(collator.collate(first, second))
    return tuple(found)


def _links_within(witnesses: Sequence[Witness], collator: Collator) -> list[Link]:
    """A headline, a lead and the body repeat one utterance: links within one report."""
    return [link for witness in witnesses for link in collator.links(witness, witness)]
