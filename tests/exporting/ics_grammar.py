"""A second reader of calendar files, written from RFC 5545 alone; it believes nothing.

It unfolds lines, takes properties apart by the grammar of section 3.1, checks the value of each
property against its type and the structure against sections 3.6.1 and 3.6.6.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

_LINE = re.compile(
    r"(?P<name>[A-Z][A-Z0-9-]*)"
    r"(?P<params>(?:;[A-Z][A-Z0-9-]*=(?:\"[^\"\x00-\x08\x0a-\x1f\x7f]*\"|[^\",;:\x00-\x08\x0a-\x1f\x7f]*))*)"
    r":(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)\Z"
)
_TEXT = re.compile(r"(?:[^\\,;]|\\[\\,;nN])*\Z")
_DURATION = re.compile(r"[+-]?P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)\Z")
_ONCE = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "SEQUENCE", "LAST-MODIFIED", "CLASS")


@dataclass
class Component:
    """A component with its properties in order, and the components in it."""

    name: str
    properties: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    within: list[Component] = field(default_factory=list)

    def values(self, name: str) -> list[str]:
        return [value for key, _, value in self.properties if key == name]

    def one(self, name: str) -> str:
        [value] = self.values(name)
        return value


def read_strictly(raw: bytes) -> Component:
    """Return the calendar, or fail at the first thing that RFC 5545 does not allow."""
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    lines = raw.replace(b"\r\n ", b"").replace(b"\r\n\t", b"").decode("utf-8").split("\r\n")[:-1]
    root = Component("")
    open_ones = [root]
    for line in lines:
        found = _LINE.match(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            made = Component(value)
            open_ones[-1].within.append(made)
            open_ones.append(made)
        elif name == "END":
            assert open_ones.pop().name == value
        else:
            params = dict(pair.split("=", 1) for pair in found["params"].split(";") if pair)
            open_ones[-1].properties.append((name, params, value))
    assert open_ones == [root]
    [calendar] = root.within
    _check(calendar)
    return calendar


def _check(calendar: Component) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.one("VERSION") == "2.0"
    assert calendar.one("PRODID")
    uids = [event.one("UID") for event in calendar.within]
    assert len(uids) == len(set(uids))
    for event in calendar.within:
        assert event.name == "VEVENT"
        _check_event(event)


def _check_event(event: Component) -> None:
    for name in _ONCE:
        assert len(event.values(name)) == 1, name
    for name, params, value in event.properties:
        if name in {"DTSTART", "DTEND"}:
            _day(value) if params.get("VALUE") == "DATE" else _moment(value)
        elif name in {"DTSTAMP", "LAST-MODIFIED"}:
            _moment(value)
        elif name in {"SUMMARY", "DESCRIPTION"}:
            assert _TEXT.match(value), value
    assert int(event.one("SEQUENCE")) >= 0
    assert event.one("STATUS") in {"CONFIRMED", "CANCELLED"}
    ends = event.values("DTEND")
    assert len(ends) <= 1
    assert not ends or ends[0] > event.one("DTSTART")
    for alarm in event.within:
        assert alarm.name == "VALARM"
        assert alarm.one("ACTION") == "DISPLAY"
        assert alarm.one("DESCRIPTION")
        assert _DURATION.match(alarm.one("TRIGGER"))


def _day(value: str) -> date:
    assert re.fullmatch(r"\d{8}", value)
    return date(int(value[:4]), int(value[4:6]), int(value[6:]))


def _moment(value: str) -> None:
    found = re.fullmatch(r"(\d{8})T([01]\d|2[0-3])[0-5]\d[0-5]\dZ", value)
    assert found, value
    _day(found[1])
