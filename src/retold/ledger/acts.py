"""What the network says of an actor and an issue in a sentence: which act, if any, in which status, and its words.

It reads the sentence with the words of actor and issue marked, and with whose words each of them is: the report's
own, the actor's, or somebody else's (card in `retold/models/README.md`).
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar, get_args

import numpy as np
from numpy.typing import NDArray

from retold.article import Span
from retold.language.network import load_graph, on_all_cores
from retold.language.pieces import BREAK, PADDING, START, PiecedWord, alike, pad, piece_vectors, read_pieces
from retold.ledger.pairs import Pair, speaks_for
from retold.ledger.position import Act, Status
from retold.ledger.scenes import Scene

ACTS: tuple[Act, ...] = get_args(Act)
STATUSES: tuple[Status, ...] = get_args(Status)
STANCES = ("for", "against", "neutral")
PLOVER_ROOTS = (
    "ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONSULT", "COOPERATE", "MOBILIZE", "PROTEST", "REJECT", "REQUEST",
    "SANCTION", "SUPPORT", "THREATEN", "YIELD",
)  # fmt: skip
"""The types that the network tells apart; YIELD is what PLOVER's manual has as CONCEDE and RETREAT."""

PARTS = ("act", "condition", "consequence")
"""What a word may belong to."""

NOBODY, ACTOR, TARGET = 0, 1, 2
NARRATED, OWN, OTHERS = 0, 3, 6
TYPES = 9
"""Kinds of pieces: of neither, of the actor, of the issue (or of whom he acts on); in the report's own words, in the
actor's, in somebody else's."""

GRAPH = "acts.onnx"

_MOST_PIECES = 120
_MOST_BEFORE = 60
CAPACITY = _MOST_PIECES + _MOST_BEFORE + 3
_BATCH = 16


class Encoded(NamedTuple):
    """A pair as the network reads it. `words` are those of the sentence that are read, `firsts` where each begins."""

    pieces: tuple[int, ...]
    types: tuple[int, ...]
    words: tuple[Span, ...]
    firsts: tuple[int, ...]


class Reading(NamedTuple):
    """What is said of a pair. `acts`: how likely each of `ACTS` is, and none; `status`, `stance` and `plover`: the
    likeliest with its probability; `hearsay`: how likely it is told by somebody else; `parts`: [words, PARTS], how
    likely each word of the sentence belongs to each part.
    """

    acts: NDArray[np.float32]
    status: tuple[Status, float]
    stance: tuple[str, float]
    hearsay: float
    plover: tuple[str, float]
    words: tuple[Span, ...]
    parts: NDArray[np.float32]


def acts_version() -> str:
    """Name and weights of the network."""
    return f"acts {load_graph(GRAPH).sha256[:12]}"


def encode_pairs(pairs: Sequence[Pair]) -> list[Encoded]:
    """The pairs as the network reads them; the ends of what is too long are left out."""
    known: dict[tuple[str, Span], list[PiecedWord]] = {}
    for pair in pairs:
        for scene in (pair.scene, pair.earlier):
            if scene and scene.key not in known:
                known[scene.key] = read_pieces(scene.article.text, [scene.sentence])[0]
    return [_encode(pair, known) for pair in pairs]


def _encode(pair: Pair, known: dict[tuple[str, Span], list[PiecedWord]]) -> Encoded:
    front: list[tuple[int, int]] = []
    if pair.earlier:
        before = list(_marked(pair, pair.earlier, known[pair.earlier.key]))
        front += [(piece, kind) for word, kind in before for piece in word.pieces][-_MOST_BEFORE:]
    elif not pair.actor_words:
        name = read_pieces(pair.actor.name, [Span(0, len(pair.actor.name))])[0]
        front += [(piece, ACTOR) for word in name for piece in word.pieces][:_MOST_BEFORE]
    if front:
        front.append((BREAK, 0))
    row, words, firsts = [(START, 0), *front], [], []
    for word, kind in _marked(pair, pair.scene, known[pair.scene.key]):
        if len(row) + len(word.pieces) > _MOST_PIECES + len(front):
            break
        words.append(word.span)
        firsts.append(len(row))
        row += [(piece, kind) for piece in word.pieces]
    row.append((BREAK, 0))
    return Encoded(tuple(piece for piece, _ in row), tuple(kind for _, kind in row), tuple(words), tuple(firsts))


def _marked(pair: Pair, scene: Scene, words: Sequence[PiecedWord]) -> Iterator[tuple[PiecedWord, int]]:
    """The words of a sentence with their kinds."""
    voices = {
        layer.id: OWN if any(speaks_for(one, pair.actor, scene.cast) for one in layer.speakers) else OTHERS
        for layer in scene.layers
        if layer
    }
    index = 0
    for word in words:
        while index + 1 < len(scene.tokens) and scene.tokens[index].end <= word.span.start:
            index += 1
        layer = scene.layers[index]
        voice = voices[layer.id] if layer else NARRATED
        role = ACTOR if _within(word, pair.actor_words) else TARGET if _within(word, pair.issue_words) else NOBODY
        yield word, role + voice


def _within(word: PiecedWord, spans: Sequence[Span]) -> bool:
    return any(span.start <= word.span.start < span.end for span in spans)


def read_acts(pairs: Sequence[Pair]) -> list[Reading]:
    """What the network says of each pair, in their order."""
    encoded = encode_pairs(pairs)
    groups = list(alike([one.pieces for one in encoded], _BATCH))
    found: dict[int, Reading] = {}
    batches = ([encoded[i] for i in group] for group in groups)
    for group, readings in zip(groups, on_all_cores(_read, batches), strict=True):
        found.update(zip(group, readings, strict=True))
    return [found[index] for index in range(len(pairs))]


def _read(rows: Sequence[Encoded]) -> list[Reading]:
    ids, types = pad([one.pieces for one in rows], PADDING), pad([one.types for one in rows], 0)
    real = (ids != PADDING).astype(np.float32)
    graph = load_graph(GRAPH)
    acts, statuses, stances, hearsay, plover, parts = graph.run(vectors=piece_vectors(ids), types=types, real=real)
    return [
        Reading(
            acts=acts[i],
            status=_likeliest(STATUSES, statuses[i]),
            stance=_likeliest(STANCES, stances[i]),
            hearsay=float(hearsay[i, 1]),
            plover=_likeliest(PLOVER_ROOTS, plover[i]),
            words=one.words,
            parts=parts[i][list(one.firsts)],
        )
        for i, one in enumerate(rows)
    ]


_Name = TypeVar("_Name", bound=str)


def _likeliest(names: Sequence[_Name], chances: NDArray[np.float32]) -> tuple[_Name, float]:
    best = int(chances.argmax())
    return names[best], float(chances[best])
