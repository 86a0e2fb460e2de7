import random
from itertools import combinations

import pytest

from retold.stories.clustering import Kin, cluster, level


def stories(count: int, odds: dict[tuple[int, int], float]) -> set[frozenset[int]]:
    links: dict[int, dict[int, float]] = {number: {} for number in range(count)}
    for (one, other), value in odds.items():
        links[one][other] = links[other][one] = value
    levels = {number: level(found) for number, found in links.items()}
    return set(cluster(Kin(range(count), links, levels)))


def within(*groups: range, odds: float) -> dict[tuple[int, int], float]:
    return {pair: odds for group in groups for pair in combinations(group, 2)}


def test_articles_without_links_are_stories_of_their_own() -> None:
    assert stories(2, {}) == {frozenset({0}), frozenset({1})}
    assert stories(0, {}) == set()


@pytest.mark.parametrize(("odds", "joined"), [(0.1, True), (-0.1, False)])
def test_two_articles_are_one_story_where_that_is_likelier_than_not(odds: float, joined: bool) -> None:
    assert (len(stories(2, {(0, 1): odds})) == 1) is joined


def test_one_article_that_touches_two_events_does_not_chain_them() -> None:
    odds = within(range(5), range(5, 10), odds=4.0) | {(4, 5): 4.0}
    assert stories(10, odds) == {frozenset(range(5)), frozenset(range(5, 10))}


def test_weaker_links_lead_out_of_a_story_only_where_its_own_are_strong() -> None:
    """Two fights of one boxer are two stories; as weak links among all are one."""
    between = {(one, other): 0.5 for one in range(6) for other in range(6, 12)}
    assert len(stories(12, within(range(6), range(6, 12), odds=6.0) | between)) == 2
    assert len(stories(12, within(range(12), odds=0.5))) == 1


def test_a_story_may_have_more_articles_than_one_is_compared_with() -> None:
    chance = random.Random(1)
    odds = {(one, other): 4.0 for one in range(150) for other in chance.sample(range(150), 40) if one < other}
    assert stories(150, odds) == {frozenset(range(150))}
