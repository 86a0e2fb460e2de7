"""What is said of two articles that share keys."""

import numpy as np
import pytest

from retold.stories.fingerprints import fingerprint
from retold.stories.postings import Hits
from retold.stories.reuse import Reuse, find_reuse


def hits(*rows: tuple[int, int, int]) -> Hits:
    return Hits(*np.array(rows, np.int64).reshape(-1, 3).T)


@pytest.mark.parametrize(
    ("size", "other", "shared", "kind"),
    [
        (60, 60, 58, "near_duplicate"),
        (60, 55, 33, "near_duplicate"),
        (60, 180, 58, "contained"),
        (180, 60, 58, "contains"),
        (60, 60, 18, "part"),
        (60, 60, 6, "part"),
        (60, 60, 5, None),
        (2000, 50, 5, "part"),
        (10, 10, 3, "part"),
        (10, 10, 2, None),
        (16, 16, 3, None),
        (40, 40, 4, None),
    ],
)
def test_the_kind_of_reuse(size: int, other: int, shared: int, kind: str | None) -> None:
    found = find_reuse([size], hits((0, 7, shared)), np.array([other]))
    assert [reuse.kind for reuse in found[0]] == ([kind] if kind else [])


def test_each_article_gets_its_own_findings_the_fullest_first() -> None:
    found = find_reuse([40, 10, 100], hits((0, 3, 10), (0, 4, 40), (0, 9, 1), (2, 3, 10)), np.array([50, 40, 80, 20]))
    assert found == [
        (Reuse(4, 40, 1.0, 1.0, "near_duplicate"), Reuse(3, 10, 0.25, 0.2, "part")),
        (),
        (Reuse(3, 10, 0.1, 0.5, "contains"),),
    ]


def test_an_article_that_was_asked_for_is_not_its_own_copy() -> None:
    found = hits((0, 5, 30), (0, 6, 12), (1, 5, 12), (1, 6, 30)).apart_from([5, 6])
    assert [column.tolist() for column in found] == [[0, 1], [6, 5], [12, 12]]


def test_from_some_45_words_on_a_copy_is_found() -> None:
    """As `find_reuse` says: of texts so long nineteen in twenty have three keys. 500 texts of invented words."""
    random = np.random.default_rng(5)
    lengths = random.choice(range(1, 11), (500, 45))  # six in ten words have four letters or more
    words = [[bytes(random.integers(97, 123, n, np.uint8)).decode() for n in row] for row in lengths]
    keys = fingerprint([" ".join(each) for each in words])
    assert np.mean([len(each) >= 3 for each in keys]) > 0.95
