"""Lines that glue things together: `¦` marks where they come apart, and what each part is."""

import pytest

from retold.reading.gluing import part_line

PROSE = "the council of the harbour said on Monday that it would close its gates to all ships."
GLUED = [
    (f"PORT VALE (Reuters) - ¦Yesterday {PROSE}", ["dateline", None]),
    (f"PORT VALE, Osk — ¦Yesterday {PROSE}", ["dateline", None]),
    (f"(CNN) ¦Yesterday {PROSE}", ["dateline", None]),
    (f"Port Vale (AP) ¦Yesterday {PROSE}", ["dateline", None]),
    ("Ships at the quay of Port Vale on Sunday. ¦(Tom Osk/Reuters)", ["caption", "credit"]),
    ("Ships at the quay of Port Vale on Sunday. ¦(AP Photo/Tom Osk)", ["caption", "credit"]),
    ("Ships at the quay of Port Vale. ¦Tom Osk/Getty Images", ["caption", "credit"]),
    ("Ships at the quay of Port Vale. ¦| Tom Osk/AP Photo", ["caption", "credit"]),
    ("Enlarge this image toggle caption ¦Tom Osk/AP Tom Osk/AP", ["caption", "credit"]),
    ("Image copyright Tom Osk ¦Image caption Ships at the quay", ["credit", "caption"]),
    ("Image copyright Harbour News", ["credit"]),
    ("CLOSE ¦Ships at the quay of Port Vale", ["furniture", None]),
    (f"Yesterday {PROSE} ¦Click here for more.", [None, "teaser"]),
    ("Senator Ada Brandt ¦Ada BrandtHarbour talks fail Coal is back MORE ¦(O-Vale) left.", ["body", "teaser", None]),
    ("harbour-talks-fail-after-a-week", ["headline"]),
]


@pytest.mark.parametrize(("marked", "kinds"), GLUED)
def test_glued_lines_come_apart(marked: str, kinds: list[str | None]) -> None:
    line = marked.replace("¦", "")
    parts = part_line(line)
    assert [part.kind for part in parts] == kinds
    assert [line[slice(*part.span)] for part in parts] == [piece.strip() for piece in marked.split("¦")]


@pytest.mark.parametrize(
    "line",
    [
        f"Yesterday {PROSE}",
        f"Norland (the island) - {PROSE}",
        f"Ada Brandt (O-Vale) said yesterday that {PROSE}",
        "The price rose by half (of what it was in 2019).",
        f"NOBODY HAS BEEN CALLED OUT BY FELLOW DOCTORS — Ada {PROSE}",
        "MORE ships than ever came to Port Vale.",
        "FILE - In this picture ships lie at the quay of Port Vale on a Sunday in May.",
        "Rep. Ada Brandt via AP",
        "",
        "|",
    ],
)
def test_lines_of_one_piece_stay_whole(line: str) -> None:
    assert [tuple(part.span) for part in part_line(line)] == [(0, len(line))]
