"""PLOVER's event types of marked pairs, by cross-validation in five parts.

The network begins as it is after learning from our own writing (`build/acts/own.pt`, from `python -m training.acts
train`), which holds none of the public pairs, and learns four parts of them as the shipped one learns all. Peers: a
linear model on tf-idf of words and characters (scikit-learn), on the same parts; and ZSP, whose answers come with the
data (a zero-shot system, which learned from none of them).
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.ledger.coding import macro_f1
from benchmarks.ledger.rows import read_lines, share

_PARTS = 5
_SEED = 1
_WEIGHTS = Path("build/acts/own.pt")

Rows = Sequence[dict[str, Any]]


def parts_of(rows: Rows) -> list[list[int]]:
    """The indexes of the rows in parts that have each type alike."""
    by_type: defaultdict[str, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_type[row["event_type"]].append(index)
    parts: list[list[int]] = [[] for _ in range(_PARTS)]
    chance = random.Random(_SEED)
    for kind in sorted(by_type):
        chance.shuffle(by_type[kind])
        for number, index in enumerate(by_type[kind]):
            parts[number % _PARTS].append(index)
    return parts


def by_network(rows: Rows, known: Sequence[int], asked: Sequence[int]) -> list[str]:
    """What the network says. Raises ImportError without torch, OSError without its weights."""
    import torch
    from training.acts.examples import make_batch
    from training.acts.network import ActNetwork
    from training.acts.rows import plover_examples
    from training.acts.train import EVENT_COURSE, train

    from retold.language.pieces import PADDING
    from retold.ledger.acts import PLOVER_ROOTS

    network = ActNetwork()
    network.load_state_dict(torch.load(_WEIGHTS))
    for _ in train(network, plover_examples([rows[index] for index in known]), EVENT_COURSE, _SEED):
        pass
    said: list[str] = []
    for example in plover_examples([rows[index] for index in asked]):
        batch = make_batch([example])
        with torch.no_grad():
            scores = network(network.encoder.pieces(batch.pieces), batch.types, (batch.pieces != PADDING).float())
        said.append(PLOVER_ROOTS[int(scores.plover[0].argmax())])
    return said


def by_words(rows: Rows, known: Sequence[int], asked: Sequence[int]) -> list[str]:
    """What a linear model on tf-idf says. Raises ImportError without scikit-learn."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline, make_union
    from sklearn.svm import LinearSVC

    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
    model = make_pipeline(make_union(words, letters), LinearSVC(class_weight="balanced"))
    model.fit([rows[index]["text"] for index in known], [rows[index]["event_type"] for index in known])
    return [str(one) for one in model.predict([rows[index]["text"] for index in asked])]


def run(data: Path) -> None:
    """Print macro F1 and accuracy of each system; of one that cannot run here, why."""
    rows = read_lines(data / "ledger" / "plover_pairs_train.jsonl")
    parts = parts_of(rows)
    print(f"{'PLOVER pairs':<18} macro F1   right")
    for name, answer in (("Retold", by_network), ("tf-idf, linear", by_words)):
        try:
            pairs = [
                (rows[index]["event_type"], said)
                for number, asked in enumerate(parts)
                for index, said in zip(
                    asked,
                    answer(rows, [i for p in parts[:number] + parts[number + 1 :] for i in p], asked),
                    strict=True,
                )
            ]
        except (ImportError, OSError) as error:
            print(f"{name:<18} not run: {error}")
            continue
        _print_row(name, pairs)
    _print_row("ZSP", [(row["event_type"], row["zsp_pred"]) for row in rows])


def _print_row(name: str, pairs: Sequence[tuple[object, object]]) -> None:
    print(f"{name:<18} {macro_f1(pairs):8.3f}   {share(right == said for right, said in pairs):5.3f}")
