from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from tests.stories.reports import ALMAR, TEEL, articles

from retold.stories import Profile, likeness, make_profiles
from retold.stories.likeness import log_odds


@pytest.fixture(scope="module")
def profiles() -> list[Profile]:
    return make_profiles(articles())


def test_it_is_the_same_either_way_round(profiles: list[Profile]) -> None:
    for one, other in combinations(profiles, 2):
        assert likeness(one, other) == pytest.approx(likeness(other, one), abs=1e-9)


def test_reports_of_one_event_are_likelier_than_of_two_events_of_one_kind(profiles: list[Profile]) -> None:
    fires = [*range(len(ALMAR) + len(TEEL))]
    same = [(one, other) for one, other in combinations(fires, 2) if (one < len(ALMAR)) == (other < len(ALMAR))]
    mixed = [pair for pair in combinations(fires, 2) if pair not in same]
    least = min(likeness(profiles[one], profiles[other]) for one, other in same)
    assert least > max(likeness(profiles[one], profiles[other]) for one, other in mixed)
    assert all(likeness(profiles[one], profiles[other]) < 0.5 for one, other in mixed)


def test_what_else_is_compared_changes_nothing(profiles: list[Profile]) -> None:
    alone = [float(log_odds(profiles[0], [other])[0]) for other in profiles[1:]]
    np.testing.assert_allclose(log_odds(profiles[0], profiles[1:]), alone)


def test_the_further_apart_in_time_the_less_likely_and_an_unknown_day_lies_between(profiles: list[Profile]) -> None:
    one, other = replace(profiles[0], days=(100, 100)), profiles[1]
    same, later = (likeness(one, replace(other, days=days)) for days in ((100, 100), (160, 160)))
    assert same > likeness(one, replace(other, days=None)) > later
    assert likeness(one, replace(other, days=(90, 110))) == same  # a range that holds the day may be that day


def test_articles_without_a_word_are_not_alike() -> None:
    blank = Profile(
        None, np.zeros(0, np.uint32), np.zeros(0, np.float16), np.zeros(0, np.uint8), np.zeros(384, np.int8)
    )
    assert likeness(blank, blank) < 0.5
    assert log_odds(blank, []).shape == (0,)
