"""The kinds of change that are injected, each with the function that finds every place for it in a window."""

from collections.abc import Callable, Iterator
from random import Random

from benchmarks.retelling.edits.attribution import add_attribution, change_speaker, drop_attribution
from benchmarks.retelling.edits.clauses import add_clauses, omit_clauses
from benchmarks.retelling.edits.conditions import change_conditions
from benchmarks.retelling.edits.dates import change_dates
from benchmarks.retelling.edits.force import change_modality, change_strength
from benchmarks.retelling.edits.negation import change_negation
from benchmarks.retelling.edits.numbers import change_numbers
from benchmarks.retelling.edits.quotations import alter_quotations
from benchmarks.retelling.edits.swapped_names import swap_names
from benchmarks.retelling.variants import Variant
from benchmarks.retelling.windows import Window
from benchmarks.retelling.words import Words

Finder = Callable[[Window, Words, Random], Iterator[Variant]]

INJECTED: dict[str, Finder] = {
    "number": change_numbers,
    "date": change_dates,
    "name": swap_names,
    "negation": change_negation,
    "modality": change_modality,
    "strength": change_strength,
    "condition": change_conditions,
    "attribution_dropped": drop_attribution,
    "attribution_added": add_attribution,
    "speaker_changed": change_speaker,
    "quotation_altered": alter_quotations,
    "added": add_clauses,
    "omitted": omit_clauses,
}
"""The kinds in the order of the table."""
