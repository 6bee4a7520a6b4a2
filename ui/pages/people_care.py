"""On the People page: who may speak for a patient, and the doctors and places of care."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from app.domain.provider import Provider
from app.domain.representative import Representative
from app.operations import providers as provider_operations
from app.operations import representatives as speaker_operations
from app.operations import trash
from app.storage.queries.care import Speaker
from app.storage.queries.records import all_people, all_plans, record
from ui.care_choices import offered_papers
from ui.care_names import COMPOUNDINGS, NETWORKS, PROVIDER_KINDS, SETTINGS, speaker_words
from ui.desk import Desk
from ui.dialogs import values_of
from ui.dialogs.provider import ProviderDialog, ProviderInput
from ui.dialogs.representative import RepresentativeDialog, RepresentativeInput
from ui.names import word_for
from ui.pages.care_deeds import CareLine, change_button, paper_button, trash_button
from ui.shell import BannerAction, Shell
from ui.style import Tone
from ui.widgets.layout import Card, line, rule
from ui.widgets.text import Label, button, muted
from ui.wording import short_date, tr

_ICONS: Final = {
    "doctor": "stethoscope", "facility": "heart", "pharmacy": "treatment", "lab": "search",
}  # fmt: skip
_TEACH: Final = (
    "Who gives the care, and where. Their NPI, network and accreditation are what plans ask about."
)


def show_speakers(card: Card, desk: Desk, shell: Shell, speakers: Sequence[Speaker]) -> None:
    """Add who may speak for a patient to the patient's card."""
    if not speakers:
        return
    card.body.addWidget(rule())
    card.body.addWidget(Label(tr("Who may speak"), "strong"))
    for each in speakers:
        card.body.addWidget(_speaker_line(desk, shell, each))


def _speaker_line(desk: Desk, shell: Shell, each: Speaker) -> CareLine:
    one, today = each.representative, desk.today()
    lacks = each.lacks(today)
    tone: Tone = "warning" if lacks else "good"
    name = " · ".join(part for part in (one.name, one.relation, one.phone) if part)
    scope = [
        tr("only for {plan}", plan=each.plan) if each.plan else "",
        tr("only for level {n}", n=one.level) if one.level else "",
    ]
    said = [Label(name), Label(speaker_words(each, today), "warning" if lacks else "good")]
    about = [*scope, each.paper or "", one.note]
    if any(about):
        said.append(muted(" · ".join(part for part in about if part)))
    form = one.document_id if each.paper else None
    opened = [paper_button(shell, form)] if form else []
    change = change_button(one.name, partial(ask_speaker, desk, shell, one.id))
    away = partial(_put_away, desk, shell, "representative", one.id, one.name)
    icon = "warning" if lacks else "check-circle"
    return CareLine(icon, tone, said, [change, *opened, trash_button(one.name, away)])


def providers_card(desk: Desk, shell: Shell, providers: Sequence[Provider]) -> Card:
    """Return the card with all doctors and places of care."""
    card = Card(tr("Doctors and places of care"), "stethoscope")
    for place, each in enumerate(providers):
        if place:
            card.body.addWidget(rule())
        card.body.addWidget(_provider_line(desk, shell, each))
    if not providers:
        card.body.addWidget(muted(tr(_TEACH)))
    add = button(tr("Add a doctor or place …"), partial(ask_provider, desk, shell), "plus")
    card.body.addLayout(line(add))
    return card


def _provider_line(desk: Desk, shell: Shell, one: Provider) -> CareLine:
    what = (
        word_for(PROVIDER_KINDS, one.kind), one.specialty, word_for(SETTINGS, one.setting),
        word_for(NETWORKS, one.network), word_for(COMPOUNDINGS, one.compounding),
    )  # fmt: skip
    said = [Label(one.name, "strong"), muted(" · ".join(part for part in what if part))]
    numbers = (
        tr("NPI {number}", number=one.npi) if one.npi else "",
        tr("License {number}", number=one.license) if one.license else "",
        one.credentials, one.phone,
        tr("Fax {number}", number=one.fax) if one.fax else "",
    )  # fmt: skip
    if any(numbers):
        said.append(muted(" · ".join(part for part in numbers if part)))
    if one.accreditation or one.accredited_until:
        said.append(_accreditation(desk, one))
    if one.note:
        said.append(muted(one.note))
    change = change_button(one.name, partial(ask_provider, desk, shell, one.id))
    away = partial(_put_away, desk, shell, "provider", one.id, one.name)
    icon = _ICONS.get(one.kind, "person")
    return CareLine(icon, "ink", said, [change, trash_button(one.name, away)])


def _accreditation(desk: Desk, one: Provider) -> Label:
    who = one.accreditation or tr("accredited")
    if one.accredited_until is None:
        return muted(tr("Accreditation: {who}", who=who))
    day = short_date(one.accredited_until)
    if one.accredited_until < desk.today():
        return Label(tr("The accreditation ({who}) ended on {day}.", who=who, day=day), "warning")
    return muted(tr("Accreditation: {who}, until {day}", who=who, day=day))


def _put_away(desk: Desk, shell: Shell, kind: str, key: str, name: str) -> None:
    trash.put_in_trash(desk.binder, [(kind, key)])
    undo = BannerAction(tr("Undo"), desk.binder.undo)
    shell.say(tr("“{what}” is in the trash.", what=name), undo)


# ---------------------------------------------------------------------- asking


def ask_provider(desk: Desk, shell: Shell, provider_id: str | None = None) -> None:
    """Ask for a doctor or a place: a new one, or changes of one."""
    before = desk.binder.ask(record, "provider", provider_id) if provider_id else None

    def do(given: ProviderInput) -> None:
        if before:
            changed = replace(before, **values_of(given))
            provider_operations.change_provider(desk.binder, changed)
        else:
            provider_operations.add_provider(desk.binder, **values_of(given))

    shell.ask_dialog(ProviderDialog(desk, before), do)


def ask_speaker(desk: Desk, shell: Shell, speaker_id: str) -> None:
    """Ask for changes of who may speak."""
    before = desk.binder.ask(record, "representative", speaker_id)
    if before is not None:
        _ask_speaker(desk, shell, before, before.person_id)


def ask_new_speaker(desk: Desk, shell: Shell, person_id: str) -> None:
    """Ask who may speak for a patient."""
    _ask_speaker(desk, shell, None, person_id)


def _ask_speaker(desk: Desk, shell: Shell, before: Representative | None, person_id: str) -> None:
    binder = desk.binder

    def do(given: RepresentativeInput) -> None:
        if before:
            changed = replace(before, **values_of(given))
            speaker_operations.change_representative(binder, changed)
        else:
            speaker_operations.add_representative(binder, **values_of(given))

    papers = offered_papers(binder, None, before.document_id if before else None)
    dialog = RepresentativeDialog(
        desk, binder.ask(all_people), binder.ask(all_plans), papers, before, person_id=person_id
    )
    shell.ask_dialog(dialog, do)
