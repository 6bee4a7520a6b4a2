"""All that the tab “Evidence” shows of one denial, gathered at once on a thread."""

from __future__ import annotations

from dataclasses import dataclass

from app.binder import Binder
from app.domain.evidence import Checklist
from app.operations.checklist import checklist
from app.operations.code_check import CodeFinding, check_codes
from app.operations.criteria import SuggestedReason, suggested_reasons
from app.operations.notice_check import NoticeCheck, check_notice
from app.storage.queries.clocks import claim_denials
from app.storage.queries.evidence import PointRow, criteria_of
from ui.dialogs.denial_advice import plan_of
from ui.pages.sent_steps import denial_words


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSeen:
    """What was found. `asked_for` is the denial that was chosen, None for the one to answer.

    `denials` are the ids of the claim's denials with their words; `notice` is None without one.
    """

    asked_for: str | None
    of: Checklist
    denials: tuple[tuple[str, str], ...] = ()
    points: tuple[PointRow, ...] = ()
    reasons: tuple[SuggestedReason, ...] = ()
    notice: NoticeCheck | None = None
    codes: tuple[CodeFinding, ...] = ()

    @property
    def findings(self) -> int:
        """How many things stand out in the letter and the codes."""
        return len(self.codes) + (len(self.notice.missing) if self.notice else 0)


def seen_of(binder: Binder, claim_id: str, denial_id: str | None) -> EvidenceSeen:
    """Return the evidence of a claim, for its denial to answer unless another one is named."""
    denials = binder.ask(claim_denials, claim_id)
    if denial_id not in {each.id for each in denials}:  # undone meanwhile
        denial_id = None
    of = checklist(binder, claim_id, denial_id)
    plan = plan_of(binder, claim_id)
    program = plan.program if plan else None
    named = of.denial_id
    return EvidenceSeen(
        asked_for=denial_id,
        of=of,
        denials=tuple((each.id, denial_words(each, program)) for each in denials),
        points=binder.ask(criteria_of, named) if named else (),
        reasons=suggested_reasons(binder, named) if named else (),
        notice=check_notice(binder, named) if named else None,
        codes=check_codes(binder, claim_id),
    )
