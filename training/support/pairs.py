"""What the cross-encoder learns from: sources and sentences, with whether the one bears the other out.

Half of the documents that people judged, and three in ten of PAN's pairs, are left out: see `benchmarks.support`.
"""

import json
import random
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from benchmarks.support import part_of, part_of_pair
from numpy.typing import NDArray

from retold.article import Span
from retold.language.sentences import split_sentences
from retold.language.vectors import sentence_vectors
from training.support.edits import shorten, spoil

_NEAREST = (1, 3, 3, 5)  # sentences of a source that are shown
_LONGEST = 60  # sentences of a text
_PER_REPORT = 14  # sentences of a report that are learned from
_REPORTS = 320  # of PolNeAR and of the noisy articles each
_LOWERED = 0.15  # how often a pair is given in lower case, as scraped and tokenised texts are


class Pair(NamedTuple):
    """`support`: 1 the source bears the sentence out, 0 it does not; `same`: 1 the two say the same, 0 not; None: not
    known. `missing`: stretches of the sentence that the source does not bear out; None: not known.
    """

    source: str
    sentence: str
    support: int | None
    same: int | None
    missing: tuple[tuple[int, int], ...] | None


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSONL file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


class Document:
    """A text in sentences, with their vectors."""

    def __init__(self, text: str) -> None:
        spans = [
            span
            for start, end in _paragraphs(text)
            for span in split_sentences(text, start, end)
            if span.end - span.start > 3
        ][:_LONGEST]
        self.sentences = [" ".join(text[slice(*span)].split()) for span in spans]
        self.vectors = sentence_vectors(text, spans)

    def nearest(self, sentence: str, count: int) -> str:
        """The sentences nearest to a sentence, in their order."""
        return self._nearest(sentence_vectors(sentence, [Span(0, len(sentence))])[0], count, None)

    def nearest_to(self, index: int, count: int, *, itself: bool) -> str:
        """The sentences nearest to one of its own, with or without that one."""
        return self._nearest(self.vectors[index], count, None if itself else index)

    def _nearest(self, vector: NDArray[np.float32], count: int, without: int | None) -> str:
        order = [index for index in np.argsort(-(self.vectors @ vector)) if index != without][:count]
        return " ".join(self.sentences[index] for index in sorted(order))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def pan(path: Path) -> Iterator[Pair]:
    """Paraphrases and sentences on one theme."""
    for row in rows_of(path):
        if part_of_pair(row["id"]) == "learned":
            support = None if row["paraphrase"] else 0
            yield Pair(row["s1"], row["s2"], support, row["paraphrase"], None)


def rewrites(path: Path, chance: random.Random) -> Iterator[Pair]:
    """A machine's rewrites of paragraphs, and the same with an edit."""
    rows = rows_of(path)
    for row in rows:
        others = [chance.choice(rows)["source"] for _ in range(3)]
        source, derived = row["source"], " ".join(row["derived"].split())
        yield Pair(source, derived, 1, 1, None)
        spoiled = spoil(derived, others, chance)
        if spoiled is not None:
            yield Pair(source, spoiled.text, 0, None, spoiled.changed)
        if chance.random() < 0.3:
            yield Pair(source, chance.choice(rows)["derived"], 0, 0, None)


def aligned(path: Path, chance: random.Random) -> Iterator[Pair]:
    """Translations of one sentence with people's word alignment: a plain word without a partner is not borne out."""
    rows = rows_of(path)
    for row in rows:
        partners = {j for _, j in [*row["sure"], *row["possible"]]}
        words, spans = row["s2"].split(" "), []
        at = 0
        for index, word in enumerate(words):
            if index not in partners and len(word) > 4:
                spans.append((at, at + len(word)))
            at += len(word) + 1
        share = len(spans) / max(1, len(words))
        support = 1 if not spans else 0 if share > 0.25 else None
        yield Pair(row["s1"], row["s2"], support, 1 if share < 0.1 else None, tuple(spans))
        if chance.random() < 0.3:
            yield Pair(row["s1"], chance.choice(rows)["s2"], 0, 0, None)


def headlines(paths: Sequence[Path]) -> Iterator[Pair]:
    """Pairs of headlines with people's judgement of how alike they are, 0 to 5."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            score, one, other = line.split("\t")[:3]
            if score:
                likeness = float(score)
                same = 1 if likeness >= 4 else 0 if likeness <= 2.4 else None
                support = 1 if likeness >= 4.6 else 0 if likeness <= 3.4 else None
                yield Pair(one, other, support, same, None)


def summaries(path: Path) -> Iterator[Pair]:
    """Summaries edited by people and machines, consistent and not (SummEdits)."""
    documents: dict[str, Document] = {}
    for row in rows_of(path):
        if part_of(row["doc"]) != "learned":
            continue
        document = documents.setdefault(row["doc"], Document(row["doc"]))
        missing = None if row["consistent"] else _inserted(row["original_summary"], row["summary"])
        for count in _NEAREST:
            source = document.nearest(row["summary"], count + 1)
            yield Pair(source, row["summary"], row["consistent"], None, () if row["consistent"] else missing)


def _inserted(before: str, after: str) -> tuple[tuple[int, int], ...]:
    """The words of `after` that stand in no equal stretch with `before`."""
    words = after.split(" ")
    starts = [sum(len(word) + 1 for word in words[:index]) for index in range(len(words))]
    blocks = SequenceMatcher(None, before.split(" "), words, autojunk=False).get_opcodes()
    return tuple(
        (starts[j], starts[j] + len(words[j])) for tag, _, _, a, b in blocks if tag != "equal" for j in range(a, b)
    )


def judged(path: Path) -> Iterator[Pair]:
    """Machine summaries that people judged sentence by sentence (QAGS)."""
    for row in rows_of(path):
        if part_of(row["doc"]) != "learned":
            continue
        document = Document(row["doc"])
        for one in row["sentences"]:
            for count in _NEAREST:
                source = document.nearest(one["sentence"], count)
                yield Pair(source, one["sentence"], one["supported"], None, () if one["supported"] else None)


def claims(path: Path) -> Iterator[Pair]:
    """Claims of an encyclopedia with what they cite (WiCE)."""
    for row in rows_of(path):
        chosen = sorted({index for group in row["supporting_sentences"] for index in group})[:6]
        evidence = " ".join(row["evidence"][index] for index in chosen) or " ".join(row["evidence"][1:5])
        if row["kind"] == "tokens":
            words = row["claim_tokens"]
            sentence, spans, at = " ".join(words), [], 0
            for word, missing in zip(words, row["non_supported_spans"], strict=False):
                spans += [(at, at + len(word))] if missing else []
                at += len(word) + 1
            yield Pair(evidence, sentence, 0, None, tuple(spans))
        else:
            whole = row["label"] == "supported"
            for _ in range(3 if whole else 1):
                yield Pair(evidence, row["claim"], int(whole), None, () if whole else None)


def reports(texts: Sequence[tuple[str, str]], per_text: int, chance: random.Random) -> Iterator[Pair]:
    """Sentences of news reports (title, text) shortened, spoiled, or without the sentence they come from."""
    last: list[str] = []
    for title, text in texts:
        document = Document(text)
        if len(document.sentences) < 6:
            continue
        if len(title.split()) > 4:
            yield Pair(document.nearest(title, 4), title, 1, None, None)
            spoiled = spoil(title, document.sentences, chance)
            if spoiled is not None:
                yield Pair(document.nearest(title, 4), spoiled.text, 0, None, spoiled.changed)
        indexes = [i for i, one in enumerate(document.sentences) if i and 7 <= len(one.split()) <= 60]
        for index in chance.sample(indexes, min(per_text, len(indexes))):
            yield from _of_sentence(document, index, last or document.sentences, chance)
        last = document.sentences


def _of_sentence(document: Document, index: int, strange: Sequence[str], chance: random.Random) -> Iterator[Pair]:
    own = document.sentences[index]
    short = shorten(own, chance)
    count = chance.choice(_NEAREST)
    source = document.nearest_to(index, count, itself=True)
    kind = chance.random()
    if kind < 0.5:
        yield Pair(source, short, 1, None, ())
    elif kind < 0.65:
        joined = _joined(document, index, chance)
        yield Pair(document.sentences[index - 1] + " " + own, joined, 1, None, ())
    others = strange if chance.random() < 0.3 else document.sentences
    spoiled = spoil(short, others, chance)
    if spoiled is not None and spoiled.text != own:
        yield Pair(source, spoiled.text, 0, None, spoiled.changed)
    if chance.random() < 0.3:
        yield Pair(document.nearest_to(index, count, itself=False), short, 0, 0, None)


def _joined(document: Document, index: int, chance: random.Random) -> str:
    """Two sentences in one."""
    one, other = shorten(document.sentences[index - 1], chance), shorten(document.sentences[index], chance)
    return f"{one.rstrip('.')}, {chance.choice(['and', 'while', 'but'])} {other}"


def lowered(pair: Pair, chance: random.Random) -> Pair:
    """The pair, sometimes in lower case."""
    if chance.random() >= _LOWERED:
        return pair
    return pair._replace(source=pair.source.lower(), sentence=pair.sentence.lower())


def all_pairs(data: Path, chance: random.Random) -> list[Pair]:
    """Every pair to learn from, in chance order. `data`: the folder with retelling/, stories/, reading/ …."""
    retelling = data / "retelling"
    texts = [(row["title"], row["text"]) for row in rows_of(data / "stories" / "newswcl50.jsonl")]
    texts += [(row["title"], row["text"]) for row in rows_of(data / "stories" / "basil.jsonl")]
    texts += [("", row["text"]) for row in rows_of(data / "statements" / "polnear_train.jsonl")[:_REPORTS]]
    noisy = rows_of(data / "reading" / "noisy_articles.jsonl")[:_REPORTS]
    texts += [(row["title"], row["content_original"]) for row in noisy]
    pairs = [
        *pan(retelling / "pan_sentence_pairs_train.jsonl"),
        *rewrites(retelling / "machine_rewrites_news.jsonl", chance),
        *aligned(retelling / "word_alignment_mtref.jsonl", chance),
        *headlines(sorted((data / "language").glob("sts_headlines_*.tsv"))),
        *judged_pairs(data),
        *reports(texts, _PER_REPORT, chance),
    ]
    chance.shuffle(pairs)
    return [lowered(pair, chance) for pair in pairs]


def judged_pairs(data: Path) -> list[Pair]:
    """The pairs that people judged as a whole: there are few of them."""
    retelling = data / "retelling"
    return [
        *summaries(retelling / "summedits_news.jsonl"),
        *judged(retelling / "qags.jsonl"),
        *claims(retelling / "wice_dev.jsonl"),
    ]
