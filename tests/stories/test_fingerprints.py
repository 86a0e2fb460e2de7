"""Fingerprints: what they do not depend on, and what part of them survives in copies."""

import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.stories import fingerprints
from retold.stories.fingerprints import Keys, fingerprint

TEXT = (
    "The harbour authority of Veldania said on Tuesday that talks about the northern terminal had been postponed, "
    "after the ministry's delegation refused to discuss “any transfer of customs revenue” before winter."
)
PINNED = [48681146, 1798636052, 2379291309]


def article(words: int, seed: int) -> list[str]:
    """Random words, of which no run of three is ever the same by chance."""
    letters = random.Random(seed)
    return ["".join(letters.choices("abcdefghijklmnopqrstuvwxyz", k=letters.randint(1, 12))) for _ in range(words)]


def share(one: Keys, other: Keys) -> float:
    """The part of the first fingerprint that the other holds."""
    return len(np.intersect1d(one, other)) / len(one)


def test_the_fingerprint_of_a_text_is_the_same_for_ever() -> None:
    """Libraries keep fingerprints: one that changes here finds no old article any more."""
    assert fingerprint([TEXT])[0].tolist() == PINNED


def test_another_process_makes_the_same_fingerprint() -> None:
    code = f"from retold.stories.fingerprints import fingerprint; print(fingerprint([{TEXT!r}])[0].tolist())"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert made.strip() == str(fingerprint([TEXT])[0].tolist())


@pytest.mark.parametrize(
    "other",
    [
        TEXT.upper(),
        TEXT.replace("“", '"').replace("”", '"'),
        TEXT.replace("'", "’").replace("“", "«").replace("”", "»"),
        TEXT.replace(",", " –").replace(" ", "\n"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace(" of ", " ").replace(" on ", " "),
    ],
    ids=["case", "straight", "curly", "marks", "spaces", "short words"],
)
def test_case_marks_and_short_words_make_no_difference(other: str) -> None:
    assert fingerprint([other])[0].tolist() == fingerprint([TEXT])[0].tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Правительство отложило переговоры ", "ПРАВИТЕЛЬСТВО ОТЛОЖИЛО ПЕРЕГОВОРЫ "),
        ("la proposición española fue aceptada después ", "LA PROPOSICIÓN ESPAÑOLA FUE ACEPTADA DESPUÉS "),
    ],
)
def test_case_makes_no_difference_in_other_scripts(one: str, other: str) -> None:
    (first, second) = fingerprint([one * 9, other * 9])
    assert len(first)
    assert first.tolist() == second.tolist()


def test_words_that_differ_anywhere_have_different_fingerprints() -> None:
    """Words of four letters to seventy that differ in one letter, at each place."""
    for length in (4, 5, 8, 9, 12, 13, 30):
        word = "abcdefghijklmnopqrstuvwxyzabcdefghij"[:length]
        changed = [word[:at] + "0" + word[at + 1 :] for at in range(length)]
        lines = [" ".join(f"{w}{n}" for n in range(10, 90)) for w in (word, *changed)]
        keys = [set(each.tolist()) for each in fingerprint(lines)]
        assert all(keys)
        assert all(one.isdisjoint(other) for at, one in enumerate(keys) for other in keys[:at])


@given(st.lists(st.text(max_size=200), max_size=8))
def test_a_text_has_the_same_fingerprint_alone_and_among_others(texts: list[str]) -> None:
    together = fingerprint(texts)
    assert [keys.tolist() for keys in together] == [fingerprint([text])[0].tolist() for text in texts]
    assert all((np.diff(keys.astype(np.int64)) > 0).all() for keys in together)


def test_blocks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [" ".join(article(60, seed)) for seed in range(7)]
    expected = [keys.tolist() for keys in fingerprint(texts)]
    monkeypatch.setattr(fingerprints, "_BLOCK", 900)
    assert [keys.tolist() for keys in fingerprint(texts)] == expected


def test_a_quarter_of_the_runs_is_sampled() -> None:
    words = [word for word in article(20_000, 1) if len(word) >= 4]
    assert len(fingerprint([" ".join(words)])[0]) == pytest.approx(len(words) / 4, rel=0.05)


def test_a_copy_within_a_page_is_contained_in_it_whole() -> None:
    copy = article(400, 1)
    page = [*article(700, 2), *copy, *article(100, 3)]
    short, long = fingerprint([" ".join(copy), " ".join(page)])
    assert share(short, long) == 1
    assert share(long, short) == pytest.approx(1 / 3, abs=0.1)


def test_of_a_copy_with_a_third_of_its_words_changed_three_tenths_remain() -> None:
    words, others = article(4000, 1), article(4000, 2)
    random.Random(3).shuffle(changes := [True] * 1333 + [False] * 2667)
    changed = [other if change else word for word, other, change in zip(words, others, changes, strict=True)]
    one, other = fingerprint([" ".join(words), " ".join(changed)])
    assert share(one, other) == pytest.approx((2 / 3) ** 3, abs=0.05)


@pytest.mark.parametrize("text", ["", " ", "word", "a b c d e f g", "\ud83d", "only two words", "x" * 100_000])
def test_texts_without_three_words_have_no_keys(text: str) -> None:
    assert fingerprint([text, TEXT])[0].tolist() == []
    assert fingerprint([text, TEXT])[1].tolist() == PINNED
