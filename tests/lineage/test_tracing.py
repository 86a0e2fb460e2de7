"""Small families of invented reports whose tree is known."""

from pathlib import Path

import pytest

from retold.article import Article
from retold.lineage import Lineage, trace_lineage
from retold.lineage.credits import find_credits
from retold.reading import read_text

REPORTS = Path(__file__).parent / "reports"
WIRE, REWRITE, REWRITE_OF_REWRITE, OTHER_REPORTER = (
    (REPORTS / f"{name}.txt").read_text("utf-8") for name in ("wire", "rewrite", "rewrite_of_rewrite", "other_reporter")
)


def articles(**texts: str) -> list[Article]:
    return [read_text(text, name=name) for name, text in texts.items()]


def edges(lineage: Lineage, read: list[Article]) -> dict[tuple[str, str], str]:
    names = {article.id: article.input for article in read}
    return {
        (names.get(edge.source, edge.source), names.get(edge.derivative, edge.derivative)): edge.direction
        for edge in lineage.edges
    }


@pytest.mark.parametrize("order", [("wire", "rewrite"), ("rewrite", "wire")])
def test_strict_parts_of_quotations_show_the_way_whatever_comes_first(order: tuple[str, str]) -> None:
    texts = {"wire": WIRE, "rewrite": REWRITE}
    read = articles(**{name: texts[name] for name in order})
    assert edges(trace_lineage(read), read) == {("wire", "rewrite"): "certain"}


def test_two_reporters_at_one_press_conference_are_no_copies_of_one_another() -> None:
    read = articles(wire=WIRE, other=OTHER_REPORTER)
    assert edges(trace_lineage(read), read) == {}


def test_a_rewrite_of_a_rewrite_hangs_on_the_rewrite_whose_words_it_shares() -> None:
    read = articles(last=REWRITE_OF_REWRITE, wire=WIRE, rewrite=REWRITE)
    assert set(edges(trace_lineage(read), read)) == {("wire", "rewrite"), ("rewrite", "last")}


def test_the_same_words_without_any_argument_are_joined_without_direction() -> None:
    one = WIRE.replace("“", "").replace("”", "")
    read = articles(one=one, other=one.replace("Fourteen grain barges", "Some fourteen barges"))
    assert list(edges(trace_lineage(read), read).values()) == ["unknown"]


def test_each_with_words_the_other_lacks_points_to_a_lost_original() -> None:
    first = WIRE.replace(" for a handful of small coins and a cup of cold tea", "")
    second = WIRE.replace(", and those better years ended with the drought", "")
    read = articles(first=first, second=second)
    lineage = trace_lineage(read)
    lost = [node for node in lineage.nodes if node.article is None]
    assert len(lost) == 1
    assert {edge.source for edge in lineage.edges} == {lost[0].id}


def test_a_credited_original_is_a_node_of_its_own() -> None:
    read = articles(copy=WIRE + "\nSource: Tidewater Press\n")
    lineage = trace_lineage(read)
    assert [node.label for node in lineage.nodes if node.article is None] == ["Tidewater Press"]
    assert lineage.edges[0].share is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Source: Tidewater Press", ["Tidewater Press"]),
        ("This article was originally published by Tidewater Press.", ["Tidewater Press"]),
        ("Tidewater", ["Tidewater"]),
        ("Source link", []),
        ("Read more", []),
        ("Visited 3 times", []),
    ],
)
def test_credit_lines(line: str, names: list[str]) -> None:
    found = find_credits(read_text(WIRE + "\n" + line + "\n", name="x"))
    assert [credit.name for credit in found] == names


def test_nothing_comes_of_nothing() -> None:
    assert trace_lineage([]).edges == ()
