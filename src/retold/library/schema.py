"""The library's tables."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

posting_runs = Table(
    "posting_runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("index_name", String(40), nullable=False, index=True),
    Column("highest", BigInteger, nullable=False),  # the highest number of an article in the run
)

posting_chunks = Table(
    "posting_chunks",
    metadata,
    Column("run_id", Integer, ForeignKey("posting_runs.id", ondelete="CASCADE"), primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 0 on, without a gap
    Column("first", BigInteger, nullable=False),  # an unsigned number in two's complement
    Column("postings", LargeBinary, nullable=False),
)
