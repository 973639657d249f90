"""Columns and caches for ledgers of a million claims; extractions after the first.

The caches of names are filled again by the program, which alone knows how names are spelled.
"""

import json

import sqlalchemy as sa
from alembic import op

from nameplate.find.spelling import spell

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what the new questions are asked by; what is recorded stays as it is."""
    op.add_column("claims", sa.Column("subject_kind", sa.Text(), nullable=True))
    op.add_column("claims", sa.Column("object", sa.Text(), nullable=True))
    _fill(op.get_bind())
    op.create_index("ix_claims_object", "claims", ["object"], unique=False)
    op.create_index("ix_judgements_verb_left", "judgements", ["verb", "left"], unique=False)
    op.create_table(
        "extractions",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("document_key", sa.String(length=32), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_key"], ["documents.key"], name="fk_extractions_document_key_documents"
        ),
        sa.PrimaryKeyConstraint("seq", name="pk_extractions"),
    )
    op.create_index("ix_extractions_document_key", "extractions", ["document_key"], unique=False)
    for cache in ("subjects", "entities", "entity_claims"):
        op.drop_table(cache)
    _create_caches()


def _fill(connection: sa.Connection) -> None:
    claims = sa.table("claims", sa.column("key"), sa.column("body"))
    change = sa.text("UPDATE claims SET subject_kind = :kind, object = :object WHERE key = :key")
    # By hand and in portions: the bodies of a large ledger do not fit into memory.
    found = connection.execute(sa.select(claims.c.key, claims.c.body)).yield_per(10_000)
    changes = []
    for key, body in found:
        said = json.loads(body)
        kind, object_ = said.get("subject_kind"), said.get("object")
        if kind or object_:
            spelled = spell(object_) if object_ else None
            changes.append({"key": key, "kind": kind, "object": spelled})
    for start in range(0, len(changes), 10_000):
        connection.execute(change, changes[start : start + 10_000])


def _create_caches() -> None:
    op.create_table(
        "spellings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spelling", sa.Text(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=True),
        sa.Column("recorded", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spellings"),
        sa.UniqueConstraint("spelling", name="uq_spellings_spelling"),
    )
    op.create_index("ix_spellings_component", "spellings", ["component"], unique=False)
    op.create_table(
        "subjects",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("spelling_id", sa.Integer(), nullable=False),
        sa.Column("recorded", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("name", "kind", name="pk_subjects"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_subjects_spelling_id", "subjects", ["spelling_id"], unique=False)
    for name, *keys in (("name_grams", "gram"), ("link_keys", "key", "own")):
        op.create_table(
            name,
            *(
                sa.Column(key, sa.Integer() if key == "own" else sa.Text(), nullable=False)
                for key in keys
            ),
            sa.Column("spelling_id", sa.Integer(), nullable=False),
            sa.PrimaryKeyConstraint(*keys, "spelling_id", name=f"pk_{name}"),
            sqlite_with_rowid=False,
        )
    op.create_table(
        "entities",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("component", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entities"),
    )
    op.create_index("ix_entities_component", "entities", ["component"], unique=False)
    op.create_table(
        "entity_claims",
        sa.Column("claim_key", sa.String(length=32), nullable=False),
        sa.Column("entity_id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("claim_key", name="pk_entity_claims"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entity_claims_entity_id", "entity_claims", ["entity_id"], unique=False)
    op.create_table(
        "cache_states",
        sa.Column("cache", sa.Text(), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cache", name="pk_cache_states"),
    )
