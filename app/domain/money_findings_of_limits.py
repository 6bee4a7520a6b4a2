"""What stands out in the use of a plan's limits: M05 and M06."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from app.domain.accumulators import Comparison, Meter, Step, meters_of
from app.domain.money import Money
from app.domain.money_finding import MoneyCase, Noted, about_eob

_NOTHING: Final = Money()
_NUMBERS: Final = {"deductible": "M05", "oop": "M06"}
_NAMES: Final = {"deductible": "deductible", "oop": "out-of-pocket maximum"}


def findings_of_limits(case: MoneyCase) -> Iterator[Noted]:
    """Yield what was asked for beyond a limit, and where the plan counts otherwise."""
    groups = [each for owing in case.owings for each in owing.matter.explained]
    meters = meters_of(case.facts, groups)
    worst: dict[tuple[str, str], tuple[Money, Meter, Step]] = {}
    for meter in meters:
        for step in meter.steps:
            more = _beyond(meter, step)
            key = (step.explained.eob.id, meter.kind)
            if more > _NOTHING and (key not in worst or more > worst[key][0]):
                worst[key] = more, meter, step
    for more, meter, step in worst.values():
        yield _too_much(more, meter, step)
    yield from _printed(meters)


def _beyond(meter: Meter, step: Step) -> Money:
    """Return how much of what one explanation asks lies beyond the limit."""
    if meter.limit is None or meter.limit <= _NOTHING:
        return _NOTHING
    return max(min(step.added, step.after - meter.limit), _NOTHING)


def _too_much(more: Money, meter: Meter, step: Step) -> Noted:
    whose = "your family's" if meter.person_id is None else "this person's"
    name = _NAMES[meter.kind]
    return about_eob(
        _NUMBERS[meter.kind],
        step.explained.eob,
        f"By your own records {step.before} of {whose} {name} of {meter.limit} was used before "
        f"this paper, and it adds {step.added}. That is {more} too much. Ask the plan to count "
        "again.",
    )


def _printed(meters: Iterable[Meter]) -> Iterator[Noted]:
    """M05: what the newest paper prints as used, against one's own records up to that paper.

    A paper prints the use of its patient or of the family; if one of the two agrees, all is well.
    """
    asked: defaultdict[tuple[str, str], list[tuple[Meter, Comparison]]] = defaultdict(list)
    for meter in meters:
        if meter.comparison:
            asked[meter.comparison.explained.eob.id, meter.kind].append((meter, meter.comparison))
    for found in asked.values():
        meter, compared = max(found, key=lambda each: each[0].person_id is not None)
        if not any(one.agrees for _, one in found):
            yield _counted_otherwise(meter, compared)


def _counted_otherwise(meter: Meter, compared: Comparison) -> Noted:
    printed, own = compared.printed, compared.own
    apart = Money(abs(printed.cents - own.cents))
    reason = (
        "Some papers of this plan year may be missing here."
        if printed > own
        else "The plan may have left something out. Ask it to count again."
    )
    return about_eob(
        "M05",
        compared.explained.eob,
        f"The paper says that {printed} of the {_NAMES[meter.kind]} is used; your records come to "
        f"{own} on that day. They are {apart} apart. {reason}",
        "printed",
        meter.kind,
    )
