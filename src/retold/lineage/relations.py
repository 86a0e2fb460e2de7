"""Two related reports: what each shares of the other, and what speaks for either being the source."""

from collections.abc import Sequence
from typing import NamedTuple

from retold.article import Evidence
from retold.collation.alignment import Pairings
from retold.collation.witness import Witness
from retold.lineage.arguments import direct_and_told, earlier, longer_words, one_sided, strict_parts, version_order
from retold.lineage.credits import Credit, find_credits, find_mentions
from retold.lineage.kinship import MIN_KINSHIP, Kinship, Runs, measure_kinship, own_runs, strength_between
from retold.lineage.lineage import Argument


class Report(NamedTuple):
    """A prepared report with the originals that it credits and the runs of its own words."""

    witness: Witness
    credited: tuple[Credit, ...]
    runs: Runs


class Related(NamedTuple):
    """Two related reports (indexes), what each shares of the other, and the arguments for either direction.

    `forward` speak for `a` being the source of `b`, `backward` for the reverse.
    """

    a: int
    b: int
    b_of_a: Kinship
    a_of_b: Kinship
    forward: tuple[Argument, ...]
    backward: tuple[Argument, ...]

    @property
    def share(self) -> float:
        """The larger part of either's words that stand in matching sentences of the other."""
        return max(self.b_of_a.share, self.a_of_b.share)


def prepare(witness: Witness) -> Report:
    """A witness with what is asked of it once."""
    return Report(witness, find_credits(witness.article), own_runs(witness))


def relate(reports: Sequence[Report], a: int, b: int, pairings: Pairings) -> Related | None:
    """What two reports (indexes) have to do with one another; None: nothing that the texts can prove."""
    one, other = reports[a], reports[b]
    b_of_a = measure_kinship(one.witness, other.witness, pairings, (one.runs, other.runs))
    a_of_b = measure_kinship(other.witness, one.witness, pairings, (other.runs, one.runs))
    if strength_between(b_of_a, a_of_b) < MIN_KINSHIP:
        return None
    forward, backward = version_order(one.witness, other.witness, b_of_a, a_of_b, pairings)
    return Related(
        a,
        b,
        b_of_a,
        a_of_b,
        (*_arguments(one, other, b_of_a, a_of_b), *forward),
        (*_arguments(other, one, a_of_b, b_of_a), *backward),
    )


def _arguments(source: Report, derivative: Report, derived: Kinship, kept: Kinship) -> tuple[Argument, ...]:
    one, other = source.witness, derivative.witness
    return (
        *_credit_arguments(one, other, derivative.credited),
        *strict_parts(one, other),
        *direct_and_told(one, other),
        *one_sided(one, other, derived, kept),
        *longer_words(one, other, derived),
        *earlier(one, other),
    )


def _credit_arguments(source: Witness, derivative: Witness, credited: Sequence[Credit]) -> tuple[Argument, ...]:
    outlet = source.article.outlet
    if not outlet or outlet == derivative.article.outlet:
        return ()
    spans = [credit.span for credit in credited if credit.name.casefold() == outlet.casefold()]
    spans += find_mentions(derivative, outlet)
    if not spans:
        return ()
    evidence = (Evidence(derivative.article.id, tuple(sorted(set(spans)))),)
    return (Argument(kind="credit", note=f"it credits {outlet}", evidence=evidence, how="credits", confidence=0.95),)
