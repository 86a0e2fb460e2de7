"""From log-odds of labels to names."""

import re

import numpy as np
import pytest

from retold.article import Span
from retold.statements.naming import KINDS, LABELS, labels_of, read_names
from retold.statements.windows import make_windows

PERSON, PLACE = labels_of(KINDS.index("person"), 3), labels_of(KINDS.index("place"), 2)


def read(text: str, labels: list[int], none: float = 0.0) -> list[tuple[str, str]]:
    """The names of a text whose words have these labels with log-odds 6; `none`: those of being in no name."""
    lines = [Span(match.start(), match.end()) for match in re.finditer(r".+", text)]
    (window,) = make_windows(text, lines, [])
    log_odds = np.zeros((len(labels) + 2, LABELS), np.float32)  # two rows are padding
    log_odds[:, 0] = none
    log_odds[range(len(labels)), labels] = 6
    return [(text[slice(*one.span)], one.kind) for one in read_names(window, log_odds)]


@pytest.mark.parametrize(
    ("text", "labels", "names"),
    [
        ("Ada Venn sleeps", [*PERSON[:2], 0], [("Ada Venn", "person")]),
        ("In Port Orra", [0, *PLACE], [("Port Orra", "place")]),
        ("Ada Venn Port Orra", [*PERSON[:2], *PLACE], [("Ada Venn", "person"), ("Port Orra", "place")]),
        ("Ada Venn", [PERSON[0], PERSON[0]], [("Ada", "person"), ("Venn", "person")]),
        ("see Venn", [0, PERSON[1]], [("Venn", "person")]),  # it goes on with nothing, so it begins
        ("Ada\nVenn", PERSON[:2], [("Ada", "person"), ("Venn", "person")]),  # two paragraphs
        ("it rains", [0, 0], []),
    ],
)
def test_labels_become_names(text: str, labels: list[int], names: list[tuple[str, str]]) -> None:
    assert read(text, labels) == names


def test_all_words_together_choose_the_kind() -> None:
    assert read("Port Orra Hall", [*PLACE, PERSON[1]]) == [("Port Orra Hall", "place")]


def test_what_is_as_likely_no_name_is_none() -> None:
    assert read("Ada Venn", PERSON[:2], none=6.1) == []
    assert read("Ada Venn", PERSON[:2], none=5.9) != []
