"""The findings about quotations that a primary source has otherwise, or not at all."""

from collections.abc import Iterator, Mapping, Sequence

from retold.article import Evidence
from retold.collation.collation import QuotationCheck
from retold.dossier.derivations import make_finding
from retold.dossier.dossier import Finding, FindingKind
from retold.dossier.labels import Label, clip, one_line

_SHOWN = 160  # characters of a quotation in a finding


def find_misquoted(quotations: Sequence[QuotationCheck], labels: Mapping[str, Label]) -> Iterator[Finding]:
    """One finding for each quotation that its transcript or press release does not bear out word for word."""
    for check in quotations:
        if check.verdict != "exact":
            yield _finding(check, labels)


def _finding(check: QuotationCheck, labels: Mapping[str, Label]) -> Finding:
    report, source = labels[check.article], labels[check.source]
    quoted = clip(one_line(" … ".join(report.article.text[start:end] for start, end in check.spans)), _SHOWN)
    name = f"{source.article.genre.replace('_', ' ')} {source.letter}"
    kind: FindingKind = "quotation_altered" if check.verdict == "altered" else "not_found"
    if check.verdict == "altered":
        note = "; ".join(one_line(change.note) for change in check.changes).replace("the other", name)
        said = f"Report {report.letter} quotes otherwise than {name}: {note}."
    else:
        said = f"The quotation “{quoted}” in report {report.letter} is not found in {name}."
    evidence = [Evidence(check.article, check.spans), *(one for one in (check.found, check.closest) if one)]
    return make_finding(kind, said, [check.id, check.statement], evidence, check.confidence)
