"""What trainings of networks have in common: rates, telling where they stand, and batches of like length."""

import random
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

import torch
from torch import nn

_Example = TypeVar("_Example")


class Rates(NamedTuple):
    """Learning rates of the encoder and of the heads."""

    encoder: float
    heads: float


class Progress(NamedTuple):
    """Where training stands."""

    step: int
    steps: int
    loss: float
    seconds: float


def new_optimizer(network: nn.Module, rates: Rates) -> torch.optim.AdamW:
    """AdamW over what may move, the parameters of `encoder` at their own rate."""
    encoder = [one for one in network.encoder.parameters() if one.requires_grad]
    heads = [one for name, one in network.named_parameters() if not name.startswith("encoder.")]
    groups: list[dict[str, object]] = [{"params": encoder, "lr": rates.encoder}, {"params": heads, "lr": rates.heads}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


_POOL = 24  # batches among which examples of like length are put together


def alike_batches(
    examples: Iterable[_Example], length: Callable[[_Example], int], size: int, chance: random.Random
) -> Iterator[list[_Example]]:
    """All examples once, in chance order; those of like length together, so that little is padded."""
    order = list(examples)
    chance.shuffle(order)
    groups: list[list[_Example]] = []
    for start in range(0, len(order), size * _POOL):
        pool = sorted(order[start : start + size * _POOL], key=length)
        groups.extend(pool[at : at + size] for at in range(0, len(pool), size))
    chance.shuffle(groups)
    yield from groups
