"""Which rules answer a denial: by kind of plan, level, funding and state, never by a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from app.domain.due_facts import CannotSay

_UNKNOWN: Final = "unknown"
"""Stands in the table for a plan of which nobody knows who pays its claims."""

STATE_REVIEW: Final = "state"
"""Stands in the table for the external review of the plan's own state."""

_ASK_PROGRAM: Final = CannotSay(
    "The kind of plan decides which rule holds, and it is not known. "
    "Until then only the date printed in the letter counts.",
    "What kind of plan is it: through a job, bought by yourself, Medicare, Medicaid, or another? "
    "The card or the benefits office can tell.",
)
_ASK_FUNDING: Final = CannotSay(
    "Who pays the claims decides whether the federal or the state review holds, and it is not "
    "known. Until then only the date printed in the letter counts.",
    "Does the employer pay the claims itself (self-funded), or does an insurance company? "
    "The benefits office can tell.",
)
_ASK_LETTER: Final = CannotSay(
    "An older plan (from before March 2010) that people bought themselves keeps its own terms. "
    "Only the letter counts.",
    "How long does the letter give to appeal?",
)
_ASK_STATE: Final = CannotSay(
    "Each state sets its own time for an outside (external) review, and the state is not known. "
    "Until then only the date printed in the letter counts.",
    "In which state was the plan issued?",
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What decides the rule: the plan's kind, who pays its claims, and its state.

    The words are those of `app.domain.plan`; None is “not known”. `grandfathered` says
    whether an older law holds for the plan, where that was asked. `reason` is the kind of
    denial, where the next step depends on it.
    """

    program: str | None = None
    funding: str | None = None
    state: str | None = None
    grandfathered: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _ByFunding:
    """The rules of a level where it matters who pays the claims."""

    steps: Mapping[str, tuple[str, ...] | CannotSay]


@dataclass(frozen=True, slots=True)
class _ByReason:
    """The rules of a level by the kind of the denial; `otherwise` where it settles nothing."""

    steps: Mapping[str, tuple[str, ...]]
    otherwise: CannotSay


_Step = tuple[str, ...] | CannotSay | _ByFunding | _ByReason


@dataclass(frozen=True, slots=True)
class PlanKind:
    """A row of the table: the programmes of the rules by funding, and the steps by level.

    `by_hand` are the rules that a person with such a plan may count outside of a denial.
    """

    programs: Mapping[str, tuple[str, ...]]
    levels: Mapping[int, _Step]
    by_hand: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProgrammeTable:
    """Maps a person's plan to the rules, by the words of `app.domain.plan.PROGRAMS`.

    `by_hand` are the rules that anybody may count, whatever the plan; `beside_state` are those
    that stand beside a state's own review where the federal government runs it.
    """

    kinds: Mapping[str, PlanKind]
    by_hand: tuple[str, ...] = ()
    beside_state: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def programs(self, word: str, funding: str | None = None) -> frozenset[str]:
        """Return the programmes of the rules that a kind of plan may fall under."""
        by_funding = self.kinds[word].programs
        chosen = (funding,) if funding and funding in by_funding else by_funding
        return frozenset(program for key in chosen for program in by_funding[key])

    def named_rules(self) -> frozenset[str]:
        """Return every id that the table names, the stand-in for the states among them."""
        named = {*self.by_hand, *(rule for ids in self.beside_state.values() for rule in ids)}
        for kind in self.kinds.values():
            named.update(kind.by_hand)
            for step in kind.levels.values():
                named.update(_named_by(step))
        return frozenset(named)

    def steps_by_hand(self, coverage: Coverage) -> tuple[str, ...]:
        """Return the ids of the rules that a person with this plan may count outside a denial."""
        kind = self.kinds.get(kind_word(coverage))
        own = kind.by_hand if kind else ()
        return (*own, *(rule for rule in self.by_hand if rule not in own))

    def rule_ids(self, coverage: Coverage, level: int) -> tuple[str, ...] | CannotSay:
        """Return the ids of the rules that answer a denial of this level, the main one first.

        Fails closed: where the kind of plan, its funding or its state is needed and not known,
        the answer is the one question that would settle it.
        """
        step = self._step(coverage, level)
        return step if isinstance(step, CannotSay) else self._with_state(step, coverage.state)

    def is_same_review(self, coverage: Coverage, level: int, other: int) -> bool:
        """Return whether two levels are one and the same review by the plan's state.

        A plan with only one appeal of its own may call its denial the second or the third; either
        is answered by that review. After the review has said no there is none of it left.
        """
        step = self._step(coverage, level)
        return (
            not isinstance(step, CannotSay)
            and STATE_REVIEW in step
            and step == self._step(coverage, other)
        )

    def _step(self, coverage: Coverage, level: int) -> tuple[str, ...] | CannotSay:
        kind = self.kinds.get(kind_word(coverage))
        if kind is None or not kind.levels:
            return _ASK_LETTER if coverage.grandfathered else _ASK_PROGRAM
        step = kind.levels.get(level)
        if step is None:
            return CannotSay(
                f"No rule is kept for a denial of level {level} by this kind of plan. "
                "Only the date printed in the letter counts.",
                "How long does the letter give for the next step?",
            )
        if isinstance(step, _ByFunding):
            unknown = step.steps.get(_UNKNOWN, _ASK_FUNDING)
            step = step.steps.get(coverage.funding or _UNKNOWN, unknown)
        elif isinstance(step, _ByReason):
            step = step.steps.get(coverage.reason or "", step.otherwise)
        return step

    def _with_state(self, ids: tuple[str, ...], state: str | None) -> tuple[str, ...] | CannotSay:
        if STATE_REVIEW not in ids:
            return ids
        if not state or not state.strip():
            return _ASK_STATE
        place = state.strip().upper()
        own = (f"{STATE_REVIEW}.{place}" if rule == STATE_REVIEW else rule for rule in ids)
        return (*own, *self.beside_state.get(place, ()))


def kind_word(coverage: Coverage) -> str:
    """Return the row of the table; an employer's plan that is grandfathered has its own.

    A grandfathered plan that a person bought follows neither the employer rules nor those of
    newer plans: it has no row.
    """
    if not coverage.grandfathered:
        return coverage.program or ""
    return "grandfathered" if coverage.program in {"employer", "grandfathered"} else ""


def _named_by(step: _Step) -> Iterator[str]:
    match step:
        case CannotSay():
            return
        case tuple():
            yield from step
        case _:
            for one in step.steps.values():
                yield from _named_by(one)


def parse_programmes(data: Mapping[str, Any]) -> ProgrammeTable:
    """Read `programmes.json`."""
    return ProgrammeTable(
        {word: _kind(row) for word, row in data["plans"].items()},
        by_hand=tuple(data["by_hand"]),
        beside_state={state: tuple(ids) for state, ids in data["beside_state"].items()},
    )


def _kind(row: Mapping[str, Any]) -> PlanKind:
    return PlanKind(
        programs={funding: tuple(names) for funding, names in row["programs"].items()},
        levels={int(level): _step(step) for level, step in row["levels"].items()},
        by_hand=tuple(row.get("by_hand", ())),
    )


def _step(data: list[str] | Mapping[str, Any]) -> _Step:
    if isinstance(data, Mapping) and "by_reason" in data:
        steps = {
            reason: (rule,) for rule, reasons in data["by_reason"].items() for reason in reasons
        }
        return _ByReason(steps, _cannot_say(data["otherwise"]))
    if isinstance(data, Mapping) and "cannot_say" not in data:
        return _ByFunding({funding: _plain_step(step) for funding, step in data.items()})
    return _plain_step(data)


def _plain_step(data: list[str] | Mapping[str, Any]) -> tuple[str, ...] | CannotSay:
    return _cannot_say(data) if isinstance(data, Mapping) else tuple(data)


def _cannot_say(data: Mapping[str, Any]) -> CannotSay:
    return CannotSay(data["cannot_say"], data["ask"])
