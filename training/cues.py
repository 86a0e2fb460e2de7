"""How the cue tables of `retold.statements` were learned: `python -m training cues --data TRAIN.jsonl --out FOLDER`.

Each word that is often enough the head of a cue in the training articles becomes a word of the lexicon; a logistic
regression (AdaGrad, two rounds) then weighs the word, its stem and what stands around it (`cues.signs`). Words and
signs are written as tables of log-odds. Choices are made with `--hold`; what is shipped is learned from all
articles. The head of a cue is its word with the highest share of cue uses.
"""

import argparse
import hashlib
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import snowballstemmer
from benchmarks.statements import Document, make_article, read_documents

from retold.language.sentences import split_sentences
from retold.statements import cues
from retold.statements.context import SentenceContext, read_sentence, words_of
from retold.statements.quotations import find_quotations, paragraphs

_ROUNDS = 2
_STEP = 0.25
_SHRINK = 2e-3  # swept with the rounds on a held tenth: linked F1 52.7 with 2 rounds at 2e-3, 52.0 with 6 at 8e-3
_FEWEST_SEEN = 4  # a sign must be seen this often
_FEWEST_HEADS = 3
_LEAST_MOVED = 0.15  # signs that move less are left out of the table


class Example(NamedTuple):
    """One use of a lexicon word: what can be seen there, and whether it heads a cue."""

    signs: list[str]
    is_cue: bool


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `cues` to the trainings."""
    parser = commands.add_parser("cues", help="learn the cue tables from training articles")
    parser.add_argument("--data", type=Path, required=True, help="JSONL with doc_id, text, attributions")
    parser.add_argument("--out", type=Path, required=True, help="folder for cue_words.tsv and cue_signs.tsv")
    parser.add_argument("--hold", action="store_true", help="leave out the tenth that is held apart for choosing")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Learn the tables and write them."""
    documents = [one for one in read_documents(options.data) if not (options.hold and is_held(one.id))]
    write_cue_tables(documents, options.out)
    return 0


def write_cue_tables(documents: Sequence[Document], folder: Path) -> None:
    """Learn the cue tables from documents and write them into a folder."""
    sentences = [read_sentences(document) for document in documents]
    totals = Counter(word for sentence in chain(*sentences) for word in sentence.lower)
    in_cues = [cue_words(*pair) for pair in zip(documents, sentences, strict=True)]
    inside = Counter(word for cues_of_one in in_cues for cue in cues_of_one for word in {s.lower[i] for s, i in cue})
    heads = [[max(cue, key=lambda at: _share(at, inside, totals)) for cue in one] for one in in_cues]
    uses = Counter(sentence.lower[place] for found in heads for sentence, place in found)
    stem = snowballstemmer.stemmer("english").stemWord
    stems = {word: stem(word) for word in totals}
    lexicon = choose_words(uses, totals, stems)
    examples = list(make_examples(sentences, heads, lexicon, stems))
    weights = learn(examples)
    write_tables(folder, weights, sorted(lexicon), uses, totals, stems)


def is_held(identity: str) -> bool:
    """Whether a document belongs to the tenth that is held apart for choosing."""
    return int(hashlib.sha256(identity.encode()).hexdigest(), 16) % 10 == 0


def read_sentences(document: Document) -> list[SentenceContext]:
    """The sentences of a document as the rules see them."""
    stretches = paragraphs(make_article(document.text))
    quotations = find_quotations(document.text, stretches)
    outer = [span for quotation in quotations if not quotation.nested for span in quotation.spans]
    return [
        read_sentence(document.text, span, [one for one in outer if one.start < span.end and one.end > span.start])
        for stretch in stretches
        for span in split_sentences(document.text, *stretch)
    ]


_Place = tuple[SentenceContext, int]


def cue_words(document: Document, sentences: Sequence[SentenceContext]) -> list[list[_Place]]:
    """The words of each gold cue that are no function words; cues of function words alone are left out."""
    places = {token.start: (sentence, place) for sentence in sentences for place, token in enumerate(sentence.tokens)}
    found = []
    for one in document.gold:
        inside = [places[at] for start, end in one.cue for at in range(start, end) if at in places]
        words = [(sentence, place) for sentence, place in inside if _may_head(sentence, place)]
        if words:
            found.append(words)
    return found


def _share(at: _Place, inside: Mapping[str, int], totals: Mapping[str, int]) -> float:
    """How large a share of a word's uses stands in cues, shrunk so that a word seen once does not win."""
    word = at[0].lower[at[1]]
    return (inside[word] + 0.5) / (totals[word] + 5)


def _may_head(sentence: SentenceContext, place: int) -> bool:
    function_word = sentence.classes[place] in ("DET", "POSS", "PRON", "AUX", "OBJ", "ADV", "CONJ", "to", "that", "who")
    preposition = sentence.lower[place] in words_of("preposition") - {"against"}
    return sentence.tokens[place].is_word and not function_word and not preposition


def choose_words(uses: Mapping[str, int], totals: Mapping[str, int], stems: Mapping[str, str]) -> set[str]:
    """The words whose stem, or which themselves, head a cue often enough."""
    stem_uses: Counter[str] = Counter()
    stem_totals: Counter[str] = Counter()
    for word, total in totals.items():
        stem_uses[stems[word]] += uses.get(word, 0)
        stem_totals[stems[word]] += total

    def chosen(word: str) -> bool:
        stem = stems[word]
        by_stem = stem_uses[stem] >= _FEWEST_HEADS and stem_uses[stem] >= 0.05 * stem_totals[stem]
        by_word = uses.get(word, 0) >= _FEWEST_HEADS and uses[word] >= 0.03 * totals[word]
        return by_stem or by_word

    return {word for word in totals if word.isalpha() and word not in words_of("auxiliary") and chosen(word)}


def make_examples(
    sentences: Iterable[Sequence[SentenceContext]],
    heads: Iterable[Sequence[_Place]],
    lexicon: set[str],
    stems: Mapping[str, str],
) -> Iterable[Example]:
    """One example for each use of a lexicon word."""
    for own_sentences, own_heads in zip(sentences, heads, strict=True):
        marked = {(sentence.span.start, place) for sentence, place in own_heads}
        for sentence in own_sentences:
            for place, word in enumerate(sentence.lower):
                if word in lexicon:
                    seen = [f"W {word}", f"T {stems[word]}", *cues.signs(sentence, place)]
                    yield Example(seen, (sentence.span.start, place) in marked)


def learn(examples: Sequence[Example]) -> dict[str, float]:
    """Log-odds of each sign, by logistic regression. The same examples give the same weights."""
    seen = Counter(sign for example in examples for sign in example.signs)
    kept = [Example([sign for sign in one.signs if seen[sign] >= _FEWEST_SEEN], one.is_cue) for one in examples]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(float)
    order = random.Random(7)
    for _ in range(_ROUNDS):
        order.shuffle(kept)
        for example in kept:
            score = sum(weights[sign] for sign in example.signs)
            error = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - example.is_cue
            for sign in example.signs:
                slope = error + _SHRINK * weights[sign]
                squares[sign] += slope * slope
                weights[sign] -= _STEP * slope / math.sqrt(squares[sign] + 1e-2)
    return dict(weights)


def write_tables(
    folder: Path,
    weights: Mapping[str, float],
    lexicon: Sequence[str],
    uses: Mapping[str, int],
    totals: Mapping[str, int],
    stems: Mapping[str, str],
) -> None:
    """Write `cue_words.tsv` and `cue_signs.tsv`."""
    rows = [
        f"{word}\t{uses.get(word, 0)}\t{totals[word]}\t"
        f"{weights.get('W ' + word, 0.0) + weights.get('T ' + stems[word], 0.0):.2f}"
        for word in lexicon
    ]
    (folder / "cue_words.tsv").write_text("\n".join([_WORDS_HEADER, *rows, ""]), "utf-8")
    signs = [
        f"{sign}\t{weight:.2f}"
        for sign, weight in sorted(weights.items())
        if sign[:2] not in ("W ", "T ") and abs(weight) >= _LEAST_MOVED and '"' not in sign
    ]
    (folder / "cue_signs.tsv").write_text("\n".join([_SIGNS_HEADER, *signs, ""]), "utf-8")


_WORDS_HEADER = """\
# Words that can be the head of a cue, learned by `python -m training cues` from the PolNeAR 1.0 training
# articles. cues: how often each is one there; total: how often it stands there at all; evidence: log-odds
# that the word and its stem add (see cue_signs.tsv). Forms that are rarely a cue share what was learned of their stem.
word\tcues\ttotal\tevidence"""

_SIGNS_HEADER = """\
# What the surroundings of a word add for or against its being a cue, in log-odds, learned with cue_words.tsv. Signs
# that move less than 0.15 are left out.
sign\tevidence"""
