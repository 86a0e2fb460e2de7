"""Searching: articles that have the words in any form, with the places of all of them."""

import pytest
from tests.library.tellings import Report, keep, words_of

from retold import Hits, Library

CASH = Report(
    "Osk will pay for the harbour.\n\nThe payment is in cash. No price is too high for Veldania.",
    "Osk Times",
    "2025-08-18",
)
SWAP = Report("A swap was offered to Osk. It would bring the northern islands to Veldania.", "Pier News", "2025-08-20")
NONE = Report("Rain fell on the northern coast.\n\nIslands were not to be seen in it.", "Pier News")


def search(url: str, words: str, **wanted: str | int) -> Hits:
    with Library(url) as library:
        return library.search(words, **wanted)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "outlets"),
    [
        ("paying", {"Osk Times"}),
        ("veldania", {"Osk Times", "Pier News"}),
        ("Veldanian islands", {"Pier News"}),
        ("swap OR cash", {"Osk Times", "Pier News"}),
        ("veldania -islands", {"Osk Times"}),
        ('"northern islands"', {"Pier News"}),
        ('"islands northern"', set()),
        ("dragon", set()),
    ],
)
def test_words_are_found_in_any_form(library_url: str, words: str, outlets: set[str]) -> None:
    keep(library_url, [CASH, SWAP])
    found = search(library_url, words)
    assert {name for hit in found.hits for name in hit.source.outlets} == outlets
    assert (found.total, found.articles) == (len(outlets), 2)


def test_every_match_is_at_its_place_in_the_best_sentence(library_url: str) -> None:
    texts = keep(library_url, [CASH])
    hit = search(library_url, "payment cash harbour").hits[0]
    marked = [texts[0].text[start:end] for start, end in hit.matches]
    assert marked == ["harbour", "payment", "cash"]
    assert hit.passage.words == words_of(texts, hit.source.article, hit.passage.spans)
    assert hit.passage.words == "The payment is in cash."
    assert [texts[0].text[start:end] for start, end in hit.passage.found] == ["payment", "cash"]


def test_a_phrase_over_two_paragraphs_is_none(library_url: str) -> None:
    keep(library_url, [NONE, SWAP])
    assert [hit.source.published for hit in search(library_url, '"coast islands"').hits] == []
    assert search(library_url, '"northern islands"').total == 1


def test_days_and_outlets_part_the_library(library_url: str) -> None:
    keep(library_url, [CASH, SWAP, NONE])
    found = search(library_url, "veldania", since="2025-08-19")
    assert ([hit.source.outlets for hit in found.hits], found.total, found.articles) == ([("Pier News",)], 1, 1)
    assert search(library_url, "northern", outlet="pier news").total == 2
    assert search(library_url, "veldania", until="2025-08-18", outlet="Pier News").total == 0


def test_the_best_are_given_and_all_are_counted(library_url: str) -> None:
    keep(library_url, [CASH, SWAP, NONE])
    found = search(library_url, "northern OR swap OR islands", limit=1)
    assert [hit.source.published for hit in found.hits] == [("2025-08-20", "2025-08-20")]
    assert found.total == 2
