"""Whose paper is it? What papers say of the patient and the claim, against what is known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.fact_rows import FactRow
from app.domain.matching import key_of
from app.domain.preflight import Finding

_NUMBERS: Final = ("claim_number",)
_OF_THE_CLAIM: Final = frozenset({"denial", "appeal_decision", "information_request", "approval"})
"""Kinds of paper that are about one claim: another number there is a question."""

_OF_THE_MAIL: Final = frozenset({"fax_confirmation", "mail_receipt", "envelope"})
"""Kinds of paper that name senders and recipients, and hardly ever a patient."""

_TITLES: Final = frozenset({"MR", "MRS", "MS", "MISS", "DR", "JR", "SR", "II", "III", "MD"})
_LEAST_KEY: Final = 4
_LEAST_SURE: Final = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Belongs:
    """What the claim knows: its patient, the numbers of its member, and all numbers of its case.

    `others` are names of the household that stand in papers without being a mistake: the holder of
    the insurance, whoever speaks for the patient.
    """

    patient: str = ""
    others: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def people_findings(
    document_id: str, name: str, kind: str | None, facts: Sequence[FactRow], known: Belongs
) -> Iterator[Finding]:
    """Yield questions about a paper that seems to be of another person or another claim.

    Nothing that a machine read is taken for true: it is asked, and the page is shown.
    """
    sure = [row for row in facts if row.is_confirmed or row.score >= _LEAST_SURE]
    if kind not in _OF_THE_MAIL:
        yield from _other_patient(document_id, name, _of(sure, "patient"), known)
    members = _of(sure, "member_id")
    if known.member_ids and members and not any(_fits(row, known.member_ids) for row in members):
        yield _question(
            document_id, members[0], "other_member",
            f"“{name}” shows the member ID “{members[0].value}”, not the one of this plan. "
            "Is this paper about the right person and plan?",
        )  # fmt: skip
    numbers = [row for row in sure if row.name in _NUMBERS]
    is_about_one = kind in _OF_THE_CLAIM and bool(known.numbers) and bool(numbers)
    if is_about_one and not any(_fits(row, known.numbers) for row in numbers):
        yield _question(
            document_id, numbers[0], "other_claim",
            f"“{name}” shows the claim number “{numbers[0].value}”, which is not known for this "
            "claim. Does this paper belong to it?",
        )  # fmt: skip


def is_same_person(one: str, other: str) -> bool:
    """Return whether two names may be of the same person: “R. Alvarez”, “ALVAREZ, ROSA M”.

    They share a last name or a first name in full, and nothing else in them contradicts.
    """
    mine, theirs = _names(one), _names(other)
    if not mine or not theirs:
        return True
    shared = mine & theirs
    left, right = mine - shared, theirs - shared
    if not shared:
        return False
    return not left or not right or _initials_agree(left, right)


def _initials_agree(left: Collection[str], right: Collection[str]) -> bool:
    """Return whether the names that differ could be the short form of one another."""
    return any(a.startswith(b) or b.startswith(a) for a in left for b in right)


def _names(name: str) -> frozenset[str]:
    words = (key_of(word) for word in name.replace(",", " ").replace(".", " ").split())
    return frozenset(word for word in words if word and word not in _TITLES)


def _other_patient(
    document_id: str, name: str, patients: Sequence[FactRow], known: Belongs
) -> Iterator[Finding]:
    if not known.patient:
        return
    ours = (known.patient, *known.others)
    strangers = [
        row for row in patients if not any(is_same_person(str(row.value), one) for one in ours)
    ]
    is_named = any(is_same_person(str(row.value), known.patient) for row in patients)
    if strangers and not is_named:
        row = strangers[0]
        yield _question(
            document_id, row, "other_person",
            f"“{name}” names “{row.value}” as the patient. Is this paper about {known.patient}?",
        )  # fmt: skip
    elif strangers:
        row = strangers[0]
        page = f"Page {row.page} of “{name}”" if row.page else f"“{name}”"
        yield _question(
            document_id, row, "other_person",
            f"{page} names “{row.value}” as a patient too. Does that page belong to "
            f"{known.patient}?",
        )  # fmt: skip


def _fits(row: FactRow, known: Sequence[str]) -> bool:
    """Return whether a number is one that is known, with or without what is put before or after."""
    key = key_of(str(row.value))
    keys = [key_of(each) for each in known]
    return any(
        key == each or (min(len(key), len(each)) >= _LEAST_KEY and (key in each or each in key))
        for each in keys
    )


def _of(facts: Sequence[FactRow], name: str) -> list[FactRow]:
    return [row for row in facts if row.name == name and isinstance(row.value, str)]


def _question(document_id: str, row: FactRow, code: str, sentence: str) -> Finding:
    return Finding(
        code=code, sentence=sentence, severity="look", document_id=document_id, page=row.page
    )
