"""The next appeal: what is carried over from the last one, and what is new."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.denial import Denial
from app.operations.next_appeal import CarriesOver, NextAppeal
from ui.widgets.dialog import AskDialog
from ui.widgets.fields import CheckField, NoteField
from ui.widgets.text import label, muted
from ui.wording import count_of, short_date, tr


class NextAppealDialog(AskDialog[NextAppeal]):
    """Asks only for what is new; all else is carried over."""

    def __init__(self, known: CarriesOver) -> None:
        super().__init__(tr("Build the next appeal"), tr("Build it"))
        form = self.form
        form.add_widget(label(_carried(known)))
        form.add_widget(
            muted(
                tr("The papers keep their order and their pages. You can change all of it later.")
            )
        )
        self.news = form.add(
            tr("What is new since the last appeal?"),
            NoteField(
                known.denial.news,
                tr("A letter of another doctor, a new study, what their answer leaves out …"),
                lines=3,
            ),
        )
        self.asks = form.add(
            tr("What do you ask for now?"),
            NoteField(known.denial.asks or known.before.asks, lines=2),
        )
        self.reasons = form.add(
            tr("Which reasons does the new letter give?"),
            NoteField("\n".join(known.reasons), tr("In their own words, one in a line"), lines=3),
            tr("Each becomes a point to answer. A reason they repeat keeps your answer."),
        )
        self.packet = form.add("", CheckField(tr("Put the last appeal in, as it was sent")))
        self.proof = form.add("", CheckField(tr("Put in the proof that it was sent")))
        form.set_row_visible(self.packet, bool(known.sent and known.sent.files))
        form.set_row_visible(self.proof, bool(known.sent and known.sent.proofs))

    def answer(self) -> NextAppeal:
        """Return what is filled in now."""
        return NextAppeal(
            news=self.news.value(),
            asks=self.asks.value(),
            reasons=tuple(filter(None, map(str.strip, self.reasons.value().splitlines()))),
            with_packet=self.packet.value(),
            with_proof=self.proof.value(),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class AsksInput:
    """What an appeal asks for, and what is new in it; the names are those of `Denial`."""

    asks: str
    news: str


class AsksDialog(AskDialog[AsksInput]):
    """Asks what an appeal asks for; it stands on the first page of its bundle."""

    def __init__(self, denial: Denial) -> None:
        super().__init__(tr("What the appeal asks for"), tr("Save"))
        self.asks = self.form.add(
            tr("What do you ask them to do?"),
            NoteField(denial.asks, tr("Approve 24 infusions from March to February …"), lines=3),
            tr("It stands on the first page of the bundle."),
        )
        self.news = self.form.add(
            tr("What is new since the last appeal?"), NoteField(denial.news, lines=3)
        )
        self.form.set_row_visible(self.news, denial.follows_id is not None)

    def answer(self) -> AsksInput:
        """Return what is filled in now."""
        return AsksInput(asks=self.asks.value(), news=self.news.value())


def _carried(known: CarriesOver) -> str:
    """Return what is carried over, in one sentence."""
    parts = [
        count_of(
            known.points,
            "{n} criterion of their policy with your answer and its proof",
            "{n} criteria of their policy with your answers and their proof",
        )
        if known.points
        else "",
        count_of(known.marks, "{n} tick of the checklist", "{n} ticks of the checklist")
        if known.marks
        else "",
    ]
    shown = ", ".join(filter(None, parts)) or tr("the papers of the claim")
    if known.sent:
        day = short_date(known.sent.sending.sent_on)
        return tr("Carried over from the appeal sent on {day}: {what}.", day=day, what=shown)
    return tr("Carried over from the last appeal: {what}.", what=shown)
