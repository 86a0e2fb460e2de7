"""What an article that arrives or goes does to stories: which keep their ids, and what is told of it."""

from collections.abc import Mapping, Sequence, Set
from typing import Literal, NamedTuple

import msgspec

Kind = Literal["created", "joined", "left", "moved", "merged", "split", "ended"]


class StoryChange(msgspec.Struct, frozen=True):
    """One change of one story, caused by the arrival or removal of the article `cause`.

    created: `story` is new, with `articles`. joined, left: `articles` came to it or were removed. moved: `articles`
    came to it out of `others`, which go on. merged: all of `others` became part of it. split: parts of it became
    `others`, which are new. ended: its last article was removed.
    """

    kind: Kind
    story: int
    cause: int
    others: tuple[int, ...] = ()
    articles: tuple[int, ...] = ()


class Regrouping(NamedTuple):
    """The articles of each story by its id, before and after: the same articles but for the cause."""

    before: Mapping[int, Set[int]]
    after: Mapping[int, Set[int]]


def name_groups(before: Mapping[int, Set[int]], groups: Sequence[Set[int]], order: Sequence[int]) -> list[int | None]:
    """For each new group the id that it goes on with; None: it is new.

    An id stays with the largest part of its story, and a group that several stories went into has the id of the one
    with the largest part in it. Of equals the part with the first article in `order` goes before.
    """
    places = {number: place for place, number in enumerate(order)}
    parts = [
        (-len(shared), min(places[number] for number in shared), story, index)
        for story, members in before.items()
        for index, group in enumerate(groups)
        if (shared := members & group)
    ]
    names: list[int | None] = [None] * len(groups)
    taken: set[int] = set()
    for _, _, story, index in sorted(parts):
        if names[index] is None and story not in taken:
            names[index] = story
            taken.add(story)
    return names


def tell_changes(change: Regrouping, cause: int) -> tuple[StoryChange, ...]:
    """The changes between two states of stories, by kind in the order of `Kind`, then by id."""
    before, after = change
    found = [
        *(_told_of(story, members, change, cause) for story, members in after.items()),
        *(_told_of_old(story, members, change, cause) for story, members in before.items()),
    ]
    order = Kind.__args__  # type: ignore[attr-defined]
    return tuple(sorted((one for some in found for one in some), key=lambda one: (order.index(one.kind), one.story)))


def _told_of(story: int, members: Set[int], change: Regrouping, cause: int) -> list[StoryChange]:
    """What is told of a story as it is now: where its articles came from."""
    before, after = change
    sources = {other: members & old for other, old in before.items() if other != story and members & old}
    gone = tuple(sorted(other for other in sources if other not in after))
    found = [StoryChange("merged", story, cause, others=gone)] if gone else []
    if story in before:
        found += [
            StoryChange("moved", story, cause, others=(other,), articles=tuple(sorted(shared)))
            for other, shared in sources.items()
            if other in after
        ]
        if cause in members and cause not in before[story]:
            found.append(StoryChange("joined", story, cause, articles=(cause,)))
    elif not sources:
        found.append(StoryChange("created", story, cause, articles=tuple(sorted(members))))
    return found


def _told_of_old(story: int, members: Set[int], change: Regrouping, cause: int) -> list[StoryChange]:
    """What is told of a story as it was: where its articles went."""
    before, after = change
    parts = tuple(sorted(other for other, new in after.items() if other not in before and members & new))
    found = [StoryChange("split", story, cause, others=parts)] if parts and story in after else []
    if cause in members and not any(cause in new for new in after.values()):
        found.append(StoryChange("left" if len(members) > 1 else "ended", story, cause, articles=(cause,)))
    return found
