"""The two looks with a network whose answers are written down."""

import numpy as np

from retold.article import Span
from retold.statements.decoding import REACH, Floats, Ints
from retold.statements.naming import LABELS
from retold.statements.tagger import Reading, name, tag
from retold.statements.windows import make_windows

TEXT = "Ada said that it rains. Teo left. Bea said it pours."


class WrittenNetwork:
    """Every "said" (by its piece) is a cue; what stands before it is its source, what follows its content."""

    name = "written"

    def __init__(self, said: int) -> None:
        self._said = said

    def read(self, pieces: Ints, types: Ints, firsts: Ints) -> Reading:  # noqa: ARG002
        first_pieces = np.take_along_axis(pieces, firsts, axis=1)
        flat = np.zeros((*firsts.shape, 9), np.float32)
        flat[..., 1] = np.where(first_pieces == self._said, 4.0, -4.0)
        words = np.zeros((*firsts.shape, 4), np.float32)
        names = np.zeros((*firsts.shape, LABELS), np.float32)
        names[..., 0] = 4.0
        names[..., 1] = 8.0 * (firsts == 1)  # the first word begins a person
        return Reading(words, words, flat, names)

    def look(self, reading: Reading, cues: Ints, near: Ints, away: Ints) -> Floats:  # noqa: ARG002
        potentials = np.full((*near.shape, 6), -4, np.float32)
        potentials[..., (0, 1, 4, 5)] = 0
        source = (near == cues[:, :1] - 1).astype(np.float32)
        content = ((near > cues[:, 1:]) & (near < cues[:, 1:] + 4)).astype(np.float32)
        potentials[..., 2] += 8 * source
        potentials[..., 3] += 8 * content
        return potentials


def test_each_cue_gets_its_source_and_content() -> None:
    windows = make_windows(TEXT, [Span(0, len(TEXT))], [])
    said = windows[0].pieces[windows[0].firsts[1]]
    (seen,) = tag(WrittenNetwork(said), windows, threshold=0.5)
    found = seen.attributions
    shown = [(TEXT[slice(*one.source[0])], TEXT[slice(*one.cue)], TEXT[slice(*one.content[0])]) for one in found]
    assert shown == [("Ada", "said", "that it rains"), ("Bea", "said", "it pours.")]
    assert all(one.probability > 0.9 and one.certainty > 0.9 for one in found)


def test_windows_keep_their_order_and_those_without_a_cue_are_empty() -> None:
    texts = ["Ada said it rains.", "Nothing here but a much longer line of words.", "Bea said it pours."]
    windows = [make_windows(text, [Span(0, len(text))], [])[0] for text in texts]
    said = windows[0].pieces[windows[0].firsts[1]]
    found = tag(WrittenNetwork(said), windows, threshold=0.5)
    assert [len(own.attributions) for own in found] == [1, 0, 1]
    assert found[2].attributions[0].source == (Span(0, 3),)


def test_the_first_look_gives_the_names_too() -> None:
    windows = make_windows(TEXT, [Span(0, len(TEXT))], [])
    network = WrittenNetwork(0)
    (seen,) = tag(network, windows, threshold=0.5)
    assert [(TEXT[slice(*one.span)], one.kind) for one in seen.names] == [("Ada", "person")]
    assert name(network, windows) == seen.names


def test_no_windows_nothing_seen() -> None:
    assert tag(WrittenNetwork(0), [], threshold=0.5) == []
    assert name(WrittenNetwork(0), []) == []
    assert REACH > 0
