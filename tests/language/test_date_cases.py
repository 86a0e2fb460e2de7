"""The table of invented cases: each time with its value and precision, and what stays open."""

import pytest
from benchmarks.reading.dates import Case, read_cases

from retold.language.dates import resolve_date

CASES = read_cases()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.asked.words}-{case.value}" for case in CASES])
def test_the_time_of_known_words_has_this_value_and_precision(case: Case) -> None:
    found = resolve_date(case.asked.text, case.asked.span, case.asked.published)
    assert found is not None
    assert (found.value, found.precision) == (case.value, case.precision)
    assert found.span == case.asked.span
