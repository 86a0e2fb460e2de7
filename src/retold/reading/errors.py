"""The errors of this room."""


class ReadingError(ValueError):
    """An input that no article could be read from: one line that says what came, what was expected, what to do."""


class NotEnglishError(ReadingError):
    """An input in another language, which it names."""

    def __init__(self, language: str) -> None:
        super().__init__(f"it is in {language}, and English is the only language that can be read so far")


class ForeignError(ReadingError):
    """A file of a kind that may hold anything (JSON, XML), and that holds nothing of what is read here."""
