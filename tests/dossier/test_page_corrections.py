"""Corrections on the page: every row that has one shows it, wherever the row is shown."""

import re
from typing import Any

import msgspec
import pytest
from invented_dossier import make_dossier
from test_dossier_page import Reader

from retold.dossier.correction import Correction
from retold.dossier.corrections import apply_corrections, rows_by_id
from retold.dossier.dossier import Dossier
from retold.dossier.labels import label_articles
from retold.dossier.page import render_page
from retold.dossier.views.scope import Scope

AT = "2031-03-14T09:00:00+00:00"
FIRST, RETOLD = make_dossier().statements[0].id, make_dossier().statements[4].id


def corrected(row: str, verdict: str = "reject", **fields: Any) -> Dossier:
    said = Correction(id=row, verdict=verdict, at=AT, **{"by": "A. Moor", **fields})  # type: ignore[arg-type]
    return msgspec.structs.replace(make_dossier(), corrections=(said,))


@pytest.mark.parametrize("row", ["f-2", "p-1", FIRST, RETOLD, "r-1", "u-1", "t-1", "t-2", "e-1", "q-1", "n-o", "n-a"])
def test_a_correction_is_shown_in_the_list_and_at_its_row(row: str) -> None:
    words = Reader(render_page(corrected(row, note="Not so."))).words
    assert words.count("✗ rejected Not so. A. Moor, 14 March 2031") >= 2


@pytest.mark.parametrize(
    ("row", "opening"),
    [
        ("f-2", '<li id="finding-2" class="item finding k-altered is-reject"'),
        ("p-1", '<article class="row item k-altered is-reject" id="row-1"'),
        ("u-1", '<li class="item sentence k-not_found is-reject"'),
        ("t-1", '<li class="is-reject"><time datetime="2031-03-03">'),
        ("e-1", '<li id="act-1" class="told is-reject">'),
        ("q-1", '<li class="is-reject">'),
        (FIRST, '<article class="utterance item is-reject"'),
        (RETOLD, '<li class="is-reject">'),
    ],
)
def test_what_is_rejected_is_struck_through(row: str, opening: str) -> None:
    assert opening not in render_page(make_dossier())
    assert opening in render_page(corrected(row))


def test_what_is_accepted_is_not() -> None:
    html = render_page(corrected("f-2", "accept"))
    assert "is-accept" in html
    assert 'k-altered is-reject"' not in html
    assert "✓ accepted A. Moor, 14 March 2031" in Reader(html).words


def test_an_edit_shows_what_was_found_and_what_it_reads_now() -> None:
    html = render_page(corrected("t-1", "edit", set={"what": "The talks broke off", "date": None}))
    assert "what: <del>The first round of talks broke off after two hours</del>" in html
    assert "<ins>The talks broke off</ins>" in html
    assert "date: <del>2031-03-03</del>" in html
    assert "<ins>nothing</ins>" in html


def test_a_correction_of_a_lost_row_is_listed_and_told() -> None:
    said = Correction(id="gone", verdict="accept", at=AT)
    words = Reader(render_page(apply_corrections(make_dossier(), [said]))).words
    assert "no row any more gone ✓ accepted 14 March 2031" in words
    assert "the correction of gone (accept) is kept" in words


def test_the_list_leads_to_findings_and_to_rows_of_the_ledger() -> None:
    assert '<li><a href="#finding-2">finding</a> <code>f-2</code>' in render_page(corrected("f-2"))
    assert '<li><a href="#act-1">ledger row</a> <code>e-1</code>' in render_page(corrected("e-1"))
    assert "<li>event <code>t-1</code>" in render_page(corrected("t-1"))


def test_without_corrections_nothing_is_said_of_them() -> None:
    html = render_page(make_dossier())
    assert 'id="corrections"' not in html
    assert html.count('class="said-of') == 3, "the guide explains them"


def test_every_row_has_its_id_at_hand() -> None:
    ids = set(re.findall(r'<code class="rid[^"]*">([^<]+)</code>', render_page(make_dossier())))
    assert {"f-1", "p-1", "u-1", "t-1", "e-1", "q-1", "n-o"} <= ids
    assert any(FIRST.startswith(each) for each in ids)


def test_ids_are_hidden_until_they_are_asked_for() -> None:
    html = render_page(make_dossier())
    assert ".rid { display: none;" in html
    assert ":root:has(#show-ids:checked) .rid { display: inline; }" in html
    assert '<input type="checkbox" id="show-ids">' in html


def test_the_beginning_that_is_shown_is_that_of_one_row() -> None:
    dossier = make_dossier()
    scope = Scope(dossier, label_articles(dossier.articles))
    rows = list(rows_by_id(dossier))
    for row in rows:
        short = scope.beginnings[row]
        assert row.startswith(short)
        assert short == row or sum(other.startswith(short) for other in rows) == 1
