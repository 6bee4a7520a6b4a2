"""One look at a bundle that is still being put together: what is in doubt, told, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.binder import Binder
from app.domain.bundle import BundlePlan
from app.domain.preflight import Finding
from app.operations.bundle_plan import NO_WISHES, PRINTED, Form, Wishes, plan_bundle
from app.operations.bundle_sizes import AboutSizes, about_sizes
from app.operations.preflight import UNKNOWN_WAY, Outgoing, preflight
from app.operations.preflight_learned import Learned, what_they_learn
from app.operations.preflight_pages import Draw


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What a look found, and about how much the bundle will be (see `about_sizes`)."""

    plan: BundlePlan
    findings: tuple[Finding, ...]
    learned: tuple[Learned, ...]
    about: AboutSizes


def look_over(  # noqa: PLR0913 - each is one choice of the dialog
    binder: Binder,
    claim_id: str,
    *,
    today: date,
    denial_id: str | None = None,
    wishes: Wishes = NO_WISHES,
    form: Form = PRINTED,
    outgoing: Outgoing = UNKNOWN_WAY,
    draw: Draw | None = None,
) -> Looked:
    """Plan a bundle and look it over; nothing is written. It may take a while.

    Raises:
        UserError: the claim or denial does not exist, or a wish cannot be understood.
    """
    plan = plan_bundle(binder, claim_id, today=today, denial_id=denial_id, wishes=wishes, form=form)
    return Looked(
        plan=plan,
        findings=preflight(
            binder, claim_id, plan, denial_id=denial_id, outgoing=outgoing, draw=draw
        ),
        learned=what_they_learn(binder, plan),
        about=about_sizes(binder, plan),
    )
