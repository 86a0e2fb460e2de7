"""Quotes: by speaker, matter, day and outlet, the newest first, copies as one row."""

import pytest
from tests.library.tellings import Report, copies, keep, words_of

from retold import Library, LibraryError, Quotes

ADA = Report(
    "Rain fell in Osk. <Ada Venn> said {that the harbour stays open}. Nobody asked why.", "Osk Times", "2025-08-18"
)
WIRE = Report("<Ada Venn> said {that the harbour stays open}. The rain went on in Osk.", "Veldania Post", "2025-08-19")
TOMAS = Report("{“No price is high enough for the islands,”} <Tomás Brock> said.", "Veldania Post", "2025-08-20")
UNDATED = Report("<Ada Venn> said {that the islands are not for sale}, and then she left.", "Pier News")


def quotes(url: str, **wanted: str | int) -> Quotes:
    with Library(url) as library:
        return library.quotes(**wanted)  # type: ignore[arg-type]


def words(found: Quotes) -> list[str]:
    return [one.passage.words for one in found.quotes]


def test_the_newest_come_first_and_undated_ones_last(library_url: str) -> None:
    keep(library_url, [UNDATED, ADA, TOMAS])
    found = quotes(library_url)
    assert [one.speakers for one in found.quotes] == [("Tomás Brock",), ("Ada Venn",), ("Ada Venn",)]
    assert found.quotes[-1].day is None
    assert (found.total, found.undated) == (3, 0)


@pytest.mark.parametrize("name", ["tomas", "BROCK", "brock tomás"])
def test_a_speaker_is_found_by_words_of_the_name_in_any_case(library_url: str, name: str) -> None:
    keep(library_url, [ADA, TOMAS])
    assert [one.speakers for one in quotes(library_url, speaker=name).quotes] == [("Tomás Brock",)]


@pytest.mark.parametrize("name", ["tom", "%", "Ada Brock"])
def test_a_part_of_a_word_is_no_name(library_url: str, name: str) -> None:
    keep(library_url, [ADA, TOMAS])
    assert quotes(library_url, speaker=name).total == 0


def test_what_a_statement_is_about_is_marked_in_it(library_url: str) -> None:
    texts = keep(library_url, [ADA, TOMAS, UNDATED])
    found = quotes(library_url, about="islands -sale")
    assert words(found) == ["“No price is high enough for the islands,”"]
    one = found.quotes[0]
    assert words_of(texts, one.sources[0].article, one.passage.found) == "islands"
    assert words_of(texts, one.sources[0].article, one.passage.spans) == one.passage.words


def test_what_has_no_known_day_is_left_out_and_counted(library_url: str) -> None:
    keep(library_url, [ADA, TOMAS, UNDATED])
    found = quotes(library_url, since="2025-08-19")
    assert [one.speakers for one in found.quotes] == [("Tomás Brock",)]
    assert (found.total, found.undated) == (1, 1)
    assert quotes(library_url, until="2025-08-18").total == 1


def test_an_outlet_is_found_in_any_case(library_url: str) -> None:
    keep(library_url, [ADA, TOMAS])
    assert [one.outlets for one in quotes(library_url, outlet="veldania POST").quotes] == [("Veldania Post",)]
    assert quotes(library_url, outlet="Veldania").total == 0


def test_copies_of_a_statement_are_one_row(library_url: str) -> None:
    ada, wire, _ = keep(library_url, [ADA, WIRE, TOMAS])
    copies(library_url, wire, ada)
    found = quotes(library_url, speaker="venn")
    assert [one.outlets for one in found.quotes] == [("Osk Times", "Veldania Post")]
    assert [source.article for source in found.quotes[0].sources] == [ada.id, wire.id]
    assert len(found.quotes[0].statements) == found.total == 2
    # A copy that the outlet did not publish is told too.
    assert [one.outlets for one in quotes(library_url, outlet="Osk Times").quotes] == [("Osk Times", "Veldania Post")]


def test_the_same_words_of_two_voices_are_two_rows(library_url: str) -> None:
    keep(library_url, [ADA, WIRE])
    assert len(quotes(library_url).quotes) == 2


def test_so_many_rows_are_given_and_all_are_counted(library_url: str) -> None:
    days = [ADA._replace(marked=f"Day {day}. {ADA.marked}", published=f"2025-08-{day}") for day in range(10, 20)]
    texts = keep(library_url, days)
    copies(library_url, texts[9], texts[8])
    found = quotes(library_url, limit=3)
    assert [one.day for one in found.quotes] == [(f"2025-08-{day}",) * 2 for day in (18, 17, 16)]
    assert found.total == 10


def test_words_that_say_nothing_are_refused(library_url: str) -> None:
    keep(library_url, [ADA])
    with pytest.raises(LibraryError, match="can be searched for"):
        quotes(library_url, about="the of")
