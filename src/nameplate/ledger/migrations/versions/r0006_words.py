"""The words of reports, to search by.

Empty at first: a large ledger would be held for minutes. They are taken up report by report by the next
search, which tells how far it is.
"""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the table; what is recorded stays as it is."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            'CREATE TABLE report_words (seq integer NOT NULL, words text[] COLLATE "C" NOT NULL, '
            "CONSTRAINT pk_report_words PRIMARY KEY (seq))"
        )
        op.execute("CREATE INDEX ix_report_words_words ON report_words USING gin (words)")
    else:
        # The words come one blank apart, and a sign of any script belongs to its word.
        op.execute(
            "CREATE VIRTUAL TABLE report_words USING fts5 (words, content = '', detail = none, "
            "tokenize = \"ascii tokenchars '.^'\")"
        )
