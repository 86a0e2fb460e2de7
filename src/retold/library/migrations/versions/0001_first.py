"""The first tables."""

from alembic import op

from retold.library.indexing import note_versions
from retold.library.schema import metadata
from retold.library.words import create_words

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
    create_words(op.get_bind())
    note_versions(op.get_bind())
