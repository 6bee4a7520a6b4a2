"""All records that an HSA expense summary is made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from app.domain.bill import Bill
from app.domain.eob import Eob, EobLine
from app.domain.finding import Finding
from app.domain.form_8889 import Form8889
from app.domain.hsa_plan import PaperFacts
from app.domain.money import Money
from app.domain.money_book import MoneyBook
from app.domain.provider import Provider
from app.domain.shoebox import ShoeboxYear


@dataclass(frozen=True, kw_only=True)
class HsaSource:
    """The money of a household at one moment, what is found in it, and its papers.

    `claims` has the title of each claim; papers in the trash are not among `papers`. `forms` are
    the figures of Form 8889 for each holder and year of the summary, `shoebox` the years up to its
    end, and `carried` what is claimable and unclaimed then.
    """

    money: MoneyBook
    claims: Mapping[str, str]
    papers: Mapping[str, PaperFacts]
    findings: tuple[Finding, ...]
    forms: tuple[Form8889, ...]
    shoebox: tuple[ShoeboxYear, ...]
    carried: Money

    @cached_property
    def eobs(self) -> Mapping[str, Eob]:
        """The explanations of benefits by their ids."""
        return {each.id: each for each in self.money.eobs}

    @cached_property
    def eob_lines(self) -> Mapping[str, EobLine]:
        """The services of explanations by their ids."""
        return {each.id: each for each in self.money.eob_lines}

    @cached_property
    def providers(self) -> Mapping[str, Provider]:
        """The providers by their ids."""
        return {each.id: each for each in self.money.providers}

    @cached_property
    def bills(self) -> Mapping[str, Bill]:
        """The bills by their ids."""
        return {each.id: each for each in self.money.bills}

    def name_of(self, person_id: str | None) -> str:
        """Return a person's name, empty where nobody is known."""
        person = self.money.person_by_id.get(person_id or "")
        return person.name if person else ""

    def exhibit_paper(self, document_id: str | None) -> PaperFacts | None:
        """Return a paper that can be shown, None where there is none."""
        return self.papers.get(document_id or "")
