import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.language.sentences import split_sentences, trim
from retold.language.tables import read_table

# "|" marks each boundary; it stands for the white space between two sentences.
SPLITS = [
    "The talks ended.|Nobody spoke.",
    "Mr. Adeyemi met Dr. Holt in St. Orra.|They spoke for an hour.",
    "“Will it hold?” Mr Adeyemi asked.|Nobody answered.",
    "“Go home!” Ms Van der Holt shouted.",
    "He said “no.”|She said “yes.”",
    "J. R. Holt of the U.S. Senate left at 5 p.m. sharp.",
    "He went back to the U.S.|He never returned.",
    "The ferry … was late.",
    "The ferry was late…|Nobody minded.",
    "The firm, Orra Ferries Inc., sank.|It owed 3.5 million.",
    "“We wait,” she said.|“We always wait.”",
    "They came (all of them.)|They left.",
    "Is this the end?|Yes!|It is.",
    "Pier No. 5 and Art. 12 of the treaty (p. 3, c. 1950) stand.|He said no.|It rained.",
    "The answer was no.|“No. 5 it is,” she said.",
    "no full stop at the end",
]


@pytest.mark.parametrize("marked", SPLITS)
def test_splits(marked: str) -> None:
    text = marked.replace("|", " ")
    assert [text[start:end] for start, end in split_sentences(text)] == marked.split("|")


def test_an_empty_line_ends_a_sentence_and_a_single_line_break_does_not() -> None:
    text = "a line\nthat runs on\n\nanother paragraph"
    assert [text[a:b] for a, b in split_sentences(text)] == ["a line\nthat runs on", "another paragraph"]


def test_offsets_are_absolute() -> None:
    text = "Skip this. Keep this. Skip that."
    assert [text[a:b] for a, b in split_sentences(text, 11, 21)] == ["Keep this."]


@given(st.text(alphabet=".!?…\"'“”‘’ \n\taA.éU1", max_size=80))
def test_any_text_is_covered_but_for_white_space(text: str) -> None:
    spans = split_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b and trim(text, span) == span for span in spans for a, b in [span])


@pytest.mark.parametrize("piece", [".", "a.", '"', ". ", "\n ", ".” Aa ", "A ", "Mr. "])
def test_a_megabyte_of_garbage_takes_seconds_at_the_most(piece: str) -> None:
    began = time.perf_counter()
    split_sentences(piece * (1_000_000 // len(piece)))
    assert time.perf_counter() - began < 15


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("abbreviations.tsv", "abbreviation"),
        ("sentence_openers.tsv", "word"),
        ("given_names.tsv", "name"),
        ("places.tsv", "name"),
        ("roles.tsv", "role"),
        ("organization_words.tsv", "word"),
        ("adjectives_of_people.tsv", "adjective"),
    ],
)
def test_word_lists_hold_each_word_once_without_stray_white_space(name: str, key: str) -> None:
    words = [row[key] for row in read_table("retold.language", name)]
    assert len(words) == len(set(words)) > 20
    assert all(word == word.strip() and "  " not in word for word in words)
