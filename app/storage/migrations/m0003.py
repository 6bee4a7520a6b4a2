"""Schema 3: times that run by a rule, urgent care, answers, and what other calendars were given."""

from __future__ import annotations

from typing import Final

STATEMENTS: Final = (
    """CREATE TABLE clocks (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        rule_id TEXT NOT NULL,
        title TEXT NOT NULL,
        asked_of TEXT NOT NULL,
        claim_id TEXT,
        denial_id TEXT,
        sending_id TEXT,
        document_id TEXT,
        notice_on TEXT,
        received_on TEXT,
        service_on TEXT,
        bill_on TEXT,
        action_on TEXT,
        started_on TEXT,
        at TEXT NOT NULL,
        zone TEXT NOT NULL,
        answered_on TEXT,
        waived_on TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_clocks_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_clocks_denial_id FOREIGN KEY(denial_id) REFERENCES denials (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_clocks_sending_id FOREIGN KEY(sending_id) REFERENCES sendings (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_clocks_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_clocks_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE choices (
        id TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT""",
    """CREATE TABLE calendar_exports (
        uid TEXT NOT NULL,
        on_day TEXT NOT NULL,
        at TEXT,
        digest TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        cancelled INTEGER NOT NULL,
        exported_at TEXT NOT NULL,
        PRIMARY KEY (uid)
    ) STRICT""",
    """CREATE INDEX ix_clocks_claim_id ON clocks (claim_id)""",
    """CREATE INDEX ix_clocks_denial_id ON clocks (denial_id)""",
    """ALTER TABLE denials ADD COLUMN letter_unit TEXT NOT NULL DEFAULT 'calendar_days'""",
    """ALTER TABLE denials ADD COLUMN action_on TEXT""",
    """ALTER TABLE denials ADD COLUMN urgent TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE denials ADD COLUMN continuing TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE denials ADD COLUMN care TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE denials ADD COLUMN peer_by TEXT""",
    """ALTER TABLE denials ADD COLUMN fast TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE denials ADD COLUMN fast_on TEXT""",
    """ALTER TABLE denials ADD COLUMN keep TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE denials ADD COLUMN keep_on TEXT""",
    """ALTER TABLE denials ADD COLUMN follows_id TEXT CONSTRAINT fk_denials_follows_id REFERENCES denials (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE denials ADD COLUMN outcome TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE denials ADD COLUMN answered_on TEXT""",
    """ALTER TABLE denials ADD COLUMN keep_by TEXT""",
    """ALTER TABLE due_items ADD COLUMN clock_id TEXT CONSTRAINT fk_due_items_clock_id REFERENCES clocks (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE due_items ADD COLUMN due_at TEXT""",
    """ALTER TABLE due_items ADD COLUMN zone TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE due_items ADD COLUMN waived_on TEXT""",
    # Who marked the date of an appeal as done had sent it: until now the denial stayed open.
    """UPDATE denials SET standing = 'appealed' WHERE standing = 'open'
        AND EXISTS (SELECT 1 FROM due_items WHERE denial_id = denials.id)
        AND NOT EXISTS (
            SELECT 1 FROM due_items WHERE denial_id = denials.id AND done_on IS NULL
        )""",
    """CREATE INDEX ix_due_items_clock_id ON due_items (clock_id)""",
)
