import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stories.reports import articles

from retold.article import Article, Block
from retold.stories import Profile, make_profile, make_profiles
from retold.stories.profile import KEYS, MOST_TERMS


def article(text: str, **facts: object) -> Article:
    block = Block(kind="body", start=0, end=len(text), reason="", how="test")
    given = {"id": "a", "input": "a", "sha256": "", "text": text, "blocks": (block,), "origin": (), "how": "test"}
    return Article(**{**given, **facts})  # type: ignore[arg-type]


@given(st.text(max_size=300))
def test_bytes_round_trip(text: str) -> None:
    profile = make_profile(article(text, published="2031-05-04"))
    again = Profile.from_bytes(profile.to_bytes())
    assert again.to_bytes() == profile.to_bytes()
    assert again.days == profile.days
    for one, other in ((again.terms, profile.terms), (again.keys, profile.keys), (again.vector, profile.vector)):
        np.testing.assert_array_equal(one, other)


def test_other_bytes_are_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        Profile.from_bytes(b"\x91\xc0")


def test_many_at_once_are_what_each_is_alone() -> None:
    for one, among in zip(articles(), make_profiles(articles()), strict=True):
        assert make_profile(one).to_bytes() == among.to_bytes()


def test_terms_and_keys_ascend_and_are_no_more_than_allowed() -> None:
    words = " ".join(f"{chr(97 + i % 26)}{chr(97 + i // 26)}zz" for i in range(600))
    profile = make_profile(article(words))
    assert len(profile.terms) == len(profile.weights) == len(profile.kinds) == MOST_TERMS
    assert len(profile.keys) == KEYS
    for ascending in (profile.terms, profile.keys):
        assert (np.diff(ascending.astype(np.int64)) > 0).all()
    assert np.isin(profile.keys, profile.terms).all()


@pytest.mark.parametrize(
    ("facts", "days"),
    [
        ({}, None),
        ({"published": "0001-01-03"}, (3, 3)),
        ({"published_range": ("0001-01-03", "0001-01-09")}, (3, 9)),
    ],
)
def test_days(facts: dict[str, object], days: tuple[int, int] | None) -> None:
    assert make_profile(article("A boat left.", **facts)).days == days


def test_only_its_own_words_count() -> None:
    text = "A boat left.\n\nWatch: kittens juggle"
    blocks = (
        Block(kind="body", start=0, end=12, reason="", how="test"),
        Block(kind="teaser", start=14, end=len(text), reason="", how="test"),
    )
    alone, glued = make_profile(article("A boat left.")), make_profile(article(text, blocks=blocks))
    assert alone.to_bytes() == glued.to_bytes()
