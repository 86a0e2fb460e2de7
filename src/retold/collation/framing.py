"""Changes of force between two tellings: strength, modality, negation, conditions, weight of words."""

from collections import defaultdict
from collections.abc import Iterator

from retold.article import Span
from retold.collation.collation import Change, ChangeKind
from retold.collation.force import Frame, classes_of, find_conditions, find_frames, find_operators
from retold.collation.making import make_change, quote
from retold.collation.witness import Sentence, Telling, Witness, inside, overlap
from retold.language.words import Word

_MIN_COMPANY = 2  # shared content words, beside the act itself, that make another sentence tell of the same act
_NOMINAL = ("ing", "ment", "ments", "tion", "tions", "sion", "sions", "ance", "ence", "ness", "ity")
_NEAR = 8  # content words around a condition that are taken for what hangs on it
_MIN_HANGING = 3  # of them that the other must tell
_CONDITION_TOLD = 0.5  # part of a condition's content words that must stand in the other telling to count as told


def find_force_changes(a: Telling, b: Telling) -> Iterator[Change]:
    """Acts of `b` that are told with a force no telling of the same act in `a` has."""
    frames_a = defaultdict(list)
    for frame in frames_of(a):
        frames_a[_act(frame, a)].append(frame)
    for frame in frames_of(b):
        rivals = frames_a.get(_act(frame, b), [])
        if not rivals or any(other.agrees(frame) for other in rivals):
            continue
        kind = _kind(frame, rivals)
        if kind is None or _told_so_elsewhere(frame, b, a.witness):
            continue
        yield _force_change(kind, rivals, frame, a, b)


def _act(frame: Frame, telling: Telling) -> tuple[str, bool]:
    """The root of a frame, and whether its word is a noun: the force of "selling" stands in the words around it."""
    word = telling.witness.article.text[frame.at : frame.span.end].lower()
    return frame.root, word.endswith(_NOMINAL)


def frames_of(telling: Telling) -> list[Frame]:
    """The frames of a telling's words, read in their whole sentences: what binds them may stand before the telling."""
    text = telling.witness.article.text
    starts = {word.start for word in telling.words}
    return [
        frame
        for sentence in telling.witness.sentences
        if overlap([sentence.span], telling.spans)
        for frame in find_frames(text, sentence.words)
        if frame.at in starts
    ]


def _force_change(kind: ChangeKind, rivals: list[Frame], frame: Frame, a: Telling, b: Telling) -> Change:
    bound = [rival for rival in rivals if rival.classes] or rivals
    told = [f"{quote(a.text(rival.span))} ({a.witness.voice_of(rival.span)})" for rival in bound]
    note = f"{quote(b.text(frame.span))} where the other has {' and '.join(dict.fromkeys(told))}"
    spans = [rival.span for rival in bound]
    return make_change(kind, (a, spans), (b, [frame.span]), note, how="force", confidence=FORCE_CONFIDENCE[kind])


FORCE_CONFIDENCE: dict[ChangeKind, float] = {"negation": 0.8, "strength": 0.85, "modality": 0.75}
"""How sure a change of force is, by its kind."""


def _kind(frame: Frame, rivals: list[Frame]) -> ChangeKind | None:
    """Which force differs from the nearest rival: the one with the fewest classes of difference."""
    nearest = min(rivals, key=lambda rival: len(rival.classes ^ frame.classes))
    differing = nearest.classes ^ frame.classes
    if "negation" in differing:
        return "negation"
    if differing <= {"agreement", "future"}:  # "agreed to meet", "will meet": both are bound to do it
        return None
    if "obligation" in differing or {"wish", "agreement"} & differing:
        # "wants to pay" beside "pays" is a difference only where it is named on one side and contradicted on the other.
        return "strength" if "obligation" in differing or (nearest.classes and frame.classes) else None
    return "modality" if differing & {"possibility", "future", "advice", "hedge"} else None


def _told_so_elsewhere(frame: Frame, b: Telling, witness: Witness) -> bool:
    for sentence in witness.sentences:
        if frame.root not in sentence.roots or len((sentence.roots & b.roots) - {frame.root}) < _MIN_COMPANY:
            continue
        frames = find_frames(witness.article.text, sentence.words)
        if any(other.root == frame.root and other.agrees(frame) for other in frames):
            return True
    return False


def find_condition_changes(a: Telling, b: Telling) -> Iterator[Change]:
    """Conditions that only one of two tellings sets."""
    for span in _lost_conditions(a, b):
        note = f"the condition {quote(a.text(span))} is gone"
        yield make_change("condition", (a, [span]), (b, b.spans), note, how="conditions", confidence=0.75)
    for span in _lost_conditions(b, a):
        note = f"the condition {quote(b.text(span))} is not in the other"
        yield make_change("condition", (a, a.spans), (b, [span]), note, how="conditions", confidence=0.7)


def _lost_conditions(one: Telling, other: Telling) -> Iterator[Span]:
    """Conditions of `one` that `other` sets nowhere, though it tells what hangs on them."""
    set_there = [roots for _, roots in find_conditions(other.witness.article.text, other.words)]
    for span, roots in find_conditions(one.witness.article.text, one.words):
        rest = _near(one, span)
        told = len(roots & other.roots) / len(roots) >= _CONDITION_TOLD or any(roots & found for found in set_there)
        if not told and len(rest & other.roots) >= min(_MIN_HANGING, len(rest)):
            yield span


def _near(telling: Telling, span: Span) -> frozenset[str]:
    """The content words that stand nearest to a condition: what hangs on it. Names do not: they stand everywhere."""
    text = telling.witness.article.text
    plain = [word for word in telling.words if word.content and not text[word.start].isupper()]
    outside = [word for word in plain if not span.start <= word.start < span.end]
    outside.sort(key=lambda word: min(abs(word.start - span.end), abs(span.start - word.end)))
    return frozenset(word.root for word in outside[:_NEAR])


def find_weight_changes(a: Telling, b: Telling) -> Iterator[Change]:
    """Words such as "significant" that `b` sets before a noun which `a`, wherever it uses it, leaves bare."""
    for weight, noun in _weighted(b):
        uses = [(sentence, w) for sentence in a.witness.sentences for w in sentence.words if w.root == noun.root]
        near = [word for sentence, word in uses if _shares_company(sentence, word, a, b)]
        if not near or any(_is_weighted(sentence, word) for sentence, word in uses):
            continue
        use = Span(near[0].start, near[0].end)
        span = Span(weight.start, noun.end)
        note = f"{quote(b.text(span))} where the other has {quote(a.text(use))}"
        yield make_change("strength", (a, [use]), (b, [span]), note, how="weights", confidence=0.7)


def _weighted(telling: Telling) -> Iterator[tuple[Word, Word]]:
    words = telling.words
    for operator in find_operators(words):
        if operator.kind == "intensifier" and operator.after < len(words) and words[operator.after].content:
            yield words[operator.first], words[operator.after]


def _is_weighted(sentence: Sentence, word: Word) -> bool:
    index = sentence.words.index(word)
    return index > 0 and "intensifier" in classes_of(sentence.words[index - 1].norm)


def _shares_company(sentence: Sentence, word: Word, a: Telling, b: Telling) -> bool:
    """Whether the sentence of `word` is among the aligned ones, or names one of those whom `b` names."""
    return inside(word, a.spans) or bool((sentence.roots & b.roots) - {word.root})
