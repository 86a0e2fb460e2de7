"""How well Retold tells which statements of one story report one utterance, and how each telling departs from it.

Labels: `benchmarks/labels/retellings.jsonl` (their README says how they were made). Links are counted between
statements that both the labels and Retold have, so that what the tagger misses does not count here. A relation is
right where the link is in both and has the label's relation.
Peer: two statements are linked where the words of their contents overlap (Jaccard) as much as does best on the stories
for mending.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.examples import iou, letters
from retold.article import Article, Span
from retold.collation import Collator, Link, Witness, make_witness
from retold.language.words import words_in
from retold.reading import read_text
from retold.statements import find_statements

LABELS = Path(__file__).parent / "labels"
_SAME_STATEMENT = 0.6
_CUTS = [at / 20 for at in range(2, 16)]

Pair = frozenset[str]


class Told(NamedTuple):
    """One statement of a report."""

    doc_id: str
    content: tuple[Span, ...]


class Story(NamedTuple):
    """A labelled story: its reports by doc_id, its statements by their label ids, and the relation of each link."""

    name: str
    reports: Mapping[str, Article]
    statements: Mapping[str, Told]
    links: Mapping[Pair, str]


class Score(NamedTuple):
    """How many links were wanted, found and right; of the right, how many relations."""

    wanted: int
    found: int
    right: int
    relations: int

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return (
            f"links {self.wanted:4d}  precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  "
            f"relation right {self.relations / max(1, self.right):.3f}"
        )


def read_stories(labels: Path, data: Path) -> list[Story]:
    """The labelled stories with their texts. Raises ValueError where a text is another than the labelled one."""
    return [_story(json.loads(line), data) for line in labels.read_text("utf-8").splitlines()]


def _story(row: Mapping[str, Any], data: Path) -> Story:
    path = data / "stories" / f"{row['collection']}.jsonl"
    texts = {
        one["doc_id"]: one["text"]
        for one in map(json.loads, path.read_text("utf-8").splitlines())
        if one["doc_id"] in row["text_sha256"]
    }
    reports = {name: read_text(texts[name], name=name) for name in row["text_sha256"]}
    for name, wanted in row["text_sha256"].items():
        if reports[name].sha256 != wanted:
            raise ValueError(f"{path}: {name} has SHA-256 {reports[name].sha256}, labelled was {wanted}")
    statements = {
        one["id"]: Told(one["doc_id"], tuple(Span(*span) for span in one["content"])) for one in row["statements"]
    }
    links = {frozenset((link["from"], link["to"])): link["relation"] for link in row["links"]}
    return Story(row["story_id"], reports, statements, links)


def witnesses_of(story: Story) -> list[Witness]:
    """The reports of a story prepared for comparison, with the statements Retold finds in them."""
    return [make_witness(report, find_statements(report)) for report in story.reports.values()]


def links_of(witnesses: Sequence[Witness]) -> list[Link]:
    """All links between and within the reports."""
    collator = Collator()
    pairs = [*combinations(witnesses, 2), *((one, one) for one in witnesses)]
    return [link for a, b in pairs for link in collator.links(a, b)]


def names_of(story: Story, witnesses: Sequence[Witness]) -> dict[str, str]:
    """Label id of each found statement that is a labelled one, by the found id."""
    names = {}
    for witness in witnesses:
        own = {name: told for name, told in story.statements.items() if story.reports[told.doc_id] is witness.article}
        for found in witness.statements:
            place = letters(witness.article, found.content)
            likeness = {name: iou(place, letters(witness.article, told.content)) for name, told in own.items()}
            best = max(likeness, key=lambda name: likeness[name], default=None)
            if best is not None and likeness[best] >= _SAME_STATEMENT:
                names[found.id] = best
    return names


def score(story: Story, found: Mapping[Pair, str], known: Iterable[str]) -> Score:
    """Links found (between label ids) against those wanted between statements that were found at all."""
    present = set(known)
    wanted = {pair: relation for pair, relation in story.links.items() if pair <= present}
    right = wanted.keys() & found.keys()
    return Score(len(wanted), len(found), len(right), sum(wanted[pair] == found[pair] for pair in right))


def found_links(links: Iterable[Link], names: Mapping[str, str]) -> dict[Pair, str]:
    """The relation of each link between labelled statements."""
    found: dict[Pair, str] = {}
    for link in links:
        if link.fuller in names and link.other in names:
            pair = frozenset((names[link.fuller], names[link.other]))
            if len(pair) > 1:
                found[pair] = link.relation
    return found


def overlaps(story: Story) -> dict[Pair, float]:
    """Jaccard overlap of the words of each two statements."""
    words = {
        name: {w.norm for w in words_in(story.reports[told.doc_id].text, told.content) if w.content}
        for name, told in story.statements.items()
    }
    pairs = combinations(words, 2)
    return {
        frozenset((one, other)): len(words[one] & words[other]) / max(1, len(words[one] | words[other]))
        for one, other in pairs
    }


def add_command(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Register `python -m benchmarks retellings`."""
    parser = commands.add_parser("retellings", help=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the folder with stories/")
    parser.add_argument("--for-mending", action="store_true", help="the stories that rules may be mended on, instead")
    parser.add_argument("--errors", action="store_true", help="print each link missed, false or of another relation")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the figures by story and together, beside the peer's."""
    name = "retellings_for_mending.jsonl" if options.for_mending else "retellings.jsonl"
    stories = read_stories(LABELS / name, options.data)
    cut = _best_cut(read_stories(LABELS / "retellings_for_mending.jsonl", options.data))
    totals, peers = [], []
    for story in stories:
        witnesses = witnesses_of(story)
        names = names_of(story, witnesses)
        found = found_links(links_of(witnesses), names)
        totals.append(score(story, found, names.values()))
        peers.append(_peer(story, cut))
        print(f"{story.name:<38} {totals[-1]}")
        if options.errors:
            _print_errors(story, found, names.values())
    print(f"{'Retold, all':<38} {_sum(totals)}")
    print(f"{f'word overlap of {cut}, all':<38} {_sum(peers)}")
    without = [one for one, story in zip(totals, stories, strict=True) if "newswcl50" not in story.name]
    print(f"{'Retold, stories of BASIL':<38} {_sum(without)}")
    return 0


def _sum(scores: Iterable[Score]) -> Score:
    return Score(*map(sum, zip(*scores, strict=True)))


def _peer(story: Story, cut: float) -> Score:
    found = {pair: "reworded" for pair, overlap in overlaps(story).items() if overlap >= cut}
    return score(story, found, story.statements)


def _best_cut(stories: Sequence[Story]) -> float:
    def f1(cut: float) -> float:
        total = _sum(_peer(story, cut) for story in stories)
        return 2 * total.right / (total.found + total.wanted)

    return max(_CUTS, key=f1)


def _print_errors(story: Story, found: Mapping[Pair, str], known: Iterable[str]) -> None:
    present = set(known)
    for pair in sorted({*found, *(one for one in story.links if one <= present)}, key=sorted):
        wanted, got = story.links.get(pair), found.get(pair)
        if wanted != got:
            one, other = sorted(pair)
            print(f"  wanted {wanted}, found {got}")
            for name in (one, other):
                told = story.statements[name]
                print(f"    {name}: {story.reports[told.doc_id].words(told.content)!r}")
    counts = Counter((story.links[pair], found[pair]) for pair in story.links.keys() & found.keys())
    print("  ", dict(counts))
