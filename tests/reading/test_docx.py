"""DOCX: paragraphs typed by their styles, tracked changes, notes, tables; and packages that are broken or hurt."""

import io
import time
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as Docx
from docx.oxml import parse_xml

from retold.article import Article
from retold.reading import ReadingError, read_bytes

WORDS = "Ada Venn, who leads the harbour board of Port Vale, said on Monday that the northern lock was shut."
MORE = "Pilots from Quarra were asked to help, and Ilo Marsh said for them that they would not come on a Sunday."
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def save(document: Docx) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def blocks_of(article: Article) -> list[tuple[str, str]]:
    return [(block.kind, article.text[block.start : block.end]) for block in article.blocks]


def read(document: Docx) -> Article:
    return read_bytes(save(document), name="x.docx")


def test_styles_say_what_paragraphs_are() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Port Vale Harbour Board"
    document.sections[0].footer.paragraphs[0].text = "www.portvale.example"
    document.add_paragraph("For immediate release")
    document.add_paragraph("4 May 2031")
    document.add_paragraph("Lock shut for a month", style="Title")
    document.add_paragraph("Pilots are asked to help", style="Subtitle")
    document.add_paragraph(WORDS)
    document.add_paragraph("What next", style="Heading 2")
    document.add_paragraph(MORE, style="List Bullet")
    document.add_paragraph("The lock on Monday", style="Caption")
    table = document.add_table(2, 2)
    for cell, words in zip(table._cells, ["Quarter", "Tonnes", "First", "1,200"], strict=True):
        cell.text = words
    article = read(document)
    assert blocks_of(article) == [
        ("furniture", "Port Vale Harbour Board"),
        ("furniture", "For immediate release"),
        ("furniture", "4 May 2031"),
        ("headline", "Lock shut for a month"),
        ("subhead", "Pilots are asked to help"),
        ("body", WORDS),
        ("subhead", "What next"),
        ("body", MORE),
        ("caption", "The lock on Monday"),
        ("body", "Quarter | Tonnes"),
        ("body", "First | 1,200"),
        ("furniture", "www.portvale.example"),
    ]
    assert (article.title, article.genre) == ("Lock shut for a month", "press_release")
    assert (article.published, article.published_basis, article.origin) == ("2031-05-04", "text", ())
    assert "“Heading 2”" in article.blocks[6].reason


def test_without_styles_the_first_bold_line_is_the_headline() -> None:
    document = Document()
    document.add_paragraph("Port Vale, the press office")
    document.add_paragraph().add_run("Lock shut for a month").bold = True
    document.add_paragraph(WORDS)
    document.add_paragraph().add_run("What next").bold = True
    document.add_paragraph(MORE)
    assert [kind for kind, _ in blocks_of(read(document))] == ["furniture", "headline", "body", "subhead", "body"]


def test_a_table_that_only_places_text_is_no_table() -> None:
    document = Document()
    letterhead = document.add_table(1, 2)
    letterhead.cell(0, 0).text = "Press office"
    body = letterhead.cell(0, 1)
    body.paragraphs[0].text = "Lock shut for a month"
    body.paragraphs[0].style = "Title"
    body.add_paragraph(WORDS)
    figures = body.add_table(1, 2)
    figures.cell(0, 0).text, figures.cell(0, 1).text = "First", "1,200"
    document.add_table(1, 1).cell(0, 0).text = MORE
    assert blocks_of(read(document)) == [
        ("furniture", "Press office"),
        ("headline", "Lock shut for a month"),
        ("body", WORDS),
        ("body", "First | 1,200"),
        ("body", MORE),
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    document = Document()
    document.add_paragraph(MORE)
    changed = (
        f"<w:p {NAMESPACE}><w:r><w:t>The toll is </w:t></w:r>"
        '<w:del w:id="1" w:author="a"><w:r><w:delText>four</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>five</w:t></w:r></w:ins>'
        '<w:moveFrom w:id="3" w:author="a"><w:r><w:t> or six</w:t></w:r></w:moveFrom>'
        "<w:r><w:t> crowns a</w:t><w:noBreakHyphen/><w:t>tonne,</w:t><w:br/><w:t>it</w:t><w:tab/><w:t>said.</w:t></w:r>"
        "</w:p>"
    )
    document.element.body.insert(0, parse_xml(changed))
    assert blocks_of(read(document))[0] == ("body", "The toll is five crowns a-tonne, it said.")


def test_footnotes_stand_aside() -> None:
    document = Document()
    document.add_paragraph(WORDS)
    document.add_paragraph(MORE)
    note = '<w:footnote w:id="1"><w:p><w:r><w:t>See the minutes.</w:t></w:r></w:p></w:footnote>'
    notes = f"<w:footnotes {NAMESPACE}>{note}</w:footnotes>"
    article = read_bytes(with_part(save(document), "word/footnotes.xml", notes.encode()), name="x")
    assert blocks_of(article)[-1] == ("furniture", "See the minutes.")


def test_core_properties_are_believed_only_where_the_text_says_them_too() -> None:
    document = Document()
    document.core_properties.title, document.core_properties.author = "Template 3", "jsm"
    document.add_paragraph(WORDS)
    article = read(document)
    assert (article.title, article.author, article.published) == (None, None, None)
    document.core_properties.title, document.core_properties.author = "lock shut  for a month", "Ada Brandt"
    document.element.body.insert(0, parse_xml(f"<w:p {NAMESPACE}><w:r><w:t>Lock shut for a month</w:t></w:r></w:p>"))
    article = read(document)
    assert (article.title, article.author) == ("Lock shut for a month", None)
    assert [kind for kind, _ in blocks_of(article)] == ["headline", "body"]


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A package with one part put in, or in the place of the one that it has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def with_body(content: str) -> Callable[[bytes], bytes]:
    return lambda data: with_part(data, "word/document.xml", content.encode())


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))


def one_paragraph(words: str) -> str:
    return f"<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>"


LAUGHS = f'<!DOCTYPE d [<!ENTITY e0 "ha">{ENTITIES}]>{one_paragraph("&e11;")}'
OUTSIDE = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>{one_paragraph(WORDS + " &x;")}'
HOSTILE: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut off": (lambda data: data[: len(data) // 2], "ZIP"),
    "a byte turned": (lambda data: data.replace(b"word/document.xml", b"word/document.xmm", 1), "damaged"),
    "no XML": (with_body("no XML at all"), "damaged"),
    "laughs": (with_body(LAUGHS), "hardly any text|damaged"),
    "deep": (with_body("<w:p>" * 100_000), "damaged"),
    "empty": (with_body(f"<w:document {NAMESPACE}/>"), "hardly any text"),
    "bomb": (with_body(f"<w:document {NAMESPACE}>{' ' * 30_000_000}</w:document>"), "unpacks to more than"),
    "paragraphs": (with_body(f"<w:document {NAMESPACE}>{'<w:p/>' * 400_000}</w:document>"), "paragraphs"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_package_is_refused_in_time(name: str) -> None:
    document = Document()
    document.add_paragraph(WORDS)
    data = HOSTILE[name][0](save(document))
    started = time.perf_counter()
    with pytest.raises(ReadingError, match=HOSTILE[name][1]) as error:
        read_bytes(data, name="x")
    assert "\n" not in str(error.value)
    assert time.perf_counter() - started < 5


def test_entities_from_outside_are_not_fetched() -> None:
    document = Document()
    document.add_paragraph(WORDS)
    assert read_bytes(with_body(OUTSIDE)(save(document)), name="x").text == WORDS
