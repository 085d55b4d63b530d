"""The picture and the report about the flights."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")

from matplotlib import pyplot

INK, ACCENT, PALE = "#1f2937", "#be123c", "#93c5fd"


def draw(results: dict[str, Any], file: Path) -> None:
    """A figure with four panels. matplotlib takes arrays of numbers as they are."""
    figure, axes = pyplot.subplots(2, 2, figsize=(13, 9), layout="constrained")
    draw_carriers(axes[0, 0], results["carrier"])
    draw_hours(axes[0, 1], results["month and hour"])
    draw_weather(axes[1, 0], results["weather"])
    draw_year(axes[1, 1], results["year"])
    figure.suptitle(f"Departure delay of {results['flights']:,} flights from New York City, 2013", fontsize=14)
    figure.savefig(file, dpi=120)
    pyplot.close(figure)


def draw_carriers(axis: Any, table: dict[str, Any]) -> None:
    """Mean and median by carrier."""
    names = [name.decode() for name in table["carrier"].tolist()]
    axis.barh(names, table["mean"], color=PALE, label="mean")
    axis.plot(table["median"], names, "o", color=ACCENT, label="median")
    axis.set(title="By carrier, the most punctual at the bottom", xlabel="minutes")
    axis.legend(loc="lower right")


def draw_hours(axis: Any, table: dict[str, Any]) -> None:
    """Month against hour of the day."""
    image = axis.imshow(table["mean"], aspect="auto", cmap="magma_r", vmin=0, vmax=45)
    axis.set(title="By month and hour: late in the day, in summer", xlabel="hour", ylabel="month")
    axis.set_yticks(range(12), "JFMAMJJASOND")
    axis.set_xlim(4.5, 23.5)
    axis.set_xticks(range(6, 24, 3))
    axis.figure.colorbar(image, ax=axis, label="minutes")


def draw_weather(axis: Any, table: dict[str, Any]) -> None:
    """Mean and quartiles by visibility."""
    rows = table["visib"]
    labels = ["under 1", "1–3", "3–6", "6–9.5", "clear"]
    place = range(len(labels))
    axis.bar(place, rows[:, 1], color=PALE, label="mean")
    axis.vlines(place, rows[:, 2], rows[:, 4], color=INK, linewidth=3, label="middle half")
    axis.plot(place, rows[:, 3], "o", color=ACCENT, label="median")
    axis.set_xticks(place, labels)
    axis.set(title="By visibility, miles", ylabel="minutes")
    axis.legend()


def draw_year(axis: Any, table: dict[str, Any]) -> None:
    """Each day, and the mean over a week. Of dates matplotlib knows Python's, so days are handed over as those."""
    days = table["days"].tolist()
    axis.plot(days, table["mean"], ".", color=PALE, label="day")
    axis.plot(days[3:-3], table["week"], color=ACCENT, label="mean over a week")
    axis.set(title="Through the year", ylabel="minutes")
    axis.legend()


def write(results: dict[str, Any], crossings: list[str], times: str, file: Path) -> str:
    """Write the report and return it."""
    saving, spread = results["saving"], results["distribution"]
    carrier, year, holidays = results["carrier"], results["year"], results["holidays"]
    quantiles = ", ".join(f"{q:.0f}" for q in spread["quantiles"].tolist())
    memory = f"{saving['wide']:,} bytes as read, {saving['small']:,} in the smallest types"
    lines = [
        "",
        "Departure delay, New York City, 2013",
        "=" * 36,
        f"{results['records']:,} records, {results['flights']:,} flights left",
        f"memory: {memory} ({saving['wide'] / saving['small']:.1f} times less)",
        f"mean {spread['mean']:.2f} min, standard deviation {spread['std']:.2f}",
        f"quantiles 5, 25, 50, 75, 95, 99 %: {quantiles} min",
        "",
        f"{'carrier':<10}{'flights':>9}{'mean':>8}{'median':>8}{'late':>8}",
    ]
    for row in zip(*(carrier[name].tolist() for name in carrier), strict=True):
        lines.append(f"{row[0].decode():<10}{row[1]:>9,}{row[2]:>8.1f}{row[3]:>8.1f}{row[4]:>8.1%}")
    lines += [
        "",
        f"{results['weather']['joined']:,} flights with known weather; mean delay by visibility (miles):",
    ]
    for label, row in zip(("< 1", "1–3", "3–6", "6–9.5", "clear"), results["weather"]["visib"].tolist(), strict=True):
        lines.append(f"  {label:<8}{row[0]:>9,.0f} flights{row[1]:>8.1f} min")
    lines += ["", "the worst days"]
    lines += [
        f"  {day}{delay:>8.1f} min"
        for day, delay in zip(year["worst days"].tolist(), year["worst"].tolist(), strict=True)
    ]
    lines += ["", f"around holidays (other days: {holidays['other days']:.1f} min)"]
    pairs = zip(holidays["holidays"].tolist(), holidays["delay"].tolist(), strict=True)
    lines += [f"  {name:<18}{delay:>8.1f} min" for name, delay in pairs]
    lines += ["", "crossings", *crossings, "", "time of each step", times, ""]
    text = "\n".join(lines)
    file.write_text(text)
    return text
