"""The first tables."""

import sqlalchemy as sa
from alembic import op

from retold.library.care.indexing import note_versions
from retold.library.words import create_words

revision = "0001"
down_revision = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("published_from", sa.String(length=10), nullable=True),
        sa.Column("published_until", sa.String(length=10), nullable=True),
        sa.Column("added", sa.String(length=25), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_articles")),
        sa.UniqueConstraint("id", name=op.f("uq_articles_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_published", "articles", ["published_from", "published_until"], unique=False)
    op.create_table(
        "indexes",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_indexes")),
    )
    op.create_table(
        "posting_runs",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("index_name", sa.String(length=40), nullable=False),
        sa.Column("highest", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting_runs")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_posting_runs_index_name"), "posting_runs", ["index_name"], unique=False)
    op.create_table(
        "stories",
        sa.Column("number", _NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_stories")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "story_changes",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("story", _NUMBER, nullable=False),
        sa.Column("cause", sa.String(length=12), nullable=False),
        sa.Column("others", sa.Text(), nullable=False),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=25), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_story_changes")),
    )
    op.create_index(op.f("ix_story_changes_story"), "story_changes", ["story"], unique=False)
    op.create_table(
        "fingerprints",
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_fingerprints_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_fingerprints")),
    )
    op.create_table(
        "links",
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("other", _NUMBER, nullable=False),
        sa.Column("odds", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_links_article"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["articles.number"], name=op.f("fk_links_other"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "other", name=op.f("pk_links")),
    )
    op.create_index("ix_links_other", "links", ["other"], unique=False)
    op.create_table(
        "members",
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("story", _NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_members_article"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["story"], ["stories.number"], name=op.f("fk_members_story"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_members")),
    )
    op.create_index(op.f("ix_members_story"), "members", ["story"], unique=False)
    op.create_table(
        "posting_chunks",
        sa.Column("run_id", _NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.BigInteger(), nullable=False),
        sa.Column("postings", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["posting_runs.id"], name=op.f("fk_posting_chunks_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "place", name=op.f("pk_posting_chunks")),
    )
    op.create_table(
        "profiles",
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_profiles_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name=op.f("pk_profiles")),
    )
    op.create_table(
        "publications",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("given_id", sa.Text(), nullable=True),
        sa.Column("input", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_from", sa.String(length=10), nullable=True),
        sa.Column("published_until", sa.String(length=10), nullable=True),
        sa.Column("added", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_publications_article"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_publications")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_publications_key")),
    )
    op.create_index(op.f("ix_publications_article"), "publications", ["article"], unique=False)
    op.create_index(op.f("ix_publications_outlet"), "publications", ["outlet"], unique=False)
    op.create_index(op.f("ix_publications_sha256"), "publications", ["sha256"], unique=False)
    op.create_table(
        "readings",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("entities", sa.LargeBinary(), nullable=False),
        sa.Column("vectors", sa.LargeBinary(), nullable=False),
        sa.Column("added", sa.String(length=25), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_readings_article"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_readings")),
    )
    op.create_index(op.f("ix_readings_article"), "readings", ["article"], unique=False)
    op.create_table(
        "reuse",
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("other", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("of_article", sa.Float(), nullable=False),
        sa.Column("of_other", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.number"], name=op.f("fk_reuse_article"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["articles.number"], name=op.f("fk_reuse_other"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "other", name=op.f("pk_reuse")),
    )
    op.create_index("ix_reuse_other", "reuse", ["other"], unique=False)
    op.create_table(
        "ledgers",
        sa.Column("reading", _NUMBER, nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["reading"], ["readings.number"], name=op.f("fk_ledgers_reading"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("reading", "version", name=op.f("pk_ledgers")),
    )
    op.create_table(
        "statements",
        sa.Column("number", _NUMBER, nullable=False),
        sa.Column("reading", _NUMBER, nullable=False),
        sa.Column("article", _NUMBER, nullable=False),
        sa.Column("id", sa.String(length=21), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("said_on", sa.String(length=10), nullable=True),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article"], ["articles.number"], name=op.f("fk_statements_article"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reading"], ["readings.number"], name=op.f("fk_statements_reading"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_statements")),
    )
    op.create_index(op.f("ix_statements_article"), "statements", ["article"], unique=False)
    op.create_index(op.f("ix_statements_id"), "statements", ["id"], unique=False)
    op.create_index(op.f("ix_statements_reading"), "statements", ["reading"], unique=False)
    op.create_table(
        "speakers",
        sa.Column("statement", _NUMBER, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement"], ["statements.number"], name=op.f("fk_speakers_statement"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement", "place", name=op.f("pk_speakers")),
    )
    op.create_index(op.f("ix_speakers_folded"), "speakers", ["folded"], unique=False)
    create_words(op.get_bind())
    note_versions(op.get_bind())
