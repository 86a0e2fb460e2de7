"""The head of names as it is trained; only where torch is installed (`requirements-training.txt`)."""

import random
from itertools import islice

import numpy as np
import pytest
from benchmarks.reading.name_sets import Name, Text

from retold.language.network import load_graph

torch = pytest.importorskip("torch", reason="torch is needed only for training")

from training.names.examples import UNKNOWN, read_examples  # noqa: E402
from training.names.network import NameHead  # noqa: E402
from training.names.train import batches, train  # noqa: E402

TEXT = Text("a", "A line.\n\nAda Venn left Lethe.", (Name(9, 17, "person"), Name(23, 28, "place")))


def test_words_are_labelled_by_the_marked_names() -> None:
    (example,) = read_examples([TEXT], load_graph("statements-fast-read.onnx"))
    assert example.labels.tolist() == [0, 0, 0, 1, 2, 0, 5, 0]
    assert example.words.shape == (8, 384)


def test_a_line_in_title_case_teaches_nothing() -> None:
    text = Text("b", "Venn Leaves Port Lethe", (Name(0, 11, "organization"),))
    (example,) = read_examples([text], load_graph("statements-fast-read.onnx"))
    assert set(example.labels.tolist()) == {UNKNOWN}


def test_the_head_learns_what_it_is_shown() -> None:
    torch.manual_seed(0)
    examples = list(read_examples([TEXT], load_graph("statements-fast-read.onnx")))
    head = train(NameHead(dropout=0.0), examples, 30, random.Random(0)).eval()
    (one,) = examples
    vectors = torch.zeros(1, 8, 384)
    words = torch.from_numpy(one.words.astype(np.float32))[None]
    found = head(words, vectors, torch.from_numpy(one.types)[None]).argmax(-1)[0]
    assert found.tolist() == one.labels.tolist()


def test_batches_go_on_without_end() -> None:
    examples = list(read_examples([TEXT], load_graph("statements-fast-read.onnx")))
    assert len(list(islice(batches(examples, random.Random(0)), 3))) == 3
