"""The stretches of words that a page shows, their marks, and the way back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.reading.stretches import find_stretches, kept_shares


def words_of(source: str) -> list[str]:
    return [stretch.words for stretch in find_stretches(source)]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p title='x'>A&nbsp;&lt;b&#62; <!-- no --><script>no</script>c</p>&bogus; d", ["A <b> c", "&bogus; d"]),
        ("<p>One <b>run</b>\n of   words</p>", ["One run of words"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("one<br>line<br/><br>next", ["one line", "next"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", ["a b", "c"]),
        ("<p data-x='<p>not shown</p>'>shown</p>", ["shown"]),
        ("<title>no</title><textarea>no</textarea><svg><text>no</text></svg>yes", ["yes"]),
        ("<SCRIPT>no</SCRIPT><p>yes</p>", ["yes"]),
        ("<script>never closed <p>no</p>", []),
        ("2 < 3 and 4 > 3", ["2 < 3 and 4 > 3"]),
        (
            "<figure><img><figcaption>The quay <span class=credit>Ole Marsk</span></figcaption>",
            ["The quay", "Ole Marsk"],
        ),
        ("", []),
    ],
)
def test_stretches_are_what_a_reader_sees(source: str, expected: list[str]) -> None:
    assert words_of(source) == expected


def test_elements_and_links_are_told() -> None:
    (menu, text) = find_stretches(
        '<nav class="Top Menu"><a href="/">Home</a></nav><div id=main><p>Text <a>link</a></p></div>'
    )
    assert (menu.element.tag, menu.element.marks, menu.linked) == ("nav", "top menu", 4)
    assert [one.tag for one in text.element.chain()] == ["p", "div", ""]
    assert (text.element.parent and text.element.parent.marks, text.linked) == ("main", 4)


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<b>", "<br>", "x", " y ", "&amp;", "<a href='", "'>", "<!--", "-->", "<td>", "&#65;"]
        )
    )
)
def test_the_way_back_leads_to_the_same_characters(pieces: list[str]) -> None:
    source = "".join(pieces)
    for stretch in find_stretches(source):
        assert stretch.words == " ".join(stretch.words.split()) != ""
        for start, end, in_start, in_end in stretch.runs:
            if end - start == in_end - in_start:
                assert stretch.words[start:end] == source[in_start:in_end]
            else:
                assert source[in_start] == "&"


def test_what_was_kept_is_found_again_though_links_are_missing() -> None:
    page = [
        "Home",
        "The minister of trade of Osk has said that the harbour of Port Vale will stay closed for now.",
        "Another sentence that nobody kept.",
        "A last one.",
    ]
    lost = "The minister of trade of Osk has said that will stay closed for now."
    assert kept_shares(page, [lost, "A last  one.", "Nothing of the kind is on this page, and it is long."]) == [
        0,
        1,
        0,
        1,
    ]
    assert kept_shares([], ["x"]) == []


@pytest.mark.parametrize(
    "garbage", ["<", "<a ", '<a "', "<p>", "</p>", "&amp", "<!--", "<script>", "<td>", "<div class='"]
)
def test_garbage_takes_linear_time(garbage: str) -> None:
    from time import perf_counter

    began = perf_counter()
    find_stretches(garbage * (1_000_000 // len(garbage)))
    assert perf_counter() - began < 10
