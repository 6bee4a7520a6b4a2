"""Whose paper it is, where no label says so: letterhead, closing, what a payer says of itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Final

from app.importing.sifting.evidence import Evidence
from app.importing.sifting.folding import folded
from app.importing.sifting.heads import HEAD_ROWS, authority_at, heads, organisation
from app.importing.sifting.names import Name, has_words, is_known_insurer, is_whole_insurer, name_at
from app.importing.sifting.paper import Paper
from app.importing.sifting.roles import is_private, pays
from app.resources import resource_json

_PAYERS: Final = frozenset(
    {"medical_policy", "denial", "appeal_decision", "information_request", "approval", "eob", "msn",
     "insurance_card", "check"}
)  # fmt: skip
_PROVIDERS: Final = frozenset(
    {"itemized_bill", "superbill", "necessity_letter", "medical_record", "treatment_order",
     "infusion_record", "imaging", "lab_result"}
)  # fmt: skip
_LISTING_PROVIDERS: Final = frozenset({"msn", "eob"})
_TO_PAYERS: Final = frozenset({"appeal_letter", "necessity_letter"})
_NOBODYS: Final = frozenset(
    {"receipt", "card_slip", "plan_document", "study", "trial_paper",
     "genetic_test", "certificate_of_analysis", "accreditation"}
)  # fmt: skip
_LEAD: Final = re.compile(  # a date or claim number before the name of who gave the care
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4} |\d{1,2}/\d{1,2}/\d{2,4} |[^\n]{1,60}? - )"
)
_ALONE: Final = re.compile(r",?(?:$|,? \(?\d|,? p\.?o\.? box)", re.IGNORECASE)
_HEAD_PEOPLE: Final = 2  # names at the top among which is that of a doctor whose paper it is
_ATTENTION: Final = re.compile(
    r"(?:attn|attention|to|atencion|a)\b[:.]?[^\n]{0,60}, ", re.IGNORECASE
)
_ADDRESS_ROWS: Final = 22
_FOOT_ROWS: Final = 6  # after “Sincerely”
_STRONG, _WEAK, _NEUTRAL, _PROVIDER, _SUBJECT, _CLOSING, _SIGNED = (
    0.88,
    0.8,
    0.65,
    0.75,
    0.72,
    0.72,
    0.8,
)
_WORD_BACK: Final = re.compile(r"(\S{1,40})[ \n]?$")
_FROM_PROVIDER: Final = re.compile(  # what Medicare has the provider itself hand out
    r"\b(?:notice of medicare non-?coverage|explanation of non-?coverage"
    r"|beneficiary notice of non-?coverage|hospital.issued notice of non-?coverage)\b"
)
_BACK: Final = 9  # words that a name before a verb may have
_CLOSINGS: Final = re.compile(r"\b(?:sincerely|regards|respectfully|atentamente|cordialmente)\b")
_WIDE: Final = 90


def whose_paper(paper: Paper, kind: str | None) -> Iterator[Evidence]:
    """Yield insurers and providers from the head, the closing and the sentences of a paper."""
    plain = folded(paper.text)
    payer, bill = _count("payer_talk", plain), _count("bill_talk", plain)
    if kind in _PAYERS or (kind is None and (payer > bill or _begins_with_payer(paper))):
        yield from _of_payer(paper, plain, kind)
    elif kind in _PROVIDERS or (kind is None and (bill > 1 or _begins_with_doctor(paper))):
        yield from _of_provider(paper, plain, kind)
    if kind in _TO_PAYERS:
        names = heads(paper, _ADDRESS_ROWS)
        yield from (Evidence("insurer", name, _SUBJECT) for name in names if _may_be_payer(name))
        yield from _to_whom(paper)
    if kind == "appeal_letter":
        names = _signatures(paper, plain)
        yield from (Evidence("dear", name, _SUBJECT) for name in names if is_private(name))
    if kind in _LISTING_PROVIDERS:
        yield from _alone(paper)
    if kind not in _NOBODYS:
        yield from _subjects(paper.text, plain)


def _begins_with_payer(paper: Paper) -> bool:
    first = next(heads(paper), None)
    return first is not None and pays(first)


def _begins_with_doctor(paper: Paper) -> bool:
    first = next(heads(paper), None)
    return first is not None and _is_doctor(first)


def _of_payer(paper: Paper, plain: str, kind: str | None) -> Iterator[Evidence]:
    authority = authority_at(paper)
    by_provider = _FROM_PROVIDER.search(plain) is not None
    for number, name in enumerate(heads(paper)):
        if by_provider and number == 0 and not pays(name):
            yield from _practice(name, first=True)
            continue
        yield from _payer(name, kind, first=number == 0, official=name.start >= authority)
    for name in _signatures(paper, plain):
        if _may_be_payer(name):
            yield Evidence("insurer", name, _CLOSING)


def _of_provider(paper: Paper, plain: str, kind: str | None) -> Iterator[Evidence]:
    starts = {row[0].start for row in paper.rows[:HEAD_ROWS]}
    people: set[str] = set()
    for number, name in enumerate(heads(paper)):
        if not _is_doctor(name):
            yield from _practice(name, first=number == 0 and kind in _PROVIDERS)
        elif number < _HEAD_PEOPLE and name.start in starts:
            people.add(name.words[-1])
            yield Evidence("practice", name, _SUBJECT)
    if kind == "necessity_letter":
        for name in _signatures(paper, plain):
            initials = any(len(word) < 2 for word in name.words[:-1])
            if _is_doctor(name) and not (initials and name.words[-1] in people):
                yield Evidence("provider", name, _SIGNED)


def _is_doctor(name: Name) -> bool:
    return name.has_credentials or name.is_doctor


def _practice(name: Name, *, first: bool) -> Iterator[Evidence]:
    """Yield an organisation in the head of a bill or record that gives care."""
    if pays(name) or not name.is_distinct or has_words(name.value, "no_care_place"):
        return
    if has_words(name.value, "provider_words"):
        yield Evidence("practice", name, _PROVIDER)
    elif first and len(name.words) > 1 and not name.is_person:
        yield Evidence("practice", name, _NEUTRAL)


def _to_whom(paper: Paper) -> Iterator[Evidence]:
    """Yield the organisation of whom a letter goes to: “Attn: Medical Director, Acme Health”."""
    for row in paper.rows[:_ADDRESS_ROWS]:
        lead = _ATTENTION.match(row[0].text)
        name = lead and name_at(paper.text, row[0].start + lead.end(), row[0].end)
        if not name or name.end != row[0].end or name.is_person or len(name.words) < 2:
            continue
        if not has_words(name.value, "provider_words") and not name.is_agency:
            yield Evidence("insurer", name, _NEUTRAL)


def _alone(paper: Paper) -> Iterator[Evidence]:
    """Yield the doctors and clinics that are cells of their own, as in a list of claims."""
    for row in paper.rows[HEAD_ROWS // 2 :]:
        for cell in row:
            lead = _LEAD.match(cell.text)
            name = name_at(paper.text, cell.start + (lead.end() if lead else 0), cell.end)
            alone = name and _ALONE.match(paper.text, name.end, cell.end)
            if name and alone and len(name.words) > 1 and not _may_be_payer(name):
                treats = name.has_credentials or has_words(name.value, "provider_words")
                if treats and not name.is_agency:
                    yield Evidence("provider", name, _NEUTRAL)


def _payer(name: Name, kind: str | None, *, first: bool, official: bool) -> Iterator[Evidence]:
    known = is_known_insurer(name.value) or (kind != "msn" and is_whole_insurer(name.value))
    if has_words(name.value, "authorities"):
        yield Evidence("insurer", name, _SUBJECT)  # one that pays: no other is a name here
    elif known or has_words(name.value, "strong_insurer_words"):
        yield Evidence("insurer", name, _STRONG if first else _WEAK)
    elif _is_doctor(name) or has_words(name.value, "care_places"):
        if first and name.is_distinct and not _is_doctor(name):
            yield Evidence("practice", name, _NEUTRAL)
    elif not official and kind != "msn":
        yield from _unknown_payer(name, kind, first=first)


def _unknown_payer(name: Name, kind: str | None, *, first: bool) -> Iterator[Evidence]:
    treats = has_words(name.value, "provider_words")
    if has_words(name.value, "insurer_words") and not treats:
        yield Evidence("insurer", name, _WEAK if first else _SUBJECT)
    elif (
        first
        and (name.is_coined or (len(name.words) > 1 and not name.is_person))
        and (
            not treats or (kind is not None and not name.start)  # “Dental Smiles of Texas”
        )
    ):
        yield Evidence("insurer", name, _NEUTRAL)


def _signatures(paper: Paper, plain: str) -> Iterator[Name]:
    """Yield the names under “Sincerely”."""
    starts = [row[0].start for row in paper.rows]
    for match in _CLOSINGS.finditer(plain):
        name = name_at(paper.text, match.end() + 2, match.end() + _WIDE)
        if name and paper.text[match.end()] == "," and len(name.words) > 1:
            yield name
        at = bisect_right(starts, match.start())
        for row in paper.rows[at : at + _FOOT_ROWS]:
            name = organisation(paper.text, row[0])
            if name:
                yield name


def _subjects(text: str, plain: str) -> Iterator[Evidence]:
    """Yield the insurers that a sentence says something of: “Acme Health Plan has denied”."""
    for match in _verbs().finditer(plain):
        name = name_before(text, match.start())
        if name and _may_be_payer(name):
            yield Evidence("insurer", name, _SUBJECT)


def name_before(text: str, end: int, least: int = 0) -> Name | None:
    """Return the name that ends right before `end` and begins at `least` or later."""
    start = end
    least = max(end - _WIDE, least)
    found = None
    for _ in range(_BACK):
        word = _WORD_BACK.search(text, least, start)
        if word is None:
            break
        start = word.start(1)
        if not (word[1][:1].isupper() or word[1].lower() in {"of", "the", "and", "&"}):
            break
        name = name_at(text, start, end)
        if name and not text[name.end : end].strip(" \n") and word[1][:1].isupper():
            found = name
    return found


def _may_be_payer(name: Name) -> bool:
    return pays(name) and not (name.is_titled or name.has_credentials)


def _count(kind: str, plain: str) -> int:
    return sum(phrase in plain for phrase in _words(kind))


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(resource_json("reading", "parties.json")[kind])


@cache
def _verbs() -> re.Pattern[str]:
    says = sorted(_words("payer_says"), key=len, reverse=True)
    spaced = "|".join(re.escape(words).replace(r"\ ", r"\s") for words in says)
    return re.compile(rf"(?<=[ \n])(?:{spaced})\b")
