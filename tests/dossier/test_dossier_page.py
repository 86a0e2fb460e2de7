"""The page: what it holds, and that no text of an article can become anything but text."""

import base64
import hashlib
import re
import time
from html.parser import HTMLParser
from itertools import pairwise

import msgspec
import pytest
from invented_dossier import COURIER, HOW, TIDE, make_article, make_dossier, passage, said, words_of

from retold.article import Problem, Span
from retold.dossier.correction import Correction
from retold.dossier.dossier import Dossier, Finding, Made
from retold.dossier.page import render_page
from retold.ledger.position import EntryWords
from retold.lineage.lineage import Edge, Lineage, Node

VOID = {"meta", "br", "link", "input", "hr", "img"}
SVG_EMPTY = {"path", "rect", "marker"}


class Reader(HTMLParser):
    """Reads a page strictly: every tag closed in order, ids, links, texts, and what lies in style and script."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.raw: dict[str, list[str]] = {"style": [], "script": []}
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"an attribute twice in {tag}"
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]].append(data)
        else:
            self.text.append(data)

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]

    @property
    def words(self) -> str:
        return " ".join(" ".join(self.text).split())


def empty(**fields: object) -> Dossier:
    known: dict[str, object] = {
        name: () for name in Dossier.__struct_fields__ if name not in ("format", "made", "lineage")
    }
    made = Made(version="0.1.0", at="2031-03-13T08:00:00Z", models=())
    return Dossier(made=made, **{**known, "lineage": Lineage(nodes=(), edges=(), how=HOW), **fields})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def page() -> Reader:
    return Reader(render_page(make_dossier()))


def test_every_section_is_there_with_a_heading_of_its_own(page: Reader) -> None:
    names = {"findings", "lineage", "side-by-side", "who", "stand", "time", "changes", "reports-whole", "reading-guide"}
    assert names <= {attrs.get("id") for tag, attrs in page.tags if tag == "section"}
    assert sum(tag == "h1" for tag, _ in page.tags) == 1
    assert [tag for tag, _ in page.tags].count("main") == 1
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_link_leads_somewhere_and_every_id_is_given_once(page: Reader) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    fragments = [href[1:] for href in page.values("href") if href.startswith("#")]
    assert len(fragments) > 40
    assert set(fragments) <= set(ids)
    for attribute in ("aria-labelledby", "for"):
        assert set(page.values(attribute)) <= set(ids)


def test_keys_of_links_are_keys_of_words(page: Reader) -> None:
    """Whatever a finding points at lights up in the whole report."""
    linked = {key for tag, a in page.tags if tag == "a" and (a.get("class") or "").startswith("inwords") for key in (a["data-k"] or "").split()}  # fmt: skip  # noqa: E501
    marked = {key for tag, a in page.tags if "words" not in (a.get("class") or "") for key in (a.get("data-k") or "").split()}  # fmt: skip  # noqa: E501
    assert linked
    assert linked <= marked


@pytest.mark.parametrize(
    "words",
    [
        "Stronger than its source: B has “ was forced to ”",
        "credited, not among the reports",
        "A · The Harrow Courier",
        "derives from A · The Harrow Courier, or from its source: 75 % of the words of B .",
        "12 March 2031, from its metadata",
        "date unknown",
        "1 caption, 1 credit line, 1 teaser, 1 piece of furniture",
        "because it is teaser",
        "the condition is gone",
        "Not found, or not wholly, in the other report",
        "Closest: A ¶4 The first round of talks",
        "could not be read empty.txt the file is empty",
        "Harbour tolls",
        "▲ for 11 Mar 2031 new 1 row condition: if the ferries run at night",
        "Named, but the day cannot be worked out",
        "channel: Radio Telmar",
    ],
)
def test_the_page_says(page: Reader, words: str) -> None:
    assert words.replace(" .", ".") in page.words


def test_brusk_and_ana_brusk_are_one_speaker() -> None:
    assert re.search(r"<h3>Ana Brusk</h3>", render_page(make_dossier()))
    assert "<h3>Brusk</h3>" not in render_page(make_dossier())


def test_two_fuller_names_leave_the_short_one_alone() -> None:
    other = make_article([("body", "Otto Brusk said no. “We wait,” Brusk said.")], input="other.txt")
    statements = (
        said(COURIER, 1, "Ana Brusk", "Minister Ana Brusk", "said", "The envoys of Varenia"),
        said(other, 2, "Otto Brusk", "Otto Brusk", "said", "no"),
        said(other, 3, "Brusk", "Brusk", "said", "“We wait,”"),
    )
    html = render_page(empty(articles=(COURIER, other), statements=statements))
    assert all(f"<h3>{name}</h3>" in html for name in ("Ana Brusk", "Otto Brusk", "Brusk"))


def test_differing_words_are_marked_and_typed_changes_named() -> None:
    html = render_page(make_dossier())
    row = html[html.index('id="row-3"') : html.index("</article>", html.index('id="row-3"'))]
    assert '<span class="only touched c-number">12</span>' in row
    assert '<span class="only touched c-number">20</span>' in row
    assert "<b>number</b>" in row


def test_a_finding_can_be_copied_with_its_places(page: Reader) -> None:
    reference = page.values("data-ref")[1]
    assert reference.startswith("Finding 2 (altered, likely): Stronger than its source")
    assert f"B ¶1, characters 35–48 of {TIDE.input}: was forced to" in reference
    assert TIDE.sha256 in reference
    assert "f-2 · Retold 0.1.0" in reference


def test_words_lead_back_to_their_findings() -> None:
    """From a finding to the words and back: in the margin of the report and beside the aligned row."""
    html = render_page(make_dossier())
    row = html[html.index('id="row-1"') : html.index("</article>", html.index('id="row-1"'))]
    paragraph = html[html.index('id="B.35"') : html.index("</div>", html.index('id="B.35"'))]
    assert '<a href="#finding-2">2</a>' in row
    assert '<a href="#finding-2">2</a>' in paragraph


def test_a_megabyte_of_garbage_does_not_hang() -> None:
    garbage = make_article([("body", "(“'\x00\u202e]" * 60_000), ("body", "x\n" * 60_000)], input="garbage.txt")
    started = time.perf_counter()
    render_page(
        empty(
            articles=(garbage, COURIER),
            passages=(passage(1, words_of(garbage, "x"), words_of(COURIER, "toll"), "reworded"),),
        )
    )
    assert time.perf_counter() - started < 5


def test_nothing_is_asked_of_anywhere(page: Reader) -> None:
    """No element that loads, and a policy that allows the one style and the one script by hash."""
    (policy,) = [a["content"] or "" for tag, a in page.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    for kind in ("style", "script"):
        (source,) = page.raw[kind] if len(page.raw[kind]) == 1 else ["".join(page.raw[kind])]
        digest = base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert not {"img", "link", "iframe", "object", "embed", "video", "audio", "base"} & {tag for tag, _ in page.tags}
    assert not page.values("src")
    assert not any(name.startswith("on") or name == "style" for _, attrs in page.tags for name in attrs)
    assert "@import" not in page.raw["style"][0]
    assert "url(" not in "".join(page.raw["style"])
    assert "fetch(" not in "".join(page.raw["script"])


HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(2)</script>",
    "</script><img src=x onerror=alert(3)>",
    '" onmouseover="alert(4)" x=\'',
    "{{ 7 * 7 }} {% raw %} ${7*7} &lt;b&gt; &amp;",
    "<!-- --!> ]]> <![CDATA[",
    "\u202egnp.exe\u2066 \0 \x1b[2J \x08 \ufeff",
    "w" * 20_000,
    "javascript:alert(5)",
]


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(hostile: str) -> None:
    html = render_page(hostile_dossier(hostile))
    reader = Reader(html)
    plain = Reader(render_page(hostile_dossier(" ".join("p" * len(word) for word in hostile.split()))))
    # Names in the drawing are broken into lines by their length, and what was made visible is longer.
    shapes = [[(tag, sorted(attrs)) for tag, attrs in page.tags if tag != "text"] for page in (reader, plain)]
    assert shapes[0] == shapes[1]
    assert {"class", "x", "y", "text-anchor"} >= {name for tag, attrs in reader.tags if tag == "text" for name in attrs}
    assert not re.search("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", html)
    assert not any(href.lower().lstrip().startswith("javascript:") for href in reader.values("href"))
    html.encode()


def hostile_dossier(words: str) -> Dossier:
    """A dossier in which every text that comes from outside is `words`."""
    first = make_article(
        [("headline", words), ("body", words), ("caption", words)],
        input=words, title=words, outlet=words, author=words, url=words, published=words,
    )  # fmt: skip
    second = make_article([("body", f"{words} again")], input=words, url=f"javascript:{words}")
    evidence = words_of(first, words)
    statement = said(
        first, 1, words, words, words, words, role=words, channel=words, addressee=words, said_on=words
    )  # fmt: skip
    template = make_dossier()
    entry = msgspec.structs.replace(
        template.ledger[0], actor=words, organization=words, recipient=words, concept=words, condition=words,
        statement=None, evidence=template.ledger[0].evidence.__class__(first.id, evidence.spans[0]),
    )  # fmt: skip
    entry = msgspec.structs.replace(
        entry, speaker=words, channel=words, consequence=words,
        words=EntryWords(act=evidence.spans[0], actor=Span(0, 1), condition=evidence.spans[0]),
    )  # fmt: skip
    position = msgspec.structs.replace(
        template.positions[0], actor=words, value="for", condition=words, contradicted_by=(entry.id,),
        proof=(entry.id, entry.id),
    )  # fmt: skip
    later = msgspec.structs.replace(position, id="q-2", since="2031-03-12", change="hardened")
    happening = msgspec.structs.replace(template.timeline[0], what=words, when=words, date=words, evidence=())
    return empty(
        articles=(first, second),
        statements=(statement,),
        passages=(passage(1, evidence, words_of(second, words), "reworded"),),
        lineage=Lineage(
            nodes=(
                Node(id=words, article=None, label=words, evidence=(), how=words),
                Node(id="second", article=second.id, label=words, evidence=(), how=words),
            ),
            edges=(Edge(source=words, derivative="second", share=None, direction="likely", evidence=(), how=words),),
            how=words,
        ),
        ledger=(entry,),
        positions=(position, later),
        corrections=(
            Correction(id=entry.id, verdict="edit", set={"recipient": words}, note=words, by=words, at=words),
            Correction(id=words, verdict="reject", note=words, at=words),
        ),
        timeline=(happening,),
        findings=(Finding(id=words, kind="altered", text=words, rows=(), evidence=(evidence,), how=words),),
        problems=(Problem(level="error", input=words, reason=words, how=words),),
    )


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://tide.example/toll", True),
        ("http://tide.example/", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        ("data:text/html,hello", False),
        ("https:evil", False),
        ("//tide.example/toll", False),
        (" https://tide.example/toll", False),
        ("https://tide.example/\u202etoll", False),
        ("http://[broken", False),
    ],
)
def test_only_plain_addresses_become_links(url: str, linked: bool) -> None:
    article = make_article([("body", "A boat came in.")], url=url)
    reader = Reader(render_page(empty(articles=(article,))))
    assert (url in reader.values("href")) is linked


def test_a_dossier_of_nothing_is_a_page() -> None:
    assert "Nothing was found to report" in Reader(render_page(empty())).words


def test_one_report_alone_is_a_page() -> None:
    reader = Reader(render_page(empty(articles=(COURIER,))))
    assert "a comparison needs two reports" in reader.words
    assert "Ten soups for a cold evening" in reader.words


def test_the_same_dossier_gives_the_same_page() -> None:
    assert render_page(make_dossier()) == render_page(make_dossier())
