"""Makes a ledger as version 0001 of the tables made it, to test the steps from there on.

The statements are frozen: they say what stands in files that people have, not what is wanted now.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from nameplate.model import Claim, Document, content_key, to_json

_TABLES = """
PRAGMA application_id = 1313885268;
CREATE TABLE documents (
    "key" VARCHAR(32) NOT NULL, seq INTEGER NOT NULL, source TEXT NOT NULL, id TEXT NOT NULL,
    address TEXT, digest VARCHAR(64), published TEXT, title TEXT, lang TEXT, publisher TEXT,
    media_type TEXT NOT NULL, recorded VARCHAR(27) NOT NULL, version INTEGER NOT NULL,
    supersedes VARCHAR(32), text TEXT NOT NULL, regions TEXT NOT NULL, places TEXT NOT NULL,
    CONSTRAINT fk_documents_supersedes_documents FOREIGN KEY(supersedes) REFERENCES documents ("key"),
    CONSTRAINT pk_documents PRIMARY KEY ("key"), CONSTRAINT uq_documents_seq UNIQUE (seq),
    CONSTRAINT uq_documents_source_version UNIQUE (source, version),
    CONSTRAINT uq_documents_supersedes UNIQUE (supersedes)
);
CREATE INDEX ix_documents_digest ON documents (digest);
CREATE INDEX ix_documents_id ON documents (id);
CREATE INDEX ix_documents_recorded ON documents (recorded);
CREATE TABLE entities (
    id TEXT NOT NULL, seq INTEGER NOT NULL, stamp TEXT NOT NULL, body TEXT NOT NULL,
    CONSTRAINT pk_entities PRIMARY KEY (id)
);
CREATE TABLE entity_claims (
    claim_key VARCHAR(32) NOT NULL, entity_id TEXT NOT NULL,
    CONSTRAINT pk_entity_claims PRIMARY KEY (claim_key)
);
CREATE INDEX ix_entity_claims_entity_id ON entity_claims (entity_id);
CREATE TABLE judgements (
    seq INTEGER NOT NULL, "key" VARCHAR(32) NOT NULL, verb TEXT NOT NULL, "left" TEXT NOT NULL,
    "right" TEXT, patch TEXT, author TEXT NOT NULL, reason TEXT NOT NULL,
    recorded VARCHAR(27) NOT NULL, CONSTRAINT pk_judgements PRIMARY KEY (seq),
    CONSTRAINT uq_judgements_key UNIQUE ("key")
);
CREATE INDEX ix_judgements_left ON judgements ("left");
CREATE INDEX ix_judgements_right ON judgements ("right");
CREATE TABLE originals (
    digest VARCHAR(64) NOT NULL, size INTEGER NOT NULL, packed BLOB NOT NULL,
    CONSTRAINT pk_originals PRIMARY KEY (digest)
);
CREATE TABLE runs (
    id INTEGER NOT NULL, command TEXT NOT NULL, recorded VARCHAR(27) NOT NULL,
    finished VARCHAR(27), added INTEGER NOT NULL, failed INTEGER NOT NULL,
    CONSTRAINT pk_runs PRIMARY KEY (id)
);
CREATE TABLE subjects (
    name TEXT NOT NULL, spelling TEXT NOT NULL, recorded VARCHAR(27) NOT NULL,
    CONSTRAINT pk_subjects PRIMARY KEY (name)
);
CREATE TABLE claims (
    "key" VARCHAR(32) NOT NULL, document_key VARCHAR(32) NOT NULL, start INTEGER NOT NULL,
    kind TEXT NOT NULL, subject TEXT NOT NULL, measure TEXT, stage TEXT, modality TEXT, "when" TEXT,
    earliest VARCHAR(10), latest VARCHAR(10), value FLOAT, unit TEXT, recorded VARCHAR(27) NOT NULL,
    body TEXT NOT NULL, CONSTRAINT pk_claims PRIMARY KEY ("key"),
    CONSTRAINT fk_claims_document_key_documents FOREIGN KEY(document_key) REFERENCES documents ("key")
);
CREATE INDEX ix_claims_document_key ON claims (document_key);
CREATE INDEX ix_claims_kind_measure ON claims (kind, measure);
CREATE INDEX ix_claims_kind_stage ON claims (kind, stage);
CREATE INDEX ix_claims_subject ON claims (subject);
CREATE TABLE failures (
    seq INTEGER NOT NULL, run INTEGER, "where" TEXT NOT NULL, problem TEXT NOT NULL,
    remedy TEXT NOT NULL, recorded VARCHAR(27) NOT NULL, CONSTRAINT pk_failures PRIMARY KEY (seq),
    CONSTRAINT fk_failures_run_runs FOREIGN KEY(run) REFERENCES runs (id)
);
CREATE INDEX ix_failures_run ON failures (run);
CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO alembic_version VALUES ('0001');
"""
DAY = "2024-01-{:02d}T00:00:00.000000Z"
TEXT = "The Orvane plant in Corvid started. It employs 300 people."


def make(path: Path, reports: int = 3) -> Path:
    """A file of version 0001 with so many reports of two claims, and a judgement."""
    connection = sqlite3.connect(path)
    connection.executescript(_TABLES)
    for number in range(reports):
        _report(connection, number)
    connection.execute(
        'INSERT INTO judgements (seq, "key", verb, "left", "right", author, reason, recorded) '
        "VALUES (1, ?, 'same', 'e1', 'e2', 'Li', 'as the firm says', ?)",
        (
            content_key("same", "e1", "e2", None, "Li", DAY.format(28), "as the firm says"),
            DAY.format(28),
        ),
    )
    connection.commit()
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return path


def _report(connection: sqlite3.Connection, number: int) -> None:
    document = Document(id=f"r{number}", text=f"{number}. {TEXT}", published="2024-01-01")
    recorded = DAY.format(number + 1)
    connection.execute(
        'INSERT INTO documents ("key", seq, source, id, published, media_type, recorded, version, '
        "text, regions, places) VALUES (?, ?, ?, ?, ?, 'text/plain', ?, 1, ?, '[]', '[]')",
        (document.key, number + 1, document.id, document.id, "2024-01-01", recorded, document.text),
    )
    for fields in (
        {"kind": "milestone", "stage": "started"},
        {"kind": "relation", "relation": "located_in", "object": "Corvid"},
    ):
        claim = Claim(
            subject="Orvane plant", subject_kind="plant", quote="Orvane", start=document.text.index("Orvane"),
            end=document.text.index("Orvane") + 6, **fields,  # type: ignore[arg-type]
        )  # fmt: skip
        connection.execute(
            'INSERT INTO claims ("key", document_key, start, kind, subject, stage, recorded, body) '
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (claim.key(document.key), document.key, claim.start, claim.kind, claim.subject,
             claim.stage, recorded, to_json(claim).decode()),
        )  # fmt: skip
    connection.execute(
        "INSERT OR IGNORE INTO subjects VALUES ('Orvane plant', 'orvane plant', ?)", (recorded,)
    )
