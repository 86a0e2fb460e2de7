"""The benchmark of dates: what it reads, and what it counts as one value."""

from datetime import date
from pathlib import Path

import pytest
from benchmarks.reading.dates import Asked, Score, agree, read_reports, score

from retold.article import Span

REPORT = """<?xml version="1.0" ?>
<TimeML><DCT><TIMEX3 tid="t0" type="DATE" value="2031-05-07T10:00">20310507</TIMEX3></DCT>
<TEXT>
They <EVENT eid="e1">met</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2031-05-02">Friday</TIMEX3> for
<TIMEX3 tid="t2" type="DURATION" value="PT5H">five hours</TIMEX3>.
</TEXT></TimeML>"""


def test_a_report_gives_each_time_with_its_words_and_day_of_publication(tmp_path: Path) -> None:
    (tmp_path / "report.tml").write_text(REPORT, encoding="utf-8")
    asked = read_reports(tmp_path, 0) + read_reports(tmp_path, 1)
    assert [(one.words, one.kind, one.value, one.published) for one in asked] == [
        ("Friday", "DATE", "2031-05-02", date(2031, 5, 7)),
        ("five hours", "DURATION", "PT5H", date(2031, 5, 7)),
    ]


@pytest.mark.parametrize(
    ("gold", "said", "same"),
    [
        ("2000-W7", "2000-W07", True),
        ("1968-XX", "1968", True),
        ("196X", "196", True),
        ("P1E", "P10Y", True),
        ("1998-WXX", "1998-W08", True),
        ("1998-WXX", "1997-W08", False),
        ("PXY", "P3Y", False),
        ("1998-08-14TNI", "1998-08-14", False),
    ],
)
def test_values_agree_however_they_are_written(gold: str, said: str, same: bool) -> None:
    assert agree(gold, said) is same


def test_an_abstention_is_wrong_and_not_told() -> None:
    asked = [Asked("On Friday", Span(3, 9), date(2031, 5, 7), "DATE", value) for value in ("2031-05-02", "2031-W18")]
    assert score(asked, lambda one: None if "W" in one.value else one.value) == Score(2, 1, 1, 1)
