"""Mutated pages and texts: what is invented here, cut, doubled, swapped and mixed with what breaks readers."""

import random
from collections.abc import Iterator
from pathlib import Path

_HERE = Path(__file__).parent
_EXAMPLES = _HERE.parents[1] / "examples" / "harbour-talks" / "reports"

HOSTILE = (
    b"<div>" * 400,
    b"</div>" * 400,
    b"<b><i><a href='" * 60,
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><x>&b;</x>',
    b"&#x110000;&#0;&#xD800;&bogus;&amp",
    b"<script>while(1){}",
    b"<!--",
    b"<![CDATA[",
    b"<textarea>",
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\u202e\u2066\u200f".encode(),
    "“The\u200b har\u200dbour\ufeff stays\u00ad open,”".encode(),
    "“‘“‘\"'".encode() * 40,
    b"(" * 300,
    b"." * 500,
    b"\r\r\n\n\t\x0b\x0c",
    b"<meta charset='utf-7'>",
    b"<meta charset='idna'>",
    b"<table>" + b"<tr><td>" * 80,
    b'<script type="application/ld+json">' + b"[" * 500,
    b'<script type="application/ld+json">{"@type":"NewsArticle","datePublished":{"a":[]},"author":[[[]]]}</script>',
    b"<figure><figcaption class='caption credit'>" * 20,
    b"JUST WATCHED " * 40,
    b" MORE (" * 60,
    b"By A" * 100,
    b"2031-13-45 31/31/3131 " * 20,
    b"%PDF-1.7\n1 0 obj",
    b"PK\x03\x04",
    b"WARC/1.0\r\n",
    b"<?xml version='1.0'?><rss><channel>",
)


def seeds() -> list[bytes]:
    """The invented reports and pages that mutations begin with."""
    lines = [path.read_bytes().replace(b"| ", b"\n") for path in sorted(_HERE.glob("lines/*.txt"))]
    return [path.read_bytes() for path in sorted(_EXAMPLES.iterdir())] + lines


def mutate(seed: int) -> bytes:
    """One mutated input, the same for the same seed; some 20 kB, seldom up to 400 kB."""
    dice = random.Random(seed)
    pool = seeds_once()
    data = bytearray(dice.choice(pool))
    for _ in range(dice.randint(1, 8)):
        data = _step(data, dice, pool)
    return bytes(data[:400_000])


_POOL: list[bytes] = []


def seeds_once() -> list[bytes]:
    """The seeds, read when they are first needed."""
    _POOL.extend(() if _POOL else seeds())
    return _POOL


def _step(data: bytearray, dice: random.Random, pool: list[bytes]) -> bytearray:
    if not data:
        return bytearray(dice.choice(pool))
    start = dice.randrange(len(data))
    end = min(len(data), start + dice.choice((1, 4, 30, 500)))
    kind = dice.randrange(8)
    if kind == 0:
        del data[start:end]
    elif kind == 1:
        data[start:start] = data[start:end] * dice.choice((2, 3, 40))
    elif kind == 2:
        data[start:start] = dice.choice(HOSTILE)
    elif kind == 3:
        data[start:end] = bytes(dice.randrange(256) for _ in range(end - start))
    elif kind == 4:
        other = dice.choice(pool)
        data[start:] = other[dice.randrange(len(other)) :]
    elif kind == 5:
        del data[start:]
    elif kind == 6:
        data[start:start] = dice.choice(HOSTILE) * dice.choice((1, 10, 100))
    else:
        data[start:end] = data[start:end][::-1]
    return data


def mutated(first: int, count: int) -> Iterator[bytes]:
    """`count` mutated inputs, from the seed `first` on."""
    return (mutate(seed) for seed in range(first, first + count))
