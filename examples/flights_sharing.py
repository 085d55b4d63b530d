"""Hand the flights' columns to other libraries and take results back, without copies where none is needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy
import pandas
import pyarrow
from matplotlib.lines import Line2D

import sharray as np


def share(results: dict[str, Any]) -> list[str]:
    """Cross each border once, in both directions; return a line about each crossing."""
    delay = np.ascontiguousarray(results["table"]["dep_delay"])
    lines = []

    # NumPy looks at the same memory, and so do we at its.
    numpys = numpy.asarray(delay)
    lines.append(told("to NumPy", numpys, shared=address(numpys) == address(delay)))
    ours = np.asarray(numpys[::2])
    lines.append(told("from NumPy, every second", ours, shared=address(ours) == address(delay)))

    # pandas works on our memory; what it computes comes back as an array.
    series = pandas.Series(numpys, copy=False)
    lines.append(told("to pandas", series, shared=address(series.to_numpy()) == address(delay)))
    monthly = series.groupby(numpy.asarray(results["table"]["month"].astype("i8"))).mean()
    back = np.asarray(monthly.to_numpy())
    lines.append(told("from pandas, mean by month", back, shared=address(back) == address(monthly.to_numpy())))
    if not np.allclose(back, results["month and hour"]["by month"], rtol=1e-5):
        raise SystemExit(f"pandas finds other means by month: {back}")

    # An Arrow array is made on our buffer, and its own buffer is read as an array again.
    arrow = pyarrow.Array.from_buffers(pyarrow.float32(), len(delay), [None, pyarrow.py_buffer(delay)])
    lines.append(told("to PyArrow", arrow, shared=arrow.buffers()[1].address == address(delay)))
    again = np.frombuffer(arrow.buffers()[1], dtype="f4")
    lines.append(told("from PyArrow", again, shared=address(again) == address(delay)))

    # matplotlib keeps a column as it is given until it draws.
    line = Line2D(results["year"]["days"], results["year"]["mean"])
    kept = numpy.asarray(line.get_ydata(orig=True))
    lines.append(told("to matplotlib", kept, shared=address(kept) == address(results["year"]["mean"])))
    return lines


def address(array: Any) -> int:
    """Where an array's memory begins."""
    return array.__array_interface__["data"][0]


def told(crossing: str, thing: Any, *, shared: bool) -> str:
    """A line about a crossing: what the addresses prove, and how ``explain`` puts it."""
    words = str(np.interop.explain(thing)).strip().replace("\n", "\n" + 30 * " ")
    return f"{crossing:<28}{'shared' if shared else 'copied'}: {words}"


def check_with_pandas(results: dict[str, Any], data: Path) -> None:
    """Compute the main figures with pandas, from the file on; stop with an error if one differs."""
    frame = pandas.read_csv(data / "flights.csv.zip")
    left = frame[frame.dep_delay.notna()]
    carriers = left.groupby("carrier").dep_delay.agg(["size", "mean", "median", lambda d: (d > 15).mean()])
    carriers = carriers.sort_values("mean")
    table = left.pivot_table(index="month", columns="hour", values="dep_delay").reindex(columns=range(24))
    day = left.groupby(["month", "day"]).dep_delay.mean()
    mine = results["carrier"]
    pairs = {
        "number of records": (results["records"], len(frame)),
        "number of flights": (results["flights"], len(left)),
        "quantiles": (
            results["distribution"]["quantiles"],
            left.dep_delay.quantile([0.05, 0.25, 0.5, 0.75, 0.95, 0.99]),
        ),
        "mean": (results["distribution"]["mean"], left.dep_delay.mean()),
        "std": (results["distribution"]["std"], left.dep_delay.std(ddof=0)),
        "flights by carrier": (mine["flights"], carriers["size"]),
        "mean by carrier": (mine["mean"], carriers["mean"]),
        "median by carrier": (mine["median"], carriers["median"]),
        "late by carrier": (mine["late"], carriers.iloc[:, 3]),
        "mean by month and hour": (results["month and hour"]["mean"], table),
        "mean by day": (results["year"]["mean"], day),
        "mean over a week": (results["year"]["week"], day.rolling(7).mean()[6:]),
        "flights with known weather": (results["weather"]["joined"], with_weather(left, data)),
    }
    for name, (own, pandas_own) in pairs.items():
        if not numpy.allclose(numpy.asarray(own), numpy.asarray(pandas_own), rtol=1e-6, equal_nan=True):
            raise SystemExit(f"{name}: {own}, but pandas finds {pandas_own}")
    print(f"all {len(pairs)} figures agree with pandas")


def with_weather(left: pandas.DataFrame, data: Path) -> int:
    """How many flights have a row in the table of the weather, by pandas' join."""
    weather = pandas.read_csv(data / "weather.csv").drop_duplicates(["origin", "time_hour"])
    return len(left.merge(weather, on=["origin", "time_hour"]))
