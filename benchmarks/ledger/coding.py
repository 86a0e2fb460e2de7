"""How well the codes of one debate's statements are suggested to a coder who has coded other speakers' of it.

Speakers are parted into ten; those of one part are suggested by what was learned from the others. The peer is a linear
model on tf-idf of the words and the organization (scikit-learn, where it is installed) by the same parts.
"""

import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.ledger.rows import read_lines, share
from retold.ledger.coding import Coded, Suggestion, learn_codes

_PARTS = 10
_SEEDS = (1, 2, 3)

Suggest = Callable[[Sequence[Coded], Sequence[Coded]], list[Suggestion]]


class Statement(NamedTuple):
    """A coded statement and who said it."""

    person: str
    coded: Coded


def read_debate(data: Path) -> list[Statement]:
    """The statements of the debate on the Trade Union Bill, 2015."""
    rows = read_lines(data / "ledger" / "dna_hansard_2015.jsonl")
    return [
        Statement(row["person"], Coded(row["text"], row["organization"], row["concept"], row["agreement"]))
        for row in rows
    ]


def by_retold(known: Sequence[Coded], asked: Sequence[Coded]) -> list[Suggestion]:
    """What Retold suggests."""
    return learn_codes(known).suggest([one.text for one in asked], [one.organization for one in asked])


def by_words(known: Sequence[Coded], asked: Sequence[Coded]) -> list[Suggestion]:
    """What linear models on tf-idf suggest."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    texts = [[f"{one.text} {one.organization.replace(' ', '_')}" for one in part] for part in (known, asked)]
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2)
    signs, own = words.fit_transform(texts[0]), words.transform(texts[1])
    concepts = LogisticRegression(C=10, max_iter=2000).fit(signs, [one.concept for one in known])
    stands = LogisticRegression(C=10, max_iter=2000, class_weight="balanced")
    sides = stands.fit(signs, [one.agreement for one in known]).decision_function(own)
    order = (-concepts.decision_function(own)).argsort(axis=1)
    return [
        Suggestion(tuple(concepts.classes_[ranks]), (float(side),) * len(ranks))
        for ranks, side in zip(order, sides, strict=True)
    ]


def suggest_all(statements: Sequence[Statement], suggest: Suggest, seed: int) -> list[tuple[Coded, Suggestion]]:
    """Each statement with what is suggested for it by what was learned from other speakers."""
    people = sorted({one.person for one in statements})
    random.Random(seed).shuffle(people)
    part = {person: number % _PARTS for number, person in enumerate(people)}
    found: list[tuple[Coded, Suggestion]] = []
    for number in range(_PARTS):
        known = [one.coded for one in statements if part[one.person] != number]
        asked = [one.coded for one in statements if part[one.person] == number]
        found += zip(asked, suggest(known, asked), strict=True)
    return found


def macro_f1(pairs: Sequence[tuple[object, object]]) -> float:
    """The mean over classes of F1; pairs of what is right and what was said."""
    scores: list[float] = []
    for kind in {right for right, _ in pairs}:
        hits = sum(right == said == kind for right, said in pairs)
        scores.append(2 * hits / (sum(right == kind for right, _ in pairs) + sum(said == kind for _, said in pairs)))
    return sum(scores) / len(scores)


def _figures(found: Sequence[tuple[Coded, Suggestion]]) -> tuple[float, float, float]:
    first = [(one.agreement, told.agreement[0] > 0) for one, told in found]
    coded = [(one.agreement, _of_concept(told, one.concept) > 0) for one, told in found]
    return share(one.concept in told.concepts[:3] for one, told in found), macro_f1(coded), macro_f1(first)


def _of_concept(told: Suggestion, concept: str) -> float:
    return told.agreement[told.concepts.index(concept)] if concept in told.concepts else told.agreement[0]


def run(data: Path) -> None:
    """Print concept among the first three, and agreement on the coded and on the first concept."""
    statements = read_debate(data)
    print(f"{'codes of a debate':<20} concept in first three   agreement, coded concept   agreement, first concept")
    for name, suggest in (("Retold", by_retold), ("tf-idf, linear", by_words)):
        try:
            runs = [_figures(suggest_all(statements, suggest, seed)) for seed in _SEEDS]
        except ImportError:
            print(f"{name:<20} scikit-learn is not installed")
            continue
        means = [sum(one[i] for one in runs) / len(runs) for i in range(3)]
        print(f"{name:<20} {means[0]:22.3f}   {means[1]:24.3f}   {means[2]:24.3f}")
