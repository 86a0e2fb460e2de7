"""How well Retold tells whether a source bears a sentence out, and whether two sentences say the same.

`support`: sentences of machine summaries that people judged (QAGS, of two origins) and edited summaries (SummEdits), by
AUC of the score, and for SummEdits also by balanced accuracy at even odds. `same`: PAN's sentence pairs, by accuracy.
Nothing measured here was learned from: documents and pairs are split by their SHA-256 into those the cross-encoder
learned from, those that weighed its signs, and these. Peers: containment of word bigrams, and for PAN the likeness of
words by rapidfuzz, each cut where it does best on the pairs that weighed the signs.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rapidfuzz.fuzz import token_sort_ratio

from retold.article import Article, Block, Span
from retold.collation import Collator, Shelf, Witness, find_support, make_witness
from retold.collation.judging import Side, judge_same, read_signs, same_signs
from retold.language.pieces import read_pieces
from retold.language.vectors import sentence_vectors
from retold.language.words import words_in

Part = Literal["learned", "weighed", "measured"]
_EVEN = 0.5


class Case(NamedTuple):
    """A sentence and its source, with people's answer (1 or 0). `origin`: cnndm, xsum, summedits or pan."""

    origin: str
    source: str
    sentence: str
    answer: int


def part_of(document: str) -> Part:
    """To which part a document belongs: half to learning, a quarter each to weighing and measuring."""
    first, second = hashlib.sha256(document.encode()).digest()[:2]
    return "learned" if first % 2 else "weighed" if second % 2 else "measured"


def part_of_pair(identity: str) -> Part:
    """The same of PAN's pairs, of which there are many: seven of ten go to learning."""
    first, second = hashlib.sha256(identity.encode()).digest()[:2]
    return "learned" if first % 10 >= 3 else "weighed" if second % 2 else "measured"


def read_support(data: Path, part: Part) -> list[Case]:
    """The judged sentences of one part."""
    return [*_qags(data / "retelling" / "qags.jsonl", part), *_edits(data / "retelling" / "summedits_news.jsonl", part)]


def _qags(path: Path, part: Part) -> Iterator[Case]:
    for row in _rows(path):
        if part_of(row["doc"]) == part:
            for one in row["sentences"]:
                yield Case(row["origin"], row["doc"], one["sentence"], one["supported"])


def _edits(path: Path, part: Part) -> Iterator[Case]:
    for row in _rows(path):
        if part_of(row["doc"]) == part:
            yield Case("summedits", row["doc"], row["summary"], row["consistent"])


def read_same(data: Path, part: Part) -> list[Case]:
    """PAN's pairs of one part."""
    rows = _rows(data / "retelling" / "pan_sentence_pairs_train.jsonl")
    return [Case("pan", row["s1"], row["s2"], row["paraphrase"]) for row in rows if part_of_pair(row["id"]) == part]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def plain_article(text: str) -> Article:
    """A text as one paragraph of an article, whatever reading would make of it."""
    block = Block(kind="body", start=0, end=len(text), reason="whole", how="benchmark")
    identity = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=identity[:12], input="", sha256=identity, text=text, blocks=(block,), origin=(), how="benchmark")


def signs_of_support(cases: Sequence[Case]) -> list[dict[str, float]]:
    """The signs of each case; of a sentence that is really several, those of the least supported one."""
    sources: dict[str, Witness] = {}
    found = []
    for case in cases:
        source = sources.setdefault(case.source, make_witness(plain_article(case.source), ()))
        asked = make_witness(plain_article(case.sentence), ())
        indexes = [index for index, sentence in enumerate(asked.sentences) if sentence.roots]
        signs = read_signs(asked, Shelf([source, asked]).search(asked), indexes)
        found.append(min((dict(one.values) for one in signs.values()), key=lambda one: one["support"], default=_NONE))
    return found


def scores_of_support(cases: Sequence[Case]) -> list[float]:
    """The score of each case as the dossier gives it, that is with what the typed changes say; the least of several."""
    sources: dict[str, Witness] = {}
    scores = []
    for case in cases:
        source = sources.setdefault(case.source, make_witness(plain_article(case.source), ()))
        asked = make_witness(plain_article(case.sentence), ())
        rows = find_support(asked, Shelf([source, asked]), [source], Collator())
        scores.append(min((row.score or 0.0 for row in rows), default=0.0))
    return scores


_NONE = {"support": 0.0, "nearness": 0.0}


def signs_of_same(cases: Sequence[Case]) -> list[dict[str, float]]:
    """The signs of each pair."""
    return same_signs(_sides(cases))


def _sides(cases: Sequence[Case]) -> list[tuple[Side, Side]]:
    return [(_side(case.source), _side(case.sentence)) for case in cases]


def _side(text: str) -> Side:
    whole = [Span(0, len(text))]
    return Side(words_in(text, whole), read_pieces(text, whole)[0], sentence_vectors(text, whole)[0])


def bigram_containment(case: Case) -> float:
    """The share of the sentence's word bigrams that the source has."""
    own, theirs = _bigrams(case.sentence), _bigrams(case.source)
    return len(own & theirs) / max(1, len(own))


def _bigrams(text: str) -> set[tuple[str, str]]:
    return set(pairwise(word.norm for word in words_in(text, [Span(0, len(text))])))


def area(scores: Sequence[float], answers: Sequence[int]) -> float:
    """The area under the ROC curve: how often a right one has the higher score, ties half."""
    right = [score for score, answer in zip(scores, answers, strict=True) if answer]
    wrong = [score for score, answer in zip(scores, answers, strict=True) if not answer]
    wins = sum((one > other) + (one == other) / 2 for one in right for other in wrong)
    return wins / max(1, len(right) * len(wrong))


def balanced(scores: Sequence[float], answers: Sequence[int], cut: float) -> float:
    """The mean of how many right ones are above the cut, and how many wrong ones are not."""
    above = [score > cut for score in scores]
    sides = [[hit == bool(wanted) for hit, wanted in zip(above, answers, strict=True) if wanted == of] for of in (0, 1)]
    return sum(sum(side) / max(1, len(side)) for side in sides) / 2


def best_cut(scores: Sequence[float], answers: Sequence[int]) -> float:
    """The cut of the best balanced accuracy."""
    return max(sorted(set(scores)), key=lambda cut: balanced(scores, answers, cut))


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks support`."""
    parser = commands.add_parser("support", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with retelling/")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures of Retold and of the peers."""
    began = time.perf_counter()
    cases = read_support(options.data, "measured")
    scores = scores_of_support(cases)
    seconds = time.perf_counter() - began
    peer = [bigram_containment(case) for case in cases]
    weighed = read_support(options.data, "weighed")
    cut = best_cut([bigram_containment(case) for case in weighed], [case.answer for case in weighed])
    for origin in ("cnndm", "xsum", "summedits"):
        at = [index for index, case in enumerate(cases) if case.origin == origin]
        answers = [cases[i].answer for i in at]
        print(f"{origin:<10} {len(at):4d} sentences  ", _line([scores[i] for i in at], answers, _EVEN))
        print(f"{'  bigrams':<26}  ", _line([peer[i] for i in at], answers, cut))
    print(f"{len(cases) / seconds:.1f} sentences a second, searched and read")
    _run_same(options.data)
    return 0


def _line(scores: Sequence[float], answers: Sequence[int], cut: float) -> str:
    return f"AUC {area(scores, answers):.3f}  balanced accuracy {balanced(scores, answers, cut):.3f}"


def _run_same(data: Path) -> None:
    cases, weighed = read_same(data, "measured"), read_same(data, "weighed")
    scores = judge_same(_sides(cases))
    answers = [case.answer for case in cases]
    cut = best_cut([_likeness(case) for case in weighed], [case.answer for case in weighed])
    print(f"{'pan':<10} {len(cases):4d} pairs        accuracy {_accuracy(scores, answers, _EVEN):.3f}")
    print(f"{'  rapidfuzz':<26}   accuracy {_accuracy([_likeness(case) for case in cases], answers, cut):.3f}")


def _likeness(case: Case) -> float:
    return float(token_sort_ratio(case.source.lower(), case.sentence.lower()))


def _accuracy(scores: Sequence[float], answers: Sequence[int], cut: float) -> float:
    return sum((score > cut) == bool(answer) for score, answer in zip(scores, answers, strict=True)) / len(answers)
