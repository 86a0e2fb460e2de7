"""What keeps a library from doing what it is asked, in one line for its user."""

import errno
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError


class LibraryError(Exception):
    """A library that cannot be opened, read or written: the message says what came, and what to do."""


class DamagedError(LibraryError):
    """A file or record that cannot be understood: it was damaged, or Retold never wrote it."""


class UnfitError(LibraryError):
    """Values that a database cannot hold, such as a NUL in a text: one article is lost, the next may do."""


@contextmanager
def told(name: str) -> Iterator[None]:
    """Whatever a database says, as a LibraryError about the library of this name."""
    try:
        yield
    except DataError as error:
        raise UnfitError(f"the database cannot hold it ({_plain(str(error.orig))})") from error
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == _TOO_LARGE:
            raise UnfitError(f"the database cannot hold it ({_plain(str(error.orig))})") from error
        kind = DamagedError if any(sign in str(error.orig).lower() for sign in _DAMAGED) else LibraryError
        raise kind(f"{name}: {_reason(str(error.orig))}") from error
    except UnicodeDecodeError as error:  # SQLite quotes the bytes that it stumbles over
        raise LibraryError(f"{name}: {_reason('malformed')}") from error
    except SQLAlchemyError as error:
        raise LibraryError(f"{name}: {error}") from error
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "check the path and its permissions")
        raise LibraryError(f"{name}: {error.strerror or error}: {advice}") from error


@contextmanager
def undamaged(what: str) -> Iterator[None]:
    """Whatever comes of reading back what we wrote, as a DamagedError about it: nothing but damage makes it fail."""
    try:
        yield
    except (LookupError, ValueError, TypeError, OverflowError, zlib.error, msgspec.MsgspecError) as error:
        raise DamagedError(
            f"{what} is damaged ({error}): `retold library check` says which, and mends indexes"
        ) from None


_TOO_LARGE = "54000"  # program_limit_exceeded of PostgreSQL: a text of more words than an index holds
_FULL = "nothing that was added is lost; make room, and run the same command again: it goes on from there"
_DAMAGED = ("malformed", "is not a database", "could not decode", "invalid page", "could not read block")
_READ_ONLY = "it can only be read, not written: check the permissions of the file and its folder"
_ADVICE = {errno.ENOSPC: _FULL, errno.EACCES: _READ_ONLY, errno.EPERM: _READ_ONLY, errno.EROFS: _READ_ONLY}
_REASONS = (
    (
        ("disk is full", "no space left", "disk i/o error", "could not extend file"),
        f"the disk is full or failing: {_FULL}",
    ),
    (("readonly database", "read-only", "permission denied"), _READ_ONLY),
    (
        _DAMAGED,
        "the file is damaged, or no library at all: `retold library check` says what can still be read; "
        "put back a copy, or import an export into a new library",
    ),
    (("database is locked",), "another program is writing to it: wait until it is done, and try again"),
    (
        ("unable to open database file",),
        "it cannot be opened: check that the folder is there, and the permissions of the file and its folder",
    ),
    (
        ("connection refused", "could not connect", "connection failed", "connection timeout", "could not translate"),
        "the database does not answer: check that it runs, and the host and port of the URL",
    ),
    (("password authentication", "no password supplied"), "the database refuses the user: check name and password"),
    (("closed the connection", "terminating connection"), f"the database went away: {_FULL}"),
)


def _reason(message: str) -> str:
    """What a database's message means for the user; the message itself where it is none of the known ones."""
    plain = _plain(message)
    return next((f"{told} ({plain})" for signs, told in _REASONS if any(s in plain.lower() for s in signs)), plain)


def _plain(message: str) -> str:
    return " ".join(message.split())
