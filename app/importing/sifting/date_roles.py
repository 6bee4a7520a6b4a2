"""What each date on a paper is for, and the facts that follow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from app.importing.sifting.date_context import said_of_all
from app.importing.sifting.date_forms import date_book
from app.importing.sifting.date_places import Places
from app.importing.sifting.date_words import Said, role_book, signs
from app.importing.sifting.date_wrapped import with_wrapped_years
from app.importing.sifting.dates import DateSeen, Doubt, Part, dates_in
from app.importing.sifting.found import Found
from app.importing.sifting.letter_date import LetterDate, chosen_letter_date
from app.importing.sifting.paper import Paper

_CERTAIN: Final = 0.5
_UNLIKELY: Final = 0.45
_TWO_DIGITS_FROM: Final = 2000
_UNLABELLED_KINDS: Final = ("receipt", "card_slip", "pharmacy_label", "envelope", "mail_receipt")
_DOUBTS: Final[dict[Doubt, float]] = {
    "": 1.0, "repaired": 0.88, "weekday": 0.75, "year": 0.7, "day_first": 0.6, "day_or_month": 0.42,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatedRole:
    """A date of a paper and what it is for.

    Beside those of the facts, roles are `birth`, `due`, `earlier_notice`, `authorization`,
    `policy`, `decision`, `paid`, `requested`, `appointment`, `signed`, `printed`, `fax`,
    `form_revision`, `expiry` and `other`. Of a range, `part` tells the ends apart, so the end of
    an authorization is one with `part` "to". `why` names the rule of the data that decided.
    """

    role: str
    value: date | None
    start: int
    end: int
    score: float
    why: str
    doubt: Doubt = ""
    note: str = ""
    part: Part = ""


def date_facts(paper: Paper, kind: str | None = None) -> tuple[Found, ...]:
    """Return the dates that are facts of a paper of this kind; each value once a name."""
    names = role_book().emitted
    best: dict[tuple[str, str], Found] = {}
    for item in date_roles(paper, kind):
        if item.role not in names or item.value is None or item.score <= 0:
            continue
        if _is_kept_back(item.role, kind):
            continue
        name, value = names[item.role], item.value.isoformat()
        known = best.get((name, value))
        if known is None or item.score > known.score:
            found = Found(name, value, item.start, item.end, round(item.score, 3), item.note)
            best[name, value] = found
    return tuple(sorted(best.values(), key=lambda found: found.start))


def _is_kept_back(role: str, kind: str | None) -> bool:
    """Say whether dates of this role are no facts on papers of this kind."""
    if role == "purchase":
        return kind is not None and kind not in role_book().purchase_kinds
    return kind in role_book().not_emitted.get(role, ())


def date_roles(paper: Paper, kind: str | None = None) -> tuple[DatedRole, ...]:
    """Return every date of a paper with its role, in the order of the text.

    A day without a year has its value where the letter's date makes the year certain.
    """
    dates = with_wrapped_years(paper, dates_in(paper.text, labelled=True))
    places = Places(paper, tuple(dates))
    said = said_of_all(places)
    letter = chosen_letter_date(places, said, kind)
    roles = [
        _dated(spot.seen, _for_kind(what, kind))
        for spot, what in zip(places.spots, _told_apart(said, kind), strict=True)
    ]
    if kind in role_book().alone_is_service:
        roles = _with_alone(roles, places, said)
    if kind in _UNLABELLED_KINDS:
        roles = _with_unlabelled(roles, places, said, kind)
    hidden = date_book().labelled_names
    known = [
        role
        for role, spot in zip(roles, places.spots, strict=True)
        if role.why or spot.seen.how not in hidden
    ]
    if letter:
        known = [each for role in known for each in _of_letter(role, letter)]
    hint = letter.value if letter and letter.score >= _CERTAIN else None
    known = [_in_year(role, paper.text, hint) for role in known]
    return tuple(_checked(role, known) for role in known)


def _told_apart(said: Sequence[Said | None], kind: str | None) -> list[Said | None]:
    """Return what is said with doubt on dates of service in prose, where labels give others.

    Sentences also tell the history of an illness.
    """
    labelled = any(what and what.role == "service" and not what.in_prose for what in said)
    if not labelled and kind not in role_book().no_service_in_prose:
        return list(said)
    return [
        replace(what, score=min(what.score, _UNLIKELY))
        if what and what.role == "service" and what.in_prose
        else what
        for what in said
    ]


def _for_kind(said: Said | None, kind: str | None) -> Said | None:
    """Return a bare date as what it is on a paper of this kind; on a letter it is not yet its."""
    if said is None:
        return None
    role = role_book().role_of_kind.get(kind or "", {}).get(said.role)
    if role:
        return replace(said, role=role)
    if said.role != "letter":
        return said
    role = role_book().bare_date_role.get(kind or "", "other")
    is_bare = said.name == "bare_date"
    return Said(role if is_bare else "other", said.name, min(said.score, 0.85), said.rank)


def _dated(seen: DateSeen, said: Said | None) -> DatedRole:
    said = said or Said("other", "", 0.0)
    score = said.score * _DOUBTS[seen.doubt]
    return DatedRole(
        said.role, seen.value, seen.start, seen.end, score, said.name, seen.doubt, seen.note,
        seen.part,
    )  # fmt: skip


def _of_letter(role: DatedRole, letter: LetterDate) -> Iterator[DatedRole]:
    """Yield a date as that of the letter, and as what else it is, if it is the letter's."""
    is_letter = role.start in letter.starts
    if not is_letter or letter.is_also_other:
        yield role
    if is_letter:
        note = f"{role.note} {letter.note}".strip()
        score = letter.score * _DOUBTS[role.doubt]
        yield replace(role, role="letter", score=score, why=letter.why, note=note)


def _with_alone(
    roles: Sequence[DatedRole], places: Places, said: Sequence[Said | None]
) -> list[DatedRole]:
    """Return the dates that head a claim of a summary, with its provider beside, as of service."""
    first = next(
        (spot.row_number for spot, what in zip(places.spots, said, strict=True) if what), None
    )
    return [
        replace(role, role="service", score=0.75 * _DOUBTS[role.doubt], why="alone_in_a_summary")
        if what is None
        and first is not None
        and spot.row_number > first
        and role.value
        and places.heads_a_line(spot)
        else role
        for role, spot, what in zip(roles, places.spots, said, strict=True)
    ]


def _with_unlabelled(
    roles: Sequence[DatedRole], places: Places, said: Sequence[Said | None], kind: str
) -> list[DatedRole]:
    """Give the dates of a receipt, label or envelope that no words explain their role.

    A clock time beside a date speaks for it. Several days that are equally likely are doubtful.
    """
    role = role_book().bare_date_role[kind]
    named = [item for item in roles if item.role == role and item.score >= _CERTAIN]
    if named:
        return list(roles)
    open_ = [
        (at, signs("clock_time", places.near_rows(spot.row_number, 0)))
        for at, (spot, what) in enumerate(zip(places.spots, said, strict=True))
        if what is None and spot.seen.value and spot.seen.how not in date_book().labelled_names
    ]
    timed = [at for at, with_time in open_ if with_time]
    likely = timed or [at for at, _ in open_]
    days = {roles[at].value for at in likely}
    score = 0.9 if timed and role == "purchase" else 0.8 if role == "purchase" else 0.62
    note = ""
    if len(days) > 1:
        score, note = 0.4, "There are several dates, and none is called that of the purchase."
    result = list(roles)
    for at in likely:
        item = roles[at]
        result[at] = replace(
            item, role=role, score=score * _DOUBTS[item.doubt], why="unlabelled",
            note=f"{item.note} {note}".strip(),
        )  # fmt: skip
    return result


def _in_year(role: DatedRole, text: str, hint: date | None) -> DatedRole:
    """Return a day without a year in the year that the letter's date makes certain."""
    if role.value is not None or hint is None:
        return role
    seen = dates_in(text[role.start : role.end], hint)
    return replace(role, value=seen[0].value, note=seen[0].note) if seen else role


def _checked(role: DatedRole, roles: Sequence[DatedRole]) -> DatedRole:
    """Return a birth date in its century, and facts from days without a year as doubtful."""
    if role.role == "birth" and role.value:
        latest = max(item.value for item in roles if item.value)
        if role.value.year >= _TWO_DIGITS_FROM and role.value >= latest:
            return replace(role, value=_earlier(role.value, 100))
    if role.doubt == "year" and not role.part:
        return replace(role, score=min(role.score, 0.4))
    return role


def _earlier(day: date, years: int) -> date:
    return day.replace(year=day.year - years, day=min(day.day, 28) if day.month == 2 else day.day)
