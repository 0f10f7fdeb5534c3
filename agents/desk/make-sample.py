#!/usr/bin/env python3
"""Makes the synthetic price files in prices-sample/. Needs nothing but Python 3.

Every number is invented: a random walk with a common factor, from a fixed seed, so that a second run writes the same
bytes. No price of any real security is in it.
"""

import csv
import math
import random
from datetime import date, timedelta
from pathlib import Path

SEED = 20_231_002
FIRST, LAST = date(2023, 9, 1), date(2026, 11, 20)
FOLDER = Path(__file__).parent / "prices-sample"

# symbol, name, share of the common factor (beta), yearly drift, yearly volatility of its own, first price, shares a day
SYMBOLS = [
    ("DEMOIDX", "Demo Market Index", 1.0, 0.06, 0.00, 1000.0, 40_000_000),
    ("DEMO1", "Demo Northern Utilities", 0.4, 0.04, 0.07, 48.0, 900_000),
    ("DEMO2", "Demo Harbour Foods", 0.6, 0.05, 0.10, 82.0, 1_200_000),
    ("DEMO3", "Demo Meridian Bank", 1.1, 0.06, 0.14, 31.0, 5_000_000),
    ("DEMO4", "Demo Lantern Software", 1.4, 0.12, 0.22, 120.0, 3_000_000),
    ("DEMO5", "Demo Copper Ridge Mining", 1.2, -0.05, 0.32, 17.0, 7_000_000),
    ("DEMO6", "Demo Willow Pharma", 0.5, 0.08, 0.24, 64.0, 1_500_000),
    ("DEMO7", "Demo Orbit Aerospace", 1.7, 0.02, 0.40, 22.0, 4_000_000),
]


def business_days():
    day = FIRST
    while day <= LAST:
        if day.weekday() < 5:
            yield day
        day += timedelta(days=1)


def main():
    days = list(business_days())
    market = random.Random(SEED)
    factor, unrest = [], 0.13
    for _ in days:
        # The market's volatility wanders, so that calm and restless times follow each other.
        unrest += 0.03 * (0.14 - unrest) + 0.01 * market.gauss(0, 1)
        unrest = min(max(unrest, 0.07), 0.35)
        factor.append(market.gauss(0, unrest / math.sqrt(252)))
    for place, (symbol, _, beta, drift, own, price, shares) in enumerate(SYMBOLS):
        own_walk = random.Random(SEED + 1 + place)
        with open(FOLDER / f"{symbol}.csv", "w", newline="", encoding="ascii") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["Date", "Open", "High", "Low", "Close", "Volume"])
            close = price
            for day, shock in zip(days, factor):
                before = close
                step = drift / 252 + beta * shock + own_walk.gauss(0, own / math.sqrt(252))
                close = round(before * math.exp(step), 2)
                opening = round(before * math.exp(0.3 * step + own_walk.gauss(0, 0.002)), 2)
                reach = abs(own_walk.gauss(0, 0.004)) + 0.001
                high = round(max(opening, close) * (1 + reach), 2)
                low = round(min(opening, close) * (1 - reach), 2)
                volume = round(shares * math.exp(own_walk.gauss(0, 0.3)) * (1 + 20 * abs(step)), -2)
                rows.writerow([day.isoformat(), f"{opening:.2f}", f"{high:.2f}", f"{low:.2f}", f"{close:.2f}", int(volume)])
    with open(FOLDER / "names.csv", "w", newline="", encoding="ascii") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["symbol", "name", "role"])
        for symbol, name, *_ in SYMBOLS:
            rows.writerow([symbol, name, "benchmark" if symbol == "DEMOIDX" else ""])
    (FOLDER / "note.txt").write_text(
        "These prices are synthetic: a program invented them, and they belong to no real security.\n", encoding="ascii")


if __name__ == "__main__":
    main()
