"""What `retold report` prints."""

import io
import re

import msgspec
import pytest
from invented_dossier import make_article, make_dossier
from rich.console import Console
from test_dossier_page import HOSTILE, empty, hostile_dossier

from retold.dossier.correction import Correction
from retold.dossier.dossier import Dossier
from retold.dossier.summary import print_summary
from retold.lineage.lineage import Direction


def printed(dossier: Dossier, width: int = 80, terminal: bool = False) -> str:
    out = io.StringIO()
    print_summary(dossier, Console(file=out, width=width, force_terminal=terminal))
    return out.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "2 reports · 6 statements · 3 aligned passages · 3 findings",
        "A The Harrow Courier  12 March 2031, from its metadata",
        "set aside: 1 caption, 1 credit line, 1 teaser, 1 piece of furniture",
        "● B derives from A, or from its source: 75 % of its words (certain)",
        "A credits Telmar News Pool, which is not among the reports (likely)",
        "◐ Stronger than its source: B has “was forced to”, A “offered to”.",
        "a quotation of B is a strict part of one of A’s",
        "Teodor Vell (2), Brusk (1), not known who (1)",
        "! empty.txt: the file is empty",
        "· tide-copy.html: the same bytes as tide.html; read once",
    ],
)
def test_the_summary_says(words: str) -> None:
    text = " ".join(printed(make_dossier()).split())
    assert " ".join(words.split()) in text


def test_piped_it_is_plain_and_fits() -> None:
    text = printed(make_dossier())
    assert "\x1b" not in text
    assert not re.search("[─-╿]", text)
    assert all(len(line) <= 80 for line in text.splitlines())
    assert len(text.splitlines()) < 60


def test_many_findings_are_counted() -> None:
    dossier = make_dossier()
    many = msgspec.structs.replace(dossier, findings=dossier.findings * 20, problems=dossier.problems * 9)
    text = printed(many)
    assert "… and 28 findings more in the dossier" in text
    assert "… and 12 problems more in the dossier" in text
    assert len(text.splitlines()) < 60


@pytest.mark.parametrize("hostile", [*HOSTILE, "[bold red]x[/] [link=https://a.example]y[/link] :smile:"])
def test_hostile_text_cannot_act(hostile: str) -> None:
    text = printed(hostile_dossier(hostile), terminal=True)
    bare = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert not re.search("[\0-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", bare)
    assert "\x1b]8" not in text
    if ":smile:" in hostile:
        assert ":smile:" in bare
        assert "[bold red]x[/]" in bare


def test_nothing_is_something_to_say() -> None:
    assert printed(empty()).startswith("Retold  0 reports")
    assert "boat.txt" in printed(empty(articles=(make_article([("body", "A boat.")], input="boat.txt"),)))


@pytest.mark.parametrize("direction", ["certain", "likely", "unknown"])
def test_every_direction_is_said(direction: Direction) -> None:
    dossier = make_dossier()
    edges = tuple(msgspec.structs.replace(edge, direction=direction) for edge in dossier.lineage.edges)
    lineage = msgspec.structs.replace(dossier.lineage, edges=edges)
    assert direction in printed(msgspec.structs.replace(dossier, lineage=lineage))


def test_what_an_analyst_says_of_a_finding_stands_beside_it() -> None:
    said = Correction(id="f-2", verdict="reject", at="2031-03-14T09:00:00+00:00")
    dossier = msgspec.structs.replace(make_dossier(), corrections=(said,))
    assert "✗ rejected" in printed(dossier)
    assert "rejected" not in printed(make_dossier())
