"""The development corpus: templates with slots, filled by dice into as many papers as wanted.

A template is a paper of the corpus with three additions. `{slot}` or `{slot:form}` stands for an
invented value (`world.py`) in a form (`forms.py`); `<<one|two|three>>` for one of some wordings;
and `windows` names slots that take a sentence of `papers/windows.json`. Its `truth` and `optional`
are names of facts, `name=slot` where the slot has another name, and `lines:name` for the amounts
of every line of a table; or whole facts, where a value is the template's own.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.reading import forms
from tests.reading.compose import can_compose, composed
from tests.reading.typeset import PaperData
from tests.reading.world import World, invented, words

_FOLDER = Path(__file__).parent / "papers"
_NO_TEMPLATES = frozenset({"words.json", "windows.json", "boilerplate.json", "phrases.json"})
_SLOT = re.compile(r"\{([a-z0-9_.]+)(?::([a-z0-9<>]+))?\}")
_CHOICE = re.compile(r"<<([^<>]*)>>")
_ROUNDS = 2
_COMPOSED = 0.5  # of the windows of the patient
_FONTS = ("serif", "serif", "sans", "sans", "sans", "mono", "typewriter")


@dataclass(frozen=True, slots=True)
class _Window:
    """A sentence about how long somebody has, and what it says."""

    text: str
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Filling:
    """What one paper's slots are filled with, and how it writes dates and amounts."""

    world: World
    windows: Mapping[str, _Window]
    habits: forms.Habits
    chance: random.Random
    language: str

    def text(self, template: str) -> str:
        """Return a text of the template with its choices made and its slots filled."""
        chosen = _CHOICE.sub(lambda found: self.chance.choice(found[1].split("|")), template)
        return _SLOT.sub(lambda found: self._slot(found[1], found[2] or ""), chosen)

    def _slot(self, name: str, form: str) -> str:
        if name in self.windows:
            return self.text(self.windows[name].text)
        if name == "decoy":
            return self.text(self.chance.choice(_json("windows.json")["decoys"][self.language]))
        value = self.world.values[name]
        return forms.written(
            self.text(value) if isinstance(value, str) else value, form, self.habits
        )


def development_papers(count: int | None, seed: int, only: str = "") -> list[PaperData]:
    """Return so many papers of the templates whose name has `only` in it, by default two of each.

    Every template comes before one comes again.
    """
    every = [template for template in templates() if only in template["id"]]
    numbers = range((count or _ROUNDS * len(every)) if every else 0)
    return [filled(every[number % len(every)], f"{seed}-{number}") for number in numbers]


@cache
def templates() -> tuple[PaperData, ...]:
    """Return all templates, in a fixed order that mixes their kinds."""
    files = sorted(path for path in _FOLDER.glob("*.json") if path.name not in _NO_TEMPLATES)
    every = [
        paper for path in files for paper in json.loads(path.read_text(encoding="utf-8"))["papers"]
    ]
    return tuple(sorted(every, key=lambda paper: random.Random(paper["id"]).random()))


def filled(template: PaperData, dice: str) -> PaperData:
    """Return a paper made from a template; the same dice give the same paper."""
    chance = random.Random(f"{template['id']} {dice}")
    language = template["language"]
    world = invented(chance, money=template.get("money", "partly"), lines=template.get("lines", 2))
    habits = forms.Habits.of(chance, language)
    windows = {
        slot: _window(wanted, world, habits, chance, language)
        for slot, wanted in template.get("windows", {}).items()
    }
    filling = _Filling(world, windows, habits, chance, language)
    truth = list(_facts(template.get("truth", ()), world))
    optional = list(_facts(template.get("optional", ()), world))
    for window in windows.values():
        (truth if window.said["value"]["for"] == "patient" else optional).append(window.said)
    return {
        "id": f"{template['id']}-{dice}",
        "kind": template["kind"],
        "language": language,
        "style": _style(template.get("style", {}), chance),
        "blocks": [
            _block(block, filling) for block in [*template["blocks"], *_filler(template, chance)]
        ],
        "truth": truth,
        "optional": optional,
        "about": template.get("about", ""),
    }


def _style(wanted: Mapping[str, Any], chance: random.Random) -> dict[str, Any]:
    return {
        "font": chance.choice(_FONTS),
        "size": chance.choice((9.5, 10, 10.5, 11, 11.5, 12)),
        "margins": chance.choice(("narrow", "normal", "normal", "wide")),
        "paper": "letter",
    } | dict(wanted)


def _filler(template: PaperData, chance: random.Random) -> list[Any]:
    """Return what such letters say besides: on the same page, in fine print, or on the next."""
    receipt = template.get("style", {}).get("paper") == "receipt"
    pool = template.get("filler", "none" if receipt else "payer")
    if pool == "none":
        return []
    known = _json("boilerplate.json")[pool][template["language"]]
    said = chance.sample(known, chance.randint(0, min(len(known), 8)))
    said[1:1] = ["{decoy}"] * chance.choice((0, 0, 1, 2))
    form = chance.choice(("text", "text", "text", "small"))
    turn = [{"pagebreak": True}] if len(said) > 4 and chance.random() < 0.4 else []
    return [*turn, *({form: paragraph} for paragraph in said)]


def _block(block: Any, filling: _Filling) -> Any:
    """Fill every text in a block; give labels and values a layout where none is named."""
    if isinstance(block, str):
        return filling.text(block)
    if isinstance(block, list):
        return [_block(part, filling) for part in block]
    if not isinstance(block, Mapping):
        return block
    filled_in = {
        name: value if name in {"as", "align"} else _block(value, filling)
        for name, value in block.items()
    }
    if "pairs" in filled_in:
        form = filled_in.setdefault(
            "as", filling.chance.choice(("colon", "tabs", "tabs", "above", "box"))
        )
        filled_in.setdefault("columns", filling.chance.choice((1, 1, 2)))
        mark = ":" if form == "colon" or filling.chance.random() < 0.6 else ""
        filled_in["pairs"] = [[label + mark, value] for label, value in filled_in["pairs"]]
    return filled_in


def _facts(wanted: Any, world: World) -> Iterator[dict[str, Any]]:
    """Turn the short names of a template's truth into facts; nothing said twice."""
    seen: set[tuple[str, str]] = set()
    for entry in wanted:
        if isinstance(entry, Mapping):
            yield dict(entry)
            continue
        for name, slot in _slots_of(entry, world):
            value = forms.true_value(world.values[slot])
            if (name, value) not in seen:
                seen.add((name, value))
                yield {"name": name, "value": value}


def _slots_of(entry: str, world: World) -> Iterator[tuple[str, str]]:
    if entry.startswith("lines:"):
        column = entry.removeprefix("lines:")
        name = {"code": "procedure", "date": "service_date"}.get(column, column)
        yield from ((name, f"l{number}.{column}") for number in range(1, len(world.lines) + 1))
    else:
        name, _, slot = entry.partition("=")
        yield name, slot or name


@cache
def _json(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


def _window(
    wanted: Mapping[str, Any],
    world: World,
    habits: forms.Habits,
    chance: random.Random,
    language: str,
) -> _Window:
    """Choose a sentence of the kind that is wanted and fill in its amount or its date.

    `means` is the level that the paper around it gives to a mere "60 days from the notice date".
    """
    wanted = {"group": None, **wanted}
    means = wanted.pop("means", None)
    phrase = _phrase(wanted, chance, language)
    unit = phrase["unit"]
    amount = chance.choice(phrase.get("amounts", words()["window_amounts"][unit]))
    text = phrase["text"]
    if amount is not None:
        text = text.replace("{n:ordinal}", forms.ordinal(amount))
        text = text.replace("{n}", forms.amount_in_words(amount, chance, language))
    value = {
        "amount": amount,
        "unit": unit,
        "anchor": phrase["anchor"],
        "for": phrase["for"],
        "level": means or phrase["level"],
        "filed_when": phrase["filed"],
    }
    due = forms.true_value(world.values["due"]) if unit == "explicit_date" else None
    return _Window(text, {"name": "appeal_window", "value": value, "due": due})


def _phrase(wanted: Mapping[str, Any], chance: random.Random, language: str) -> Mapping[str, Any]:
    """Return a sentence as somebody wrote it, or one put together from parts."""
    if can_compose(wanted, language) and chance.random() < _COMPOSED:
        return composed(wanted["level"], chance)
    return chance.choice(
        [
            phrase
            for phrase in _json("windows.json")["windows"]
            if phrase.get("language", "en") == language
            and all(phrase.get(name) == value for name, value in wanted.items())
        ]
    )
