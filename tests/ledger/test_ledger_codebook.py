import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retold.article import Span
from retold.ledger.codebook import Codebook, CodebookError, cue_pattern, parse_codebook, parse_yaml, read_codebook

HEADER = "domain\tcode\tlabel\tPA-X v2 variables\tPLOVER contexts\tcue words"


def book(*rows: str) -> Codebook:
    return parse_codebook("\n".join([HEADER, *rows]) + "\n")


def found(codebook: Codebook, text: str) -> list[tuple[str, str]]:
    return [(m.issue.code, text[slice(*m.span)]) for m in codebook.find(text, [Span(0, len(text))])]


def test_shipped_codebook_reads_and_each_cue_finds_itself() -> None:
    codebook = read_codebook()
    assert len(codebook.issues) >= 40
    for issue in codebook.issues:
        for cue in issue.cues:
            assert cue_pattern(cue).fullmatch(cue), (issue.code, cue)


def test_no_two_shipped_issues_claim_the_same_words_but_those_that_only_the_article_can_settle() -> None:
    cues = [cue.lower() for issue in read_codebook().issues for cue in issue.cues]
    assert {cue for cue in cues if cues.count(cue) > 1} == {"the strike", "a strike"}
    assert found(read_codebook(), "The union ended the strike over wages.") == [
        ("ACTION", "the strike"),
        ("PAY", "wages"),
    ]


def test_shipped_cues_do_not_match_common_words_that_only_begin_alike() -> None:
    text = "according to the report, he waged and damaged, portrayed, stationed, fundamental, reported, watered, gassed"
    assert found(read_codebook(), text) == []


@pytest.mark.parametrize(
    ("cue", "text", "matches"),
    [
        ("tariff", "tariffs", True),
        ("demilitari", "demilitarised", True),
        ("redundanc", "redundancies", True),
        ("swap", "swapping", True),
        ("cede", "ceding", True),
        ("security guarantee", "security guarantees", True),
        ("power sharing", "power-sharing", True),
        ("fund", "fundamental", False),
        ("port", "portrait", False),
        ("POW", "pow", False),
        ("POW", "POWs", True),
        ("people's court", "people’s court", True),
    ],
)
def test_endings(cue: str, text: str, matches: bool) -> None:
    assert bool(cue_pattern(cue).fullmatch(text)) is matches


def test_the_longest_match_wins_then_the_earliest() -> None:
    codebook = book("a\tX\ttalks\t\t\tpeace", "a\tY\tplans\t\t\tpeace plan", "a\tZ\tplanning\t\t\tplan paper")
    assert found(codebook, "the peace plan paper") == [("Y", "peace plan")]


def test_words_that_two_issues_claim_name_the_one_whose_domain_is_spoken_of_or_none() -> None:
    codebook = book("trade\tA\ta\t\t\tquota|tariff", "sea\tB\tb\t\t\tquota|trawler")
    assert found(codebook, "a quota") == []
    assert found(codebook, "a trawler and a quota") == [("B", "trawler"), ("B", "quota")]
    assert found(codebook, "a trawler, a tariff and a quota") == [("B", "trawler"), ("A", "tariff")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("domain\tcode\n", "line 1: the header lacks the column label, cue words"),
        (
            f"{HEADER}\na\tX\tx\t\t\tcue\nb\tX\ty\t\t\tword\n",
            "line 3: the code 'X' is used twice, first in codebook, line 2",
        ),
        (f"{HEADER}\na\tX\tx\n", "line 2: 3 fields, expected 6"),
        (f"# note\n{HEADER}\n\na\tX\t\t\t\tcue\n", "line 4: nothing in the column label"),
        (f"{HEADER}\na\tX\tx\t\t\tcue||word\n", "line 2: a cue word is empty"),
    ],
)
def test_an_unusable_codebook_names_its_row(text: str, message: str) -> None:
    with pytest.raises(CodebookError, match="codebook") as error:
        parse_codebook(text)
    assert message in str(error.value)


def test_three_columns_suffice() -> None:
    codebook = parse_codebook("label\tcode\tcue words\tdescription\nTolls\tT\ttoll|fee\twhat ships pay\n")
    assert found(codebook, "the tolls and fees") == [("T", "tolls"), ("T", "fees")]
    assert codebook.issues[0].description == "what ships pay"


YAML = """
- code: NO
  label: Tolls
  cue words: [toll, fee]
  PLOVER contexts: economic|legal
- {code: F, label: Fishing, cue words: quota}
"""


def test_yaml_says_the_same_as_a_table() -> None:
    table = parse_codebook(
        "code\tlabel\tcue words\tPLOVER contexts\nNO\tTolls\ttoll|fee\teconomic|legal\nF\tFishing\tquota\t\n"
    )
    assert parse_yaml(YAML) == table


def test_a_codebook_is_read_by_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(YAML, encoding="utf-8")
    assert read_codebook(path) == parse_yaml(YAML)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- [", "no YAML"),
        ("code: A", "expected a list of issues"),
        ("- A", "line 1: expected an issue"),
        (
            "- {code: A, label: a, cue words: x}\n- {code: A, label: b, cue words: y}",
            "line 2: the code 'A' is used twice",
        ),
        ("- {code: A, cue words: x}", "line 1: nothing in the column label"),
        ("- {code: A, code: B, label: a, cue words: x}", "line 1: the field 'code' stands there twice"),
        ("- {code: A, label: {b: c}, cue words: x}", "expected a text or a list of texts"),
        ("[]", "it has no issue"),
    ],
)
def test_an_unusable_yaml_codebook_names_its_row(text: str, message: str) -> None:
    with pytest.raises(CodebookError) as error:
        parse_yaml(text)
    assert message in str(error.value)


def test_a_codebook_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(b"domain\tcode\xff\xfe")
    with pytest.raises(CodebookError, match="not UTF-8"):
        read_codebook(path)


def test_a_users_codebook_is_read_with_columns_in_his_order(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    columns = ["cue words", "PLOVER contexts", "PA-X v2 variables", "label", "code", "domain"]
    path.write_text("\t".join([*columns, "note"]) + "\ntoll|fee\t\t\tTolls\tT1\tsea\tmine\n", encoding="utf-8")
    assert found(read_codebook(path), "the tolls") == [("T1", "tolls")]


@given(st.permutations(range(6)), st.text(alphabet="tol fish quota dam\n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_row_order_changes_nothing(order: list[int], text: str) -> None:
    cues = ["toll", "fish|toll", "quota", "dam", "dam fish", "quota dam|toll"]
    rows = [f"d{i % 3}\tC{i}\tlabel {i}\t\t\t{cue}" for i, cue in enumerate(cues)]
    assert book(*rows).find(text, [Span(0, len(text))]) == book(*(rows[i] for i in order)).find(
        text, [Span(0, len(text))]
    )


@pytest.mark.parametrize("piece", ["a", "security ", "ceasefire-", "\n", "…“"])
def test_a_megabyte_of_anything_is_read_in_linear_time(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))
    begun = time.perf_counter()
    read_codebook().find(text, [Span(0, len(text))])
    assert time.perf_counter() - begun < 20
