"""Running the shipped networks: the only place that knows onnxruntime."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.resources import files
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from onnxruntime import InferenceSession, SessionOptions

T = TypeVar("T")
R = TypeVar("R")

Array = NDArray[np.float32] | NDArray[np.int64]


class Graph:
    """One network of `retold.models`. It may be run by several threads at once, and uses one core for each run."""

    def __init__(self, name: str) -> None:
        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._file = files("retold.models").joinpath(name)
        self._session = InferenceSession(self._file.read_bytes(), options, providers=["CPUExecutionProvider"])

    @property
    def sha256(self) -> str:
        """The SHA-256 of the network's file."""
        return hashlib.sha256(self._file.read_bytes()).hexdigest()

    def run(self, **inputs: Array) -> list[NDArray[np.float32]]:
        """The network's outputs, in their order."""
        outputs: list[NDArray[np.float32]] = self._session.run(None, inputs)
        return outputs


@cache
def _cores() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="retold-network")


def on_all_cores(work: Callable[[T], R], batches: Iterable[T]) -> Iterator[R]:
    """`work` done on each batch, several at once (runs of a network leave Python alone), in the order of the batches.

    Not to be called from within `work`.
    """
    return _cores().map(work, batches)


@cache
def load_graph(name: str) -> Graph:
    """The network of this file name, loaded when it is first asked for and then kept."""
    return Graph(name)
