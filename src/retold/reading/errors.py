"""The errors of this room."""


class ReadingError(ValueError):
    """An input that no article could be read from: one line that says what came, what was expected, what to do."""


class NotEnglishError(ReadingError):
    """An input in a language that cannot be read."""


class ForeignError(ReadingError):
    """A file of a kind that may hold anything (JSON, XML), and that holds nothing of what is read here."""
