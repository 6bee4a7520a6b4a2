"""What comes back from a worker is checked before it is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.fact import Fact, KindRead, Sifted
from app.domain.sifted_form import pack_sifted, plain_sifted, sifted_from, unpack_sifted

FACT = Fact(
    name="insurer", value="Acme", text="Acme", page=1, boxes=((0.1, 0.1, 0.2, 0.2),), score=0.9
)


def sifted(**changes: object) -> Sifted:
    return Sifted(KindRead("denial", 0.9, "It says so."), (replace(FACT, **changes),))


def test_what_was_kept_comes_back():
    assert unpack_sifted(pack_sifted(sifted())) == sifted()


@pytest.mark.parametrize(
    "changes",
    [
        {"text": "Ac\ud800me"},
        {"value": "\udfff"},
        {"text": "A" * 5_000},
        {"page": 0},
        {"score": 1.5},
        {"score": float("nan")},
        {"boxes": ()},
        {"boxes": ((0.1, 0.1, 1.2, 0.2),)},
        {"name": "deadline"},
    ],
)
def test_what_cannot_be_kept_or_shown_is_refused(changes):
    with pytest.raises(ValueError):  # noqa: PT011 - any will do; it becomes a sentence
        sifted_from(plain_sifted(sifted(**changes)))
