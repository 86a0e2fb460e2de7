"""Quotations held against a transcript among the reports."""

from retold import read_text
from retold.collation import QuotationCheck, check_quotations, make_witness
from retold.pipeline import make_dossier
from retold.statements import find_statements

TRANSCRIPT = """Press conference of the harbour board, 4 May 2026

MS. VENN: Good afternoon. The lock will stay shut for fourteen days, and we will pay every crew that has waited since Monday.

QUESTION: Will the port open before the ice comes?

MS. VENN: We may open it in June if the gate is mended by then. I cannot promise more than that today.

QUESTION: And the crews? They have waited since the first of April without a word.

MS. VENN: They deserve better than this, and I have asked the mayor for help.

QUESTION: What did he say?

MS. VENN: He has not answered yet.
"""  # noqa: E501
REPORT = """Port to open in June, says Venn

“We will pay every crew that has waited since Monday,” Ada Venn said on Tuesday.

“We will open it in June if the gate is mended by then,” Ms Venn told reporters.

“The city has let every one of us down,” Ms Venn said.
"""


def checks() -> tuple[QuotationCheck, ...]:
    articles = [read_text(TRANSCRIPT, name="transcript"), read_text(REPORT, name="report")]
    assert articles[0].genre == "transcript"
    return check_quotations([make_witness(one, find_statements(one)) for one in articles])


def test_each_quotation_is_exact_altered_or_not_found() -> None:
    found = {check.verdict: check for check in checks()}
    assert set(found) == {"exact", "altered", "not_found"}
    assert "will" in found["altered"].changes[0].note
    assert "may" in found["altered"].changes[0].note
    assert found["not_found"].found is None
    for check in found.values():
        for start, end in check.spans:
            assert REPORT[start:end] in REPORT


def test_the_dossier_tells_it() -> None:
    dossier = make_dossier([read_text(TRANSCRIPT, name="transcript"), read_text(REPORT, name="report")])
    texts = [finding.text for finding in dossier.findings]
    assert any("quotes otherwise than transcript A" in text for text in texts)
    assert any("is not found in transcript A" in text for text in texts)


def test_without_a_primary_source_nothing_is_checked() -> None:
    report = read_text(REPORT, name="report")
    assert check_quotations([make_witness(report, find_statements(report))]) == ()
