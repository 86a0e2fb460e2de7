"""The generator of copies makes what its columns say, and findings are counted rightly."""

from itertools import pairwise

import numpy as np
import pytest
from benchmarks.copies.cases import Document, make_documents, score, share_a_run, without_quotations
from benchmarks.copies.generator import COLUMNS, Copyist, Model, sentences_of

NEWS = [
    f"{who} said on {day} that the talks in {place} had failed. The {thing} was closed, {who} told reporters."
    for who in ("Lamb", "Stone", "Reed")
    for day in ("Monday", "Friday")
    for place in ("Lower Marsh", "Venn")
    for thing in ("bridge", "harbour", "bank")
]


@pytest.fixture
def copyist() -> Copyist:
    return Copyist(Model([text.split() for text in NEWS]), np.random.default_rng(1))


@pytest.fixture
def words(copyist: Copyist) -> list[str]:
    return copyist.model.articles(1, copyist.random)[0]


def test_the_model_follows_the_news_word_by_word(copyist: Copyist) -> None:
    known = {pair for text in NEWS for pair in pairwise(text.split())}
    known |= {("reporters.", text.split()[0]) for text in NEWS}
    for article in copyist.model.articles(5, copyist.random):
        assert 150 <= len(article) <= 1200
        assert set(pairwise(article)) <= known


def test_a_trimmed_copy_is_the_first_half(copyist: Copyist, words: list[str]) -> None:
    assert copyist.trim(words) == words[: len(words) // 2]


def test_of_a_reworded_copy_two_thirds_stand_where_they_stood(copyist: Copyist) -> None:
    words = [f"word{place}" for place in range(3000)]
    reworded = copyist.reword(words)
    kept = sum(one == other for one, other in zip(words, reworded, strict=True))
    assert kept / 3000 == pytest.approx(2 / 3, abs=0.03)


def test_an_embedded_copy_is_whole_within_a_page_three_times_as_long(copyist: Copyist, words: list[str]) -> None:
    page = copyist.embed(words)
    assert len(page) == 3 * len(words)
    assert f" {' '.join(words)} " in f" {' '.join(page)} "


def test_an_edited_copy_keeps_most_words(copyist: Copyist) -> None:
    words = [f"word{place}" + "." * (place % 10 == 9) for place in range(3000)]
    kept = len(set(words) & set(copyist.edit(words))) / 3000
    assert 0.9 * 0.9 - 0.06 < kept < 0.9 * 0.9 + 0.06


def test_sentences_end_where_their_marks_stand() -> None:
    assert sentences_of(["A", "b.", "C", "d?", "e", "f"]) == [["A", "b."], ["C", "d?"], ["e", "f"]]


def test_every_original_has_a_copy_of_each_kind(copyist: Copyist, words: list[str]) -> None:
    documents = make_documents([words], [["none"]], copyist)
    assert sorted(each.column for each in documents) == sorted([*COLUMNS, "original", "unrelated"])
    assert {each.original for each in documents if each.family == 0} == {" ".join(words)}


def test_recall_counts_the_original_and_precision_the_family() -> None:
    columns = [*COLUMNS, "original", *COLUMNS, "original", "unrelated"]
    families = [0] * 6 + [1] * 6 + [None]
    documents = [Document("", family, column, "") for family, column in zip(families, columns, strict=True)]
    found = {(place, 5) for place in range(5)} | {(6, 11), (0, 1), (0, 12), (4, 6)}
    result = score(documents, found)
    assert result.recall == {"syndicated": 1.0, **dict.fromkeys(list(COLUMNS)[1:], 0.5)}
    assert result.wrong == ((0, 12), (4, 6))
    assert result.precision == pytest.approx(7 / 9)


def test_a_run_of_words_in_common_and_quotations_left_out() -> None:
    one, other = (Document("", None, "unrelated", text) for text in ("a b c d e f", "x b c d e y"))
    assert share_a_run(one, other, length=4)
    assert not share_a_run(one, other, length=5)
    assert without_quotations('He “will go” and "not stay" here').split() == ["He", "and", "here"]
