"""Schema 5: money: accounts, who pays for which cent, explanations of benefits, bills, travel."""

from __future__ import annotations

from typing import Final

_EXPENSE: Final = """
        DELETE FROM overdrawn WHERE id = {key};
        INSERT INTO overdrawn SELECT id FROM expenses WHERE id = {key} AND (
            (SELECT coalesce(sum(amount), 0) FROM allocations WHERE expense_id = {key})
                > CASE WHEN paid_on IS NULL OR method IN ('fsa', 'hra', 'assistance')
                    THEN 0 ELSE amount END
            OR (method = 'hsa' AND EXISTS (
                SELECT 1 FROM allocations WHERE expense_id = {key} AND payer <> 'hsa')));"""
"""What is claimed of an expense may not be more than what was paid of it, and nothing where the
payment was already another payer's money."""

_WITHDRAWAL: Final = """
        DELETE FROM overdrawn WHERE id = {key};
        INSERT INTO overdrawn SELECT id FROM withdrawals WHERE id = {key} AND amount <
            (SELECT coalesce(sum(amount), 0) FROM allocations WHERE withdrawal_id = {key});"""
"""A withdrawal pays for no more than what it was."""

_NEW: Final = _EXPENSE.format(key="NEW.expense_id") + _WITHDRAWAL.format(key="NEW.withdrawal_id")
_OLD: Final = _EXPENSE.format(key="OLD.expense_id") + _WITHDRAWAL.format(key="OLD.withdrawal_id")

STATEMENTS: Final = (
    """CREATE TABLE hsa_accounts (
        id TEXT NOT NULL,
        holder_id TEXT,
        name TEXT NOT NULL,
        custodian TEXT NOT NULL,
        last4 TEXT NOT NULL,
        established_on TEXT,
        closed_on TEXT,
        document_id TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_hsa_accounts_holder_id FOREIGN KEY(holder_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_hsa_accounts_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_hsa_accounts_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE withdrawals (
        id TEXT NOT NULL,
        account_id TEXT,
        "on" TEXT NOT NULL,
        amount INTEGER NOT NULL,
        kind TEXT NOT NULL,
        how TEXT NOT NULL,
        reference TEXT NOT NULL,
        returned INTEGER,
        returned_on TEXT,
        document_id TEXT,
        source TEXT NOT NULL,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_withdrawals_account_id FOREIGN KEY(account_id) REFERENCES hsa_accounts (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_withdrawals_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_withdrawals_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE contributions (
        id TEXT NOT NULL,
        account_id TEXT,
        "on" TEXT NOT NULL,
        tax_year INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        giver TEXT NOT NULL,
        reference TEXT NOT NULL,
        source TEXT NOT NULL,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_contributions_account_id FOREIGN KEY(account_id) REFERENCES hsa_accounts (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_contributions_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE hsa_forms (
        id TEXT NOT NULL,
        account_id TEXT NOT NULL,
        year INTEGER NOT NULL,
        form TEXT NOT NULL,
        gross INTEGER,
        earnings INTEGER,
        code TEXT NOT NULL,
        fair_value INTEGER,
        document_id TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_hsa_forms_account_id FOREIGN KEY(account_id) REFERENCES hsa_accounts (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_hsa_forms_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_hsa_forms_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE allocations (
        id TEXT NOT NULL,
        expense_id TEXT NOT NULL,
        payer TEXT NOT NULL,
        amount INTEGER NOT NULL,
        "on" TEXT,
        withdrawal_id TEXT,
        tax_year INTEGER,
        document_id TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_allocations_expense_id FOREIGN KEY(expense_id) REFERENCES expenses (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_allocations_withdrawal_id FOREIGN KEY(withdrawal_id) REFERENCES withdrawals (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_allocations_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_allocations_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE refunds (
        id TEXT NOT NULL,
        expense_id TEXT NOT NULL,
        came_on TEXT NOT NULL,
        amount INTEGER NOT NULL,
        giver TEXT NOT NULL,
        document_id TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_refunds_expense_id FOREIGN KEY(expense_id) REFERENCES expenses (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_refunds_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_refunds_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE trips (
        id TEXT NOT NULL,
        expense_id TEXT NOT NULL,
        parking_id TEXT,
        "on" TEXT NOT NULL,
        from_place TEXT NOT NULL,
        to_place TEXT NOT NULL,
        miles INTEGER NOT NULL,
        rate INTEGER NOT NULL,
        rate_source TEXT NOT NULL,
        purpose TEXT NOT NULL,
        reason TEXT NOT NULL,
        document_id TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_trips_expense_id FOREIGN KEY(expense_id) REFERENCES expenses (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_trips_parking_id FOREIGN KEY(parking_id) REFERENCES expenses (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_trips_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE stays (
        id TEXT NOT NULL,
        expense_id TEXT NOT NULL,
        from_on TEXT NOT NULL,
        nights INTEGER NOT NULL,
        persons INTEGER NOT NULL,
        place TEXT NOT NULL,
        essential TEXT NOT NULL,
        licensed TEXT NOT NULL,
        modest TEXT NOT NULL,
        no_holiday TEXT NOT NULL,
        document_id TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_stays_expense_id FOREIGN KEY(expense_id) REFERENCES expenses (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_stays_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE dependent_years (
        id TEXT NOT NULL,
        person_id TEXT NOT NULL,
        year INTEGER NOT NULL,
        status TEXT NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_dependent_years_person_id FOREIGN KEY(person_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE necessity_letters (
        id TEXT NOT NULL,
        person_id TEXT,
        diagnosis TEXT NOT NULL,
        prescriber TEXT NOT NULL,
        provider_id TEXT,
        covers TEXT NOT NULL,
        signed_on TEXT,
        from_on TEXT,
        until_on TEXT,
        document_id TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_necessity_letters_person_id FOREIGN KEY(person_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_necessity_letters_provider_id FOREIGN KEY(provider_id) REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_necessity_letters_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_necessity_letters_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE eobs (
        id TEXT NOT NULL,
        claim_id TEXT,
        plan_id TEXT,
        person_id TEXT,
        provider_id TEXT,
        provider TEXT NOT NULL,
        number TEXT NOT NULL,
        reference TEXT NOT NULL,
        follows_id TEXT,
        processed_on TEXT,
        network TEXT NOT NULL,
        status TEXT NOT NULL,
        billed INTEGER,
        discount INTEGER,
        allowed INTEGER,
        not_covered INTEGER,
        deductible INTEGER,
        copay INTEGER,
        coinsurance INTEGER,
        cost_share INTEGER,
        plan_paid INTEGER,
        other_paid INTEGER,
        reduction INTEGER,
        patient_owes INTEGER,
        deductible_met INTEGER,
        oop_met INTEGER,
        paid_to_patient INTEGER,
        document_id TEXT,
        source TEXT NOT NULL,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_eobs_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_eobs_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_eobs_person_id FOREIGN KEY(person_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_eobs_provider_id FOREIGN KEY(provider_id) REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_eobs_follows_id FOREIGN KEY(follows_id) REFERENCES eobs (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_eobs_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_eobs_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE eob_lines (
        id TEXT NOT NULL,
        eob_id TEXT NOT NULL,
        position INTEGER NOT NULL,
        served_on TEXT,
        code TEXT NOT NULL,
        modifiers TEXT NOT NULL,
        service TEXT NOT NULL,
        units INTEGER,
        reasons TEXT NOT NULL,
        billed INTEGER,
        discount INTEGER,
        allowed INTEGER,
        not_covered INTEGER,
        deductible INTEGER,
        copay INTEGER,
        coinsurance INTEGER,
        cost_share INTEGER,
        plan_paid INTEGER,
        other_paid INTEGER,
        reduction INTEGER,
        patient_owes INTEGER,
        PRIMARY KEY (id),
        CONSTRAINT fk_eob_lines_eob_id FOREIGN KEY(eob_id) REFERENCES eobs (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE bills (
        id TEXT NOT NULL,
        amount INTEGER NOT NULL,
        claim_id TEXT,
        person_id TEXT,
        provider_id TEXT,
        provider TEXT NOT NULL,
        number TEXT NOT NULL,
        served_on TEXT,
        billed_on TEXT,
        due_on TEXT,
        charges INTEGER,
        waived INTEGER,
        state TEXT NOT NULL,
        code TEXT NOT NULL,
        document_id TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_bills_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_bills_person_id FOREIGN KEY(person_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_bills_provider_id FOREIGN KEY(provider_id) REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_bills_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_bills_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE plan_years (
        id TEXT NOT NULL,
        plan_id TEXT NOT NULL,
        from_on TEXT NOT NULL,
        until_on TEXT NOT NULL,
        scope TEXT NOT NULL,
        deductible_person INTEGER,
        deductible_family INTEGER,
        oop_person INTEGER,
        oop_family INTEGER,
        coinsurance_percent INTEGER,
        note TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_plan_years_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE aids (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        what TEXT NOT NULL,
        claim_id TEXT,
        person_id TEXT,
        provider_id TEXT,
        asked_on TEXT,
        papers TEXT NOT NULL,
        due_on TEXT,
        answered_on TEXT,
        answer TEXT NOT NULL,
        amount INTEGER,
        until_on TEXT,
        document_id TEXT,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        trashed_at TEXT,
        PRIMARY KEY (id),
        CONSTRAINT fk_aids_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_aids_person_id FOREIGN KEY(person_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_aids_provider_id FOREIGN KEY(provider_id) REFERENCES providers (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_aids_document_id FOREIGN KEY(document_id) REFERENCES documents (id) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT fk_aids_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE table_profiles (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        headers TEXT NOT NULL,
        mapping TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_table_profiles_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE finding_marks (
        id TEXT NOT NULL,
        state TEXT NOT NULL,
        note TEXT NOT NULL,
        author_id TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_finding_marks_author_id FOREIGN KEY(author_id) REFERENCES people (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE TABLE never (
        id TEXT NOT NULL,
        PRIMARY KEY (id)
    ) STRICT""",
    """CREATE TABLE overdrawn (
        id TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT fk_overdrawn_id FOREIGN KEY(id) REFERENCES never (id) DEFERRABLE INITIALLY DEFERRED
    ) STRICT""",
    """CREATE INDEX ix_withdrawals_account_id ON withdrawals (account_id)""",
    """CREATE INDEX ix_contributions_account_id ON contributions (account_id)""",
    """CREATE INDEX ix_hsa_forms_account_id ON hsa_forms (account_id)""",
    """CREATE INDEX ix_allocations_expense_id ON allocations (expense_id)""",
    """CREATE INDEX ix_allocations_withdrawal_id ON allocations (withdrawal_id)""",
    """CREATE INDEX ix_refunds_expense_id ON refunds (expense_id)""",
    """CREATE INDEX ix_trips_expense_id ON trips (expense_id)""",
    """CREATE INDEX ix_stays_expense_id ON stays (expense_id)""",
    """CREATE INDEX ix_dependent_years_person_id ON dependent_years (person_id)""",
    """CREATE INDEX ix_necessity_letters_person_id ON necessity_letters (person_id)""",
    """CREATE INDEX ix_eobs_claim_id ON eobs (claim_id)""",
    """CREATE INDEX ix_eobs_number ON eobs (number)""",
    """CREATE INDEX ix_eob_lines_eob_id ON eob_lines (eob_id)""",
    """CREATE INDEX ix_bills_claim_id ON bills (claim_id)""",
    """CREATE INDEX ix_plan_years_plan_id ON plan_years (plan_id)""",
    """CREATE INDEX ix_aids_claim_id ON aids (claim_id)""",
    """ALTER TABLE expenses ADD COLUMN what TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE expenses ADD COLUMN provider_id TEXT CONSTRAINT fk_expenses_provider_id REFERENCES providers (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE expenses ADD COLUMN proof_id TEXT CONSTRAINT fk_expenses_proof_id REFERENCES documents (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE expenses ADD COLUMN bill_id TEXT CONSTRAINT fk_expenses_bill_id REFERENCES bills (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE expenses ADD COLUMN eob_line_id TEXT CONSTRAINT fk_expenses_eob_line_id REFERENCES eob_lines (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE expenses ADD COLUMN origin_id TEXT CONSTRAINT fk_expenses_origin_id REFERENCES expenses (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE expenses ADD COLUMN due_on TEXT""",
    """ALTER TABLE expenses ADD COLUMN hold TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE expenses ADD COLUMN answer TEXT NOT NULL DEFAULT ''""",
    """ALTER TABLE expenses ADD COLUMN necessity_id TEXT CONSTRAINT fk_expenses_necessity_id REFERENCES necessity_letters (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE expenses ADD COLUMN aid_id TEXT CONSTRAINT fk_expenses_aid_id REFERENCES aids (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE expenses ADD COLUMN account_id TEXT CONSTRAINT fk_expenses_account_id REFERENCES hsa_accounts (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE due_items ADD COLUMN expense_id TEXT CONSTRAINT fk_due_items_expense_id REFERENCES expenses (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE due_items ADD COLUMN aid_id TEXT CONSTRAINT fk_due_items_aid_id REFERENCES aids (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """ALTER TABLE due_items ADD COLUMN necessity_id TEXT CONSTRAINT fk_due_items_necessity_id REFERENCES necessity_letters (id)
        DEFERRABLE INITIALLY DEFERRED""",
    """CREATE INDEX ix_expenses_bill_id ON expenses (bill_id)""",
    """CREATE INDEX ix_expenses_eob_line_id ON expenses (eob_line_id)""",
    """CREATE INDEX ix_expenses_origin_id ON expenses (origin_id)""",
    """CREATE INDEX ix_expenses_reference ON expenses (reference)""",
    f"""CREATE TRIGGER allocation_added AFTER INSERT ON allocations BEGIN{_NEW}
    END""",
    f"""CREATE TRIGGER allocation_changed AFTER UPDATE ON allocations BEGIN{_OLD}{_NEW}
    END""",
    f"""CREATE TRIGGER allocation_removed AFTER DELETE ON allocations BEGIN{_OLD}
    END""",
    f"""CREATE TRIGGER expense_changed AFTER UPDATE OF amount, paid_on, method ON expenses BEGIN
        {_EXPENSE.format(key="NEW.id")}
    END""",
    f"""CREATE TRIGGER withdrawal_changed AFTER UPDATE OF amount ON withdrawals BEGIN
        {_WITHDRAWAL.format(key="NEW.id")}
    END""",
)
