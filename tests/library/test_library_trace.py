"""Tracing: every telling, oldest first, what changed, and who has it from whom; unknown where nothing tells."""

import subprocess
import sys

import pytest
from tests.library.tellings import Report, copies, keep, words_of

from retold import Library, LibraryError, Trace

WORDS = "we were able to win the following concession"
FIRST = Report(
    "Osk will pay in cash for the harbour. {“We were able to win the following concession from Veldania,”} <Ada Venn> "
    "told reporters in the capital on a rainy morning.",
    "Osk Times",
    "2025-08-18",
)
COPY = Report(
    "{“We were able to win the following concession from Veldania,”} <Ada Venn> told reporters. The harbour is closed.",
    "Veldania Post",
    "2025-08-19",
)
REWORDED = Report(
    "The harbour talks go on. <Ada Venn> said {that we were able to win this concession from Veldania}, and left.",
    "Strait Gazette",
    "2025-08-20",
)
RUNNING = Report(
    "What they asked for is clear.\n\nWe were able to win the following concession from Veldania, a placard read.",
    "Quarra Sun",
    "2025-08-21",
)
TRIMMED = Report(
    "Ships may leave again. {“We were able to win the following concession,”} <Ada Venn> said of it.", "Pier News"
)
OTHER = Report("Rain fell on the islands. {“No price is high enough,”} <Tomas Brock> said.", "Osk Times", "2025-08-17")


def trace(url: str, words: str = WORDS) -> Trace:
    with Library(url) as library:
        return library.trace(words)


def outlets(found: Trace) -> list[str]:
    return [one.source.outlets[0] for one in found.tellings]


def test_every_telling_is_found_the_oldest_first_and_undated_ones_last(library_url: str) -> None:
    keep(library_url, [TRIMMED, RUNNING, OTHER, REWORDED, COPY, FIRST])
    found = trace(library_url)
    assert outlets(found) == ["Osk Times", "Veldania Post", "Strait Gazette", "Quarra Sun", "Pier News"]
    assert [one.match for one in found.tellings] == ["exact", "exact", "reworded", "exact", "exact"]
    assert [one.speakers for one in found.tellings] == [("Ada Venn",)] * 3 + [(), ("Ada Venn",)]
    assert found.tellings[-1].source.published is None
    assert (found.total, found.articles, found.complete) == (5, 5, True)


def test_what_is_shown_stands_at_its_spans(library_url: str) -> None:
    texts = keep(library_url, [FIRST, REWORDED, RUNNING])
    for one in trace(library_url).tellings:
        assert words_of(texts, one.source.article, one.passage.spans) == one.passage.words
        for place in one.passage.found:
            assert any(start <= place.start and place.end <= end for start, end in one.passage.spans)
    first = trace(library_url).tellings[0]
    assert words_of(texts, first.source.article, first.passage.found) == "We were able to win the following concession"


def test_what_changed_is_told_of_each_telling_and_the_one_before_it(library_url: str) -> None:
    first, _ = keep(library_url, [FIRST, REWORDED])
    found = trace(library_url, "We were able to win the following concession from Veldania")
    departure = found.tellings[1].departure
    assert departure is not None
    assert departure.other == found.tellings[0].id
    assert departure.ordered
    assert departure.relation in ("reworded", "altered")
    assert found.tellings[0].departure is None
    evidence = [one.before.article for one in departure.changes if one.before]
    assert set(evidence) <= {first.id}


def test_a_number_that_differs_is_a_change(library_url: str) -> None:
    told = "<Ada Venn> said {that Marrevia will pay 40 million crowns for the new harbour wall} by May."
    keep(library_url, [Report(told, "Osk Times", "2025-08-18")])
    keep(library_url, [Report(told.replace("40", "60"), "Pier News", "2025-08-19")])
    found = trace(library_url, "Marrevia will pay 40 million crowns for the new harbour wall")
    departure = found.tellings[1].departure
    assert departure is not None
    assert departure.relation == "altered"
    assert "number" in [one.kind for one in departure.changes]


def test_a_copy_is_one_voice_with_its_source(library_url: str) -> None:
    first, copy, _ = keep(library_url, [FIRST, COPY, REWORDED])
    copies(library_url, copy, first, 0.9, 0.9)
    found = trace(library_url)
    assert [one.voice for one in found.tellings] == [1, 1, 2]
    assert [one.origin for one in found.tellings] == ["source", "copy", "own"]
    assert [one.of for one in found.tellings] == [None, first.id, None]
    assert found.voices == 2


def test_copies_of_a_third_article_are_one_voice(library_url: str) -> None:
    first, copy, third = keep(library_url, [FIRST, COPY, OTHER])
    copies(library_url, first, third, 0.6, 0.3)
    copies(library_url, copy, third, 0.2, 0.7)
    assert [one.voice for one in trace(library_url).tellings] == [1, 1]


def test_a_little_that_is_shared_makes_no_copy(library_url: str) -> None:
    first, copy = keep(library_url, [FIRST, COPY])
    copies(library_url, copy, first, 0.3, 0.2)
    assert [one.origin for one in trace(library_url).tellings] == ["own", "own"]


def test_of_two_on_one_day_none_is_called_the_copy_unless_it_is_a_part_of_the_other(library_url: str) -> None:
    same_day = COPY._replace(published=FIRST.published)
    first, copy = keep(library_url, [FIRST, same_day])
    copies(library_url, first, copy, 0.9, 0.9)
    assert {one.origin for one in trace(library_url).tellings} == {"unknown"}
    assert not any(one.departure.ordered for one in trace(library_url).tellings if one.departure)


def test_a_part_of_another_is_its_copy_though_the_day_is_the_same(library_url: str) -> None:
    first, part = keep(library_url, [FIRST, COPY._replace(published=FIRST.published)])
    copies(library_url, part, first, 1.0, 0.5)
    origins = {one.source.article: (one.origin, one.of) for one in trace(library_url).tellings}
    assert origins == {first.id: ("source", None), part.id: ("copy", first.id)}


def test_where_copies_were_not_looked_for_nothing_is_called_its_own(library_url: str) -> None:
    keep(library_url, [FIRST], compared=False)
    assert [one.origin for one in trace(library_url).tellings] == ["unknown"]


def test_a_later_version_is_no_voice_of_its_own(library_url: str) -> None:
    address = "https://osk.example/harbour"
    old, _ = keep(library_url, [FIRST._replace(url=address), COPY._replace(url=address, outlet="Osk Times")])
    found = trace(library_url)
    assert [(one.voice, one.of) for one in found.tellings] == [(1, None), (1, old.id)]
    assert found.tellings[1].origin == "version"


def test_one_text_in_two_outlets_is_one_telling(library_url: str) -> None:
    keep(library_url, [FIRST, FIRST._replace(outlet="Wire", published="2025-08-16")])
    found = trace(library_url)
    assert [one.source.outlets for one in found.tellings] == [("Wire", "Osk Times")]
    assert found.tellings[0].source.published == ("2025-08-16", "2025-08-16")


def test_another_speaker_is_a_change(library_url: str) -> None:
    keep(library_url, [FIRST, Report(COPY.marked.replace("Ada Venn", "Tomas Brock"), "Pier News", "2025-08-19")])
    departure = trace(library_url).tellings[1].departure
    assert departure is not None
    assert departure.relation == "altered"
    assert [one.kind for one in departure.changes] == ["speaker_changed"]


def test_a_library_that_grows_is_traced_as_it_is_now(library_url: str) -> None:
    keep(library_url, [FIRST])
    with Library(library_url) as library:
        assert library.trace("they managed to win a concession from Veldania").total == 1
        keep(library_url, [REWORDED])
        assert library.trace("they managed to win a concession from Veldania").total == 2


def test_common_words_are_no_telling(library_url: str) -> None:
    keep(library_url, [FIRST, OTHER])
    assert trace(library_url, "they won the following election in Veldania by a few votes").total == 0


@pytest.mark.parametrize("words", ["“we won the following concessions”", "WE WON THE FOLLOWING CONCESSIONS!"])
def test_case_and_marks_are_of_no_account(library_url: str, words: str) -> None:
    keep(
        library_url,
        [Report("{“We won the following concessions,”} <Ada Venn> said in Osk.", "Osk Times", "2025-08-18")],
    )
    assert [one.match for one in trace(library_url, words).tellings] == ["exact"]


def test_nothing_cannot_be_traced(library_url: str) -> None:
    keep(library_url, [FIRST])
    with pytest.raises(LibraryError, match="give the words that somebody said"):
        trace(library_url, " “…” ")


def test_a_sentence_that_has_the_words_stands_for_the_statement_in_it_that_tells_them_otherwise(
    library_url: str,
) -> None:
    told = "We were able to win the following concession from Veldania, <Ada Venn> said {that they managed to win it}."
    keep(library_url, [Report(f"The talks are over.\n\n{told}", "Osk Times", "2025-08-18")])
    found = trace(library_url)
    assert [(one.match, one.speakers) for one in found.tellings] == [("exact", ("Ada Venn",))]


def test_a_question_loads_nothing_that_only_adding_or_drawing_needs() -> None:
    """The whole command is to take less than a second."""
    modules = "retold.library.library, retold.library.asking.tracing, retold.library.asking.nearest"
    asked = f"import sys, {modules}; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True).stdout.split()
    )
    assert "retold.collation.comparing" in loaded
    assert not loaded & {
        "networkx",
        "alembic",
        "trafilatura",
        "retold.pipeline",
        "retold.reading",
        "retold.statements.find",
    }
