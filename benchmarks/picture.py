"""Draw the ratios: a panel per group, a row per case, a dot per size."""

from __future__ import annotations

import math
from pathlib import Path

from .measure import Timing

COLOURS = {
    1: "#6b7280",
    3: "#93c5fd",
    1000: "#3b82f6",
    100_000: "#1d4ed8",
    1_000_000: "#7c3aed",
    4_000_000: "#be123c",
}


def draw(timings: list[Timing], file: Path, title: str) -> None:
    """Write the picture; its format follows the file's name."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    groups = list(dict.fromkeys(timing.group for timing in timings))
    heights = [len({t.name for t in timings if t.group == g}) + 3 for g in groups]
    figure, axes = pyplot.subplots(
        len(groups),
        1,
        figsize=(9, 0.19 * sum(heights) + 1),
        height_ratios=heights,
        squeeze=False,
        layout="constrained",
    )
    for axis, group in zip(axes[:, 0], groups, strict=True):
        draw_group(axis, group, [t for t in timings if t.group == group])
    figure.suptitle(title, fontsize=10)
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file, dpi=110)
    pyplot.close(figure)


def draw_group(axis, group: str, timings: list[Timing]) -> None:
    """One group's panel."""
    names = list(dict.fromkeys(timing.name for timing in timings))
    for size in sorted({timing.size for timing in timings}):
        points = [(t.ratio, names.index(t.name)) for t in timings if t.size == size and math.isfinite(t.ratio)]
        if points:
            axis.scatter(
                *zip(*points, strict=True),
                s=16,
                color=COLOURS.get(size, "#111827"),
                label=f"{size:,}",
                zorder=3,
            )
    missing = {t.name for t in timings if math.isnan(t.ratio)}
    axis.set_yticks(range(len(names)), [f"{n} (missing)" if n in missing else n for n in names], fontsize=6)
    axis.set_ylim(len(names) - 0.4, -0.6)
    axis.set_xscale("log")
    axis.axvline(1, color="#111827", linewidth=0.8)
    axis.axvspan(axis.get_xlim()[0], 1, color="#fee2e2", alpha=0.5, zorder=0)
    axis.grid(True, which="both", axis="x", linewidth=0.3)
    axis.tick_params(axis="x", labelsize=7)
    axis.set_title(f"{group}: NumPy's time / sharray's time", fontsize=8, loc="left")
    if axis.get_legend_handles_labels()[0]:
        axis.legend(fontsize=6, title="elements", title_fontsize=6, loc="lower right")
