"""Inputs of every kind, good and bad: each bad one gives one line, and the rest is still read."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.article import Article, Problem
from retold.reading import ReadingError, read, read_bytes, read_inputs, read_text
from retold.reading.decoding import MAX_BYTES, decode
from retold.reading.intake import take_in

STORY = (
    "Osk closes its harbour\n\nOsk closed its harbour on 4 May 2031, the minister of trade of Osk said to reporters.\n"
)
OTHER = (
    "Norland answers Osk\n\nNorland answered on Sunday with a tariff on all the coal that it buys from Osk, it said.\n"
)


def collect(*inputs: object) -> tuple[list[Article], list[Problem]]:
    found = list(read_inputs(map(str, inputs)))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


def write(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


BAD: dict[str, tuple[bytes | str, str]] = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n ", "white space"),
    "binary.txt": (bytes(range(256)) * 8, "binary"),
    "paper.pdf": (b"%PDF-1.7 etc", "PDF"),
    "office.docx": (b"PK\x03\x04 etc", "office document"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "old office document"),
    "rich.rtf": (b"{\\rtf1 etc", "RTF"),
    "picture.tif": (b"II*\0" + b"\0" * 99, "TIFF"),
    "table.zip": (b"PK\x03\x04\x14\0\0" + b"\0" * 99, "ZIP"),
    "hopeless.txt": (b"caf\x81\x8d and \x9d" * 9, "neither UTF-8 nor windows-1252"),
    "torn.txt": (b"\xff\xfea\x00\x00\xd8", "byte order mark"),
    "list.html": (b"<html><body><a href='x'>Home</a><a href='y'>News</a></body></html>", "no article"),
    "nothing.html": (b"<!doctype html><html><head><title>x</title></head></html>", "no article"),
    "polski.txt": (
        ("Minister handlu powiedział dziennikarzom, że port zostanie zamknięty do końca roku. " * 9),
        "English",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    bad = write(tmp_path, name, BAD[name][0])
    articles, problems = collect(bad, write(tmp_path, "good.txt", STORY))
    assert [article.text for article in articles] == [STORY]
    assert [(problem.level, problem.input) for problem in problems] == [("error", str(bad))]
    assert BAD[name][1] in problems[0].reason
    assert "\n" not in problems[0].reason
    with pytest.raises(ReadingError):
        read(bad)


def test_missing_and_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, problems = collect(tmp_path / "no.txt", tmp_path / "no.jsonl", "http://127.0.0.1:8000/a.html", "a\0b")
    assert [problem.level for problem in problems] == ["error"] * 4
    assert "no such file" in problems[0].reason
    assert "--allow-private" in problems[2].reason
    locked = write(tmp_path, "locked.txt", STORY)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "Permission denied" in collect(locked)[1][0].reason


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    big = write(tmp_path, "big.txt", b"word " * (MAX_BYTES // 5 + 1))
    assert "limit" in collect(big)[1][0].reason
    with pytest.raises(ReadingError, match="limit"):
        read_bytes(big.read_bytes(), name="big")


def test_the_same_text_is_read_once_with_a_note(tmp_path: Path) -> None:
    first, second = write(tmp_path, "a.txt", STORY), write(tmp_path, "b.txt", STORY.replace("\n", "\r\n"))
    for inputs in ([first, second], [first, first], [first, tmp_path]):
        articles, problems = collect(*inputs)
        assert len(articles) == 1
        assert {problem.level for problem in problems} == {"note"}
        assert str(first) in problems[0].reason


def test_a_folder_is_read_in_order_without_hidden_and_foreign_files(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", STORY)
    write(tmp_path, "a/c.md", OTHER)
    write(tmp_path, "a/.hidden.txt", "x")
    write(tmp_path, ".git/d.txt", "x")
    write(tmp_path, "e.csv", "x")
    articles, problems = collect(tmp_path)
    assert [Path(article.input).name for article in articles] == ["c.md", "b.txt"]
    assert problems == []


def test_foreign_json_and_xml_in_a_folder_is_a_note(tmp_path: Path) -> None:
    foreign = [write(tmp_path, "a.json", '{"name": "x"}'), write(tmp_path, "b.xml", '<?xml version="1.0"?><urlset/>')]
    write(tmp_path, "c.txt", STORY)
    articles, problems = collect(tmp_path)
    assert [article.text for article in articles] == [STORY]
    assert [(problem.level, problem.input) for problem in problems] == [("note", str(path)) for path in foreign]
    assert [problem.level for problem in collect(*foreign)[1]] == ["error", "error"]


def test_one_article_is_expected_of_bytes() -> None:
    for data in (b"WARC/1.1\r\n", b"<?xml version='1.0'?><rss version='2.0'></rss>"):
        with pytest.raises(ReadingError, match="one article was expected"):
            read_bytes(data, name="x")


def test_where_bytes_came_from_is_known_when_the_page_does_not_say() -> None:
    page = f"<!doctype html><html><head></head><body><article><p>{STORY} “Ža”, {OTHER}</p></article></body></html>"
    data = page.encode("iso-8859-2", "xmlcharrefreplace")
    article, notes = take_in(data, name="x", url="https://x.example/2031/05/06/a", charset="iso-8859-2")
    assert (article.url, article.published) == ("https://x.example/2031/05/06/a", "2031-05-06")
    assert "Ža" in article.text
    assert notes == ("read as iso-8859-2, as the header that came with it says",)


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    assert "nothing to read" in collect(tmp_path)[1][0].reason


def test_a_named_file_of_unknown_kind_is_tried(tmp_path: Path) -> None:
    assert collect(write(tmp_path, "story.csv", STORY))[0][0].text == STORY


BULK = "\n".join(
    [
        json.dumps({"id": "n1", "text": STORY, "url": "https://x.example/2031/05/06/a", "outlet": "Harbour Post"}),
        "{not json",
        "",
        json.dumps({"text": " "}),
        json.dumps({"text": OTHER, "published": "2031-05-07T10:00:00Z", "title": "Norland answers", "extra": 1}),
        json.dumps({"id": 7}),
    ]
)


def check_bulk(articles: list[Article], problems: list[Problem], name: str) -> None:
    assert [(a.input, a.given_id, a.title, a.outlet) for a in articles] == [
        (f"{name}:1", "n1", "Osk closes its harbour", "Harbour Post"),
        (f"{name}:5", None, "Norland answers", None),
    ]
    assert [(a.published, a.published_basis) for a in articles] == [("2031-05-06", "url"), ("2031-05-07", "metadata")]
    assert [problem.input for problem in problems] == [f"{name}:2", f"{name}:4", f"{name}:6"]


def test_bulk_lines_with_bad_ones_among_them(tmp_path: Path) -> None:
    path = write(tmp_path, "bulk.jsonl", BULK)
    check_bulk(*collect(path), str(path))


def test_standard_input_takes_one_article_or_bulk_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for data in (STORY, BULK, ""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data.encode())))
        articles, problems = collect("-")
        if data == BULK:
            check_bulk(articles, problems, "standard input")
        else:
            assert len(articles) == bool(data)
            assert len(problems) == (not data)


def test_an_overlong_bulk_line_is_skipped(tmp_path: Path) -> None:
    long = b'{"text": "' + b"x" * (MAX_BYTES * 2 + 9) + b'"}\n'
    path = write(tmp_path, "bulk.jsonl", long + json.dumps({"text": STORY}).encode())
    articles, problems = collect(path)
    assert [article.text for article in articles] == [STORY]
    assert [problem.input for problem in problems] == [f"{path}:1"]
    assert "limit" in problems[0].reason


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("a “b”".encode(), "a “b”", None),
        (b"\xef\xbb\xbfa\r\nb\rc", "a\nb\rc", None),
        ("a “b”".encode("utf-16"), "a “b”", "utf-16"),
        ("a “b” – é".encode("windows-1252"), "a “b” – é", "windows-1252"),
        ("<meta charset='iso-8859-2'>zażółć".encode("iso-8859-2"), "<meta charset='iso-8859-2'>zażółć", "iso-8859-2"),
        ("<meta charset='utf-8'>é".encode("latin-1"), "<meta charset='utf-8'>é", "windows-1252"),
        ("<meta charset='latin-1'>“é”".encode("cp1252"), "<meta charset='latin-1'>“é”", "windows-1252"),
    ],
)
def test_decoding_says_what_it_did(data: bytes, text: str, note: str | None) -> None:
    decoded = decode(data)
    assert decoded.text == text
    assert (decoded.note is None) if note is None else (note in (decoded.note or ""))


def test_a_note_on_the_encoding_comes_with_the_article(tmp_path: Path) -> None:
    articles, problems = collect(write(tmp_path, "old.txt", STORY.replace("its", "“its”").encode("cp1252")))
    assert len(articles) == 1
    assert [(problem.level, "windows-1252" in problem.reason) for problem in problems] == [("note", True)]


def test_text_is_taken_verbatim() -> None:
    text = "\ufeff" + STORY.replace("\n", "\r\n")
    article = read_text(text, name="x")
    assert article.text == text
    assert article.origin == ((0, len(text), 0, len(text)),)
    with pytest.raises(ReadingError, match="surrogate"):
        read_text("\ud800" + STORY, name="x")


HEADS = [
    ("19 August, 2031\n\n", None, "2031-08-19", "text"),
    ("By Ada Brandt | 3 May 2031\n\n", None, "2031-05-03", "text"),
    ("Published May 4, 2031; updated May 6, 2031\n\n", None, "2031-05-04", "text"),
    ("", "https://x.example/2031/05/03/osk", "2031-05-03", "url"),
    ("", "https://x.example/2031/05/osk", None, "url"),
    ("", "https://x.example/story-20310503", None, "unknown"),
    ("", None, None, "unknown"),
]


@pytest.mark.parametrize(("head", "url", "published", "basis"), HEADS)
def test_publication(head: str, url: str | None, published: str | None, basis: str) -> None:
    text = head + OTHER
    article = read_text(text, name="x", url=url)
    assert (article.published, article.published_basis) == (published, basis)
    assert bool(article.published_evidence) == (basis == "text")
    assert (article.published_range is None) == (url is None or "/05/osk" not in url)


def test_a_dateline_with_its_year_dates_the_article() -> None:
    article = read_text("PORT VALE, May 3, 2031 (Wire) - " + OTHER.splitlines()[2], name="x")
    assert (article.published, article.words(article.published_evidence)) == ("2031-05-03", "May 3, 2031")


def test_a_byline_names_the_author() -> None:
    assert read_text("By Ada Brandt | 3 May 2031\n\n" + OTHER, name="x").author == "Ada Brandt"
    assert read_text(OTHER, name="x").author is None


def test_genres() -> None:
    speakers = ["BRANDT", "TOM HALE"] * 4
    turns = "\n\n".join(f"{who}: I think that harbour {n} of Osk should open." for n, who in enumerate(speakers))
    assert read_text(turns, name="x").genre == "transcript"
    assert read_text("FOR IMMEDIATE RELEASE\n\n" + OTHER, name="x").genre == "press_release"
    assert read_text(OTHER, name="x").genre == "report"


def test_plain_text_does_not_load_the_html_parser() -> None:
    code = "import sys, retold.reading as r; r.read_text('Osk and Norland met.', name='x')"
    code += "; assert 'trafilatura' not in sys.modules"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0


PIECES = [
    b"<html>",
    b"<p>",
    b"</p>",
    b"<div class='caption'>",
    b"<h1>",
    b"<figcaption>",
    b"<script>",
    b"<!--",
    b"&amp;",
    b"&#x0;",
    b"<meta charset='utf-16'>",
    b"<article>",
    b"<img>",
    b"\xff\xfe",
    b"\x00",
    b"\xe9",
    b"\r\n",
    b"\n\n",
    b"<",
    b"]]>",
    b"<?xml version='1.0' encoding='latin-1'?>",
    b'<script type="application/ld+json">{"@graph": [1, {"@type": 3}]}</script>',
    *(word.encode() + b" " for word in STORY.split()),
    STORY.encode(),
    b"By Ada Brandt | 30 February 2031\n",
    b"Related:\n",
]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join)))
def test_any_bytes_give_an_article_or_one_clear_line(data: bytes) -> None:
    try:
        article, refusal = read_bytes(data, name="x"), "none"
    except ReadingError as error:
        article, refusal = None, str(error)
    assert refusal
    assert "\n" not in refusal
    if article:
        check_blocks(article)


def check_blocks(article: Article) -> None:
    """Blocks are in order, do not overlap, and leave nothing but white space."""
    reached = 0
    for block in article.blocks:
        assert reached <= block.start < block.end <= len(article.text)
        assert not article.text[reached : block.start].strip()
        reached = block.end
    assert not article.text[reached:].strip()
