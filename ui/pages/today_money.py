"""The card of Today about money: bills that are due, money to come back, money to hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from app.jobs import Progress
from ui.desk import Desk
from ui.pages.due_lines import EntryLine
from ui.shell import Shell
from ui.style import Tone
from ui.widgets.layout import Card
from ui.widgets.text import Label, button, muted
from ui.wording import count_of, due_words, tr

if TYPE_CHECKING:
    from app.domain.money_today import MoneyMatter

MONEY_KINDS: Final = (
    "expense", "refund", "allocation", "bill", "eob", "eob_line", "claim", "denial", "withdrawal",
)  # fmt: skip
"""What changes what is shown here."""
_MOST: Final = 3
_HOLD: Final = (
    "An appeal is running. What the plan pays later would have to go back to the HSA: wait, or "
    "decide for each line in the ledger."
)


def look_at_money(
    desk: Desk, owner: QObject, done: Callable[[tuple[MoneyMatter, ...]], object]
) -> None:
    """Ask on a thread what of the money wants a hand: a start does not wait for it."""
    binder, today = desk.binder, desk.today()

    def work(_progress: Progress) -> tuple[MoneyMatter, ...]:
        from app.domain.money_today import money_today  # noqa: PLC0415 - see above
        from app.operations.owed import money_case  # noqa: PLC0415 - see above

        return money_today(money_case(binder, today))

    desk.quick.run("Money that wants a hand", work, done, owner=owner)


def money_card(desk: Desk, shell: Shell, matters: Sequence[MoneyMatter]) -> Card | None:
    """Return the card, or None where nothing about money presses."""
    if not matters:
        return None
    card = Card(tr("Money"), "money")
    for matter in matters[:_MOST]:
        card.body.addWidget(_line(desk, shell, matter))
    if rest := len(matters[_MOST:]):
        words = count_of(rest, "{n} more thing in Money", "{n} more things in Money")
        card.body.addWidget(muted(words))
    return card


def _line(desk: Desk, shell: Shell, matter: MoneyMatter) -> EntryLine:
    kind, record_id = matter.record
    amount, name = str(matter.amount), matter.name or tr("a provider")
    go = button(tr("See it"), partial(shell.go_to, "money", kind, record_id), "money")
    icon = "letter"
    tone: Tone = "accent"
    if matter.kind == "bill":
        said = tr("A bill is due: {amount} to {name}", amount=amount, name=name)
        about = due_words(matter.on, desk.today()) if matter.on else ""
        tone = "warning" if matter.on and matter.on < desk.today() else "accent"
    elif matter.kind == "refund":
        said = tr("{name} has {amount} to give back", amount=amount, name=name)
        about = tr("You paid more than the newest explanation of benefits leaves to you.")
        icon = "undo"
    else:
        said = count_of(
            matter.count,
            "Do not take it from the HSA yet: {n} payment under appeal",
            "Do not take them from the HSA yet: {n} payments under appeal",
        )
        said, about, icon = f"{said}, {amount}", tr(_HOLD), "flag"
        go = button(tr("See it"), partial(shell.go_to, "claims", kind, record_id), "claims")
    return EntryLine(icon, tone, [Label(said, "strong"), muted(about)], [go])
