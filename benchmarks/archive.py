"""How fast a WARC archive is read, and in how much memory: an archive made of copies of pages, and a tenth of it.

Every copy has words of its own, so that none is left out as the text of another. Each archive is read in a process of
its own, whose peak memory is then told. The peer is FastWARC alone, which parses the same records and cleans nothing.
"""

import argparse
import gzip
import io
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from retold.article import Article
from retold.reading import read_inputs

_KIB = 1024 / 1_000_000  # megabytes in what Linux counts ru_maxrss in


class Run(msgspec.Struct):
    """What reading an archive took. `found`: articles of Retold, records of FastWARC. Megabytes: millions of bytes."""

    megabytes: float
    found: int
    seconds: float
    peak_megabytes: float


def make_archive(pages: Path, megabytes: int, path: Path) -> None:
    """Write an archive of copies of the pages (.html, .html.gz) in a folder, each numbered in its paragraphs."""
    sources = [_load(page) for page in sorted(pages.glob("*.html*"))]
    number = 0
    with path.open("wb") as out:
        while out.tell() < megabytes * 1_000_000:
            page = sources[number % len(sources)].replace(b"</p>", b" Copy %d.</p>" % number)
            out.write(_record(page, number))
            number += 1


def _load(page: Path) -> bytes:
    data = page.read_bytes()
    return gzip.decompress(data) if page.suffix == ".gz" else data


def _record(page: bytes, number: int) -> bytes:
    record = WarcRecord()
    record.init_headers(WarcRecordType.response)
    record.headers["WARC-Target-URI"] = f"https://copies.example/{number}"
    record.headers["Content-Type"] = "application/http; msgtype=response"
    record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page)
    out = io.BytesIO()
    record.write(out)
    return out.getvalue()


def read_archive(path: Path, reader: str) -> Run:
    """Read an archive in this process: its articles with Retold, or its records with FastWARC alone."""
    started = time.perf_counter()
    found = _count_articles(path) if reader == "retold" else _count_records(path)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB
    return Run(path.stat().st_size / 1_000_000, found, seconds, peak)


def _count_articles(path: Path) -> int:
    return sum(isinstance(found, Article) for found in read_inputs([str(path)]))


def _count_records(path: Path) -> int:
    return sum(1 for _ in ArchiveIterator(str(path), record_types=WarcRecordType.response))


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `archive` to the benchmarks' commands."""
    parser = commands.add_parser("archive", help="how fast is a WARC archive read, in how much memory?")
    parser.add_argument("--pages", type=Path, required=True, help="a folder of saved pages, .html or .html.gz")
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--read", nargs=2, metavar=("READER", "ARCHIVE"), help=argparse.SUPPRESS)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Make the archives, read each in a process of its own, and print a table; or, with --read, be such a process."""
    if options.read:
        reader, path = options.read
        print(msgspec.json.encode(read_archive(Path(path), reader)).decode())
        return 0
    print("reader       MB   found  seconds     MB/s  peak MB")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copies.warc"
        for megabytes in (options.megabytes // 10, options.megabytes):
            make_archive(options.pages, megabytes, path)
            for reader in ("fastwarc", "retold"):
                print(_row(reader, _read_apart(reader, path)), flush=True)
    return 0


def _read_apart(reader: str, path: Path) -> Run:
    command = [sys.executable, "-m", "benchmarks", "archive", "--pages", ".", "--read", reader, str(path)]
    return msgspec.json.decode(subprocess.run(command, capture_output=True, check=True).stdout, type=Run)


def _row(reader: str, run: Run) -> str:
    speed = run.megabytes / run.seconds
    return f"{reader:8} {run.megabytes:6.0f} {run.found:7} {run.seconds:8.1f} {speed:8.1f} {run.peak_megabytes:8.0f}"
