"""The trainings of what finding stories rests on."""

from benchmarks.story_sets import Labelled
from tests.stories.reports import ALMAR, TEEL, articles
from training.frequencies import table
from training.stories import learn, odds_by, pairs_of

from retold.stories import make_profiles
from retold.stories.signs import SIGNS


def test_an_article_counts_once_for_a_form_and_what_one_has_alone_is_left_out() -> None:
    rows = table(["boats, boats and anchors", "A boat left.", "the rope"]).splitlines()
    assert rows[-2:] == ["*\t3", "boat\t2"]


def labelled() -> list[Labelled]:
    """Two fires of one topic."""
    told = articles()[: len(ALMAR) + len(TEEL)]
    return [Labelled(one, "almar" if place < len(ALMAR) else "teel", "fires", 0) for place, one in enumerate(told)]


def test_weights_tell_the_pairs_that_they_were_learned_from() -> None:
    some = labelled()
    pairs = pairs_of(some, make_profiles([one.article for one in some]))
    assert pairs.signs.shape == (10, len(SIGNS))
    assert pairs.answers.sum() == 4
    odds = odds_by(learn([pairs] * 20, ()), pairs.signs)
    assert min(odds[pairs.answers == 1]) > max(odds[pairs.answers == 0])


def test_what_is_held_out_teaches_nothing() -> None:
    some = labelled()
    profiles = make_profiles([one.article for one in some])
    one = pairs_of(some, profiles)
    other = pairs_of([each._replace(fold=1) for each in some], profiles)
    wrong = other._replace(answers=1 - other.answers)
    both = [one] * 20 + [wrong] * 5
    assert learn(both, {1}) == learn([one] * 20, ()) != learn(both, ())
