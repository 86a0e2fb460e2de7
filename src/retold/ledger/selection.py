"""The part of a ledger that somebody asks for: by actor, issue and time."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from retold.article import Article
from retold.ledger.position import Entry, Happening, Position


class Selection(NamedTuple):
    """What is asked for. `actors` are names, or parts of them, of actors or their sides; `issues` codes or labels;
    `since` and `until` ISO days, both included. Empty or None: all."""

    actors: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None

    def entries(self, entries: Iterable[Entry], articles: Mapping[str, Article]) -> tuple[Entry, ...]:
        """The entries asked for, in their order. One of an unknown day is left out where a time is asked for."""
        return tuple(
            entry
            for entry in entries
            if self._has_actor(entry.actor, entry.organization)
            and self._has_issue(entry.issue, entry.concept)
            and self._holds(day_of(entry, articles), day_of(entry, articles))
        )

    def positions(self, positions: Iterable[Position], entries: Iterable[Entry]) -> tuple[Position, ...]:
        """The positions asked for, in their order; `entries` are those that they follow from."""
        known = {entry.id: entry for entry in entries}
        return tuple(
            position
            for position in positions
            if (told := known.get(position.statements[0]))
            and self._has_actor(position.actor, told.organization)
            and self._has_issue(position.issue, told.concept)
            and self._holds(position.since, position.until)
        )

    def happenings(self, happenings: Iterable[Happening]) -> tuple[Happening, ...]:
        """The happenings of the time asked for, in their order."""
        return tuple(one for one in happenings if self._holds(one.date, one.date))

    def _has_actor(self, *names: str | None) -> bool:
        folded = [name.casefold() for name in names if name]
        return not self.actors or any(asked.casefold() in name for asked in self.actors for name in folded)

    def _has_issue(self, code: str, label: str) -> bool:
        folded = [asked.casefold() for asked in self.issues]
        return not folded or code.casefold() in folded or any(asked in label.casefold() for asked in folded)

    def _holds(self, first: str | None, last: str | None) -> bool:
        if self.since is None and self.until is None:
            return True
        if first is None or last is None:
            return False
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


def day_of(entry: Entry, articles: Mapping[str, Article]) -> str | None:
    """The day an entry speaks for: when it was said, else when its report appeared; None: unknown."""
    article = articles.get(entry.evidence.article)
    return entry.said_on or (article.published if article else None)
