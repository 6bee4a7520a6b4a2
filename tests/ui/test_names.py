"""Every short key that the program keeps has plain words."""

from __future__ import annotations

import pytest

from app.domain import claim, document, expense, person, plan, sending
from ui import names


@pytest.mark.parametrize(
    ("table", "keys"),
    [
        (names.PAPER_KINDS, document.KINDS),
        (names.PROGRAMS, set(plan.PROGRAMS) - {"unknown"}),
        (names.FUNDINGS, plan.FUNDINGS),
        (names.STATES, plan.STATES),
        (names.RELATIONS, person.RELATIONS),
        (names.CLAIM_STATUSES, claim.STATUSES),
        (names.METHODS, expense.METHODS),
        (names.WAYS, sending.WAYS),
    ],
)
def test_each_key_has_words_and_no_word_lacks_a_key(table, keys):
    assert set(table) == set(keys)
    assert len(set(table.values())) == len(table)
