"""The ledger on the page: who stands where, on what words, and how positions went."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from invented_dossier import COURIER, HOW, at, make_dossier, pin
from invented_ledger import make_ledger_dossier
from test_dossier_page import Reader

from retold.article import Pin, Span
from retold.dossier.correction import Correction
from retold.dossier.dossier import Dossier
from retold.dossier.labels import label_articles
from retold.dossier.page import render_page
from retold.dossier.views.courses import HEIGHT, WIDTH, courses_view
from retold.dossier.views.scope import Scope
from retold.dossier.views.stances import CHANGE_MARKS, PART_WORDS, STATUS_WORDS, Stand, present, tables_view
from retold.dossier.views.timeline import timeline_view
from retold.dossier.views.view import CellView, CourseView
from retold.ledger.position import Entry, EntryWords, Happening, Position, PositionChange, Status

SENTENCE = "“We will lower the toll if the ferries run at night. That is our last word,” Brusk told Radio Telmar."


def entry(row: str, **fields: Any) -> Entry:
    known: dict[str, Any] = {
        "actor": "Ana Brusk", "organization": "Varenia", "recipient": None, "issue": "tolls",
        "concept": "Harbour tolls", "act": "offer", "plover": None, "mode": None, "contexts": (), "agreement": True,
        "status": "actual", "condition": None, "hearsay": False, "statement": None, "evidence": pin(COURIER, SENTENCE),
        "said_on": None, "how": HOW,
    }  # fmt: skip
    return Entry(id=row, **{**known, **fields})


def position(row: str, value: str = "for", day: str | None = None, **fields: Any) -> Position:
    known: dict[str, Any] = {
        "actor": "Ana Brusk", "issue": "tolls", "strength": 0.7, "condition": None, "since": day, "until": day,
        "statements": ("a",), "outlets": (), "change": "new", "proof": None, "how": HOW,
    }  # fmt: skip
    return Position(id=row, value=value, **{**known, **fields})


def dossier(
    entries: Sequence[Entry], positions: Sequence[Position] = (), corrections: Sequence[Correction] = ()
) -> Dossier:
    return msgspec.structs.replace(
        make_dossier(), ledger=tuple(entries), positions=tuple(positions), corrections=tuple(corrections)
    )


def stand(*args: Any) -> Stand:
    made = dossier(*args)
    return Stand(Scope(made, label_articles(made.articles)))


def cell(*args: Any) -> CellView:
    return tables_view(stand(*args))[0].groups[0].rows[0].cells[0]


def rejected(row: str, **fields: Any) -> Correction:
    return Correction(id=row, verdict="reject", at="2031-03-14T09:00:00+00:00", **fields)


def test_every_kind_has_its_words() -> None:
    assert set(CHANGE_MARKS) == set(PositionChange.__args__)  # type: ignore[attr-defined]
    assert set(STATUS_WORDS) == set(Status.__args__)  # type: ignore[attr-defined]
    assert set(PART_WORDS) == set(EntryWords.__struct_fields__)


@pytest.mark.parametrize(
    ("positions", "value"),
    [
        ([], ""),
        ([position("1", "for", "2031-03-01"), position("2", "against", "2031-03-02")], "against"),
        ([position("1", "for", "2031-03-02"), position("2", "against", "2031-03-02")], "mixed"),
        ([position("1", "for", "2031-03-02"), position("2", "for", "2031-03-02", condition="if")], "for"),
        ([position("1", "for", "2031-03-01", until="2031-03-09"), position("2", "against", "2031-03-02")], "for"),
        ([position("1", "for"), position("2", "against", "2031-03-02")], "against"),
        ([position("1", "for"), position("2", "open")], "mixed"),
        ([position("1", "for", statements=("old",)), position("2", "open")], "open"),
        ([position("1", "for", statements=("old",))], "for"),
    ],
)
def test_the_present_value_is_that_of_the_last_day(positions: list[Position], value: str) -> None:
    assert cell([entry("a"), entry("old", status="historical")], positions).value == value


def test_positions_of_one_day_are_all_present_the_best_told_first() -> None:
    one, two = position("1", "for", "2031-03-02"), position("2", "against", "2031-03-02", statements=("a", "b"))
    assert present([one, two], {}) == (two, one)


def test_a_cell_counts_rows_and_voices_and_marks_what_changed() -> None:
    entries = [entry("a"), entry("b"), entry("c", act="demand"), entry("d", act="meet", agreement=None)]
    now = position(
        "2", "for", "2031-03-04", statements=("a", "b", "c"), voices=2, change="condition_dropped", proof=("a", "b"),
        contradicted_by=("d", "not there"),
    )  # fmt: skip
    here = cell(entries, [position("1", "for", "2031-03-01", condition="if x"), now])
    (stance,) = here.stances
    assert stance.count == "3 rows, 2 independent voices"
    assert (stance.change_word, stance.day, stance.since) == ("condition dropped", "4 Mar 2031", "4 March 2031")
    assert [(link.text, link.href) for link in stance.proof] == [("before: A ¶2", "#act-1"), ("now: A ¶2", "#act-2")]
    assert [(link.text, link.href) for link in stance.differ] == [("A ¶2", "#act-4")]
    assert [other.condition for other in here.others] == ["if x"]
    assert here.names == "offer ×2, demand, meet"


def test_one_row_is_one_voice_and_the_page_does_not_say_so_twice() -> None:
    assert cell([entry("a")], [position("1")]).stances[0].count == "1 row"


def test_the_page_says_that_reports_differ() -> None:
    made = dossier([entry("a"), entry("b")], [position("1", day="2031-03-01", contradicted_by=("b",))])
    assert "≠" not in Reader(render_page(made)).words, "the sign is the style's, the words are the page's"
    assert re.search(r'<span class="mark differs">reports differ <a href="#act-2">A ¶2</a></span>', render_page(made))


def test_the_words_of_each_part_are_marked_within_the_evidence() -> None:
    words = EntryWords(
        actor=at(COURIER, "Brusk", 2), act=at(COURIER, "will lower"), issue=at(COURIER, "toll", 1),
        condition=at(COURIER, "if the ferries run at night"), consequence=at(COURIER, "What Kolduria wants"),
    )  # fmt: skip
    (act,) = cell([entry("a", words=words)]).acts
    (row,) = act.rows
    assert [(part.part, part.text) for part in row.parts if part.part] == [
        ("act", "will lower"),
        ("issue", "toll"),
        ("condition", "if the ferries run at night"),
        ("actor", "Brusk"),
    ]
    assert "".join(part.text for part in row.parts) == SENTENCE
    assert [(name, found.text) for name, found in row.elsewhere] == [("consequence", "What Kolduria wants")]
    html = render_page(dossier([entry("a", words=words)]))
    assert '<span class="w w-act" title="act"><span class="sr">act: </span>will lower</span>' in html


def test_a_part_within_a_part_is_marked_as_both() -> None:
    words = EntryWords(act=at(COURIER, "lower the toll"), issue=at(COURIER, "toll", 1))
    parts = cell([entry("a", words=words)]).acts[0].rows[0].parts
    assert [(part.part, part.word) for part in parts if part.part] == [("act", "act"), ("issue", "act and issue")]


def test_long_evidence_is_clipped_and_rows_without_words_are_quoted_plainly() -> None:
    (act,) = cell([entry("a", evidence=Pin(COURIER.id, Span(0, len(COURIER.text))))]).acts
    assert act.rows[0].parts[-1].text == "…"
    assert not any(part.part for part in act.rows[0].parts)
    assert sum(len(part.text) for part in act.rows[0].parts) < 430


def test_the_circumstances_are_told_in_words() -> None:
    told = entry(
        "a", speaker="Teodor Vell", channel="Radio Telmar", said_on="2031-03-11", hearsay=True, status="hypothetical",
        statement="s", recipient="Kolduria", condition="if it rains", consequence="the quay stays shut",
    )  # fmt: skip
    (act,) = cell([told]).acts
    assert act.toward == "to Kolduria · condition: if it rains"
    assert act.rows[0].told == (
        "told by Teodor Vell",
        "in Radio Telmar",
        "11 March 2031",
        "hearsay: the actor is not the one who speaks",
        "only supposed",
    )
    assert act.rows[0].consequence == "the quay stays shut"
    assert cell([entry("a", statement="s")]).acts[0].rows[0].told == ("told by a speaker without a name",)
    assert cell([entry("a")]).acts[0].rows[0].told == ("told by the report itself",)


def test_actors_are_grouped_by_side_and_the_side_itself_comes_first() -> None:
    entries = [
        entry("a"), entry("b"), entry("c", actor="Varenia"), entry("d", actor="Ana Brusk", organization=None),
        entry("e", actor="Nils Varg", organization=None), entry("f", actor="Teodor Vell", organization="Kolduria"),
    ]  # fmt: skip
    groups = tables_view(stand(entries))[0].groups
    assert [(g.side, [(row.actor, row.side) for row in g.rows]) for g in groups] == [
        ("Varenia", [("Varenia", ""), ("Ana Brusk", "Varenia")]),
        ("", [("Nils Varg", ""), ("Teodor Vell", "Kolduria")]),
    ]


def test_a_rejected_row_is_shown_struck_through_and_counts_nowhere() -> None:
    here = cell([entry("a"), entry("b")], [position("1")], [rejected("b", note="A joke.")])
    assert here.names == "offer"
    assert [(act.rejected, len(act.rows)) for act in here.acts] == [(False, 1), (True, 1)]
    html = render_page(dossier([entry("a")], (), [rejected("a", note="A joke.")]))
    row = html[html.index('id="act-1"') : html.index("</li>", html.index('id="act-1"'))]
    assert 'class="told is-reject"' in row
    assert "A joke." in row


def test_an_edited_row_stands_where_its_fields_put_it_and_says_what_was_found() -> None:
    edit = Correction(id="a", verdict="edit", set={"actor": "Otto Lind", "agreement": False}, at="2031-03-14T09:00:00Z")
    made = stand([entry("a")], [], [edit])
    row = tables_view(made)[0].groups[0].rows[0]
    assert row.actor == "Otto Lind"
    (telling,) = row.cells[0].acts[0].rows
    assert telling.tag.said is not None
    assert [(e.field, e.before, e.after) for e in telling.tag.said.edits] == [
        ("actor", "Ana Brusk", "Otto Lind"),
        ("agreement", "for", "against"),
    ]


def test_a_rejected_position_is_shown_but_is_not_the_present_one() -> None:
    positions = [position("1", "for", "2031-03-01"), position("2", "against", "2031-03-02")]
    here = cell([entry("a")], positions, [rejected("2")])
    assert here.value == "for"
    assert [other.tag.state for other in here.others] == ["is-reject"]


def test_every_row_of_a_large_ledger_is_there_once_in_tables_that_can_be_read() -> None:
    made = make_ledger_dossier()
    tables = tables_view(Stand(Scope(made, label_articles(made.articles))))
    assert len(tables) > 2
    rows = []
    for table in tables:
        assert len(table.issues) <= 5
        assert sum(len(group.rows) for group in table.groups) <= 14
        cells = [c for group in table.groups for row in group.rows for c in row.cells]
        rows += [telling.id for c in cells for act in c.acts for telling in act.rows]
    assert sorted(rows) == sorted(f"act-{number}" for number in range(1, 201))
    page = Reader(render_page(made))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)


def courses(*args: Any) -> tuple[CourseView, ...]:
    return courses_view(stand(*args))


def test_a_course_needs_two_dated_positions() -> None:
    dated = position("1", day="2031-03-01")
    assert courses([entry("a")], [dated]) == ()
    assert courses([entry("a")], [dated, position("2")]) == ()
    assert courses([entry("a")], [dated, position("2", day="soon")]) == ()
    assert courses([entry("a")], [dated, position("2", day="2031-03-02")], [rejected("2")]) == ()
    assert len(courses([entry("a")], [dated, position("2", day="2031-03-02")])) == 1


def test_time_runs_to_the_right_for_is_above_against_and_the_stronger_is_larger() -> None:
    (course,) = courses(
        [entry("a"), entry("b")],
        [
            position("1", "for", "2031-03-01", strength=0.2),
            position("2", "open", "2031-03-04", until="2031-03-06", strength=0.5),
            position("3", "against", "2031-03-09", strength=1.0, change="reversed", contradicted_by=("b",)),
        ],
    )
    first, second, third = course.drawing.points
    assert first.x < second.x < third.x
    assert first.y < second.y < third.y
    assert first.radius < second.radius < third.radius
    assert (first.href, third.differ, first.differ) == ("#act-1", True, False)
    assert third.title == "9 March 2031: against, reversed; 1 row; reports differ"
    assert [label.text for label in course.drawing.labels] == ["reversed"]
    assert [tick.text for tick in course.drawing.ticks] == ["1 Mar 2031", "9 Mar 2031"]
    assert len(course.drawing.told) == 1, "one is told over several days"
    assert len(course.drawing.between) == 2
    assert [step.value for step in course.steps] == ["for", "open", "against"]


def test_where_a_day_has_several_positions_no_line_says_which_came_first() -> None:
    (course,) = courses(
        [entry("a")],
        [
            position("1", "for", "2031-03-01"),
            position("2", "against", "2031-03-01"),
            position("3", "for", "2031-03-05"),
            position("4", "for", "2031-03-05", condition="if"),
        ],
    )
    assert course.drawing.between == ()
    assert len({(point.x, point.y) for point in course.drawing.points}) == 4, "none hides another"


def test_the_whole_drawing_is_within_its_frame_and_no_label_on_another() -> None:
    made = make_ledger_dossier()
    found = courses_view(Stand(Scope(made, label_articles(made.articles))))
    assert len(found) > 10
    for course in found:
        drawing = course.drawing
        for point in drawing.points:
            assert point.radius <= point.x <= WIDTH - point.radius
            assert 0 <= point.y <= HEIGHT
        boxes = [(t.x - len(t.text) * 3.7, t.x + len(t.text) * 3.7, t.y) for t in drawing.labels]
        assert all(left > 0 and right < WIDTH for left, right, _ in boxes)
        for number, (left, right, y) in enumerate(boxes):
            assert not any(left < r and x < right and abs(y - o) < 10 for x, r, o in boxes[:number])


def test_the_list_says_in_words_what_the_drawing_shows() -> None:
    """The drawing is hidden from screen readers: nothing may be in it alone."""
    made = dossier(
        [entry("a")],
        [
            position("1", "for", "2031-03-01"),
            position("2", "against", "2031-03-09", change="reversed", proof=("a", "a")),
        ],
    )
    html = render_page(made)
    assert html.count('<svg class="course"') == 1
    assert 'class="course" viewBox="0 0 340 150" width="340" height="150" aria-hidden="true"' in html
    words = Reader(html).words
    assert "9 March 2031 ▼ against reversed before: A ¶2 now: A ¶2 1 row" in words


def happening(row: str, day: str | None, **fields: Any) -> Happening:
    known: dict[str, Any] = {"precision": "day", "when": "then", "what": "It happened", "evidence": (), "how": HOW}
    return Happening(id=row, date=day, **{**known, **fields})


def periods(days: Sequence[str], **fields: Any) -> list[tuple[str, int, bool]]:
    made = msgspec.structs.replace(
        make_dossier(), timeline=tuple(happening(f"h-{n}", day, **fields) for n, day in enumerate(days))
    )
    dated, _ = timeline_view(Scope(made, label_articles(made.articles)))
    return [(period.name, len(period.happenings), period.open) for period in dated]


def test_a_short_timeline_is_not_divided() -> None:
    assert periods(["2031-03-01", "2029-01-01"]) == [("", 2, True)]
    assert periods([]) == []


def test_a_long_timeline_has_its_years_and_a_full_year_its_months() -> None:
    days = ["2016-04-30", *(f"2031-02-{day:02}" for day in range(1, 11)), *(f"2031-03-{day:02}" for day in range(1, 9))]
    assert periods(days) == [("2016", 1, True), ("February 2031", 10, True), ("March 2031", 8, True)]


def test_what_is_far_down_a_timeline_is_folded() -> None:
    days = [f"2031-{month:02}-{day:02}" for month in range(1, 6) for day in range(1, 16)]
    assert [is_open for _, _, is_open in periods(days)] == [True, True, False, False, False]


def test_a_happening_known_by_its_year_is_in_no_month() -> None:
    assert periods(["2031-01-01"] * 13, precision="year") == [("2031", 13, True)]


def test_days_that_are_none_stay_text() -> None:
    assert [name for name, _, _ in periods(["<b>soon</b>"] * 13)] == ["<b>soon</b>"]
