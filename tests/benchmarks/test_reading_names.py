"""The measures of names, persons and sentences, on invented texts."""

import pytest
from benchmarks.reading import people, sentences
from benchmarks.reading.conll import join, spans
from benchmarks.reading.name_sets import Name, Text, capitalised
from benchmarks.reading.names import Counts, Found, score, trimmed


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Ada Venn , 58 , ca n't wait .", "Ada Venn, 58, can't wait."),
        ('" We wait , " she said .', '"We wait, " she said.'.replace(', "', ',"')),
        ("( Lethe 's port )", "(Lethe's port)"),
        ('It is over . "', 'It is over."'),
        ("“ No ” ; “ yes ”", "“No”; “yes”"),
    ],
)
def test_tokens_become_running_text(tokens: str, text: str) -> None:
    found, places = join(tokens.split())
    assert found == text
    assert [found[start:end] for start, end in places] == tokens.split()


def test_labels_become_spans() -> None:
    text, places = join(["Ada", "Venn", "of", "Lethe", "Port", "met", "Teo"])
    labels = ["B-PER", "I-PER", "O", "I-LOC", "I-LOC", "O", "B-PER"]
    assert [(text[a:b], kind) for a, b, kind in spans(labels, places)] == [
        ("Ada Venn", "PER"),
        ("Lethe Port", "LOC"),
        ("Teo", "PER"),
    ]


@pytest.mark.parametrize(
    ("words", "kind", "bare"),
    [
        ("the Orr Group’s", "organization", "Orr Group"),
        ("Senator Ada Venn", "person", "Ada Venn"),
        ("Senator", "person", "Senator"),
        ("Venns’", "person", "Venns"),
    ],
)
def test_what_belongs_to_no_name_is_left_out(words: str, kind: str, bare: str) -> None:
    start, end = trimmed(words, 0, len(words), kind)
    assert words[start:end] == bare


TEXT = "Ada Venn met a Norlander of the Orr Group in Lethe."
NAMES = (Name(0, 8, "person"), Name(15, 24, "unknown"), Name(28, 41, "organization"), Name(45, 50, "place"))


def test_names_are_scored_with_and_without_their_type() -> None:
    found = [
        Found(0, 8, "person", 0),
        Found(15, 24, "place", 1),  # wrong with its type, not asked without
        Found(32, 41, "unknown", 2),  # no answer, but the span is right
        Found(42, 44, "place", 3),
    ]
    typed, plain = score([Text("a", TEXT, NAMES)], lambda _: found)
    assert typed == Counts(marked=3, found=3, right=1)
    assert plain == Counts(marked=3, found=3, right=2)


def test_only_names_in_capitals_are_kept() -> None:
    text = Text("b", "the hospital of the Orr Group", (Name(0, 12, "place"), Name(16, 29, "organization")))
    assert capitalised(text).names == (Name(20, 29, "organization"),)


def test_persons_whole_and_entities_pure() -> None:
    article = people.Article("Ada Venn … Venn … Teo … Teo", [[(0, 8), (11, 15)], [(18, 21), (24, 27)]])
    found = [
        Found(0, 8, "person", 0),
        Found(11, 15, "person", 0),
        Found(18, 21, "person", 0),
        Found(24, 27, "person", 1),
    ]
    assert people.measure([article], lambda _: found) == (100, 50, 50)
    assert people.measure([article], lambda _: found[:2]) == (50, 100, 100)


def test_boundaries_count_inside_a_paragraph() -> None:
    paragraph = sentences.Paragraph(("It rained.", "It snowed.", "He left."))
    assert sentences.measure([paragraph], lambda _: ["It rained. It", "snowed.", "He left."]) == (2, 2, 1)
