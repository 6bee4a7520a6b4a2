"""The pages of the window, in the order of the sidebar, and what its doors and menus do.

Everything here is looked up at its first use: a window that shows one page should not wait for
the code of ten.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, Final

from ui.pages.upkeep_commands import UPKEEP_COMMANDS
from ui.shell import Command, FrontDoor, PageSpec

_used: Final[list[str]] = []


def _later(name: str) -> Callable[..., Any]:
    """Return a function that stands for `module:function`, imported at its first call."""
    module, _, function = name.partition(":")
    if module not in _used:
        _used.append(module)

    def call(*args: Any) -> Any:
        return getattr(import_module(f"ui.pages.{module}"), function)(*args)

    return call


PAGES: Final[Sequence[PageSpec]] = (
    PageSpec("today", "today", "Today", _later("today:TodayPage")),
    PageSpec("inbox", "inbox", "Inbox", _later("inbox:inbox_page")),
    PageSpec("claims", "claims", "Claims", _later("claims:ClaimsPage")),
    PageSpec("calendar", "calendar", "Calendar", _later("calendar:CalendarPage")),
    PageSpec("calls", "calls", "Calls", _later("calls:CallsPage")),
    PageSpec("papers", "papers", "Papers", _later("papers:papers_page")),
    PageSpec("money", "money", "Money", _later("money:MoneyPage")),
    PageSpec("sent", "sent", "Sent", _later("sent:SentPage")),
    PageSpec("people", "people", "People", _later("people:PeoplePage")),
    PageSpec("trash", "trash", "Trash", _later("trash:trash_page")),
)

DOOR: Final = FrontDoor(
    add_papers=_later("intake_steps:add_papers"),
    log_call=_later("call_steps:log_call"),
    files_dropped=_later("intake_steps:files_dropped"),
    picture_pasted=_later("intake_steps:picture_pasted"),
    open_hit=_later("open_hit:open_hit"),
)

COMMANDS: Final[Sequence[Command]] = (
    Command(
        name="from-phone",
        title="From phone …",
        run=_later("intake_steps:from_phone"),
        icon="phone",
        words="camera photos cable watched folder",
    ),
    Command(
        name="add-folder",
        title="Add a folder of papers …",
        run=_later("intake_steps:add_folder"),
        icon="folder",
    ),
    Command(
        name="new-claim",
        title="New claim …",
        run=_later("claims:ask_new_claim"),
        icon="claims",
    ),
    Command(
        name="appeal-out",
        title="Get the appeal out …",
        run=_later("claim_commands:get_appeal_out"),
        icon="bundle",
        words="bundle pdf packet exhibits send make print",
    ),
    Command(
        name="write-letter",
        title="Write a letter …",
        run=_later("claim_commands:write_letter"),
        icon="letter",
        words="appeal request claim file complaint doctor necessity draft",
    ),
    Command(
        name="print-story",
        title="Print the story …",
        run=_later("claim_commands:print_story"),
        icon="print",
        words="timeline history summary lawyer regulator pdf",
    ),
    Command(
        name="print-calls",
        title="Print the call log …",
        run=_later("claim_commands:print_call_log"),
        icon="print",
        words="calls phone log pdf",
    ),
    Command(
        name="enter-expense",
        title="Enter an expense …",
        run=_later("expense_steps:ask_new_expense"),
        icon="money",
        words="receipt copay paid",
    ),
    Command(
        name="enter-drive",
        title="Enter a drive …",
        run=_later("travel_steps:ask_trip"),
        icon="car",
        words="trip miles mileage car parking tolls travel",
    ),
    Command(
        name="enter-nights",
        title="Enter nights near care …",
        run=_later("travel_steps:ask_stay"),
        icon="calendar",
        words="hotel lodging stay travel room",
    ),
    Command(
        name="record-withdrawal",
        title="Record a withdrawal …",
        run=_later("hsa_steps:ask_withdrawal"),
        icon="purse",
        words="hsa distribution taken out reimburse",
    ),
    Command(
        name="print-summary",
        title="Print a summary for taxes …",
        run=_later("summary_steps:ask_summary"),
        icon="print",
        words="hsa accountant medical expenses paid schedule a 8889 preview year",
    ),
    Command(
        name="import-table",
        title="Import a table of a portal or an HSA …",
        run=_later("import_steps:import_table"),
        icon="inbox",
        words="csv excel ofx qfx healthequity fidelity inspira transactions claims download",
    ),
    Command(
        name="import-named",
        title="Enter receipts by their names …",
        run=_later("import_steps:import_named"),
        icon="receipt",
        words="folder reimbursed hsa shoebox files",
    ),
    Command(
        name="add-date",
        title="Add a date …",
        run=_later("own_date_steps:ask_own_date"),
        icon="calendar",
        words="reminder deadline",
    ),
    Command(
        name="reminders",
        title="Reminders …",
        run=_later("reminder_steps:open_reminders"),
        icon="bell",
        words="alarm notice tray login start phone calendar file print sheet wall",
    ),
    Command(
        name="add-step",
        title="Add a step counted by a rule …",
        run=_later("step_steps:ask_new_step"),
        icon="scales",
        words="deadline bill debt hospital discharge information request",
    ),
    Command(
        name="days-in-reserve",
        title="Days in reserve …",
        run=_later("recount_steps:choose_reserve"),
        icon="clock",
        words="buffer early before the last day safe",
    ),
    *UPKEEP_COMMANDS,
)

_PARTS: Final = ("evidence", "treatments", "approvals", "money", "letters", "sent")

LATER: Final[Sequence[str]] = tuple(
    f"ui.pages.{module}"
    for module in (*_used, "money_ledger", *(f"claim_{part}" for part in _PARTS))
)
"""The modules that are imported at their first use, for whoever has time before that."""
