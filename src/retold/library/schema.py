"""The tables of a library, for SQLite and PostgreSQL alike.

An article is a text; where and when it appeared are its publications, of which wire copy has many. What was found in a
text hangs on a reading: the findings of one version of the models and rules. Old readings are kept, one is current.
Beside these tables there is an index of words, which each database has in its own form (`words`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Number = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER is a row number of SQLite


def _article(name: str = "article", *, key: bool = False) -> Column[int]:
    """A column that names an article, and goes when the article goes."""
    return Column(
        name, _Number, ForeignKey("articles.number", ondelete="CASCADE"), nullable=False, primary_key=key, index=not key
    )


articles = Table(
    "articles",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("id", String(12), nullable=False, unique=True),  # see article.Article
    Column("text", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),  # the rest of the Article: see records.py
    Column("published_from", String(10)),  # ISO days; both NULL: unknown
    Column("published_until", String(10)),
    Column("added", String(25), nullable=False),
    Index("ix_articles_published", "published_from", "published_until"),
    sqlite_autoincrement=True,  # the number of an article that was forgotten names no other one
)

indexes = Table(
    "indexes",
    metadata,
    Column("name", String(24), primary_key=True),
    Column("version", String(64), nullable=False),  # of the rules that made all of its entries: see care/indexing.py
)

publications = Table(
    "publications",
    metadata,
    Column("number", _Number, primary_key=True),
    _article(),
    Column("key", Text, nullable=False),  # what stays when the text changes: see records.publication_key
    Column("version", Integer, nullable=False),  # 1 for the first text under this key
    Column("outlet", Text, index=True),
    Column("author", Text),
    Column("title", Text),
    Column("url", Text),
    Column("given_id", Text),
    Column("input", Text, nullable=False),
    Column("sha256", String(64), nullable=False, index=True),
    Column("published_from", String(10)),
    Column("published_until", String(10)),
    Column("added", String(25), nullable=False),
    UniqueConstraint("key", "version"),
)

readings = Table(
    "readings",
    metadata,
    Column("number", _Number, primary_key=True),
    _article(),
    Column("version", String(64), nullable=False),  # of the models and rules: see versions.py
    Column("current", Boolean, nullable=False),
    Column("entities", LargeBinary, nullable=False),  # people, bodies and places that the article names
    Column("vectors", LargeBinary, nullable=False),  # of what each statement says: see codes.py
    Column("added", String(25), nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("reading", _Number, ForeignKey("readings.number", ondelete="CASCADE"), nullable=False, index=True),
    _article(),
    Column("id", String(21), nullable=False, index=True),
    Column("place", Integer, nullable=False),  # among those of its reading, from 0
    Column("said_on", String(10)),
    Column("record", LargeBinary, nullable=False),  # the Statement
)

speakers = Table(
    "speakers",
    metadata,
    Column("statement", _Number, ForeignKey("statements.number", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("place", Integer, nullable=False, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),  # the name as it is searched: without case and accents
)

ledgers = Table(
    "ledgers",
    metadata,
    Column("reading", _Number, ForeignKey("readings.number", ondelete="CASCADE"), nullable=False, primary_key=True),
    Column("version", String(80), nullable=False, primary_key=True),  # of models, rules, codebook and list of actors
    Column("record", LargeBinary, nullable=False),  # the ArticleEntries
)

fingerprints = Table(
    "fingerprints",
    metadata,
    _article(key=True),
    Column("size", Integer, nullable=False),  # how many hashes
    Column("hashes", LargeBinary, nullable=False),  # uint32, ascending, little-endian: see stories/fingerprints.py
)

reuse = Table(
    "reuse",
    metadata,
    _article(key=True),
    _article("other", key=True),  # was in the library before
    Column("kind", String(16), nullable=False),  # see stories/reuse.py
    Column("of_article", Float, nullable=False),  # part of the article's own words that the other has, 0 to 1
    Column("of_other", Float, nullable=False),
    Index("ix_reuse_other", "other"),
)

profiles = Table(
    "profiles",
    metadata,
    _article(key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("data", LargeBinary, nullable=False),  # see stories/profile.py
)

links = Table(
    "links",
    metadata,
    _article(key=True),
    _article("other", key=True),  # each link is there twice, once for either end
    Column("odds", Float, nullable=False),  # log-odds that the two report one event
    Index("ix_links_other", "other"),
)

stories = Table(
    "stories",
    metadata,
    Column("number", _Number, primary_key=True),
    sqlite_autoincrement=True,  # the number of a story that is no more names no other one
)

members = Table(
    "members",
    metadata,
    _article(key=True),
    Column("story", _Number, ForeignKey("stories.number", ondelete="CASCADE"), nullable=False, index=True),
)

story_changes = Table(
    "story_changes",
    metadata,
    Column("number", _Number, primary_key=True),
    Column("kind", String(8), nullable=False),  # see stories/changes.py
    Column("story", _Number, nullable=False, index=True),
    Column("cause", String(12), nullable=False),  # the id of the article that came or went
    Column("others", Text, nullable=False),  # numbers of stories, a JSON list
    Column("articles", Text, nullable=False),  # ids of articles, a JSON list
    Column("at", String(25), nullable=False),
)

posting_runs = Table(
    "posting_runs",
    metadata,
    Column("id", _Number, primary_key=True),
    Column("index_name", String(40), nullable=False, index=True),
    Column("highest", BigInteger, nullable=False),  # the highest number of an article in the run
    sqlite_autoincrement=True,
)

posting_chunks = Table(
    "posting_chunks",
    metadata,
    Column("run_id", _Number, ForeignKey("posting_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 0 on, without a gap
    Column("first", BigInteger, nullable=False),  # an unsigned number in two's complement
    Column("postings", LargeBinary, nullable=False),  # see stories/postings.py
)
