"""Letters, paragraph numbers, words for how sure, and text made safe to show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_dossier import COURIER, TIDE, at, make_article

from retold.article import Span
from retold.dossier.labels import (
    clip,
    how_sure,
    label_articles,
    letters,
    own_word_count,
    published_words,
    set_aside,
    spoken_date,
    spoken_range,
    visible,
)


def test_letters_go_on_after_z() -> None:
    named = letters(60)
    assert (named[0], named[25], named[26], named[27], named[51], named[52]) == ("A", "Z", "AA", "AB", "AZ", "BA")
    assert len(set(named)) == 60


@pytest.mark.parametrize(
    ("words", "where"),
    [
        ("The envoys", "A ¶1"),
        ("Kolduria’s delegate", "A ¶3"),
        ("Ferry talks", "A headline"),
        ("Ana Brusk on the quay", "A caption"),
        ("(Picture:", "A credit line"),
        ("What Kolduria wants", "A sub-heading"),
        ("Ten soups", "A teaser"),
    ],
)
def test_a_place_counts_own_paragraphs_only(words: str, where: str) -> None:
    label = label_articles([COURIER, TIDE])[COURIER.id]
    assert label.where(at(COURIER, words)) == where


def test_a_place_beyond_the_text_is_the_report() -> None:
    assert label_articles([COURIER])[COURIER.id].where(Span(10_000, 10_001)) == "A"


def test_a_report_is_named_by_outlet_then_title_then_input() -> None:
    bare = make_article([("body", "A boat came in.")], input="in\\box/boat.txt")
    names = [label.both for label in label_articles([COURIER, TIDE, bare]).values()]
    assert names == ["A · The Harrow Courier", "B · Varenia gives way on toll", "C · boat.txt"]


@pytest.mark.parametrize(
    ("confidence", "word"), [(1.0, "certain"), (0.97, "certain"), (0.9, "likely"), (0.7, "likely"), (0.69, "unsure")]
)
def test_how_sure_in_words(confidence: float, word: str) -> None:
    assert how_sure(confidence) == word


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\0b\x1b[31mc\x7f", "a␀b␛[31mc␡"),
        ("pay \u202e00.1\u202c now", "pay ⟨U+202E⟩00.1⟨U+202C⟩ now"),
        ("שלום\u200f עולם", "שלום\u200f עולם"),
        ("x\ud800y\x9dz", "x\ufffdy\ufffdz"),
        ("two\r\nlines\there", "two\n\nlines\there"),
    ],
)
def test_what_could_act_is_made_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_nothing_that_acts_is_left(text: str) -> None:
    shown = visible(text)
    assert not any(ord(character) < 0x20 and character not in "\n\t" for character in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x7f")
    shown.encode()


def test_clipping_keeps_whole_words() -> None:
    assert clip("The harbour toll was lowered", 18) == "The harbour toll…"
    assert clip("x" * 30, 10) == "x" * 9 + "…"
    assert clip("short", 10) == "short"


def test_dates_are_spoken() -> None:
    assert spoken_date("2031-03-12") == "12 March 2031"
    assert spoken_date("some day") == "some day"
    assert spoken_range("2031-03-12", "2031-03-14") == "12 to 14 March 2031"
    assert spoken_range("2031-03-30", "2031-04-02") == "30 March to 2 April 2031"
    assert published_words(COURIER) == "12 March 2031, from its metadata"
    assert published_words(TIDE) == "date unknown"


def test_what_was_set_aside_is_counted() -> None:
    assert set_aside(COURIER) == "1 caption, 1 credit line, 1 teaser, 1 piece of furniture"
    assert set_aside(TIDE) == ""
    assert own_word_count(TIDE) == 5 + 8 + 14 + 9
