import random
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.stories.reports import articles

from retold.stories import MemoryIndex, MemoryStore, Profile, Stories, StoryChange, make_profiles, stream

Odds = dict[frozenset[int], float]
BLANK = Profile(None, np.zeros(0, np.uint32), np.zeros(0, np.float16), np.zeros(0, np.uint8), np.zeros(384, np.int8))


class Line:
    """A stream in which the links of articles are given. Articles are told apart by `names`, whatever their numbers."""

    def __init__(self, odds: Odds) -> None:
        self.odds = odds
        self.store, self.index = MemoryStore(), MemoryIndex()
        self.stories = Stories(self.store, self.index)
        self.numbers: dict[int, int] = {}

    def add(self, name: int) -> tuple[StoryChange, ...]:
        links = {
            number: self.odds[pair]
            for other, number in self.numbers.items()
            if (pair := frozenset({name, other})) in self.odds
        }
        number = 1000 + max(self.numbers.values(), default=0) % 1000 + 1
        self.numbers[name] = number
        self.index.add([number], [BLANK.keys])
        self.store.put_article(number, BLANK, bytes([name]))
        return self.stories.add_linked(number, links)

    def remove(self, name: int) -> tuple[StoryChange, ...]:
        return self.stories.remove(self.numbers.pop(name))

    def groups(self) -> set[frozenset[int]]:
        names = {number: name for name, number in self.numbers.items()}
        return {frozenset(names[number] for number in members) for members in self.store.all_members().values()}


def line_of(odds: Odds, names: Sequence[int]) -> Line:
    line = Line(odds)
    for name in names:
        line.add(name)
    return line


PAIRS = [frozenset({one, other}) for one in range(14) for other in range(one)]
some_odds = st.dictionaries(st.sampled_from(PAIRS), st.floats(-3.9, 8, allow_nan=False), max_size=60)


@settings(max_examples=150, deadline=None)
@given(some_odds, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_stories(odds: Odds, chance: random.Random) -> None:
    names = list(range(14))
    first = line_of(odds, names).groups()
    chance.shuffle(names)
    assert line_of(odds, names).groups() == first


@settings(max_examples=150, deadline=None)
@given(some_odds, st.sets(st.integers(0, 13)), st.randoms(use_true_random=False))
def test_an_article_that_was_removed_might_never_have_come(odds: Odds, gone: set[int], chance: random.Random) -> None:
    names = list(range(14))
    chance.shuffle(names)
    line = line_of(odds, names)
    for name in sorted(gone):
        line.remove(name)
    assert line.groups() == line_of(odds, [name for name in names if name not in gone]).groups()


@settings(max_examples=100, deadline=None)
@given(some_odds, st.randoms(use_true_random=False))
def test_what_is_told_leads_from_one_state_to_the_next(odds: Odds, chance: random.Random) -> None:
    """Ids that are told to be new or gone are all that come or go."""
    line, names = Line(odds), list(range(14))
    chance.shuffle(names)
    for step in (line.add, line.remove):
        for name in names:
            before = set(line.store.all_members())
            changes = step(name)
            after = set(line.store.all_members())
            born = {one.story for one in changes if one.kind == "created"}
            born |= {part for one in changes if one.kind == "split" for part in one.others}
            gone = {one.story for one in changes if one.kind == "ended"}
            gone |= {part for one in changes if one.kind == "merged" for part in one.others}
            assert (after - before, before - after) == (born, gone)
    assert line.store.all_members() == {}


def test_created_joined_left_and_ended_are_told() -> None:
    line = Line({frozenset({0, 1}): 3.0})
    (created,) = line.add(0)
    assert (created.kind, created.articles, created.cause) == ("created", (line.numbers[0],), line.numbers[0])
    second = line.numbers[0] + 1
    assert line.add(1) == (StoryChange("joined", created.story, second, articles=(second,)),)
    assert line.remove(1) == (StoryChange("left", created.story, second, articles=(second,)),)
    assert [(one.kind, one.story) for one in line.remove(0)] == [("ended", created.story)]


def test_a_merger_and_a_split_are_told_with_their_ids() -> None:
    """Two single articles that a third brings together, and that part when it goes."""
    line = Line({frozenset({0, 2}): 4.0, frozenset({1, 2}): 4.0, frozenset({0, 1}): -0.5})
    one, other = line.add(0)[0].story, line.add(1)[0].story
    merged = {change.kind: change for change in line.add(2)}
    assert set(merged) == {"joined", "merged"}
    assert {merged["merged"].story, *merged["merged"].others} == {one, other}
    assert merged["merged"].cause == line.numbers[2]
    parted = {change.kind: change for change in line.remove(2)}
    assert set(parted) == {"left", "split"}
    assert parted["split"].story == merged["merged"].story
    assert len(parted["split"].others) == 1
    assert line.groups() == {frozenset({0}), frozenset({1})}


def test_an_id_stays_with_the_largest_part() -> None:
    odds = {frozenset({hub, other}): 4.0 for hub in (0,) for other in (1, 2, 3)}
    odds |= {frozenset({1, 2}): 3.0, frozenset({1, 3}): -3.5, frozenset({2, 3}): -3.5}
    line = line_of(odds, [3, 0, 1, 2])
    assert line.groups() == {frozenset({0, 1, 2, 3})}
    story = line.store.stories_of([line.numbers[1]])[line.numbers[1]]
    line.remove(0)
    assert line.store.stories_of([line.numbers[1], line.numbers[2]]) == {line.numbers[1]: story, line.numbers[2]: story}
    assert line.store.stories_of([line.numbers[3]])[line.numbers[3]] != story


def test_where_too_many_would_be_touched_an_article_joins_what_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_REGROUPED", 4)
    odds = {frozenset({one, other}): 4.0 for one in range(8) for other in range(one)}
    line = line_of(odds, range(8))
    assert line.groups() == {frozenset(range(8))}
    assert [change.kind for change in line.remove(3)] == ["left"]
    assert line.groups() == {frozenset(range(8)) - {3}}


def test_removing_what_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        Line({}).stories.remove(7)


def test_articles_find_their_stories() -> None:
    profiles = make_profiles(articles())
    store = MemoryStore()
    stories = Stories(store, MemoryIndex())
    for number, profile in enumerate(profiles):
        stories.add(number, profile)
    assert set(store.all_members().values()) == {frozenset({0, 1, 2}), frozenset({3, 4}), frozenset({5})}
