"""WARC archives: pages as articles, everything else counted; damaged places, resumption, memory."""

import gzip
import io
import json
import tracemalloc
import zlib
from collections.abc import Sequence
from pathlib import Path

import brotli
import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from typer.testing import CliRunner

from retold import pipeline
from retold.article import Article, Problem
from retold.cli import app
from retold.reading import read_inputs, sources
from retold.reading.sources import measure_inputs

NAMES = ("Ada", "Bea", "Teo", "Ida", "Max", "Eve")


def page(name: str) -> bytes:
    paragraphs = (
        f"{name} Venn, who leads the harbour board, said on Monday that the northern lock of Port Vale was shut.",
        f"“We want the ships moved,” {name} Venn told reporters in Quarra, where the pilots had refused to work.",
        f"Nobody knew how the café at the lock would be supplied, {name} Venn said, and so it was closed as well.",
    )
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    return f"<!doctype html><html><head><title>x</title></head><body><article>{body}</article></body></html>".encode()


def answer(payload: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + payload


def record(
    content: bytes,
    url: str = "https://post.example/2031/05/04/lock",
    kind: WarcRecordType = WarcRecordType.response,
    media_type: str = "application/http; msgtype=response",
) -> bytes:
    made = WarcRecord()
    made.init_headers(kind)
    made.headers["WARC-Target-URI"] = url
    made.headers["WARC-Date"] = "2040-01-01T00:00:00Z"
    made.headers["Content-Type"] = media_type
    made.set_bytes_content(content)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def html(name: str, **headers: str) -> bytes:
    return record(answer(page(name), Content_Type="text/html; charset=utf-8", **headers))


def pack(records: Sequence[bytes]) -> bytes:
    return b"".join(map(gzip.compress, records))


def collect(path: Path, data: bytes) -> tuple[list[Article], list[Problem]]:
    path.write_bytes(data)
    found = list(read_inputs([str(path)]))
    return [f for f in found if isinstance(f, Article)], [f for f in found if isinstance(f, Problem)]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_are_articles_named_by_their_address(tmp_path: Path, packed: bool) -> None:
    records = [html(name) for name in NAMES]
    path = tmp_path / ("crawl.warc.gz" if packed else "crawl.warc")
    articles, problems = collect(path, pack(records) if packed else b"".join(records))
    assert [name in article.text for name, article in zip(NAMES, articles, strict=True)] == [True] * len(NAMES)
    assert problems == []
    first = articles[0]
    assert (first.input, first.url) == (f"{path}:{first.url}", "https://post.example/2031/05/04/lock")
    assert (first.given_id or "").startswith("urn:uuid:")
    assert (first.published, first.published_basis) == ("2031-05-04", "url"), "never the day of capture"


def chunked(data: bytes) -> bytes:
    parts = [data[at : at + 100] for at in range(0, len(data), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


ENCODED = {
    "gzip": answer(gzip.compress(page("Ada")), Content_Type="text/html", Content_Encoding="gzip"),
    "deflate": answer(zlib.compress(page("Ada")), Content_Type="text/html", Content_Encoding="deflate"),
    "br": answer(brotli.compress(page("Ada")), Content_Type="text/html", Content_Encoding="br"),
    "chunked": answer(chunked(page("Ada")), Content_Type="text/html", Transfer_Encoding="chunked"),
    "both": answer(
        chunked(gzip.compress(page("Ada"))),
        Content_Type="text/html",
        Transfer_Encoding="chunked",
        Content_Encoding="gzip",
    ),
    "undone already": answer(page("Ada"), Content_Type="text/html", Content_Encoding="gzip"),
    "legacy": answer(page("Ada").decode().encode("cp1252"), Content_Type="text/html; charset=ISO-8859-1"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_encodings_of_pages(tmp_path: Path, name: str) -> None:
    articles, problems = collect(tmp_path / "a.warc.gz", pack([record(ENCODED[name])]))
    assert ["café" in article.text and "“We want" in article.text for article in articles] == [True]
    assert problems == []


def test_the_charset_of_the_header_comes_before_that_of_the_page(tmp_path: Path) -> None:
    data = page("Ada").replace(b"<head>", b"<head><meta charset=windows-1252>").decode().replace("café", "žal")
    content = answer(data.encode("iso-8859-2", "replace"), Content_Type="text/html; charset=iso-8859-2")
    articles, _ = collect(tmp_path / "a.warc", record(content))
    assert "žal" in articles[0].text


def test_resources_and_conversions_are_read_too(tmp_path: Path) -> None:
    text = "\n".join(page("Bea").decode().split("<p>")[1:]).replace("</p>", "\n").split("</article>")[0].encode()
    records = [
        record(page("Ada"), kind=WarcRecordType.resource, media_type="text/html"),
        record(text, kind=WarcRecordType.conversion, media_type="text/plain"),
    ]
    articles, problems = collect(tmp_path / "a.warc.gz", pack(records))
    assert (len(articles), problems) == (2, [])


def test_what_is_no_article_is_counted_in_one_note(tmp_path: Path) -> None:
    polish = "Minister handlu powiedział dziennikarzom, że port zostanie zamknięty do końca roku. " * 9
    records = [
        html("Ada"),
        html("Ada"),
        record(answer(b"gone", "404 Not Found", Content_Type="text/html")),
        record(answer(b"", "301 Moved", Location="https://x.example")),
        record(answer(b"\x89PNG", Content_Type="image/png")),
        record(answer(b"User-agent: *\nDisallow: /private", Content_Type="text/plain")),
        record(answer(b"<html><body><a href=x>News</a></body></html>", Content_Type="text/html")),
        record(answer(polish.encode(), Content_Type="text/plain")),
        record(answer(b"no answer at all")),
        record(b"GET / HTTP/1.1\r\n\r\n", kind=WarcRecordType.request),
    ]
    articles, problems = collect(tmp_path / "a.warc.gz", pack(records))
    assert len(articles) == 1
    assert [problem.level for problem in problems] == ["note"]
    reason = problems[0].reason
    assert reason.startswith("8 of its records gave no article: ")
    for part in (
        "with another status",
        "not HTML or text",
        "without an article",
        "not in English",
        "the text of an earlier one",
    ):
        assert part in reason


RECORDS = pack([html(name) for name in NAMES])
LAST = pack([html(NAMES[-1])])
DAMAGED = {
    "cut off": RECORDS[:-200],
    "bytes turned": RECORDS[: -len(LAST) + 12] + b"\xff" * 8 + RECORDS[-len(LAST) + 20 :],
    "no gzip after it": pack([html(name) for name in NAMES[:5]]) + b"and so on",
    "cut off, plain": b"".join(html(name) for name in NAMES)[:-300],
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_stands_before_a_damaged_place_is_read(tmp_path: Path, name: str) -> None:
    articles, problems = collect(tmp_path / "a.warc.gz", DAMAGED[name])
    assert len(articles) == len(NAMES) - 1
    assert [(problem.level, "cut off or damaged" in problem.reason) for problem in problems] == [("error", True)]


BAD = {
    "gzip bomb": record(
        answer(gzip.compress(b"<p>a " * 20_000_000), Content_Type="text/html", Content_Encoding="gzip")
    ),
    "no gzip": record(answer(b"\x1f\x8bno gzip at all", Content_Type="text/html", Content_Encoding="gzip")),
    "no page": record(answer(bytes(range(256)) * 9, Content_Type="text/html")),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_costs_only_itself(tmp_path: Path, name: str) -> None:
    articles, problems = collect(tmp_path / "a.warc.gz", pack([html("Ada"), BAD[name], html("Bea")]))
    assert len(articles) == 2
    assert [(problem.level, "1 of its records" in problem.reason) for problem in problems] == [("note", True)]


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\n" * 9, b"WARC/1.1", gzip.compress(b"WARC/1.0\r\n\r\n"), gzip.compress(b"WARC/9")]
)
def test_an_archive_without_a_page_is_an_error(tmp_path: Path, data: bytes) -> None:
    articles, problems = collect(tmp_path / "a.warc", data)
    assert articles == []
    assert [problem.level for problem in problems] == ["error"]


def test_other_gzip_files_are_refused(tmp_path: Path) -> None:
    _, problems = collect(tmp_path / "a.gz", gzip.compress(b"text"))
    assert ["gzip archive" in problem.reason for problem in problems] == [True]


def test_resume_reads_only_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a text comes twice: it is told of once, whether the run was interrupted or not."""
    run = CliRunner().invoke
    archive, out = tmp_path / "a.warc.gz", tmp_path / "out.jsonl"
    archive.write_bytes(pack([*(html(name) for name in NAMES), html("Ada")]))
    assert run(app, ["statements", str(archive), "-o", str(out)]).exit_code == 0
    whole = out.read_bytes()
    lines = whole.splitlines(keepends=True)
    assert len(lines) == len(NAMES)
    assert json.loads(lines[0])["id"].startswith("urn:uuid:")
    out.write_bytes(b"".join(lines[:4]) + lines[4][:20])
    read: list[str] = []
    real = pipeline.read_article
    monkeypatch.setattr(pipeline, "read_article", lambda a, n: read.append(a.text) or real(a, n))
    assert run(app, ["statements", str(archive), "-o", str(out), "--resume"]).exit_code == 0
    assert out.read_bytes() == whole
    assert len(read) == 2


def test_the_bytes_that_are_read_are_told(tmp_path: Path) -> None:
    paths = [tmp_path / "a.warc.gz", tmp_path / "b.txt"]
    paths[0].write_bytes(RECORDS)
    paths[1].write_text("Ada Venn said that the lock was shut.", "utf-8")
    told: list[int] = []
    assert len(list(read_inputs([str(tmp_path)], advance=told.append))) == len(NAMES) + 1
    assert sum(told) == measure_inputs([str(tmp_path)]) == sum(path.stat().st_size for path in paths)
    assert measure_inputs([str(tmp_path), "-"]) == 0


def test_memory_does_not_grow_with_the_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_BLOCK", 1 << 16)
    picture = pack([record(answer(b"\xff\xd8\xff" * 100_000, Content_Type="image/jpeg"))])
    peaks = []
    for count in (4, 100):
        (tmp_path / "a.warc.gz").write_bytes(picture * count)
        tracemalloc.start()
        list(read_inputs([str(tmp_path)]))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
