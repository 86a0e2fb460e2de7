"""What finding stories needs of an article: a small record, made once when the article arrives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

import msgspec
import numpy as np
from numpy.typing import NDArray

from retold.article import Article
from retold.language.vectors import text_vectors
from retold.stories.terms import CALENDAR, Use, terms_of

MOST_TERMS = 200
"""Terms that are kept, the calendar's and the weightiest others. News of 600 words has some 200."""

KEYS = 24
"""Terms by which an article is looked up, the weightiest of its words, names and numbers."""

VECTOR_WORDS = 48
"""Words from the start (headline, lead) that the vector is of: more cost more time and told no more on ECB+."""

Days = tuple[int, int]
"""The first and the last day (`date.toordinal`) on which an article may have been published."""


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    days: Days | None
    terms: bytes
    weights: bytes
    kinds: bytes
    vector: bytes


@dataclass(frozen=True, eq=False)
class Profile:
    """What an article is about, and when it was published (None: unknown).

    `terms` [terms]: the keys of its terms, ascending; `weights` and `kinds` [terms] as of `retold.stories.terms`.
    `vector` [384]: the meaning of headline and lead, in whole numbers up to 127.
    """

    days: Days | None
    terms: NDArray[np.uint32]
    weights: NDArray[np.float16]
    kinds: NDArray[np.uint8]
    vector: NDArray[np.int8]

    @property
    def keys(self) -> NDArray[np.uint32]:
        """The keys of the most telling terms, ascending: two articles about one event share some."""
        order = np.argsort(np.where(self.kinds & CALENDAR, 0, -self.weights), kind="stable")[:KEYS]
        telling = order[(self.kinds[order] & CALENDAR) == 0]
        return np.sort(self.terms[telling])

    def to_bytes(self) -> bytes:
        """The profile as bytes (some 2 KB), the same on every machine; `from_bytes` reads them."""
        arrays = (self.terms.astype("<u4"), self.weights.astype("<f2"), self.kinds, self.vector)
        return msgspec.msgpack.encode(_Stored(self.days, *(one.tobytes() for one in arrays)))

    @classmethod
    def from_bytes(cls, data: bytes) -> "Profile":
        """The profile that was stored. Raises msgspec.DecodeError where the bytes are none."""
        stored = msgspec.msgpack.decode(data, type=_Stored)
        return cls(
            stored.days,
            np.frombuffer(stored.terms, "<u4"),
            np.frombuffer(stored.weights, "<f2"),
            np.frombuffer(stored.kinds, np.uint8),
            np.frombuffer(stored.vector, np.int8),
        )


def make_profile(article: Article) -> Profile:
    """The profile of one article; many are made faster at once by `make_profiles`."""
    return make_profiles([article])[0]


def make_profiles(articles: Sequence[Article]) -> list[Profile]:
    """The profiles of articles, in their order; all cores read for the vectors."""
    told = [_told(article) for article in articles]
    vectors = text_vectors([_opening(*one) for one in told])
    return [
        _profile(_days(article), terms_of(*one), vector)
        for article, one, vector in zip(articles, told, vectors, strict=True)
    ]


def _told(article: Article) -> tuple[str, str]:
    """The headline ("" for none) and the other own words of an article."""
    blocks = article.own_blocks()
    headlines = [article.text[block.start : block.end] for block in blocks if block.kind == "headline"]
    rest = (article.text[block.start : block.end] for block in blocks if block.kind != "headline")
    return " ".join(headlines) or article.title or "", "\n".join(rest)


def _opening(headline: str, text: str) -> str:
    # The split stops early: an article may be a megabyte.
    words = islice(f"{headline}. {text[: 40 * VECTOR_WORDS]}".split(), VECTOR_WORDS)
    return " ".join(words)


def _days(article: Article) -> Days | None:
    days = article.published_range or (article.published and (article.published, article.published))
    return (date.fromisoformat(days[0]).toordinal(), date.fromisoformat(days[1]).toordinal()) if days else None


def _profile(days: Days | None, uses: Sequence[Use], vector: NDArray[np.float32]) -> Profile:
    kept = {use.key: use for use in sorted(uses, key=_order)[:MOST_TERMS]}
    keys = sorted(kept)
    return Profile(
        days,
        np.array(keys, np.uint32),
        np.array([kept[key].weight for key in keys], np.float16),
        np.array([kept[key].kind for key in keys], np.uint8),
        np.rint(vector * (127 / max(float(np.abs(vector).max()), 1e-9))).astype(np.int8),
    )


def _order(use: Use) -> tuple[bool, float, str]:
    """The calendar first, then what tells most; ties by the form."""
    return not use.kind & CALENDAR, -use.weight, use.form
