"""The words of the denial form: whether waiting could harm, which “no” it is, what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.domain.denial import Denial
from app.operations.denials import DenialAnswer
from ui.wording import tr

HARM_QUESTION: Final = "Could waiting harm your health, or is treatment running now?"

HARM: Final[Mapping[str, str]] = {
    "no": "No",
    "unsure": "I am not sure",
    "harm": "Yes, waiting could harm me",
    "running": "Yes, treatment is running now",
    "both": "Yes, both",
}
_MEANT: Final[Mapping[str | None, tuple[str, str]]] = {
    None: ("", ""),
    "no": ("no", "no"),
    "unsure": ("unsure", "unsure"),
    "harm": ("yes", ""),
    "running": ("", "yes"),
    "both": ("yes", "yes"),
}
"""What each answer says of `urgent` and `continuing`. Who names harm alone has not denied that
treatment is running: keeping it stays a question."""

RUNS: Final = frozenset({"unsure", "running", "both"})
"""The answers after which the day of the change is asked for."""

LETTER_SAYS: Final = (
    ("date", "It names a last day"),
    ("days", "It gives a number of days"),
    ("longer", "It gives weeks or months"),
    ("nothing", "It does not say"),
)
"""What the form offers; weeks and months are a row of their own, because no letter mixes them."""

DAY_UNITS: Final = (
    ("calendar_days", "days (weekends count too)"),
    ("business_days", "business days (Monday to Friday)"),
)
LONG_UNITS: Final = (("weeks", "weeks"), ("months", "months"))
COUNTED_FROM: Final = (
    ("notice", "From the date on the letter"),
    ("receipt", "From the day it arrived"),
)

CARE: Final[Mapping[str, str]] = {
    "ahead": "Still to come: we asked first",
    "done": "Already given: this is about the bill",
    "infused_drug": "A drug given by infusion",
}

_FIRST: Final = "The first “no”"
_PLAN: Final = {
    1: _FIRST,
    2: "“No” to our appeal",
    3: "The plan's last “no” (final decision)",
    4: "“No” after the outside review",
}
_LEVELS: Final[Mapping[str, Mapping[int, str]]] = {
    "original_medicare": {
        1: "The first “no” (Medicare summary notice)",
        2: "“No” to our first appeal (redetermination)",
        3: "“No” to our second appeal (reconsideration)",
        4: "“No” from the judge (hearing)",
        5: "“No” from the Medicare Appeals Council",
    },
    "medicare_advantage": {
        1: _FIRST,
        2: "“No” to our appeal: the plan sends it on",
        3: "“No” from the outside reviewer",
        4: "“No” from the judge (hearing)",
        5: "“No” from the Medicare Appeals Council",
    },
    "part_d": {
        1: _FIRST,
        2: "“No” to our appeal (redetermination)",
        3: "“No” from the outside reviewer",
        4: "“No” from the judge (hearing)",
        5: "“No” from the Medicare Appeals Council",
    },
    "medicaid_managed_care": {
        1: "The first “no” of the health plan",
        2: "“No” to our appeal: a state hearing is next",
        3: "“No” after the state hearing",
    },
    "medicaid_ffs": {1: "The first “no” of the state", 2: "“No” after the state hearing"},
    "fehb": {
        1: _FIRST,
        2: "“No” after they looked again: OPM is next",
        3: "“No” from OPM",
    },
    "tricare": {
        1: _FIRST,
        2: "“No” to our first appeal (reconsideration)",
        3: "“No” to our second appeal: a hearing is next",
    },
    "champva": {1: _FIRST, 2: "“No” after they looked again"},
    "ihs": {
        1: "The first “no” of the service unit",
        2: "“No” from the service unit, after we asked again",
        3: "“No” from the area director",
    },
}  # fmt: skip
_SAME: Final = {"pshb": "fehb"}


def levels_of(program: str | None, level: int = 1) -> list[tuple[int, str]]:
    """Return the levels of a kind of plan in words; a `level` beyond them is offered too."""
    word = program or ""
    table = dict(_LEVELS.get(_SAME.get(word, word), _PLAN))
    table.setdefault(level, "A later “no”")
    return [(number, tr(words)) for number, words in sorted(table.items())]


def level_words(program: str | None, level: int) -> str:
    """Return which “no” it is, in the words of this kind of plan."""
    return dict(levels_of(program, level))[level]


def harm_of(said: Denial | DenialAnswer) -> str | None:
    """Return the answer to the question about harm, as the form shows it again."""
    yes = said.urgent == "yes", said.continuing == "yes"
    if any(yes):
        return "both" if all(yes) else "harm" if yes[0] else "running"
    if "unsure" in {said.urgent, said.continuing}:
        return "unsure"
    return "no" if {said.urgent, said.continuing} == {"no"} else None


def harm_meant(answer: str | None) -> tuple[str, str]:
    """Return what an answer says of `urgent` and `continuing`."""
    return _MEANT[answer]
