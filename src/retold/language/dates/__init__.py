"""Find the days, weeks, months and years that a text names, and work out which they are.

Absolute dates need nothing; relative ones ("on Friday", "last year") are worked out from the publication date.
Where that is unknown, or where the words leave two days open, the expression is found and its date is None.
"""

from retold.language.dates.expression import DateExpression, Precision
from retold.language.dates.finding import find_dates, resolve_date
from retold.language.dates.tense import is_event_verb, opens_clause

__all__ = ["DateExpression", "Precision", "find_dates", "is_event_verb", "opens_clause", "resolve_date"]
