"""The one error of this room."""


class ReadingError(ValueError):
    """An input that no article could be read from: one line that says what came, what was expected, what to do."""
