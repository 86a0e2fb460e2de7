"""What quotation marks prove and rules hear, given what a tagger found."""

import pytest

from retold.article import Span
from retold.statements.attribution import Attribution
from retold.statements.attributions import find_attributions, settle
from retold.statements.tagger import Tagged


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def tagged(text: str, source: str, cue: str, *content: str, probability: float = 0.9) -> Tagged:
    contents = tuple(span(text, words) for words in content)
    return Tagged((span(text, source),) if source else (), span(text, cue), contents, probability, 1.0)


def find(text: str, *found: Tagged) -> list[Attribution]:
    lines, start = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Span(start, start + len(line)))
        start += len(line) + 1
    return find_attributions(text, lines, found, "test")


def contents(text: str, found: list[Attribution]) -> list[list[str]]:
    return [[text[slice(*one)] for one in attribution.content] for attribution in found]


@pytest.mark.parametrize(
    ("text", "given", "whole"),
    [
        ("“We wait for the tide,” Ada said.", "wait for the tide", "“We wait for the tide,”"),
        ("Ada said “we wait” at noon.", "“we wait” at noon", "“we wait” at noon"),
        ("Ada said the “long wait” was over.", "the “long wait” was over", "the “long wait” was over"),
    ],
)
def test_a_content_that_holds_most_of_a_quotation_holds_all_of_it(text: str, given: str, whole: str) -> None:
    assert contents(text, find(text, tagged(text, "Ada", "said", given))) == [[whole]]


def test_a_quotation_that_follows_belongs_to_the_statement_before() -> None:
    text = "“We wait,” Ada said. “The tide is low.”"
    assert contents(text, find(text, tagged(text, "Ada", "said", "“We wait,”"))) == [
        ["“We wait,”", "“The tide is low.”"]
    ]


def test_a_whole_quotation_that_nobody_has_stands_alone() -> None:
    text = "The port was shut.\n“We have waited here long enough.”"
    found = find(text)
    assert [(one.how, one.source, one.cue) for one in found] == [("rule:carried", (), ())]


def test_of_two_that_claim_the_same_words_the_likelier_stays() -> None:
    text = "Ada said that Teo hoped that it rains."
    outer = tagged(text, "Ada", "said", "that Teo hoped that it rains", probability=0.6)
    inner = tagged(text, "Teo", "hoped", "that it rains", probability=0.8)
    assert [one.cue[0] for one in settle([outer, inner], "test")] == [inner.cue]
    assert settle([], "test") == []


def test_what_is_heard_inside_has_its_own_attribution() -> None:
    text = "Ada said that Mr Holt had promised that the port would open."
    found = find(text, tagged(text, "Ada", "said", "that Mr Holt had promised that the port would open"))
    assert [one.how for one in found] == ["model:test", "rule:hearsay"]
    assert text[slice(*found[1].source[0])] == "Mr Holt"


def test_no_content_no_attribution() -> None:
    assert settle([Tagged((), Span(0, 3), (), 0.9, 0.0)], "test") == []
