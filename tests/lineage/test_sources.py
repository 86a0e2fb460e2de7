"""Which of many texts a rewrite was made from, and the benchmark that asks it."""

import json
from pathlib import Path

import pytest
from benchmarks import rewrites
from benchmarks.__main__ import main

from retold.lineage.sources import SourcePool, rank_sources
from retold.reading import read_text

SOURCES = [
    "The harbour board closed the northern lock on Monday after its gate jammed twice. Ferries go by the old canal.",
    "Ferries that go by the old canal lose an hour and a half each day. Their crews want to be paid for it.",
    "A smith from the valley found cracks in two of the five hinges of the gate. New ones will come in the spring.",
]
REWRITES = [
    "Following two jams of its gate, the lock in the north was shut by the board on Monday; ferries use the old canal.",
    "Crews are asking for pay because the old canal costs each ferry ninety minutes daily.",
    "Two hinges out of five were cracked, a valley smith discovered, and replacements are due in spring.",
]


@pytest.mark.parametrize("number", range(3))
def test_the_source_comes_first_with_the_sentences_that_show_it(number: int) -> None:
    candidates = [read_text(one, name=str(index)) for index, one in enumerate(SOURCES)]
    asked = read_text(REWRITES[number], name="rewrite")
    ranked = rank_sources(asked, candidates)
    assert ranked[0].article == candidates[number].id
    assert sorted(found.score for found in ranked) == [found.score for found in ranked][::-1]
    assert sum(found.confidence for found in ranked) == pytest.approx(1, abs=0.01)
    evidence = ranked[0].evidence
    assert evidence is not None
    assert [one.article for one in evidence] == [candidates[number].id, asked.id]


def test_a_text_is_not_its_own_source_and_nothing_comes_of_nothing() -> None:
    candidates = [read_text(one, name="x") for one in SOURCES]
    assert candidates[0].id not in {found.article for found in rank_sources(candidates[0], candidates)}
    assert rank_sources(candidates[0], []) == ()
    assert len(SourcePool(candidates).rank(read_text("…", name="empty"))) == 3


def test_a_half_and_a_neighbour_do_not_come_before_the_whole() -> None:
    texts = [SOURCES[0], SOURCES[0].split(". ")[0] + ".", f"{SOURCES[0]}\n\n{SOURCES[2]}"]
    candidates = [read_text(one, name="x") for one in texts]
    assert rank_sources(read_text(REWRITES[0], name="rewrite"), candidates)[0].article == candidates[0].id


def test_the_benchmark_sets_it_beside_words_and_vectors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"id": f"human-{index}", "source": source, "derived": derived, "prompt": "Rewrite this for me"}
        for index, (source, derived) in enumerate(zip(SOURCES, REWRITES, strict=True))
    ]
    path = tmp_path / "retelling" / "machine_rewrites_news.jsonl"
    path.parent.mkdir()
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    pool = rewrites.make_pool(rewrites.read_rewrites(path), hard=True)
    assert len(pool) == 3 + 6 + 2 + 3
    assert main(["rewrites", "--data", str(tmp_path), "--half", "even"]) == 0
    printed = capsys.readouterr().out
    assert "hard pool" in printed
    assert "tf-idf" in printed
