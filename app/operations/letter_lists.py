"""What fills several lines of a letter: reasons, treatments, payments, what happened."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from itertools import chain
from typing import Final

from app.domain.calendar_days import spoken
from app.domain.criterion import Criterion
from app.domain.letter_template import BLANK, blanks_in
from app.domain.money import Money
from app.domain.partial_day import first_day, spoken_partial
from app.domain.treatment import Treatment
from app.operations.letter_case import LetterCase
from app.resources import resource_json

WAYS: Final = {
    "certified_mail": " by certified mail",
    "mail": " by mail",
    "fax": " by fax",
    "portal": " through your website",
    "by_hand": " by hand",
}
"""How something was sent, behind a verb."""

_ROUTES: Final = {
    "oral": "by mouth", "infusion": "by infusion", "injection": "by injection",
    "topical": "on the skin", "inhaled": "inhaled",
}  # fmt: skip
_PRODUCTS: Final = {"commercial": "commercial product", "compounded": "mixed by a pharmacy"}
_OUTCOMES: Final = {
    "helped": "It helped.",
    "helped_some": "It helped a little.",
    "no_effect": "It had no effect.",
    "reaction": "There was a reaction",
    "not_tolerated": "It was not tolerated",
    "stopped": "It was stopped",
    "ongoing": "It is still given.",
}
_DENIED: Final = {1: "The company said no.", 2: "The company said no to the appeal."}
_DENIED_AGAIN: Final = "The company said no again."
_ANSWERS: Final = {
    "upheld": "The company kept its no.",
    "partly": "The company gave in in part.",
    "overturned": "The company changed its decision.",
    "withdrawn": "The appeal was withdrawn.",
}
_CHANGED: Final = frozenset({"partly", "overturned"})
_ANSWER_BLANK: Final = f"{BLANK} [your answer to this point]"


def one_line(text: str | None) -> str:
    """Return a text on one line; nothing for nothing."""
    return " ".join((text or "").split())


def lines_of(text: str) -> str:
    """Return an address or the like, line under line, without empty ones."""
    return "\n".join(filter(None, map(one_line, text.splitlines())))


def stated_reason(case: LetterCase) -> str:
    """Return the payer's own reason: as it was noted, as confirmed on paper, or point by point."""
    noted = one_line(case.denial.reason) if case.denial else ""
    read = (
        one_line(row.text)
        for row in case.known.letter_facts
        if row.name == "denial_reason" and row.is_confirmed
    )
    noted = noted or next(filter(None, read), "")
    quoted = (_quote(row) for row in _quoted(case.criteria) if row.kind == "reason")
    return noted.strip('“”"') or " … ".join(quoted)


def arguments(case: LetterCase) -> str:
    """Return each point of the payer that was answered or is to be, with the answer."""
    return "\n\n".join(
        f"{number}. “{_quote(row)}”\n{lines_of(row.answer) or _ANSWER_BLANK}"
        for number, row in enumerate(_quoted(case.criteria), start=1)
    )


def doctor_points(case: LetterCase) -> str:
    """Return what a doctor should answer: the payer's own points, then those of its kind of no."""
    quoted = [f"The plan writes: “{_quote(row)}”" for row in _quoted(case.criteria)]
    kind = case.denial.kind if case.denial else ""
    return _numbered(chain(quoted, _questions().get(kind, ())))


def treatments(case: LetterCase) -> str:
    """Return a line for each treatment that was tried, in the order of time."""
    by_time = sorted(case.treatments, key=lambda each: first_day(each.began) or date.max)
    return "\n".join(f"• {_treatment(each)}" for each in by_time)


def _treatment(tried: Treatment) -> str:
    span = " to ".join(filter(None, (spoken_partial(tried.began), spoken_partial(tried.ended))))
    if tried.began and not tried.ended:
        span = f"since {span}" if tried.outcome == "ongoing" else f"from {span}"
    elif tried.ended and not tried.began:
        span = f"until {span}"
    parts = (
        one_line(tried.what), one_line(tried.dose), _ROUTES.get(tried.route, ""),
        _PRODUCTS.get(tried.product, ""), span,
    )  # fmt: skip
    said = _OUTCOMES.get(tried.outcome, "")
    reaction = one_line(tried.reaction)
    if said and not said.endswith("."):
        said = f"{said}: {reaction.rstrip('.')}." if reaction else f"{said}."
    elif reaction:
        said = f"{said} Reaction: {reaction.rstrip('.')}.".strip()
    return f"{', '.join(filter(None, parts))}. {said}".strip()


def payments(case: LetterCase, *, to: str | None = None) -> str:
    """Return a line for each payment and their sum; with `to` only those to that provider."""
    rows = [
        row
        for row in case.payments
        if to is None or one_line(row.provider).casefold() == to.casefold()
    ]
    if not rows:
        return ""
    said: list[str] = []
    for row in rows:
        name = one_line(row.provider)
        day = spoken(row.paid_on) if row.paid_on else ""
        said.append(f"• {day}: {row.amount}{f' to {name}' if name else ''}")
    total = sum((row.amount for row in rows), Money(0))
    return "\n".join([*said, f"• Together: {total}"] if len(rows) > 1 else said)


def enclosures(case: LetterCase) -> str:
    """Return what goes along, numbered."""
    return _numbered(map(one_line, case.enclosures))


def with_enclosures(text: str, words: str) -> str:
    """Return a letter with the blank for what goes along filled, once that is known."""
    name = resource_json("letters", "blanks.json")["names"]["enclosures"]
    for blank in reversed([each for each in blanks_in(text) if each.what == name]):
        text = f"{text[: blank.start]}{words}{text[blank.end :]}"
    return text


def history(case: LetterCase) -> str:
    """Return what happened between patient and company, a line each, the oldest first."""
    told = [
        (each.notice_on, 0, _DENIED.get(each.level, _DENIED_AGAIN))
        for each in case.denials
        if each.notice_on
    ]
    told += [
        (each.sent_on, 1, f"An appeal was sent{WAYS.get(each.way, '')}.".replace("your", "their"))
        for each in case.sendings
        if each.denial_id
    ]
    told += [
        (each.answered_on, 2, _ANSWERS[each.outcome])
        for each in case.denials
        if each.answered_on and each.outcome in (_CHANGED | {"withdrawn"})
    ]
    return "\n".join(f"• {spoken(day)}: {words}" for day, _place, words in sorted(told))


def _quoted(rows: Iterable[Criterion]) -> list[Criterion]:
    return [row for row in rows if row.quote.strip()]


def _quote(row: Criterion) -> str:
    return one_line(row.quote).strip('“”"')


def _numbered(items: Iterable[str]) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))


@cache
def _questions() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = resource_json("letters", "points.json")["points"]
    return {kind: tuple(questions) for kind, questions in found.items()}
