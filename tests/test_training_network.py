"""The network as it is trained; only where torch is installed (`requirements-training.txt`)."""

from itertools import product

import pytest

torch = pytest.importorskip("torch", reason="torch is needed only for training")

from benchmarks.statements import Document, Marked  # noqa: E402
from training.statements.examples import make_batch, make_examples  # noqa: E402
from training.statements.network import Tagger, log_partition, log_score, loss_of, states  # noqa: E402
from training.statements.train import student_of  # noqa: E402

TEXT = "Ada Venn said that ports close. It rained."
GOLD = [Marked([(0, 8)], [(9, 13)], [(14, 30)])]


def test_the_partition_is_the_sum_over_all_labellings() -> None:
    torch.manual_seed(0)
    potentials, allowed = torch.randn(1, 4, 6), torch.tensor([[True, True, False, True]])
    scores = states(potentials, allowed)
    every = [
        log_score(*scores, torch.tensor([[*labels, 0]])) for labels in product(range(3), repeat=4) if not labels[2]
    ]
    assert log_partition(*scores).item() == pytest.approx(torch.logsumexp(torch.cat(every), 0).item(), abs=1e-4)


def test_words_are_labelled_by_the_gold_spans() -> None:
    (example,) = make_examples(Document("a", TEXT, GOLD), 1)
    (cue,) = example.cues
    words = [TEXT[slice(*word)] for word in example.window.words]
    assert words[cue.first : cue.last + 1] == ["said"]
    assert [word for word, role in zip(words, cue.roles, strict=True) if role == 1] == ["Ada", "Venn"]
    assert [word for word, role in zip(words, cue.roles, strict=True) if role == 2] == ["that", "ports", "close"]


def test_a_step_lowers_the_loss_and_a_student_has_half_of_the_layers() -> None:
    torch.manual_seed(0)
    tagger = Tagger()
    batch = make_batch(make_examples(Document("a", TEXT, GOLD), 1))
    vectors, real = tagger.encoder.pieces(batch.pieces), torch.ones(batch.pieces.shape)

    def loss() -> "torch.Tensor":
        words, reduced, flat = tagger.read(vectors, batch.types, real, batch.firsts, batch.annotators)
        potentials = tagger.look(words, reduced, flat, batch.cues, batch.near, batch.away)
        roles = loss_of(potentials, batch.allowed, batch.role_labels).sum()
        return roles + loss_of(flat[..., :3], batch.words, batch.cue_labels).sum()

    optimizer = torch.optim.SGD([one for one in tagger.parameters() if one.requires_grad], lr=1e-3)
    before = loss()
    before.backward()
    optimizer.step()
    assert loss().item() < before.item()
    assert len(student_of(tagger).encoder.layers) == 3
