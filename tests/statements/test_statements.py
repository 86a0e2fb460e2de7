"""Texts with their answer marked inside: [S:source] [Q:cue] [C:content]."""

import hashlib
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.article import Article, Block, BlockKind, Span
from retold.language.tables import read_table
from retold.statements import Statement, find_entities, find_statements
from retold.statements.find import read_article
from retold.statements.shipped import load_network

_TAG = re.compile(r"\[([SQC]):|\[\[|\]\]|\]")


def make_article(text: str, published: str | None = None, headline: bool = False) -> Article:
    """An article whose every non-empty line is a block."""
    blocks: list[Block] = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            kind: BlockKind = "headline" if headline and not blocks else "body"
            blocks.append(Block(kind=kind, start=start, end=start + len(line), reason="a line", how="test"))
        start += len(line) + 1
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(
        id=digest[:12],
        input="test",
        sha256=digest,
        text=text,
        published=published,
        blocks=tuple(blocks),
        origin=(),
        how="test",
    )


def read_marks(marked: str) -> tuple[str, dict[str, list[str]]]:
    """The text without its marks, and the marked words by role."""
    text, open_at, found = "", [], {"S": [], "Q": [], "C": []}  # type: ignore[var-annotated]
    place = 0
    for match in _TAG.finditer(marked):
        text += marked[place : match.start()]
        place = match.end()
        if match.group(1):
            open_at.append((match.group(1), len(text)))
        elif match.group() == "]" and open_at:
            role, start = open_at.pop()
            found[role].append(text[start:])
        else:
            text += match.group()[0]
    return text + marked[place:], found


def words(article: Article, spans: tuple[Span, ...]) -> list[str]:
    return [article.text[start:end] for start, end in spans]


ONE_STATEMENT = [
    "[S:Ms Dovic] [Q:said] [C:that the harbour would stay open].",
    "[C:“The harbour stays open,”] [S:Ms Dovic] [Q:said].",
    "[C:“The harbour stays open,”] [Q:said] [S:Amara Dovic, the islands’ chief envoy].",
    '[C:"The harbour stays open,"] [S:she] [Q:said].',
    "[C:‘We don’t close harbours,’] [S:she] [Q:said].",
    "[C:“We wait,”] [S:she] [Q:said]. [C:“We always wait.”]",
    "[S:She] [Q:said]: [C:“We wait. We always wait.”]",
    "[C:The harbour will stay open], [Q:according] to [S:two officials].",
    "[S:Dovic] [Q:told] reporters [C:that the talks had failed].",
    "[C:The talks], [S:she] [Q:said], [C:had failed at dawn].",
    "[S:Some reports] [Q:suggested] [C:the talks had failed].",
    "[S:Mr Brandt] [Q:said] [C:“no deal” was done].",
    "[C:“He told us ‘never’ twice,”] [S:Ms Dovic] [Q:said].",
    "[C:“These ports, [[that have]] always been ours … stay ours,”] [S:Ms Dovic] [Q:said].",
]


@pytest.mark.parametrize("marked", ONE_STATEMENT)
def test_source_cue_and_content(marked: str) -> None:
    text, answer = read_marks(marked)
    article = make_article(text)
    own = [one for one in find_statements(article) if one.parent is None]
    assert len(own) == 1
    assert words(article, own[0].source) == answer["S"]
    assert words(article, own[0].content) == answer["C"]


NO_STATEMENT = [
    "The so-called “harbour tax” was paid on Friday.",
    "The ministers’ ferry left at six.",
    "It rained over the bay.",
    "",
]


@pytest.mark.parametrize("text", NO_STATEMENT)
def test_scare_quotes_and_plain_sentences_are_no_statements(text: str) -> None:
    assert find_statements(make_article(text)) == ()


def first(text: str, published: str | None = None) -> tuple[Article, Statement]:
    article = make_article(text, published)
    return article, find_statements(article)[0]


SCENE = "Chief envoy Amara Dovic and minister Teo Brandt arrived on Friday. "


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (SCENE + "Ms Dovic said the talks had failed.", ["Amara Dovic"]),
        (SCENE + "Both said the talks had failed.", ["Amara Dovic", "Teo Brandt"]),
        (SCENE + "The envoy said the talks had failed.", ["Amara Dovic"]),
        (SCENE + "Dovic and Brandt said the talks had failed.", ["Amara Dovic", "Teo Brandt"]),
        (SCENE + "He said the talks had failed.", [None]),
        (SCENE + "Some officials said the talks had failed.", [None]),
        ("Amara Dovic smiled. She said the talks had failed.", ["Amara Dovic"]),
    ],
)
def test_speakers(text: str, names: list[str | None]) -> None:
    statement = find_statements(make_article(text))[-1]
    assert [speaker.name for speaker in statement.speakers] == names


def test_a_speaker_has_the_role_of_the_article() -> None:
    statement = find_statements(make_article(SCENE + "Ms Dovic said the talks had failed."))[-1]
    assert [(one.role, one.kind) for one in statement.speakers] == [("Chief envoy", "person")]


def test_a_quotation_over_paragraphs_is_one_statement_and_the_next_one_is_carried_over() -> None:
    text = "“First,” Amara Dovic told the Bay Times.\n\n“Second\n\n“and third.”\n\n“Fourth, we wait here.”"
    article = make_article(text)
    found = find_statements(article)
    assert [words(article, one.content) for one in found] == [
        ["“First,”"],
        ["“Second", "“and third.”"],
        ["“Fourth, we wait here.”"],
    ]
    assert [[speaker.name for speaker in one.speakers] for one in found] == [["Amara Dovic"]] * 3
    assert found[1].speakers[0].mention is None
    assert [one.channel for one in found] == ["the Bay Times", None, None]


def test_hearsay_has_a_parent() -> None:
    article = make_article("Ms Dovic said that Mr Brandt had promised to reopen the port.")
    outer, inner = find_statements(article)
    assert inner.parent == outer.id
    assert outer.parent is None


@pytest.mark.parametrize(
    ("text", "channel", "addressee"),
    [
        ("Dovic told NBC that talks had failed.", "NBC", None),
        ("Dovic told reporters that talks had failed.", None, "reporters"),
        ("“Talks failed,” Dovic said in an interview with Bay Radio.", "Bay Radio", None),
        ("“Talks failed,” Dovic wrote on X.", "X", None),
        ("Dovic said talks had failed.", None, None),
    ],
)
def test_channel_and_addressee(text: str, channel: str | None, addressee: str | None) -> None:
    article, statement = first(text)
    assert (statement.channel, statement.addressee) == (channel, addressee)
    for value, span in ((channel, statement.channel_words), (addressee, statement.addressee_words)):
        assert (None if span is None else article.text[slice(*span)]) == value


def test_the_day_of_saying_is_worked_out_from_the_publication_day() -> None:
    _, statement = first("Dovic said on Sunday that talks had failed.", published="2025-08-19")
    assert (statement.said_on, statement.said_on_basis) == ("2025-08-17", "relative")
    article, open_day = first("Dovic said on Sunday that talks had failed.")
    assert (open_day.said_on, open_day.said_on_basis) == (None, "unknown")
    assert open_day.said_on_words is not None
    assert article.text[slice(*open_day.said_on_words)].endswith("Sunday")


def test_ids_are_stable_and_differ() -> None:
    article = make_article("“A port,” she said.\n\nHe said that it rained.")
    found = find_statements(article)
    assert [one.id for one in found] == [one.id for one in find_statements(article)]
    assert len({one.id for one in found}) == len(found)
    assert all(one.id.startswith(article.id + "-") for one in found)


_PIECES = [
    "“",
    "”",
    '"',
    "‘",
    "’",
    "'",
    "said",
    "Ms Dovic",
    "he",
    ",",
    ".",
    "that",
    "told",
    "both",
    "\n\n",
    "on Sunday",
]
_PIECES += [
    "according to",
    "the port",
    "…",
    "?",
    ":",
    "(",
    ")",
    "who",
    "denied",
    "saying",
    "to",
    "by",
    "was",
    "’s",
    "—",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40), st.sampled_from([" ", ""]))
def test_any_text_gives_spans_inside_its_blocks(pieces: list[str], glue: str) -> None:
    article = make_article(glue.join(pieces), published="2025-08-19")
    blocks = article.own_blocks()
    for one in find_statements(article):
        assert one.content
        assert 0 <= one.confidence <= 1
        for start, end in (*one.source, *one.cue, *one.content):
            assert any(block.start <= start < end <= block.end for block in blocks)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_no_text_crashes(text: str) -> None:
    find_statements(make_article(text))


@pytest.mark.parametrize(
    "piece", ["“", "said ", "He said that ", "He said “no.” ", '"a" ', "Ada Venn ", "“He said\n", "x, "]
)
def test_much_garbage_does_not_hang(piece: str) -> None:
    """Time grows with the text: the network reads at least a thousand characters a second, whatever they are."""
    article = make_article(piece * (30_000 // len(piece)))
    began = time.process_time()
    find_statements(article)
    assert time.process_time() - began < 30


@pytest.mark.parametrize(
    ("name", "key"), [("cue_words.tsv", "word"), ("cue_signs.tsv", "sign"), ("word_sets.tsv", "set")]
)
def test_data_files_hold_each_key_once(name: str, key: str) -> None:
    keys = [row[key] for row in read_table("retold.statements", name)]
    assert len(keys) == len(set(keys))


def test_reading_marks() -> None:
    assert read_marks("[S:a] b [[c]].") == ("a b [c].", {"S": ["a"], "Q": [], "C": []})


def test_an_article_is_read_once_for_statements_and_entities() -> None:
    article = make_article("Quella Orr met Teo Venn in Lethe. Ms Orr said that it had rained.")
    reading = read_article(article, load_network(fast=False))
    assert reading.entities == find_entities(article)
    assert reading.statements == find_statements(article)
    assert [(one.name, len(one.mentions)) for one in reading.entities if one.kind == "person"] == [
        ("Quella Orr", 2),
        ("Teo Venn", 1),
    ]
