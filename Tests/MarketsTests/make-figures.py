#!/usr/bin/env python3
"""Works out the figures that the tests of Markets expect, from the synthetic prices, by other means than the program.

Only Python's standard library (3.11): statistics.stdev, correlation, linear_regression and quantiles(method="inclusive"),
which is type 7 of Hyndman and Fan. Run it after agents/desk/make-sample.py when that has changed:

    python3 Tests/MarketsTests/make-figures.py > Tests/MarketsTests/ExpectedFigures.swift
"""

import calendar
import csv
import math
import statistics
from datetime import date, timedelta
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[2] / "agents" / "desk" / "prices-sample"


def load(symbol):
    with open(SAMPLE / f"{symbol}.csv", newline="") as file:
        return [(date.fromisoformat(row["Date"]), float(row["Close"])) for row in csv.DictReader(file)]


def months_before(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def since(rows, start):
    before = [row for row in rows if row[0] <= start]
    return rows[len(before) - 1:] if before else rows


def window(rows, frame):
    end = rows[-1][0]
    starts = {"1W": lambda: end - timedelta(days=7), "YTD": lambda: date(end.year - 1, 12, 31), "MAX": lambda: rows[0][0]}
    months = {"1M": 1, "3M": 3, "6M": 6, "1Y": 12, "3Y": 36, "5Y": 60}
    start = starts[frame]() if frame in starts else months_before(end, months[frame])
    return since(rows, start)


def closes(rows):
    return [close for _, close in rows]


def simple(prices):
    return [b / a - 1 for a, b in zip(prices, prices[1:])]


def logs(prices):
    return [math.log(b) - math.log(a) for a, b in zip(prices, prices[1:])]


def drawdown(rows):
    """Every pair of days, the slow and certain way. Of equal peaks before one trough the last, of equal falls the first."""
    best = (0.0, None, None)
    for i, (_, high) in enumerate(rows):
        low_day, low = min(rows[i:], key=lambda row: row[1])
        depth = 1 - low / high
        if depth > best[0] + 1e-15 or (abs(depth - best[0]) < 1e-15 and low_day == best[2]):
            best = (depth, rows[i][0], low_day)
    return best


def wilder(prices):
    changes = [b - a for a, b in zip(prices, prices[1:])]
    gains, losses = [max(c, 0.0) for c in changes], [max(-c, 0.0) for c in changes]
    gain, loss = statistics.fmean(gains[:14]), statistics.fmean(losses[:14])
    for g, l in zip(gains[14:], losses[14:]):
        gain += (g - gain) / 14
        loss += (l - loss) / 14
    return 100 * gain / (gain + loss)


def basket(all_rows):
    value, worth = 1.0, [1.0]
    returns = [simple(closes(rows)) for rows in all_rows]
    for parts in zip(*returns):
        value *= 1 + statistics.fmean(parts)
        worth.append(value)
    return worth


def main():
    names = ["DEMO1", "DEMO4", "DEMO5", "DEMOIDX"]
    data = {name: load(name) for name in names}
    year = math.sqrt(252)
    print("// Made by make-figures.py from agents/desk/prices-sample; not by the program under test. Do not edit.")
    print("\nstruct ExpectedFigures {")
    for field in [
        "symbol: String", "frame: String", "first: String", "last: String", "totalReturn: Double", "volatility: Double",
        "downside: Double", "sharpe: Double", "depth: Double", "peak: String", "trough: String",
    ]:
        print(f"    var {field}")
    print("\n    static let all: [ExpectedFigures] = [")
    for name in names:
        for frame in ["3M", "6M", "YTD", "1Y", "3Y", "MAX"]:
            rows = window(data[name], frame)
            prices = closes(rows)
            r = simple(prices)
            depth, peak, trough = drawdown(rows)
            values = [
                f'symbol: "{name}", frame: "{frame}", first: "{rows[0][0]}", last: "{rows[-1][0]}"',
                f"totalReturn: {prices[-1] / prices[0] - 1!r}",
                f"volatility: {statistics.stdev(logs(prices)) * year!r}",
                f"downside: {math.sqrt(statistics.fmean([min(x, 0.0) ** 2 for x in r])) * year!r}",
                f"sharpe: {statistics.fmean(r) / statistics.stdev(r) * year!r}",
                f'depth: {depth!r}, peak: "{peak}", trough: "{trough}"',
            ]
            print("        ExpectedFigures(\n            " + ",\n            ".join(values) + "),")
    print("    ]\n}")
    print("\nenum ExpectedSingles {")
    print("    /// Over the last year: value at risk, expected shortfall, days.")
    print("    static let tails: [String: (Double, Double, Int)] = [")
    for name in names:
        r = simple(closes(window(data[name], "1Y")))
        quantile = statistics.quantiles(r, n=20, method="inclusive")[0]
        tail = [x for x in r if x <= quantile]
        print(f'        "{name}": ({-quantile!r}, {-statistics.fmean(tail)!r}, {len(r)}),')
    print("    ]\n    /// Means of the last 20, 50 and 200 closes; relative strength index.")
    print("    static let chart: [String: (Double, Double, Double, Double)] = [")
    for name in names:
        prices = closes(data[name])
        means = ", ".join(repr(statistics.fmean(prices[-n:])) for n in (20, 50, 200))
        print(f'        "{name}": ({means}, {wilder(prices)!r}),')
    print("    ]\n    /// Correlations of logarithmic returns over a year.")
    print("    static let correlations: [(String, String, Double)] = [")
    for i, a in enumerate(names):
        for b in names[i + 1:]:
            x, y = (logs(closes(window(data[n], "1Y"))) for n in (a, b))
            print(f'        ("{a}", "{b}", {statistics.correlation(x, y)!r}),')
    print("    ]\n    /// Betas to DEMOIDX over a year.")
    print("    static let betas: [String: Double] = [")
    for name in names[:3]:
        x, y = (simple(closes(window(data[n], "1Y"))) for n in ("DEMOIDX", name))
        print(f'        "{name}": {statistics.linear_regression(x, y).slope!r},')
    rows = [window(data[name], "1Y") for name in names[:3]]
    worth = basket(rows)
    own = statistics.stdev(logs(worth)) * year
    parts = statistics.fmean([statistics.stdev(logs(closes(r))) * year for r in rows])
    print("    ]\n    /// DEMO1, DEMO4 and DEMO5 in equal parts over a year: volatility, depth, diversification.")
    depth = drawdown(list(zip([d for d, _ in rows[0]], worth)))[0]
    print(f"    static let basket = ({own!r}, {depth!r}, {parts / own!r})\n}}")


if __name__ == "__main__":
    main()
