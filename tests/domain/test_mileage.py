from datetime import date

import pytest

from app.domain.mileage import mileage, miles_text
from app.domain.money import Money
from app.operations.tax_book import tax_book

DRIVES = [
    # miles, day of travel, amount
    ("7", "2026-06-30", 1_44),  # 143.5 cents: the half cent goes up
    ("7", "2026-07-01", 1_65),  # 164.5 cents
    ("1", "2026-01-01", 21),  # 20.5 cents
    ("2", "2026-01-01", 41),
    ("42", "2026-05-05", 8_61),
    ("42", "2026-08-05", 9_87),
    ("10", "2022-06-30", 1_80),
    ("10", "2022-07-01", 2_20),
    ("12.5", "2024-03-01", 2_63),  # 262.5 cents
    ("3.3", "2021-03-01", 53),  # 52.8 cents
    ("0.01", "2025-03-01", 0),
    ("1234.56", "2015-03-01", 283_95),
    ("0", "2020-03-01", 0),
    ("100", "2016-03-01", 19_00),
    ("100", "2017-03-01", 17_00),
    ("100", "2018-03-01", 18_00),
    ("100", "2019-03-01", 20_00),
    ("100", "2023-03-01", 22_00),
]


@pytest.mark.parametrize(("miles", "day", "cents"), DRIVES)
def test_a_drive_is_worth_its_miles_at_the_rate_of_its_day(miles, day, cents):
    hundredths = round(float(miles) * 100)
    rate = tax_book().mileage_rate(date.fromisoformat(day)).rate
    assert mileage(hundredths, rate) == Money(cents)


def test_each_trip_is_rounded_by_itself():
    there_and_back = mileage(700, 205) + mileage(700, 205)
    assert there_and_back == Money(2_88)
    assert mileage(1400, 205) == Money(2_87)


@pytest.mark.parametrize(
    ("miles", "text"), [(700, "7"), (1250, "12.5"), (325, "3.25"), (0, "0"), (100000, "1000")]
)
def test_miles_are_written_as_people_write_them(miles, text):
    assert miles_text(miles) == text
