"""The statement tagger's networks as they are shipped."""

from functools import cache

import numpy as np

from retold.language.network import Graph, load_graph
from retold.language.pieces import PADDING, piece_vectors
from retold.statements.decoding import Floats, Ints
from retold.statements.tagger import Reading


class ShippedNetwork:
    """The three graphs of one size ("full", or "fast" with half of the layers)."""

    def __init__(self, name: str, read: Graph, look: Graph, names: Graph) -> None:
        self.name = name
        self._read, self._look, self._names = read, look, names

    @property
    def version(self) -> str:
        """Its name and which weights it has."""
        return f"{self.name} {self._read.sha256[:12]}"

    def read(self, pieces: Ints, types: Ints, firsts: Ints) -> Reading:
        """See `retold.statements.tagger.Network`."""
        real = (pieces != PADDING).astype(np.float32)
        vectors = piece_vectors(pieces)
        words, reduced, flat = self._read.run(vectors=vectors, types=types, real=real, firsts=firsts)
        own = np.arange(len(firsts))[:, None], firsts
        (names,) = self._names.run(words=words, firsts=vectors[own], types=types[own])
        return Reading(words, reduced, flat, names)

    def look(self, reading: Reading, cues: Ints, near: Ints, away: Ints) -> Floats:
        """See `retold.statements.tagger.Network`."""
        seen = {"words": reading.words, "reduced": reading.reduced, "flat": reading.flat}
        return self._look.run(**seen, cues=cues, near=near, away=away)[0]


@cache
def load_network(fast: bool) -> ShippedNetwork:
    """The networks, loaded when they are first asked for and then kept."""
    name = "statements-fast" if fast else "statements-full"
    return ShippedNetwork(name, *(load_graph(f"{name}-{look}.onnx") for look in ("read", "look", "names")))
