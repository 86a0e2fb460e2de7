"""Nearest statements: the codes in memory are those of the library, and the nearest come out."""

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, insert

from retold.language.vectors import WIDTH
from retold.library import schema
from retold.library.asking.nearest import CodeCache, Codes, make_chunk
from retold.library.codes import pack_codes
from retold.library.opening import bring_up_to_date, close, open_for_writing
from retold.library.place import find_place

RANDOM = np.random.default_rng(7)


def vectors(count: int) -> np.ndarray:
    drawn = RANDOM.standard_normal((count, WIDTH)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


def add_reading(connection: Connection, number: int, codes: bytes, *, added: str = "now") -> None:
    article = {"number": number, "id": f"{number:012}", "text": "x", "record": b"", "added": "now"}
    connection.execute(insert(schema.articles), [article])
    reading = {
        "number": number,
        "article": number,
        "version": "v",
        "current": True,
        "entities": b"",
        "vectors": codes,
        "added": added,
    }
    connection.execute(insert(schema.readings), [reading])


def test_what_is_read_is_what_was_kept(library_url: str) -> None:
    drawn = vectors(9)
    engine = open_for_writing(find_place(library_url))
    bring_up_to_date(engine)
    with engine.begin() as connection:
        add_reading(connection, 2, pack_codes(drawn[:3]))
        add_reading(connection, 3, b"")  # an article without statements
        add_reading(connection, 1_500, pack_codes(drawn[3:8]))  # read with others of its thousand
        add_reading(connection, 1_501, pack_codes(drawn[8:]))
        codes = CodeCache().current(connection)
    assert len(codes) == 9
    for row, place in enumerate([(2, 0), (2, 1), (2, 2), *((1_500, i) for i in range(5)), (1_501, 0)]):
        near = codes.nearest(drawn[row], 1)
        assert (near.readings.tolist(), near.places.tolist()) == ([place[0]], [place[1]])
    engine.dispose()


def test_newer_readings_are_read_when_they_are_there_and_lost_ones_are_forgotten(tmp_path: Path) -> None:
    drawn = vectors(3)
    engine = open_for_writing(find_place(tmp_path / "library.db"))
    bring_up_to_date(engine)
    cache = CodeCache()
    with engine.connect() as connection:
        assert len(cache.current(connection)) == 0
        add_reading(connection, 1, pack_codes(drawn[:1]))
        assert len(cache.current(connection)) == 1
        add_reading(connection, 2, pack_codes(drawn[1:]))
        assert len(cache.current(connection)) == 3
        connection.execute(schema.readings.delete().where(schema.readings.c.number == 2))
        assert len(cache.current(connection)) == 1
    close(engine)


def test_nearness_is_about_the_cosine() -> None:
    one = vectors(1)[0]
    others = vectors(40)
    mixed = np.array(
        [
            share * one + (1 - share**2) ** 0.5 * other
            for share, other in zip(np.linspace(0.7, 0.99, 40), others, strict=True)
        ]
    )
    mixed = (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)
    codes = Codes([make_chunk([1], [40 * WIDTH // 8], pack_codes(mixed))])
    near = codes.near(one, np.ones(40, np.int64), np.arange(40))
    assert near.cosines == pytest.approx(mixed @ one, abs=0.15)
    assert np.corrcoef(near.cosines, mixed @ one)[0, 1] > 0.9


def test_of_many_the_nearest_come_out() -> None:
    one = vectors(1)[0]
    near_ones = one + 0.5 * vectors(5)
    codes = Codes(
        [make_chunk([1, 2], [500 * WIDTH // 8, 5 * WIDTH // 8], pack_codes(np.concatenate([vectors(500), near_ones])))]
    )
    found = codes.nearest(one, 300)
    assert set(zip(found.readings.tolist(), found.places.tolist(), strict=True)) == {(2, place) for place in range(5)}
    assert len(codes.nearest(one, 3).readings) <= 3
