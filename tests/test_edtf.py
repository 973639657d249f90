"""EDTF values: intervals, granularity, order."""

from __future__ import annotations

from datetime import date

import pytest

from nameplate.find import edtf


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2021-08", date(2021, 8, 1), date(2021, 8, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020-02-24", date(2020, 2, 24), date(2020, 2, 24)),
        ("2020-02-24~", date(2020, 2, 24), date(2020, 2, 24)),
        ("2019-01/2019-12", date(2019, 1, 1), date(2019, 12, 31)),
        ("2016/2020", date(2016, 1, 1), date(2020, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("19XX", date(1900, 1, 1), date(1999, 12, 31)),
        ("2020/..", date(2020, 1, 1), date.max),
        ("../2020-03", date.min, date(2020, 3, 31)),
    ],
)
def test_interval(value: str, first: date, last: date) -> None:
    assert edtf.interval(value) == (first, last)


@pytest.mark.parametrize(
    "value", ["XXXX-02-24", "XXXX", "", "soon", "2020-13", "2020-02-30", "2021/2020", "P3Y", "0000"]
)
def test_no_interval(value: str) -> None:
    assert edtf.interval(value) is None


@pytest.mark.parametrize(
    ("value", "granularity"),
    [
        ("2018", "year"), ("2021-08", "month"), ("2020-02-24", "day"), ("XXXX-02-24", "day"), ("199X", "decade"),
        ("19XX", "century"), ("2020-01/2020-03", "quarter"), ("2020-07/2020-12", "half"),
        ("2019-06/2019-08", "interval"),
        ("2016/2020", "interval"), ("2011-04-23/2011-04-24", "interval"), ("XXXX-01/XXXX-06", "half"),
    ],
)  # fmt: skip
def test_granularity(value: str, granularity: str) -> None:
    assert edtf.granularity(value) == granularity


def test_order() -> None:
    assert edtf.compare("2019", "2020-01-01") == -1
    assert edtf.compare("2020-02", "2020-01") == 1
    assert edtf.compare("2020", "2020-05") == 0
    assert edtf.compare("XXXX-05", "2020-05") is None
    assert edtf.within("2020-05", "2020") and not edtf.within("2020", "2020-05")


def test_months_shift_over_years() -> None:
    assert edtf.shift_months(2020, 1, -1) == (2019, 12)
    assert edtf.shift_months(2020, 11, 3) == (2021, 2)
    assert edtf.span("2020-01", "2020-01") == "2020-01"
