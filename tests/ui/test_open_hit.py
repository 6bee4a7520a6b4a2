"""What was found in a claim is shown in that claim, in the part of it where it is at home."""

from __future__ import annotations

import pytest

from app.operations import (
    authorizations,
    claims,
    diary,
    letter_papers,
    treatments,
)
from app.storage.queries.find import find_anything
from ui.pages.claims import ClaimsPage
from ui.pages.open_hit import open_hit


@pytest.fixture
def page(desk, shell, qtbot):
    made = ClaimsPage(desk, shell)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    return made


@pytest.fixture
def claim(binder):
    """A claim that is not the first of the list, with one of everything that can be found."""
    claims.open_claim(binder, "A scan")
    claim = claims.open_claim(binder, "Infusions")
    treatments.add_treatment(binder, claim.id, "Wolfram tablets")
    diary.add_line(binder, claim.id, "Zirconium taste")
    authorizations.add_authorization(binder, "Yttrium series", claim_id=claim.id)
    letter_papers.save_letter(binder, claim.id, "appeal", "Xenon letter", "Dear reviewer")
    return claim


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("wolfram", "treatments"),
        ("zirconium", "treatments"),
        ("yttrium", "approvals"),
        ("xenon", "letters"),
    ],
)
def test_a_hit_opens_its_claim_in_the_right_part(desk, shell, page, claim, typed, part):
    (hit,) = desk.binder.ask(find_anything, typed)
    open_hit(desk, shell, hit)
    ((name, kind, key),) = shell.went
    page.reload()
    page.show()
    page.show_record(kind, key)
    assert name == "claims"
    assert page.list.chosen_id == claim.id
    shown = page.view.parts.stack.currentWidget()
    assert shown is page.view.parts._made[part]
    assert shown.isVisible()


def test_a_hit_that_is_gone_by_now_opens_nothing(desk, shell, binder, page, claim):
    (hit,) = binder.ask(find_anything, "yttrium")
    while binder.undo():
        pass
    open_hit(desk, shell, hit)
    assert shell.went == []
