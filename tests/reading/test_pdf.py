"""PDFs: paragraphs in reading order, typed by size, weight and place; and PDFs that are made to hurt."""

import time
import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pytest

from retold.article import Article
from retold.reading import ReadingError, read_bytes
from retold.reading.page_layout import lay_paragraphs
from retold.reading.pdf_lines import TypeLine

WIDTH, HEIGHT = 595, 842  # points: A4
STORY = (
    "The harbour board of Port Vale shut the northern lock on Monday after a barge had struck its gate, and said",
    "that the long-term repairs would take until the end of the month. Ada Venn, who leads the board, told",
    "reporters that pilots from Quarra were asked to help.",
)


class Type(NamedTuple):
    """A line of type: points from the left and top edges of its page, size in points."""

    left: float
    top: float
    text: str
    size: float = 11
    bold: bool = False


def make_pdf(pages: Sequence[Iterable[Type]], info: str = "", tree: str = "", extra: str = "") -> bytes:
    """A PDF of these pages, written by hand. `tree` stands for the page tree, `extra` in the trailer."""
    kids = " ".join(f"{10 + 2 * number} 0 R" for number in range(len(pages)))
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: tree or f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        5: f"<< {info} >>",
    }
    for number, lines in enumerate(pages):
        objects[10 + 2 * number] = page_object(11 + 2 * number)
        objects[11 + 2 * number] = stream("\n".join(map(draw, lines)))
    return assemble(objects, f"/Root 1 0 R /Info 5 0 R {extra}")


def page_object(contents: int) -> str:
    fonts = "/Resources << /Font << /R 3 0 R /B 4 0 R >> >>"
    return f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] {fonts} /Contents {contents} 0 R >>"


def draw(line: Type) -> str:
    text = line.text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    font = "B" if line.bold else "R"
    return f"BT /{font} {line.size} Tf 1 0 0 1 {line.left} {HEIGHT - line.top - line.size} Tm ({text}) Tj ET"


def stream(content: str, filters: str = "") -> str:
    return f"<< /Length {len(content.encode('cp1252'))} {filters} >>\nstream\n{content}\nendstream"


def assemble(objects: dict[int, str], trailer: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + content.encode("cp1252") + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += f"{number} 1\n{place:010} 00000 n \n".encode()
    out += f"trailer\n<< /Size {max(objects) + 1} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def flow(text: Iterable[str], left: float = 60, top: float = 200, leading: float = 14) -> list[Type]:
    return [Type(left, top + leading * number, line) for number, line in enumerate(text)]


def blocks_of(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


RELEASE = [
    Type(60, 40, "Port Vale Harbour Board", 8),
    Type(60, 90, "FOR IMMEDIATE RELEASE", bold=True),
    Type(60, 110, "4 May 2031"),
    Type(60, 140, "Harbour board shuts the northern lock", 20, bold=True),
    *flow(STORY),
    Type(60, 270, "What happens next", bold=True),
    *flow(STORY, top=300),
    Type(290, 810, "Page 1 of 2", 8),
]
SECOND = [
    Type(60, 40, "Port Vale Harbour Board", 8),
    *flow(["Pilots meet on Friday at the town hall of Quarra."], top=90),
    Type(290, 810, "Page 2 of 2", 8),
]


def test_a_press_release_is_typed_by_its_layout() -> None:
    article = read_bytes(make_pdf([RELEASE, SECOND]), name="release.pdf")
    story = " ".join(STORY)
    assert blocks_of(article) == [
        ("furniture", "Port Vale Harbour Board"),
        ("furniture", "FOR IMMEDIATE RELEASE"),
        ("furniture", "4 May 2031"),
        ("headline", "Harbour board shuts the northern lock"),
        ("body", story),
        ("subhead", "What happens next"),
        ("body", story),
        ("body", "Pilots meet on Friday at the town hall of Quarra."),
        ("furniture", "Page 1 of 2"),
    ]
    assert (article.title, article.genre) == ("Harbour board shuts the northern lock", "press_release")
    assert (article.published, article.published_basis) == ("2031-05-04", "text")
    assert article.words(article.published_evidence) == "4 May 2031"
    assert article.origin == ()
    assert [block.reason for block in article.blocks][-2:] == [
        "page 2: text in the type of most of the document",
        "page 1: stands at the same place on 2 pages",
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    """Also where the PDF draws them line by line, side by side; a line across both parts what is above from below."""
    left = [
        "The board of Port Vale shut the northern",
        "lock on Monday, and nobody knew for how",
        "long it would stay shut.",
    ]
    right = [
        "Pilots from Quarra were asked to help, but",
        "they refused to work on Sundays, as their",
        "leader Ilo Marsh had told them to.",
    ]
    lines = [Type(60, 60, "Lock shut", 20, bold=True)]
    for a, b in zip(flow(left), flow(right, left=320), strict=True):
        lines += [a, b]
    article = read_bytes(make_pdf([lines]), name="x")
    assert blocks_of(article)[1:] == [("body", " ".join(left)), ("body", " ".join(right))]


def test_rows_of_a_table_stay_rows() -> None:
    table = [("Quarter", "Tonnes", "Crowns"), ("First", "1,200", "4,500"), ("Second", "1,300", "4,700")]
    rows = [Type(60 + 90 * x, 300 + 14 * y, table[y][x]) for x in range(3) for y in range(3)]
    article = read_bytes(make_pdf([[*flow(STORY), *rows]]), name="x")
    assert [words for _, words in blocks_of(article)][1:] == [" ".join(row) for row in table]


HYPHENS = [
    (["the negotia-", "tions went on"], "the negotiations went on"),
    (["a long-", "term plan, for long-term gains"], "a long-term plan, for long-term gains"),
    (["the pact of Osk-", "Norland was signed"], "the pact of Osk-Norland was signed"),
    (["from 2030-", "2031 on"], "from 2030-2031 on"),
    (["he came to the town of Osk -", "and went"], "he came to the town of Osk - and went"),
]


@pytest.mark.parametrize(("lines", "joined"), HYPHENS)
def test_hyphens_at_the_ends_of_lines(lines: list[str], joined: str) -> None:
    filled = [f"{STORY[0][: 84 - len(lines[0])]} {lines[0]}", *lines[1:]]
    text = read_bytes(make_pdf([[*flow(STORY), *flow(filled, top=400)]]), name="x").text
    assert text.endswith(joined)


def test_paragraphs_go_on_over_pages_and_columns() -> None:
    first, second = STORY[:2], STORY[2:]
    pages = [[*flow(first, top=700), Type(290, 810, "1", 8)], [*flow(second, top=60), Type(290, 810, "2", 8)]]
    assert blocks_of(read_bytes(make_pdf(pages), name="x"))[0] == ("body", " ".join(STORY))


def test_indents_gaps_short_lines_and_bullets_begin_paragraphs() -> None:
    indented = [
        *flow(STORY[:2]),
        Type(74, 228, "Ada Venn of the board said that nobody had asked the pilots of Quarra."),
    ]
    gap = [*flow(STORY[:2]), *flow(["Ada Venn said so."], top=240)]
    short = flow([STORY[0], "It reopened on Friday.", STORY[0]])
    dot = "\u2022 "
    items = [Type(60, 214, f"{dot}pilots of Quarra who came"), Type(70, 228, "on Friday"), Type(60, 242, f"{dot}crews")]
    for lines, count in ((indented, 2), (gap, 2), (short, 2), ([*flow([STORY[0]]), *items], 3)):
        assert len(blocks_of(read_bytes(make_pdf([lines]), name="x"))) == count


def test_metadata_are_believed_only_where_the_text_says_them_too() -> None:
    info = "/Title (Microsoft Word - rel_final2.doc) /Author (jsm) /CreationDate (D:20310601120000)"
    article = read_bytes(make_pdf([flow(STORY)], info=info), name="x")
    assert (article.title, article.author, article.published) == (None, None, None)
    said = [*flow(["Lock shut for a month"], top=150), *flow(["By Ada Brandt"], top=170), *flow(STORY)]
    article = read_bytes(make_pdf([said], info="/Title (Lock shut for a month) /Author (Ada Brandt)"), name="x")
    assert (article.title, article.author) == ("Lock shut for a month", "Ada Brandt")


def test_turns_of_a_transcript_are_paragraphs() -> None:
    turns = [f"{who}: {STORY[1]}" for who in ("MR. VENN", "Q", "A", "Q", "MS MARSH")]
    article = read_bytes(make_pdf([flow(turns)]), name="x")
    assert [words for _, words in blocks_of(article)] == turns
    assert article.genre == "transcript"


def test_a_headline_of_two_lines_is_one() -> None:
    headline = [Type(60, 60, "Lock shut", 20, bold=True), Type(60, 84, "for a month in May", 20, bold=True)]
    article = read_bytes(make_pdf([[*headline, *flow(STORY)]]), name="x")
    assert blocks_of(article)[0] == ("headline", "Lock shut for a month in May")


def test_a_turned_page_reads_like_an_upright_one() -> None:
    upright = make_pdf([flow(STORY)])
    lines = "\n".join(
        f"BT /R 11 Tf 0 1 -1 0 {line.top + line.size} {line.left} Tm ({line.text}) Tj ET" for line in flow(STORY)
    )
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Count 1 /Kids [10 0 R] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        10: page_object(11).replace("/Type /Page ", "/Type /Page /Rotate 90 ").replace("/B 4 0 R", ""),
        11: stream(lines),
    }
    turned = read_bytes(assemble(objects, "/Root 1 0 R"), name="x")
    assert turned.text == read_bytes(upright, name="x").text


def hostile() -> dict[str, tuple[bytes, str]]:
    good = make_pdf([flow(STORY)])
    loop = make_pdf([flow(STORY)], tree="<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R 10 0 R] >>")
    many = make_pdf([[]], tree=f"<< /Type /Pages /Count 10000 /Kids [{'10 0 R ' * 10000}] >>")
    nested = good.replace(b"/Resources", b"/Nested " + b"[" * 50_000 + b"]" * 50_000 + b" /Resources", 1)
    return {
        "scanned": (make_pdf([[], [Type(60, 60, "Scanned by Osk")]]), "OCR"),
        "cut off": (good[: len(good) // 3], "cut off"),
        "no PDF": (b"%PDF-1.7 " + b"\xff\x00" * 900, "cut off"),
        "loop in the page tree": (loop, "damaged"),
        "ten thousand pages": (many, "10000 pages"),
        "deep nesting": (nested, ""),
        "locked": (make_pdf([flow(STORY)], extra=LOCKED), "password"),
        "long": (b"%PDF-1.7 " + b" " * 20_000_000, "limit"),
    }


LOCKED = (
    "/ID [(aaaaaaaaaaaaaaaa) (aaaaaaaaaaaaaaaa)] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
    f" /O <{'4f' * 32}> /U <{'55' * 32}> >>"
)


@pytest.mark.parametrize("name", hostile())
def test_a_hostile_pdf_is_refused_or_read_in_time(name: str) -> None:
    data, reason = hostile()[name]
    started = time.perf_counter()
    refusal = refusal_of(data)
    assert time.perf_counter() - started < 7
    assert "\n" not in refusal
    assert (reason in refusal) if reason else not refusal


@pytest.mark.parametrize(("pages", "per_page"), [(100, 300), (1, 30_000)])
def test_crowded_pages_are_laid_out_in_time(pages: int, per_page: int) -> None:
    places = [(page, 3.0 * (n % 100), 2.7 * n) for page in range(1, pages + 1) for n in range(per_page)]
    lines = [
        TypeLine(page, left, top, left + 120, top + 12, 11, False, f"a line of words at {left:.0f}, {top:.0f}")
        for page, left, top in places
    ]
    started = time.perf_counter()
    assert lay_paragraphs(lines, [HEIGHT] * pages).paragraphs
    assert time.perf_counter() - started < 5


def refusal_of(data: bytes) -> str:
    """Why bytes are not read; empty where they are."""
    try:
        assert read_bytes(data, name="x").text
    except ReadingError as error:
        return str(error)
    return ""


@pytest.mark.soak
def test_a_stream_that_unpacks_to_hundreds_of_megabytes_is_bounded() -> None:
    objects = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: "<< /Type /Pages /Count 1 /Kids [10 0 R] >>",
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        10: page_object(11).replace("/B 4 0 R", ""),
    }
    packed = zlib.compress(b"BT /R 9 Tf (aaaaaaaa) Tj ET " * 12_000_000, 9)
    head = assemble(objects, "/Root 1 0 R").split(b"xref")[0]
    body = b"11 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    started = time.perf_counter()
    with pytest.raises(ReadingError):
        read_bytes(head + body + b"trailer\n<< /Root 1 0 R >>\n%%EOF", name="bomb")
    assert time.perf_counter() - started < 7
