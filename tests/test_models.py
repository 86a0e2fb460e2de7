"""The shipped weights are those of their card, are small enough, and still reach their floor."""

import hashlib
import re
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from benchmarks.statements import Marked, make_article, read_documents, score
from training.cues import is_held
from training.table import pack_and_unpack

from retold.statements import find_statements

MODELS = files("retold.models")
ROW = re.compile(r"^\| `([\w.-]+)` \|.*\| ([0-9a-f]{64}) \|$", re.MULTILINE)
CARD: dict[str, str] = dict(ROW.findall(MODELS.joinpath("README.md").read_text("utf-8")))
WEIGHTS = ("*.onnx", "*.npz")
TRAIN = Path(__file__).parents[1].parent / "shared" / "data" / "statements" / "polnear_train.jsonl"


def test_the_card_names_every_file() -> None:
    shipped = {path.name for path in Path(str(MODELS)).iterdir() if path.suffix in (".onnx", ".npz", ".json")}
    assert shipped == set(CARD)


@pytest.mark.parametrize("name", sorted(CARD))
def test_the_weights_are_those_of_the_card(name: str) -> None:
    assert hashlib.sha256(MODELS.joinpath(name).read_bytes()).hexdigest() == CARD[name]


def test_the_weights_are_small() -> None:
    sizes = [path.stat().st_size for kind in WEIGHTS for path in Path(str(MODELS)).glob(kind)]
    assert sum(sizes) <= 90 * 2**20, "law 5 of the design"


@pytest.mark.seeds
@pytest.mark.skipif(not TRAIN.is_file(), reason="needs ../shared/data/statements")
@pytest.mark.parametrize(("fast", "floor"), [(False, 68.0), (True, 63.0)])
def test_statements_reach_their_floor_on_articles_held_apart(fast: bool, floor: float) -> None:
    """Every fourth article of the tenth that no training saw: a floor that may only rise."""
    documents = [one for one in read_documents(TRAIN) if is_held(one.id)][::4]
    found = {
        one.id: [
            Marked(list(s.source), list(s.cue), list(s.content))
            for s in find_statements(make_article(one.text), fast=fast)
        ]
        for one in documents
    }
    assert score(documents, found).linked.f1 >= floor


def test_packed_vectors_are_near_the_given_ones() -> None:
    vectors = np.random.default_rng(0).normal(size=(20, 64)).astype(np.float32)
    packed = pack_and_unpack(vectors)
    assert np.sqrt(((packed - vectors) ** 2).mean()) < 0.1
    assert np.array_equal(pack_and_unpack(packed), packed), "packing again changes nothing"
