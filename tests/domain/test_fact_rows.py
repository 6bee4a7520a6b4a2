"""What was read and what was said, seen together: a person's word stands."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.fact import Fact, KindRead, Sifted, WindowSaid
from app.domain.fact_rows import fact_rows
from app.domain.said import SaidFact
from app.domain.sifted_form import pack_sifted, plain_value, sifted_from, unpack_sifted, value_of

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
WINDOW = WindowSaid(180, "calendar_days", "receipt", "patient", "internal", "received")

DATED = WindowSaid(None, "explicit_date", due=date(2026, 8, 28))


def fact(name: str = "letter_date", value: str | WindowSaid = "2026-03-02", top: float = 0.1):
    box = (0.1, top, 0.3, round(top + 0.02, 4))
    return Fact(name=name, value=value, text="March 2, 2026", page=1, boxes=(box,), score=0.9)


def said(value: str, name: str = "letter_date", read_as: str = "", key: str = "s") -> SaidFact:
    return SaidFact(
        id=key, document_id="d", name=name, value=value, read_as=read_as, author_id="maya",
        added_at=AT, page=2, box="0.2 0.3 0.4 0.5",
    )  # fmt: skip


def read(*facts: Fact) -> Sifted:
    return Sifted(KindRead("denial", 0.9, "It says so."), facts)


def test_nothing_is_confirmed_until_a_person_says_so():
    (row,) = fact_rows(read(fact()), ())
    assert (row.value, row.is_confirmed, row.box) == ("2026-03-02", False, (0.1, 0.1, 0.3, 0.12))


def test_a_confirmed_value_keeps_its_words_and_tells_who_said_so_and_when():
    (row,) = fact_rows(read(fact()), [said("2026-03-02", read_as="2026-03-02")])
    assert (row.text, row.is_confirmed, row.author_id, row.confirmed_at) == (
        "March 2, 2026", True, "maya", AT,
    )  # fmt: skip


def test_a_correction_takes_the_place_of_what_was_read_and_of_other_dates_of_the_letter():
    other = fact(value="2026-02-14", top=0.5)
    (row,) = fact_rows(read(fact(), other), [said("2026-03-05", read_as="2026-03-02")])
    assert (row.value, row.page, row.boxes) == ("2026-03-05", 2, ((0.2, 0.3, 0.4, 0.5),))


def test_a_value_that_was_said_to_be_wrong_stays_away_and_others_of_its_name_stay():
    numbers = [fact("claim_number", "A1"), fact("claim_number", "B2", 0.4)]
    rows = fact_rows(read(*numbers), [said("", "claim_number", read_as="A1")])
    assert [row.value for row in rows] == ["B2"]


def test_a_better_reader_that_disagrees_never_changes_what_was_said_but_is_heard():
    then = said("2026-03-02", read_as="2026-03-02")
    (row,) = fact_rows(read(fact(value="2026-03-12")), [then])
    assert (row.value, row.now_read) == ("2026-03-02", "2026-03-12")


def test_what_the_person_saw_and_corrected_is_not_said_again():
    (row,) = fact_rows(read(fact()), [said("2026-03-05", read_as="2026-03-02")])
    assert row.now_read == ""


def test_a_typed_value_stands_where_nothing_was_read():
    (row,) = fact_rows(None, [said("2026-03-05")])
    assert (row.value, row.is_confirmed) == ("2026-03-05", True)


def test_values_come_in_the_order_of_the_page():
    rows = fact_rows(read(fact("npi", "1234567893", 0.8), fact(top=0.1)), ())
    assert [row.name for row in rows] == ["letter_date", "npi"]


@pytest.mark.parametrize("value", ["HM-2026-1", WINDOW, DATED])
def test_a_value_comes_back_from_its_plain_form(value: str | WindowSaid):
    name = "claim_number" if isinstance(value, str) else "appeal_window"
    assert value_of(name, plain_value(value)) == value


def test_what_was_read_comes_back_from_its_bytes():
    sifted = Sifted(
        KindRead("eob", 0.8, "It says “not a bill”."),
        (fact(), fact("appeal_window", WINDOW)),
        (1, 3),
        ("0-ab",),
        ("Which is right?",),
    )
    assert unpack_sifted(pack_sifted(sifted)) == sifted


@given(
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.floats(allow_nan=False)
        | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(
                    ["kind", "facts", "letters", "prints", "questions", "value", "score", "reason"]
                ),
                inner,
                max_size=7,
            )
        ),
        max_leaves=12,
    )
)
def test_an_answer_of_another_shape_is_refused_not_believed(content: object):
    try:
        sifted = sifted_from(content)
    except ValueError:
        return
    assert isinstance(sifted, Sifted)


@pytest.mark.parametrize(
    ("change"),
    [{"name": "password"}, {"page": 0}, {"boxes": [[0, 0, 2, 1]]}, {"score": 1.5}, {"boxes": []},
     {"value": "x" * 5000}, {"row": -1}],
)  # fmt: skip
def test_a_fact_out_of_bounds_is_refused(change: dict[str, object]):
    plain = {
        "name": "npi", "value": "1", "text": "1", "page": 1, "boxes": [[0, 0, 1, 1]],
        "score": 0.5, "note": "", "row": None,
    }  # fmt: skip
    whole = {
        "kind": {"value": None, "score": 0, "reason": ""},
        "letters": [1],
        "prints": [],
        "questions": [],
        "facts": [plain],
    }
    assert len(sifted_from(whole).facts) == 1
    with pytest.raises(ValueError, match=r"[a-z]"):
        sifted_from({**whole, "facts": [{**plain, **change}]})


@pytest.mark.parametrize("days", [0, -5, 99_999])
def test_an_absurd_length_of_time_is_refused(days: int):
    with pytest.raises(ValueError, match=r"[a-z]"):
        value_of("appeal_window", plain_value(WindowSaid(days, "calendar_days")))
