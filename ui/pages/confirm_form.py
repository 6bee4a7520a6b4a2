"""The confirming page beside the paper: four things first, prefilled with what was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.changes import Changes
from app.domain.errors import UserError
from app.domain.fact_rows import FactRow
from app.domain.sifted_form import plain_value
from app.operations.denials import DenialAnswer
from app.operations.facts import SaidValue
from app.operations.letter_answer import DENIALS, denial_answer, with_kept_care
from app.operations.sorting import Sorting
from app.storage.queries.papers import PaperRow
from ui.desk import Desk
from ui.pages.confirm_answer import day_to_act, said_value
from ui.pages.confirm_deadline import (
    Asked,
    Deadline,
    first_window,
    is_sure,
    said_in,
    show_window,
    window_choices,
    window_row,
)
from ui.pages.confirm_deeds import MarkDeeds
from ui.pages.confirm_marks import (
    claim_mark,
    kind_mark,
    new_claim_words,
    patient_of,
    usual_claim,
)
from ui.pages.confirm_more import AlsoRead
from ui.pages.confirm_notices import Notices
from ui.pages.confirm_phrases import day_of, mark_of
from ui.pages.confirm_read import PaperRead, date_names, read_paper, sender_names
from ui.pages.confirm_touch import PageTouch
from ui.pages.paper_feed import Papers, row_of
from ui.pages.paper_form import NEW_CLAIM, Draft, PaperFields, carried, draft_of
from ui.widgets.evidence import Evidence
from ui.widgets.form import Form
from ui.widgets.layout import Scrolling
from ui.widgets.page_view import PageView
from ui.widgets.text import label
from ui.wording import tr, typed_date

_LEAST = 144  # pixels at 100 %: one field with what is said about it
_NEWS = ("said_fact", "reading", "document", "part", "claim", "plan", "denial")


@dataclass(frozen=True, slots=True)
class _Kept:
    """A draft that a person has begun, what stood in the form before, and what that came from."""

    draft: Draft
    filled: Draft
    read: PaperRead


class ConfirmForm(QWidget):
    """Asks what a paper is, who sent it, where it belongs, and what must be done by when.

    What is typed belongs to the paper it was typed for, and stands whatever is read meanwhile.
    Fields light their words up in `view`; words that are clicked there go into the field that
    was entered last.
    """

    show_wanted = Signal(str)
    split_wanted = Signal(list)

    def __init__(self, desk: Desk, view: PageView) -> None:
        super().__init__()
        self._desk = desk
        self._papers = Papers()
        self._drafts: dict[tuple[str, ...], _Kept] = {}
        self._filled = Draft()
        self._read = PaperRead()
        self._asking = ""
        self.shown: tuple[str, ...] = ()
        self.last_claim: str | None = None
        self._build()
        self.touch = PageTouch(desk, view, self.form, self.fields, self._row_of)
        self.also.chosen.connect(self.touch.light)

    # ------------------------------------------------------------------ building

    def _build(self) -> None:
        self.notices = Notices()
        self.notices.show_wanted.connect(self.show_wanted)
        self.notices.split_wanted.connect(self.split_wanted)
        self.form = Form(spacing=12)
        self.about = label("")
        self.form.add_widget(self.notices)
        self.form.add_widget(self.about)
        self.deadline = Deadline(self._desk)
        self.also = AlsoRead(self._desk.memory)
        self.fields = PaperFields(
            self.form, self._desk.today, confirming=True, parts=(self.deadline, self.also)
        )
        self.fields.edited.connect(self._edited)
        self.deeds = MarkDeeds(self._desk, self.fields, lambda: self._read)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.form)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(Scrolling(inner, least=_LEAST), 1)
        self.last_day = Evidence()
        layout.addWidget(self.deadline.form)
        layout.addWidget(self.last_day)
        self.deadline.changed.connect(self._show_last_day)
        self.deadline.harm.changed.connect(self._edited)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        head, tail = self.fields.stops[:-2], self.fields.stops[-2:]
        also = [self.also.fold, self.also.list]
        return [*self.notices.stops, *head, *also, *tail, self.deadline.harm]

    # ------------------------------------------------------------------ showing

    def show_papers(self, papers: Papers) -> None:
        """Learn what there is to choose from, and forget drafts of papers that are gone."""
        self._papers = papers
        here = {row.id for row in papers.rows} if self._drafts else set[str]()
        self._drafts = {key: kept for key, kept in self._drafts.items() if here.issuperset(key)}
        self.fields.offer(papers.claims, papers.people)

    def show_picked(self, picked: tuple[str, ...]) -> None:
        """Show these papers; what a person has changed in the form stays."""
        is_other = picked != self.shown
        if is_other:
            self.shown = picked
            self.touch.forget()
            self.fields.set_many(many=len(picked) > 1)
            kept = self._drafts.get(picked)
            self._read = kept.read if kept else PaperRead()
            now, before = (kept.draft, kept.filled) if kept else (Draft(), Draft())
            self._fill(now, before)
            self._ask()
        else:
            self._fill(self.fields.draft(), self._filled)
        self.about.setVisible(len(picked) > 1)
        self.about.setText(
            tr("{n} papers are chosen. What you say here is said of all of them.", n=len(picked))
        )

    def hear(self, changes: Changes) -> None:
        """Ask again what is known of the paper, if something of it may have changed."""
        if changes.of("claim", "plan"):
            self.deadline.ask_again()
        if changes.of(*_NEWS):
            self._ask()

    def forget(self, ids: Sequence[str], claim_id: str | None) -> None:
        """Forget what was typed for papers that are filed now, perhaps under a claim."""
        self._drafts.pop(tuple(ids), None)
        self.last_claim = claim_id or self.last_claim

    def _ask(self) -> None:
        """Ask, on a thread, what is known of the one paper that is shown."""
        if len(self.shown) != 1:
            self._take(PaperRead())
            return
        (document_id,) = self.shown
        binder = self._desk.binder
        self._desk.quick.run(
            "", lambda _progress: read_paper(binder, document_id), self._take, owner=self
        )

    def _take(self, read: PaperRead) -> None:
        if read.document_id and (read.document_id,) != self.shown:
            return
        if read != self._read:
            self._read = read
            self._fill(self.fields.draft(), self._filled)
        else:
            self._show_marks()

    def _fill(self, now: Draft, before: Draft) -> None:
        """Show the newest suggestions with what the person has changed."""
        fresh = self._known(now, before)
        self._filled = fresh
        merged = carried(now, before, fresh)
        self.fields.offer_windows(window_choices(self._read, merged.kind))
        if merged != self.fields.draft():
            self.fields.fill(merged)
        self._keep(merged)
        self.fields.quick_row.setVisible(fresh.kind is None)
        self._show_marks()

    def _known(self, now: Draft, before: Draft) -> Draft:
        """Return what the form shows before a person changes anything."""
        row, read = self._row, self._read
        known = draft_of(row) if row else Draft()
        known = replace(known, kind=known.kind or read.kind.value)
        known = usual_claim(known, self._papers, read, self.deeds.refused, self.last_claim)
        if row is None:
            return known
        kind = now.kind if now.kind != before.kind else known.kind
        sender, dated = read.sender(kind), read.dated(kind)
        day = day_of(dated.value) if dated else None
        return replace(
            known,
            new_claim=new_claim_words(read),
            patient_id=patient_of(read, self._papers.people),
            sender=str(sender.value) if sender else "",
            dated=known.dated or typed_date(day),
            window=first_window(read, kind),
        )

    @property
    def _row(self) -> PaperRow | None:
        return row_of(self._papers, self.shown[0]) if len(self.shown) == 1 else None

    @property
    def _people(self) -> Mapping[str, str]:
        return {person.id: person.name for person in self._papers.people}

    # ------------------------------------------------------------------ marks

    def _show_marks(self) -> None:
        fields, read, people = self.fields, self._read, self._people
        row, kind = self._row, self.fields.kind.value()
        self.notices.show_paper(row, read)
        fields.kind_mark.show_mark(kind_mark(read, kind) if row else None)
        sender, dated, window = self._rows(kind)
        fields.sender_mark.show_mark(mark_of(sender, fields.sent_by.value(), people))
        right = tr("Looks right")
        fields.dated_mark.show_mark(
            mark_of(dated, self._dated_plain() or "", people, verb=right), tr("Date on it")
        )
        fields.dated.set_remark(fields.dated_mark.text)
        show_window(fields.window, fields.window_mark, window, people)
        claim = fields.claim.value()
        mark = claim_mark(read, claim, self._papers, self.deeds.refused, self.last_claim)
        fields.claim_mark.show_mark(mark if row else None)
        has_windows = bool(read.windows(kind))
        fields.set_window_visible(shown=row is not None and (kind in DENIALS or has_windows))
        shown = [one for one in (sender, dated, window) if one]
        self.also.show_values(read, shown, people)
        self.deadline.show_others(read)
        is_denial = row is not None and kind == "denial" and claim is not None
        self.deadline.show_for(self._asked(), is_sure=self._is_sure(), is_denial=is_denial)

    def _rows(self, kind: str | None) -> tuple[FactRow | None, FactRow | None, FactRow | None]:
        read, chosen = self._read, self.fields.window.value()
        return read.sender(kind), read.dated(kind), window_row(read, kind, chosen)

    def _row_of(self, field: object) -> FactRow | None:
        """Return the value whose words a field lights up."""
        fields = self.fields
        rows = self._rows(fields.kind.value())
        own = zip((fields.sent_by, fields.dated, fields.window), rows, strict=True)
        return next((row for each, row in own if each is field), None)

    def _dated_plain(self) -> str | None:
        """Return the date in the field in its plain form; None while it is half typed."""
        try:
            day = self.fields.dated.value()
        except UserError:
            return None
        return day.isoformat() if day else ""

    # ------------------------------------------------------------------ the last day

    @Slot()
    def _show_last_day(self) -> None:
        """The last day stands where the button is that files: it is seen before it is kept."""
        self.last_day.show_mark(self.deadline.mark)

    def _asked(self) -> Asked | None:
        """Return what the last day follows from, if the paper may be a “no” of a known claim."""
        kind, claim = self.fields.kind.value(), self.fields.claim.value()
        if self._row is None or kind not in DENIALS or claim in (None, NEW_CLAIM):
            return None
        answer = self.denial()
        return Asked(claim, answer) if answer else None

    def denial(self) -> DenialAnswer | None:
        """Return what is known of the denial that the paper tells of; None if a date is wrong."""
        fields, kind = self.fields, self.fields.kind.value()
        row = window_row(self._read, kind, fields.window.value())
        try:
            dates = fields.dated.value(), fields.received.value()
        except UserError:
            return None
        said = said_in(row, fields.window.value())
        reason = self._read.named("denial_reason")
        answer = denial_answer(self.shown[0], kind, said, *dates, reason)
        return self.deadline.answered(with_kept_care(answer, self._read.facts.rows))

    def _is_sure(self) -> bool:
        kind = self.fields.kind.value()
        _sender, dated, window = self._rows(kind)
        typed = dated is not None and self._dated_plain() != dated.value
        return is_sure(kind, window, self.fields.window.value(), dated, typed=typed)

    # ------------------------------------------------------------------ answers

    def sorting(self, *, with_claim: bool) -> Sorting | None:
        """Return what is said of the papers, or None after showing what is missing and where."""
        return self.fields.answer(with_claim=with_claim)

    def settled(self) -> DenialAnswer | None:
        """Return the denial whose last day the person sees, or None if it is still to be asked."""
        return self.deadline.settled(self._asked())

    def day_to_act(self) -> date | None:
        """Return the day by which a paper that is no “no” asks for something."""
        kind, chosen = self.fields.kind.value(), self.fields.window.value()
        row = window_row(self._read, kind, chosen)
        dated = day_of(self._dated_plain() or "")
        return day_to_act(kind, said_in(row, chosen), dated) if row else None

    def values(self) -> list[SaidValue]:
        """Return the values that filing confirms: those of the four fields, as they stand.

        The window is among them where the last day that follows from it stood beside the button.
        """
        kind = self.fields.kind.value()
        sender, dated, window = self._rows(kind)
        named = (
            (sender_names(kind)[0], self.fields.sent_by.value(), sender),
            (date_names(kind)[0], self._dated_plain() or "", dated),
        )
        said = [
            said_value(name, shown, row, self.touch.clicked.get(name)) for name, shown, row in named
        ]
        if window and self.settled():
            said.append(said_value(window.name, plain_value(window.value), window))
        return [one for one in said if one]

    # ------------------------------------------------------------------ changes

    @Slot()
    def _edited(self) -> None:
        """Keep what is typed with its paper, and let what depends on it follow."""
        self._fill(self.fields.draft(), self._filled)

    def _keep(self, draft: Draft) -> None:
        """What was typed and taken back is no draft."""
        if draft == self._filled:
            self._drafts.pop(self.shown, None)
        elif self.shown:
            self._drafts[self.shown] = _Kept(draft, self._filled, self._read)
