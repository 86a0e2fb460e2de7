"""Which of many texts a rewritten text was made from: by its words and by what its sentences mean.

A rewrite keeps the names, the numbers and the rare words of its source, and tells them in sentences that mean the
same. Neighbouring paragraphs of one story share the first; only the source itself shares both, and all of it: hence
every part of either text is asked where it stands in the other.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retold.article import Article, Evidence, Record, Span
from retold.language.sentences import split_sentences
from retold.language.vectors import WIDTH, sentence_vectors
from retold.language.words import words_in

Scores = NDArray[np.float64]

_MOST_SENTENCES = 400  # of one text; as many as a witness has vectors

# Learned on the machine rewrites of sources whose id has an even SHA-256, each against the hard pool of
# `python -m benchmarks rewrites` (a softmax over its candidates): there the source comes first for .960 where words
# alone have .878, the whole vector .926 and all four, weighed alike, .944. That benchmark reports on the odd ones.
_WEIGHTS = {"words": 27.4, "forward": 25.0, "backward": 6.9, "whole": 13.4}


class Ranked(Record, frozen=True, kw_only=True):
    """A candidate (its article id) as the source of a text, best first.

    `words` and `meaning` (0 to 1) say how alike the two are in either respect; `evidence` are the nearest sentences
    of the two, the candidate's first. `confidence` is the probability that it is this one, if it is any of those given.
    """

    article: str
    score: float
    words: float
    meaning: float
    evidence: tuple[Evidence, Evidence] | None


@dataclass(frozen=True)
class _Text:
    """A text: its sentences with their vectors [sentences, WIDTH], how long each is, and its content words."""

    article: Article
    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]
    lengths: Scores
    roots: Counter[str]

    @property
    def whole(self) -> Scores:
        """The mean of its sentences, of length 1; zero where there are none."""
        mean = self.lengths @ self.vectors if self.spans else np.zeros(WIDTH)
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9))


def _read(article: Article) -> _Text:
    blocks = article.own_blocks() or article.blocks  # a paragraph by itself may look like furniture
    spans = [span for block in blocks for span in split_sentences(article.text, block.start, block.end)]
    kept = tuple(spans[:_MOST_SENTENCES])
    words = [words_in(article.text, [span]) for span in kept]
    return _Text(
        article,
        kept,
        sentence_vectors(article.text, kept) if kept else np.zeros((0, WIDTH), np.float32),
        np.array([max(1, len(found)) for found in words], np.float64),
        Counter(word.root for found in words for word in found if word.content),
    )


def _scored(signs: Mapping[str, Scores]) -> Scores:
    weighed = [_WEIGHTS[name] * values for name, values in signs.items()]
    return np.asarray(np.sum(weighed, axis=0), np.float64)


class SourcePool:
    """Candidates prepared once, for any number of texts to be traced among them."""

    def __init__(self, candidates: Sequence[Article]) -> None:
        self._texts = [_read(article) for article in candidates]
        self._holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._count = Counter(root for text in self._texts for root in text.roots)
        for index, text in enumerate(self._texts):
            for root, weight in self._weighted(text).items():
                self._holders[root].append((index, weight))
        self._wholes = np.array([text.whole for text in self._texts]).reshape(len(self._texts), WIDTH)
        self._filled = [index for index, text in enumerate(self._texts) if text.spans]
        filled = [self._texts[index] for index in self._filled]
        self._vectors = np.concatenate([np.zeros((0, WIDTH), np.float32), *(text.vectors for text in filled)])
        self._lengths = np.concatenate([np.zeros(0), *(text.lengths for text in filled)])
        self._starts = np.cumsum([0, *(len(text.spans) for text in filled)])[:-1]

    def rank(self, article: Article, most: int = 10) -> tuple[Ranked, ...]:
        """The likeliest sources of `article`, best first, no more than `most`; itself is none.

        Empty: there is no candidate. Raises: nothing.
        """
        text = _read(article)
        signs = self._signs(text)
        score = _scored(signs)
        score[[index for index, other in enumerate(self._texts) if other.article.id == article.id]] = -np.inf
        odds = np.exp(score - max(float(score.max(initial=-np.inf)), -1e9))
        order = [int(index) for index in np.argsort(-score, kind="stable") if np.isfinite(score[index])]
        return tuple(
            Ranked(
                article=self._texts[index].article.id,
                score=round(float(score[index]), 4),
                words=round(float(signs["words"][index]), 3),
                meaning=round(float(signs["whole"][index]), 3),
                evidence=self._nearest(text, index),
                how="words and meaning",
                confidence=round(float(odds[index] / odds.sum()), 3),
            )
            for index in order[:most]
        )

    def scores(self, article: Article) -> dict[str, Scores]:
        """For each candidate, in their order, what speaks for it by itself, and under "score" all of it weighed."""
        signs = self._signs(_read(article))
        return {**signs, "score": _scored(signs)}

    def _signs(self, text: _Text) -> dict[str, Scores]:
        """By name, for every candidate: how near it is to a text (0 to 1)."""
        forward, backward = self._sentence_by_sentence(text)
        whole = np.maximum(self._wholes @ text.whole, 0.0)
        return {"words": self._words(text), "forward": forward, "backward": backward, "whole": whole}

    def _words(self, text: _Text) -> Scores:
        """The cosine of the weighted words."""
        found = np.zeros(len(self._texts))
        for root, weight in self._weighted(text).items():
            for index, other in self._holders.get(root, ()):
                found[index] += weight * other
        return found

    def _weighted(self, text: _Text) -> dict[str, float]:
        """By root its weight (Spärck Jones 1972) in a vector of length 1."""
        whole = 1 + len(self._texts)
        weights = {
            root: (1 + math.log(count)) * math.log(1 + whole / (1 + self._count[root]))
            for root, count in text.roots.items()
        }
        length = math.sqrt(math.fsum(weight**2 for weight in weights.values())) or 1.0
        return {root: weight / length for root, weight in weights.items()}

    def _sentence_by_sentence(self, text: _Text) -> tuple[Scores, Scores]:
        """How near the nearest sentence is, for each sentence of the text, and for each of the candidate's."""
        forward, backward = np.zeros(len(self._texts)), np.zeros(len(self._texts))
        if text.spans and self._filled:
            nearness = text.vectors @ self._vectors.T
            nearest = np.maximum.reduceat(nearness, self._starts, axis=1)
            forward[self._filled] = text.lengths @ nearest / text.lengths.sum()
            sums = np.add.reduceat(nearness.max(0) * self._lengths, self._starts)
            backward[self._filled] = sums / np.add.reduceat(self._lengths, self._starts)
        return forward, backward

    def _nearest(self, text: _Text, index: int) -> tuple[Evidence, Evidence] | None:
        other = self._texts[index]
        if not text.spans or not other.spans:
            return None
        nearness = other.vectors @ text.vectors.T
        place, here = np.unravel_index(int(nearness.argmax()), nearness.shape)
        return (
            Evidence(other.article.id, (other.spans[int(place)],)),
            Evidence(text.article.id, (text.spans[int(here)],)),
        )


def rank_sources(article: Article, candidates: Sequence[Article], most: int = 10) -> tuple[Ranked, ...]:
    """The likeliest sources of a rewritten text among `candidates`, best first; see `SourcePool.rank`.

    >>> from retold import read_text
    >>> candidates = [
    ...     read_text("The harbour board shut the northern lock on Monday.", name="lock"),
    ...     read_text("The harbour board will pay the crews for 14 days.", name="pay"),
    ... ]
    >>> found = rank_sources(read_text("Crews get two weeks' wages from the board.", name="rewrite"), candidates)
    >>> found[0].article == candidates[1].id
    True
    """
    return SourcePool(candidates).rank(article, most)
