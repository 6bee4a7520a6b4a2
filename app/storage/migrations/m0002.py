"""Schema 2: what was read in papers, what people said about it, and the edges of photographed pages."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """ALTER TABLE expenses ADD COLUMN reference TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE pages ADD COLUMN corners TEXT""",
    """CREATE TABLE siftings (
        document_id TEXT NOT NULL,
        made_of TEXT NOT NULL,
        version INTEGER NOT NULL,
        sifted BLOB NOT NULL,
        PRIMARY KEY (document_id)
    ) STRICT""",
    """CREATE TABLE sifted_values (
        document_id TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (document_id, name, value)
    ) STRICT""",
    """CREATE INDEX ix_sifted_values_name ON sifted_values (name, value)""",
    """CREATE TABLE said_facts (
        id TEXT NOT NULL,
        document_id TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        read_as TEXT NOT NULL,
        words TEXT NOT NULL,
        page INTEGER,
        box TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_said_facts_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_said_facts_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE INDEX ix_said_facts_document_id ON said_facts (document_id)""",
    """CREATE TABLE page_edges (
        id TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        page INTEGER NOT NULL,
        corners TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_page_edges_sha256 FOREIGN KEY(sha256) REFERENCES originals (sha256) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_page_edges_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE INDEX ix_page_edges_sha256 ON page_edges (sha256)""",
)
