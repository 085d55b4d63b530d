"""One block of memory through five libraries: pandas, sharray, PyTorch, Arrow and matplotlib.

A table of temperatures starts in pandas. Each step says what was shared, what was copied and why, and the addresses prove
it; the report of all crossings ends the tour, and a picture of the memory is saved beside it.

Run ``python examples/sharing.py``; ``--out FOLDER`` chooses where the pictures go (default: ``target/sharing``).
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pandas
import pyarrow

import sharray as np
from sharray import interop

HOURS = 24 * 365


def main() -> None:
    """The tour, step by step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("target/sharing"))
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    interop.log(clear=True)

    title("pandas gives a column, and sharray looks at its memory")
    frame = table()
    celsius = np.asarray(frame["celsius"])
    prove("the column", celsius.ctypes.data == frame["celsius"].to_numpy().ctypes.data)

    title("sharray computes in a block of its own; days and hours are views of it")
    kelvin = celsius + 273.15
    days = kelvin.reshape(365, 24)
    noons = days[:, 12]
    print(f"mean {days.mean():.2f} K, warmest noon {noons.max():.2f} K")

    title("PyTorch works in that block")
    print(interop.plan(days, "torch"))
    tensor = interop.to(days, "torch", copy=False)
    prove("the tensor", tensor.data_ptr() == days.ctypes.data)
    tensor -= 273.15
    prove("what PyTorch wrote stands in the array", np.allclose(kelvin, celsius))

    title("what can't be shared is said before a byte moves")
    latest_first = kelvin[::-1]
    print(interop.plan(latest_first, "torch"))
    try:
        with interop.no_copy():
            interop.to(latest_first, "torch")
    except interop.CopyRefused as refusal:
        print(f"no_copy: {refusal}")
    turned = interop.to(latest_first, "torch")
    prove("the copy is right", turned[0].item() == kelvin[-1])

    title("Arrow holds the block, and its nulls come back as a mask")
    column = interop.to(kelvin, "arrow", copy=False)
    prove("the column", column.buffers()[1].address == kelvin.ctypes.data)
    gaps = interop.from_arrow(pyarrow.array([1.5, None, 2.5]), nulls="masked")
    print(f"{gaps.values.tolist()} masked {gaps.mask.tolist()}, filled {gaps.filled(0).tolist()}")

    title("matplotlib draws the array as it lies")
    figure, axes = plt.subplots(figsize=(8, 3), layout="constrained")
    (line,) = axes.plot(noons)
    axes.set(xlabel="day of the year", ylabel="°C at noon", title="One block of memory, five libraries")
    figure.savefig(out / "noons.png", dpi=100)
    plt.close(figure)
    prove("the line's values", (np.asarray(line.get_ydata(orig=True)) == noons).all())

    title("who looks at the block now")
    told = interop.explain(kelvin)
    print(told)
    for name in ("memory.svg", "memory.png", "memory.html"):
        told.save(out / name)

    title("all crossings")
    print(interop.log())
    print(f"\npictures: {out}/noons.png, {out}/memory.svg, .png and .html")


def table() -> pandas.DataFrame:
    """A year of hourly temperatures, °C, that look like weather and are the same in every run."""
    hour = np.arange(HOURS)
    season = -9 * np.cos(2 * np.pi * hour / HOURS)
    day = -4 * np.cos(2 * np.pi * (hour % 24) / 24)
    weather = np.random.default_rng(1).normal(scale=0.3, size=HOURS).cumsum() * 0.1
    values = 9 + season + day + weather
    return pandas.DataFrame({"celsius": interop.to(values, "pandas", copy=False)}, copy=False)


def title(text: str) -> None:
    """A heading."""
    print(f"\n\033[1m{text}\033[0m")


def prove(what: str, holds: Any) -> None:
    """Says that something holds, or ends the tour."""
    if not holds:
        raise SystemExit(f"not so: {what}")
    print(f"checked: {what}")


if __name__ == "__main__":
    main()
