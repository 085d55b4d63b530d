"""What the times say: the table in the terminal, geometric means, the JSON file."""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from .measure import Timing


def geometric_mean(ratios: Iterable[float]) -> float:
    """The geometric mean; NaN of nothing."""
    logs = [math.log(ratio) for ratio in ratios if ratio > 0 and math.isfinite(ratio)]
    return math.exp(sum(logs) / len(logs)) if logs else math.nan


def line(timing: Timing) -> str:
    """One case in the terminal."""
    times = f"{seconds(timing.numpy):>11}{seconds(timing.sharray):>11}"
    ratio = "    –    " if math.isnan(timing.ratio) else f"{timing.ratio:7.2f}× "
    return f"{timing.group:<12}{timing.name:<28}{timing.size:>10,}{times}{ratio}{timing.trouble}"


HEAD = f"{'group':<12}{'case':<28}{'elements':>10}{'NumPy':>11}{'sharray':>11}{'speed':>8}"


def seconds(value: float) -> str:
    """A time with its unit."""
    if math.isnan(value):
        return "–"
    for unit, factor in (("ns", 1e9), ("µs", 1e6), ("ms", 1e3)):
        if value * factor < 1000:
            return f"{value * factor:.3g} {unit}"
    return f"{value:.3g} s"


def means(timings: list[Timing]) -> dict[str, dict[int, float]]:
    """The geometric mean of the ratios for each group and size."""
    cells: dict[str, dict[int, list[float]]] = {}
    for timing in timings:
        cells.setdefault(timing.group, {}).setdefault(timing.size, []).append(timing.ratio)
    return {group: {size: geometric_mean(r) for size, r in sizes.items()} for group, sizes in cells.items()}


def table(timings: list[Timing]) -> str:
    """Geometric means per group and size, and what is missing or far behind."""
    sizes = sorted({timing.size for timing in timings})
    lines = ["speed beside NumPy, geometric mean (above 1: sharray is faster)", ""]
    lines.append(f"{'group':<14}" + "".join(f"{size:>12,}" for size in sizes))
    for group, by_size in means(timings).items():
        cells = [by_size.get(size, math.nan) for size in sizes]
        lines.append(f"{group:<14}" + "".join(f"{'–':>12}" if math.isnan(c) else f"{c:>11.2f}×" for c in cells))
    behind = sorted((t for t in timings if t.ratio < 1 / 3), key=lambda t: t.ratio)
    troubles = [t for t in timings if t.trouble]
    for title, rows in (("more than 3× behind NumPy", behind), ("missing or different", troubles)):
        lines += ["", f"{title}: {len(rows)} of {len(timings)}", *(line(t) for t in rows)]
    return "\n".join(lines)


def write_json(timings: list[Timing], file: Path, facts: dict[str, str]) -> None:
    """Write all times and means, with the facts about the run."""
    rows = [{**asdict(t), "ratio": t.ratio} for t in timings]
    rows = [{k: None if isinstance(v, float) and math.isnan(v) else v for k, v in row.items()} for row in rows]
    mean_rows = {g: {str(s): None if math.isnan(m) else m for s, m in r.items()} for g, r in means(timings).items()}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"facts": facts, "means": mean_rows, "cases": rows}, indent=1) + "\n")


def processor() -> str:
    """The processor's name."""
    info = Path("/proc/cpuinfo")
    names = (
        [s.partition(":")[2].strip() for s in info.read_text().splitlines() if s.startswith("model name")]
        if info.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()
