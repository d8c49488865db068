"""Name the units that quantities and dates are printed in: currencies, periods, measures, months and weekdays.

An ambiguous sign keeps an ambiguous name: "$" is "dollar", never a country's. Two currencies compare only where their
names are equal, or where one is the ambiguous form of the other and the caller allows for that.
"""

from __future__ import annotations

from comparer.resources.loader import word_list, word_map

CURRENCY_MARKS = word_map("units", "currency_marks")
CURRENCY_WORDS = word_map("units", "currency_words")
DURATIONS = word_map("units", "durations")
HOURS = {
    "second": 1 / 3600,
    "minute": 1 / 60,
    "hour": 1.0,
    "day": 24.0,
    "night": 24.0,
    "week": 168.0,
    "fortnight": 336.0,
    "month": 730.5,
    "year": 8766.0,
    "decade": 87660.0,
}
MEASURES = word_map("units", "measures")
SPEEDS = {"mph": "mile", "km/h": "km"}  # units that hold their period: a length an hour
# What one unit is in the first unit of its sort, so that kilometres and miles can be told apart from a conflict.
SIZES = {
    "km": ("length", 1000.0),
    "mile": ("length", 1609.344),
    "metre": ("length", 1.0),
    "foot": ("length", 0.3048),
    "inch": ("length", 0.0254),
    "cm": ("length", 0.01),
    "mm": ("length", 0.001),
    "acre": ("area", 0.4046856),
    "hectare": ("area", 1.0),
    "tonne": ("mass", 1000.0),
    "ton": ("mass", 1000.0),
    "kg": ("mass", 1.0),
    "litre": ("volume", 1.0),
    "gallon": ("volume", 4.0),
    "barrel": ("volume", 159.0),
    "MW": ("power", 1.0),
    "GW": ("power", 1000.0),
}
MONTHS = {
    name: number
    for group in ("months", "months_short")
    for number, name in enumerate(word_list("calendar", group), start=1)
} | {"sept": 9}
WEEKDAYS = {
    name: number for group in ("weekdays", "weekdays_short") for number, name in enumerate(word_list("calendar", group))
} | {"tues": 1, "thurs": 3, "thur": 3}
