"""The ledger's tables, in SQL that SQLite and PostgreSQL both know.

What is recorded is never changed: documents, originals, claims, judgements, failures, runs, monitors
and deliveries are only appended. The tables at the end are caches: dropped and rebuilt at will.

Instants (``recorded``) are UTC in ISO 8601 with microseconds, so that they sort as text. Days
(``earliest``, ``latest``) are ISO 8601 dates. A claim is kept whole as JSON in ``body``; the other
columns of ``claims`` are there to be asked by.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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

#: The newest migration; a file that says otherwise is migrated, or was made by a newer Nameplate.
HEAD = "0006"

#: "NPLT": what SQLite writes into the header of our files, to tell them from others'.
APPLICATION_ID = 0x4E504C54

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

documents = Table(
    "documents",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("seq", Integer, nullable=False, unique=True),
    Column("source", Text, nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("address", Text),
    Column("digest", String(64), index=True),
    Column("published", Text, index=True),
    Column("title", Text),
    Column("lang", Text),
    Column("publisher", Text),
    Column("media_type", Text, nullable=False),
    Column("recorded", String(27), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("supersedes", String(32), ForeignKey("documents.key"), unique=True),
    # The long ones last: SQLite then lists documents without walking through their texts.
    Column("text", Text, nullable=False),
    Column("regions", Text, nullable=False),
    Column("places", Text, nullable=False),
    UniqueConstraint("source", "version"),
)

originals = Table(
    "originals",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("packed", LargeBinary, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("document_key", String(32), ForeignKey("documents.key"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("measure", Text),
    Column("stage", Text),
    Column("modality", Text),
    Column("when", Text),
    Column("earliest", String(10)),
    Column("latest", String(10)),
    Column("value", Float),
    Column("unit", Text),
    Column("recorded", String(27), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("subject_kind", Text),
    #: The spelling of what a relation points to, to find what is said of a thing by others.
    Column("object", Text, index=True),
    Index(None, "kind", "measure"),
    Index(None, "kind", "stage"),
    Index(None, "measure", "value"),
)

extractions = Table(
    "extractions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("document_key", String(32), ForeignKey("documents.key"), nullable=False, index=True),
    Column("extractor", Text, nullable=False),
    Column("added", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("recorded", String(27), nullable=False),
)

judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("verb", Text, nullable=False),
    Column("left", Text, nullable=False, index=True),
    Column("right", Text, index=True),
    Column("patch", Text),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("recorded", String(27), nullable=False),
    Index(None, "verb", "left"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("command", Text, nullable=False),
    Column("recorded", String(27), nullable=False),
    Column("finished", String(27)),
    Column("added", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("runs.id"), index=True),
    Column("where", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("recorded", String(27), nullable=False),
)

#: Saved monitors as TOML, each change appended; a ``body`` that is missing withdraws the monitor.
monitors = Table(
    "monitors",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("body", Text),
    Column("author", Text, nullable=False),
    Column("recorded", String(27), nullable=False),
)

#: Every try to send an alert to an address, and what came of it.
deliveries = Table(
    "deliveries",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("alert", String(32), nullable=False, index=True),
    Column("monitor", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Column("recorded", String(27), nullable=False),
)

# Caches: pure functions of the tables above.

#: Reports whose words are mostly those of one that was recorded before, the ``origin``.
copies = Table(
    "copies",
    metadata,
    Column("document_key", String(32), primary_key=True),
    Column("origin", String(32), nullable=False),
    sqlite_with_rowid=False,
)

#: Numbers by which the copies of a report are found (`nameplate.find.stretches`).
source_bands = Table(
    "source_bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("document_key", String(32), primary_key=True),
    sqlite_with_rowid=False,
)

#: Returns added up for monitors, with how many claims each had then.
tallies = Table(
    "tallies",
    metadata,
    Column("document_key", String(32), primary_key=True),
    Column("claims", Integer, nullable=False),
    Column("latest", String(27), nullable=False),
    Column("body", Text, nullable=False),
)

#: Every way in which a subject's name is spelled once letters, accents and signs are levelled.
#: ``component`` is the least id of the spellings that any rule might join with it, or none.
spellings = Table(
    "spellings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("spelling", Text, nullable=False, unique=True),
    Column("component", Integer, index=True),
    Column("recorded", String(27), nullable=False),
)

#: Subjects' names as written, each with the kinds of thing it was taken for.
subjects = Table(
    "subjects",
    metadata,
    Column("name", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("spelling_id", Integer, nullable=False, index=True),
    Column("recorded", String(27), nullable=False),
    sqlite_with_rowid=False,
)

#: Pairs of signs of a spelling, by which a part of a name is found.
name_grams = Table(
    "name_grams",
    metadata,
    Column("gram", Text, primary_key=True),
    Column("spelling_id", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

#: What two spellings share if a rule may join them; ``own`` marks the one key a name is kept under.
link_keys = Table(
    "link_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("own", Integer, primary_key=True),
    Column("spelling_id", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

entities = Table(
    "entities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("component", Integer, index=True),
    Column("rank", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
)

entity_claims = Table(
    "entity_claims",
    metadata,
    Column("claim_key", String(32), primary_key=True),
    Column("entity_id", Text, nullable=False, index=True),
    sqlite_with_rowid=False,
)

#: Which entities were worked out again, in the order of it, so that whoever keeps something that is
#: derived from entities need not look at all of them; without an id all were. ``token`` tells one
#: history from another.
entity_changes = Table(
    "entity_changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entity_id", Text),
    Column("token", String(16), nullable=False),
)

#: The state of the ledger that the entities were worked out from.
cache_states = Table(
    "cache_states",
    metadata,
    Column("cache", Text, primary_key=True),
    Column("stamp", Text, nullable=False),
)

#: The words of reports by running number: a full-text table in a file, sets with an index on a
#: server; `nameplate.ledger.wording` makes and asks it. It may lag behind the reports.
REPORT_WORDS = "report_words"
