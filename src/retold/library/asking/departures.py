"""How one telling departs from another, from the paragraphs in which they stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec

from retold.article import Article, Span
from retold.collation.collation import Change
from retold.collation.comparing import alters, compare
from retold.collation.making import make_change
from retold.collation.witness import Telling, make_witness, telling
from retold.language.words import words_in
from retold.library.asking.answers import Departure
from retold.statements.statement import Statement


@dataclass(frozen=True, eq=False)
class Told:
    """A telling with the article in which it stands. `statement` None: nobody is said to have said it."""

    article: Article
    statement: Statement | None
    spans: tuple[Span, ...]

    @property
    def id(self) -> str:
        """The statement's, or the article's with the place of the words."""
        return self.statement.id if self.statement else f"{self.article.id}-at{self.spans[0].start}"

    @cached_property
    def norms(self) -> list[str]:
        return [word.norm for word in words_in(self.article.text, self.spans)]

    @property
    def names(self) -> frozenset[str]:
        return frozenset(one.name for one in self.statement.speakers if one.name) if self.statement else frozenset()

    @cached_property
    def telling(self) -> Telling:
        """The telling for comparison. What decides stands in its paragraphs; the rest of the article costs time."""
        first, last = self.spans[0].start, self.spans[-1].end
        blocks = tuple(block for block in self.article.blocks if block.end > first and block.start < last)
        around = msgspec.structs.replace(self.article, blocks=blocks)
        return telling(make_witness(around, (self.statement,) if self.statement else ()), self.spans)


def depart(before: Told, after: Told) -> Departure:
    """How `after` departs from `before`; nothing is said yet of which came first."""
    if before.norms == after.norms and before.names == after.names and bool(before.statement) == bool(after.statement):
        return Departure(before.id, "verbatim", False, False, ())
    comparison = compare(before.telling, after.telling)
    changes = comparison.changes
    if before.names != after.names:
        changes = (*_speaker_changes(before, after), *changes)
    relation = "altered" if alters(changes) else comparison.relation
    return Departure(before.id, relation, False, comparison.swapped, changes)


def _speaker_changes(before: Told, after: Told) -> Iterator[Change]:
    """Another speaker, where both are named."""
    from retold.collation.links import same_name  # with all that weighs links: it is seldom needed

    one, other = before.statement, after.statement
    both = one and other and before.names and after.names
    if one and other and both and not any(same_name(x, y) for x in before.names for y in after.names):
        note = f"said by {_listed(after)}; in the other by {_listed(before)}"
        sides = (before.telling, one.source), (after.telling, other.source)
        yield make_change("speaker_changed", *sides, note, how="speakers", confidence=_SURE)


_SURE = 0.75  # as between two statements that are linked: see retold.collation.links


def _listed(told: Told) -> str:
    return " and ".join(sorted(told.names))
