"""Sentences made wrong on purpose for training, and what is kept apart from it."""

import random

import pytest
from training.support import edits
from training.support.edits import Edit

TEXT = "On Monday, Ada Venn said that five boats may leave Port Almar before Brusk, the mayor, returns."
OTHERS = ["The crews met Olan Teel at noon, while their union waited for an answer from the harbour board."]


@pytest.mark.parametrize("edit", [edit for edit, _ in edits.EDITS], ids=lambda edit: edit.__name__)
def test_an_edit_marks_the_words_that_it_put_in(edit: Edit) -> None:
    for seed in range(20):
        edited = edit(TEXT, OTHERS, random.Random(seed))
        if edited is not None:
            assert edited.text != TEXT
            assert edited.changed
            assert all(0 <= start < end <= len(edited.text) for start, end in edited.changed)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (edits.negate, "not"),
        (edits.swap_name, "Olan Teel"),
        (edits.hang_on, "while their union waited for an answer from the harbour board"),
    ],
)
def test_what_is_put_in(edit: Edit, expected: str) -> None:
    found = [edit(TEXT, OTHERS, random.Random(seed)) for seed in range(30)]
    assert any(one and [one.text[slice(*span)].strip() for span in one.changed] == [expected] for one in found)


def test_a_shortened_sentence_holds_nothing_new() -> None:
    for seed in range(20):
        short = edits.shorten(TEXT, random.Random(seed))
        assert set(short.lower().rstrip(".").split()) <= set(TEXT.lower().replace(",", "").rstrip(".").split()) | {
            word.lower() for word in TEXT.split()
        }


def test_edits_are_the_same_for_a_seed() -> None:
    one, other = (edits.spoil(TEXT, OTHERS, random.Random(3)) for _ in range(2))
    assert one == other is not None
