"""Endless and malicious text: no crash, no hang, and a note where not all of it was compared."""

import time

import pytest

from retold.pipeline import make_dossier
from retold.reading import ReadingError, read_text

ENDLESS = {
    "speakers": "Abc: “a” ",
    "one quotation, never closed": "The boat is late. ",
    "quotations": "“a” ",
    "marks": '"',
    "numbers": "The toll is 4 crowns and 5 tonnes, not 6 tonnes. ",
    "names": "Ada Venn and Ilo Marsh of Quarra told Ada Venn. ",
    "conditions": "If the lock opens, unless it must not close, it may. ",
    "paragraphs": "Ada Venn said that “nobody” came.\n\nIlo Marsh went home on Monday.\n\n",
}


def work(unit: str, size: int) -> float:
    """Seconds for two texts of `unit` over and over, the second half as long."""
    text = "“The lock is shut. " + unit * (size // len(unit))
    started = time.perf_counter()
    try:
        articles = [read_text(text + " It ends.", name="a"), read_text(text[: size // 2] + " It is over.", name="b")]
    except ReadingError:
        return 0.0
    make_dossier(articles)
    return time.perf_counter() - started


@pytest.mark.parametrize("name", ENDLESS)
def test_a_little_of_it_is_quick(name: str) -> None:
    # Nine seconds at the most on two idle cores, twice that where other work is done too; what hangs takes minutes.
    assert work(ENDLESS[name], 10_000) < 30


@pytest.mark.soak
@pytest.mark.parametrize("name", ENDLESS)
def test_much_of_it_comes_to_an_end(name: str) -> None:
    assert work(ENDLESS[name], 100_000) < 90


def test_a_text_too_long_to_be_compared_whole_is_noted() -> None:
    sentences = " ".join(f"Barge number {number} waited below the lock." for number in range(1_100))
    dossier = make_dossier([read_text(sentences, name="long.txt")])
    assert [(problem.level, problem.input) for problem in dossier.problems] == [("note", "long.txt")]
