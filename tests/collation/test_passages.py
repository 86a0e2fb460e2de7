"""Which sentences and clauses of two reports tell the same."""

import pytest

from retold import read_text
from retold.article import Article
from retold.collation import collate

ONE = """The mayor opened the northern lock on Monday, and the harbour board promised to repay the fishing crews.

The pilots were paid for two weeks of waiting. Ada Venn called the offer an insult to every sailor in the port.

Nobody knows why the gate of the lock failed twice in one night."""


def passages(other: str) -> list[tuple[list[str], list[str]]]:
    """The words on both sides of each passage, those of ONE first."""
    a, b = read_text(ONE, name="one"), read_text(other, name="other")
    known = {a.id: a, b.id: b}
    found = []
    for passage in collate(a, b).passages:
        sides = {passage.a: passage.a_spans, passage.b: passage.b_spans}
        found.append((_words(known[a.id], sides[a.id]), _words(known[b.id], sides[b.id])))
    return found


def _words(article: Article, spans: object) -> list[str]:
    return [article.text[start:end] for start, end in spans]  # type: ignore[attr-defined]


def test_a_full_paraphrase_is_found_though_no_words_stand_in_a_row() -> None:
    other = "It remains a mystery how the barrier could break down two times within hours.\n\nRain fell in the hills."
    assert passages(other) == [
        (
            ["Nobody knows why the gate of the lock failed twice in one night."],
            ["It remains a mystery how the barrier could break down two times within hours."],
        )
    ]


def test_a_sentence_that_merges_two_has_both() -> None:
    other = (
        "The pilots were paid for two weeks of waiting, but Ada Venn called the offer an insult to every sailor.\n\n"
        "Rain fell in the hills for days."
    )
    ((merged, _),) = passages(other)
    assert len(merged) == 2


def test_a_sentence_that_is_split_is_told_twice() -> None:
    other = (
        "The mayor opened the northern lock on Monday.\n\nRain fell in the hills for days.\n\n"
        "The harbour board promised to repay the fishing crews."
    )
    found = passages(other)
    assert [one for one, _ in found] == [
        ["The mayor opened the northern lock on Monday, and the harbour board promised to repay the fishing crews."]
    ] * 2


def test_a_clause_is_found_in_a_sentence_that_tells_something_else() -> None:
    other = (
        "Fog hid the islands and the ferries to Skarn stayed in port for the whole of the morning, while the harbour "
        "board had promised to repay the fishing crews, a spokesman told the regional parliament in its yearly session."
    )
    found = passages(other)
    assert len(found) == 1
    assert "harbour board had promised to repay the fishing crews" in found[0][1][0]


@pytest.mark.parametrize("other", ["Fog.", "Rain fell in the hills for days, and the sheep were brought in."])
def test_reports_that_tell_nothing_in_common(other: str) -> None:
    assert passages(other) == []
