"""Dates: a table of sentences with the time marked in [brackets] and the answer beside it."""

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.article import Span
from retold.language.dates import DateExpression, find_dates, resolve_date
from retold.language.tables import read_table

WEDNESDAY = date(2031, 5, 7)


def search(text: str, published: date | None) -> tuple[DateExpression, ...]:
    return find_dates(text, [Span(0, len(text))], published)


def read_marked(marked: str, published: date | None) -> tuple[str, DateExpression | None]:
    """The marked words, and the expression found exactly there."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    found = {tuple(expression.span): expression for expression in search(text, published)}
    return text[start:end], found.get((start, end))


ABSOLUTE = [
    ("The pact was signed on [4 May 2031] in Port Vale.", "2031-05-04", None, "day"),
    ("The pact was signed on [May 4, 2031], in Port Vale.", "2031-05-04", None, "day"),
    ("[19 August, 2030]", "2030-08-19", None, "day"),
    ("It closed on [Sept. 30, 2030].", "2030-09-30", None, "day"),
    ("On [Sunday, 4th of May 2031], they met.", "2031-05-04", None, "day"),
    ("Filed [2031-05-04]T10:00", "2031-05-04", None, "day"),
    ("Filed [13/04/2031] late", "2031-04-13", None, "day"),
    ("Filed [03/04/2031] late", None, None, "day"),
    ("Talks in [March 2030] failed.", "2030-03-01", "2030-03-31", "month"),
    ("Talks in [2030] failed.", "2030-01-01", "2030-12-31", "year"),
    ("The war of [1990–94] was long.", "1990-01-01", "1994-12-31", "range"),
    ("From [2026 to 2029] nobody spoke.", "2026-01-01", "2029-12-31", "range"),
    ("They met from [3-7 March 2031] in Osk.", "2031-03-03", "2031-03-07", "range"),
    ("They met on [March 30 to April 2, 2031].", "2031-03-30", "2031-04-02", "range"),
    ("It begins [the week of March 5, 2031].", "2031-03-03", "2031-03-09", "week"),
    ("In the [1990s] they were allies.", "1990-01-01", "1999-12-31", "range"),
    ("They left in 2028. [Two years later] they came back.", "2030-01-01", "2030-12-31", "year"),
    ("It voted [eight months after] Norland sent its fleet in February 2030.", "2030-10-01", "2030-10-31", "month"),
    ("It voted [eight months after] Norland sent its fleet.", None, None, None),
    ("They left in 2028. [Three days later] they came back.", None, None, None),
]


@pytest.mark.parametrize("published", [None, WEDNESDAY])
@pytest.mark.parametrize(("marked", "first", "last", "precision"), ABSOLUTE)
def test_absolute_times_need_no_publication_date(
    marked: str, first: str | None, last: str | None, precision: str | None, published: date | None
) -> None:
    words, found = read_marked(marked, published)
    assert found is not None, words
    assert (found.date, found.until, found.precision, found.anchored) == (first, last, precision, False)


RELATIVE = [
    ("The envoy arrived on [Friday].", "2031-05-02", None, "day"),
    ("The envoy will arrive on [Friday].", "2031-05-09", None, "day"),
    ("On [Friday], the envoy will sign.", "2031-05-09", None, "day"),
    ("Ms Orla will be in Osk on [Monday, local time], to sign.", "2031-05-12", None, "day"),
    ("The envoy told reporters [Wednesday morning] that he will leave.", "2031-05-07", None, "day"),
    ("Osk talks: envoy and minister [Friday]", None, None, "day"),
    ("They met [last Friday].", "2031-05-02", None, "day"),
    ("They spoke [yesterday].", "2031-05-06", None, "day"),
    ("They meet [tomorrow].", "2031-05-08", None, "day"),
    ("They spoke [last night].", "2031-05-06", None, "day"),
    ("They spoke [last week].", "2031-04-28", "2031-05-04", "week"),
    ("They meet [next month].", "2031-06-01", "2031-06-30", "month"),
    ("They met [last year].", "2030-01-01", "2030-12-31", "year"),
    ("They met [this weekend].", "2031-05-10", "2031-05-11", "range"),
    ("They met [two years ago].", "2029-01-01", "2029-12-31", "year"),
    ("They met [three days ago].", "2031-05-04", None, "day"),
    ("They met on [March 3].", "2031-03-03", None, "day"),
    ("They will meet on [March 3].", "2032-03-03", None, "day"),
    ("They met on [Friday, May 2].", "2031-05-02", None, "day"),
    ("They met in [November].", "2030-11-01", "2030-11-30", "month"),
    ("They met in [May].", "2031-05-01", "2031-05-31", "month"),
    ("They met in [March of last year].", "2030-03-01", "2030-03-31", "month"),
    ("Barges waited there earlier [this month].", "2031-05-01", "2031-05-31", "month"),
    ("In [January] Norland raised the toll.", "2031-01-01", "2031-01-31", "month"),
    ("It begins [the week of May 14].", "2031-05-12", "2031-05-18", "week"),
]


@pytest.mark.parametrize(("marked", "first", "last", "precision"), RELATIVE)
def test_relative_times_rest_on_the_publication_date(
    marked: str, first: str | None, last: str | None, precision: str
) -> None:
    words, found = read_marked(marked, WEDNESDAY)
    assert found is not None, words
    assert (found.date, found.until, found.precision) == (first, last, precision)
    assert found.anchored is (first is not None)


# Prepositions decide first, then the verb of the expression's own clause.
SIDES = [
    ("The ban, in place since [November], will be lifted.", "2030-11-01"),
    ("It will be sought as it has been since [Friday].", "2031-05-02"),
    ("Tolls will rise again, since two ferries sank there in [August].", "2030-08-01"),
    ("They left unless the toll is gone by [Monday].", "2031-05-12"),
    ("She feared a strike if the boats came before [August].", "2031-08-01"),
    ("Boats worked the bank until the end of [September].", "2031-09-01"),
    ("They asked for a reply no later than [Friday].", "2031-05-09"),
    ("He sailed as soon as [Friday].", "2031-05-09"),
    ("Until [Friday], they had waited.", "2031-05-02"),
    ("They had left before [Friday].", "2031-05-02"),
    ("The pact that both signed in 2026 lapses on [30 September].", "2031-09-30"),
    ("The envoys meet again on [Monday].", "2031-05-12"),
    ("The envoys return on [Monday], and it could matter for years.", "2031-05-12"),
    ("The decree is signed on [Friday].", "2031-05-09"),
    ("The vote is on [Friday].", "2031-05-09"),
    ("The ban that Norland imposed in [November] could be lifted.", "2030-11-01"),
    ("The toll, introduced in [November], remains.", "2030-11-01"),
    ("A tax will follow the raid that they carried out on [Friday].", "2031-05-02"),
    ("The ban will soon be lifted on [Friday].", "2031-05-09"),
    ("The two sides agreed to meet on [Monday], the envoy said.", "2031-05-12"),
    ("He came to Osk to sign a pact on [Monday].", "2031-05-05"),
    ("He is accused of firing on a boat on [Monday].", "2031-05-05"),
    ("The crew could not be reached on [Monday].", "2031-05-05"),
    ("It won’t open on [Friday].", "2031-05-09"),
    ("They made a new start on [Monday].", "2031-05-05"),
    ("They left, and on [Friday] they will return.", "2031-05-09"),
    ("“It is not on offer, today or on [Monday],” she told him.", "2031-05-12"),
    ("[Friday]’s vote is far off.", None),
    ("A zone under a [November] pact.", None),
    ("The pact of [3 November], a rare thing.", None),
]


@pytest.mark.parametrize(("marked", "first"), SIDES)
def test_the_side_of_publication_follows_preposition_then_tense(marked: str, first: str | None) -> None:
    words, found = read_marked(marked, WEDNESDAY)
    assert found is not None, words
    assert found.date == first


@pytest.mark.parametrize("marked", [row[0] for row in RELATIVE])
def test_without_a_publication_date_relative_times_stay_open(marked: str) -> None:
    words, found = read_marked(marked, None)
    assert found is not None, words
    assert (found.date, found.until, found.anchored) == (None, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "He may march on the capital with 1500 men in 2000 years.",
        "Some 2024 people came; it cost $2,030 or 30.02 percent.",
        "Fridays are quiet; on Mondays they talk for two years.",
        "The May Institute of 30 February 2030 is fiction.",
        "April Stone and August Weber spoke.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [text[e.span.start : e.span.end] for e in search(text, WEDNESDAY)] == []


def test_only_the_given_spans_are_searched() -> None:
    text = "On 4 May 2031 they met. On 5 May 2031 they left."
    found = find_dates(text, [Span(24, len(text))], None)
    assert [expression.date for expression in found] == ["2031-05-05"]


@given(st.text(alphabet="MayMarch Fridly 0123456789-/.,’\nsonthwekarg", max_size=200), st.dates())
def test_any_text_gives_ordered_spans_with_whole_dates(text: str, published: date) -> None:
    reached = 0
    for expression in search(text, published):
        assert reached <= expression.span.start < expression.span.end <= len(text)
        reached = expression.span.end
        assert expression.until is None or expression.date is not None
        assert expression.until is None or (expression.date or "") <= expression.until


@pytest.mark.parametrize("garbage", ["May 1 ", "1" * 10, "last ", "two years ", "1990-", "in ", "x"])
def test_garbage_takes_linear_time(garbage: str) -> None:
    text = garbage * (200_000 // len(garbage))
    began = perf_counter()
    search(text, WEDNESDAY)
    assert perf_counter() - began < 10


@pytest.mark.parametrize("garbage", ["May 1 ", "a year ago ", "two years ", "the quarter ", "several ", "9 p.m. ", "x"])
def test_asking_for_garbage_takes_linear_time(garbage: str) -> None:
    text = garbage * (200_000 // len(garbage))
    began = perf_counter()
    resolve_date(text, Span(0, len(text)), WEDNESDAY)
    resolve_date(text, Span(len(text) - 20, len(text)), WEDNESDAY)
    assert perf_counter() - began < 10


@pytest.mark.parametrize("name", ["dates.tsv", "tense.tsv"])
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    rows = [(row["kind"], row["word"]) for row in read_table("retold.language", name)]
    assert len(set(rows)) == len(rows)
    assert all(word == word.strip() for _, word in rows)


def test_the_months_are_numbered_in_order() -> None:
    rows = [row for row in read_table("retold.language", "dates.tsv") if row["kind"] == "month"]
    assert [int(row["value"]) for row in rows] == list(range(1, 13))


def test_a_story_goes_on_from_the_time_told_before_across_paragraphs() -> None:
    text = "They left in 2028.\n\nThe envoy spoke on Friday.\n\nTwo years later they came back."
    assert [(text[slice(*e.span)], e.date) for e in search(text, WEDNESDAY)] == [
        ("2028", "2028-01-01"),
        ("Friday", "2031-05-02"),
        ("Two years later", "2030-01-01"),
    ]


def test_a_look_back_is_nothing_that_a_story_goes_on_from() -> None:
    text = "They left in 2028. A year earlier tolls had been cut. Two years later they came back."
    assert [e.value for e in search(text, WEDNESDAY)] == ["2028", "2027", "2030"]


FOUND = [
    ("Tolls fell in the [third quarter of 2029].", "2029-Q3", False),
    ("Tolls fell in [last year’s second quarter].", "2030-Q2", True),
    ("Tolls fell in [Q3 2029].", "2029-Q3", False),
    ("Norland joined in [autumn 2029].", "2029-FA", False),
    ("Norland will join [next spring].", "2032-SP", True),
    ("Norland joined [last spring].", "2030-SP", True),
    ("Norland will join [next autumn].", None, False),
    ("Norland joined [last winter].", None, False),
    ("Norland joined in the [’90s].", "199", False),
    ("Norland joined in the [19th century].", "18", False),
    ("They must answer by [year-end].", "2031", True),
    ("They talked over [the weekend].", "2031-W18-WE", True),
    ("They came on 2 May 2031 and left [the following Monday].", "2031-05-05", False),
    ("They came on 2 May 2031; [that evening] they left.", "2031-05-02", False),
]


@pytest.mark.parametrize(("marked", "value", "anchored"), FOUND)
def test_times_are_found_in_a_text_with_their_value(marked: str, value: str | None, anchored: bool) -> None:
    words, found = read_marked(marked, WEDNESDAY)
    assert found is not None, words
    assert (found.value, found.anchored) == (value, anchored)


@pytest.mark.parametrize(
    "text",
    [
        "They led by nine in the first half and lost in the third quarter.",
        "This fall in prices hurt twenty-five pilots, and nineteen left.",
        "An 18th-century customs house. That day they had no plan for the year.",
        "Now and then it takes three months; the council meets daily.",
    ],
)
def test_what_is_a_time_only_where_it_is_asked_for(text: str) -> None:
    assert [text[slice(*e.span)] for e in search(text, WEDNESDAY)] == []


def test_words_that_name_no_time_resolve_to_nothing() -> None:
    assert resolve_date("The envoy left.", Span(4, 9), WEDNESDAY) is None


@given(st.text(alphabet="MayMarch Fridly 0123456789-/.,’\nsonthwekargpq", max_size=60), st.dates())
def test_any_words_resolve_to_a_day_that_is_the_value_or_within_it(text: str, published: date) -> None:
    found = resolve_date(text, Span(0, len(text)), published)
    assert (
        found is None
        or found.date is None
        or found.value is None
        or found.precision != "day"
        or (found.value.startswith(found.date))
    )
