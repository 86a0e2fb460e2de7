"""Dossiers whose lineage has every kind of node and edge, and text that tries to break what it is written into."""

import msgspec
from hypothesis import strategies as st
from tests.dossier.invented_dossier import COURIER, HOW, TIDE, make_article, make_dossier, words_of

from retold.article import Article
from retold.dossier.dossier import Dossier
from retold.lineage.lineage import Argument, Edge, Lineage, Node

HARBOUR = make_article([("body", "The harbour toll will be lowered, both sides said.")], input="harbour.txt")

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40) | st.sampled_from(
    [
        "]]>",
        "<!--",
        "&amp;",
        "\x00\x0b\x1b[31m",
        "\ud800",
        "\ufffe\uffff",
        "prov:Plan",
        "_:b1",
        "%41",
        "\u202eevil",
        "\r\n",
    ]
)
"""Any text there can be, lone surrogates and control characters too."""


def open_dossier() -> Dossier:
    """Three reports: B derives from A; A and C share words without a direction; A credits one original, B and C need
    another that nobody names."""
    shared = Argument(
        kind="shared_words",
        note="they have matching sentences",
        evidence=(words_of(COURIER, "harbour toll"), words_of(HARBOUR, "harbour toll")),
        how=HOW,
    )
    needed = Argument(kind="lost_original", note="each has in full what the other has in part", evidence=(), how=HOW)
    whole = make_dossier()
    nodes = (
        *whole.lineage.nodes,
        Node(id="n-c", article=HARBOUR.id, label="harbour.txt", evidence=(), how=HOW),
        Node(id="lost-b-c", article=None, label="lost original", evidence=(needed,), how=HOW, confidence=0.8),
    )
    edges = (
        *whole.lineage.edges,
        Edge(source="n-a", derivative="n-c", share=0.18, direction="unknown", evidence=(shared,), how=HOW),
        Edge(source="lost-b-c", derivative="n-b", share=None, direction="likely", evidence=(needed,), how=HOW),
        Edge(source="lost-b-c", derivative="n-c", share=None, direction="likely", evidence=(needed,), how=HOW),
    )
    return msgspec.structs.replace(
        whole, articles=(*whole.articles, HARBOUR), lineage=Lineage(nodes=nodes, edges=edges, how=HOW)
    )


def hostile_dossier(text: str) -> Dossier:
    """`open_dossier` with `text` wherever the reports or their authors have a say."""
    whole = open_dossier()
    articles = tuple(_hostile(article, text) for article in whole.articles)
    nodes = tuple(msgspec.structs.replace(node, label=text) for node in whole.lineage.nodes)
    argument = Argument(kind="credit", note=text, evidence=(words_of(TIDE, "Vell"),), how=text)
    edges = tuple(msgspec.structs.replace(edge, evidence=(argument,)) for edge in whole.lineage.edges)
    statements = tuple(
        msgspec.structs.replace(
            statement,
            channel=text,
            speakers=tuple(msgspec.structs.replace(speaker, name=text) for speaker in statement.speakers),
        )
        for statement in whole.statements
    )
    lineage = Lineage(nodes=nodes, edges=edges, how=HOW)
    made = msgspec.structs.replace(whole.made, version=text, at=text, models=(text,))
    return msgspec.structs.replace(whole, made=made, articles=articles, statements=statements, lineage=lineage)


def _hostile(article: Article, text: str) -> Article:
    return msgspec.structs.replace(
        article, title=text, outlet=text, author=text, url=text, text=article.text + text, input=text
    )
