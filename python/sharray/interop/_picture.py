"""The picture of a block of memory: a bar of bytes, and below it a box for each object that looks at it.

A `Picture` is a list of shapes, which become SVG here, and PNG by matplotlib where it is installed.
"""

from html import escape
from pathlib import Path

__all__ = ["Picture", "draw", "html", "save"]

#: Sizes in pixels: of the picture, the boxes, and the bars beside them.
WIDTH, BOX, BAR, BAR_WIDTH, ROW = 940, 356, 470, 448, 92
#: Rows drawn at most, and elements drawn one by one at most.
MOST_ROWS, MOST_ELEMENTS = 12, 96

INK, FAINT, PAPER = "#1b2733", "#6b7a89", "#ffffff"
#: Fill and edge of boxes and bars.
OWNER, WRITABLE, READ_ONLY, UNSEEN = (
    ("#dff3e4", "#2f8f4e"), ("#dbeafe", "#2563eb"), ("#fdebd0", "#c27803"), ("#eeeeee", "#777777"),
)  # fmt: skip


class Picture:
    """Shapes in the order in which they are painted."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.shapes = []

    def box(self, x, y, width, height, fill, edge=None, radius=0):
        self.shapes.append(("box", x, y, width, height, fill, edge, radius))

    def text(self, x, y, words, size=12, ink=INK, anchor="start", bold=False, mono=False):
        self.shapes.append(("text", x, y, words, size, ink, anchor, bold, mono))

    def line(self, x1, y1, x2, y2, ink=FAINT, width=1.0, dashed=False):
        self.shapes.append(("line", x1, y1, x2, y2, ink, width, dashed))

    def triangle(self, points, fill):
        self.shapes.append(("triangle", points, fill))

    def arrow(self, x1, y1, x2, y2, ink):
        """A straight arrow to the right, its head at the end."""
        self.line(x1, y1, x2 - 7, y2, ink, 1.6)
        self.triangle([(x2, y2), (x2 - 8, y2 - 4.5), (x2 - 8, y2 + 4.5)], ink)

    def svg(self):
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.width} {self.height}" width="{self.width}" '
            f'height="{self.height}" font-family="Helvetica, Arial, sans-serif">'
        )
        return "\n".join([head, *(_SVG[kind](*parts) for kind, *parts in self.shapes), "</svg>"]) + "\n"

    def png(self, path):
        """Raises `ImportError` where matplotlib is missing."""
        try:
            from matplotlib.backends.backend_agg import FigureCanvasAgg
            from matplotlib.figure import Figure
        except ImportError as error:
            raise ImportError(
                "a PNG is painted by matplotlib: pip install matplotlib, or save as .svg or .html"
            ) from error
        figure = Figure(figsize=(self.width / 100, self.height / 100), dpi=200)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        axes.axis("off")
        for order, (kind, *parts) in enumerate(self.shapes):
            _PAINT[kind](axes, order, *parts)
        figure.savefig(path, format="png")


def _svg_box(x, y, width, height, fill, edge, radius):
    stroke = f' stroke="{edge}" stroke-width="1.2"' if edge else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius}" fill="{fill}"{stroke}/>'
    )


def _svg_text(x, y, words, size, ink, anchor, bold, mono):
    style = ' font-weight="bold"' if bold else ""
    style += ' font-family="DejaVu Sans Mono, Menlo, monospace"' if mono else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{ink}" text-anchor="{anchor}"{style}>{_plain(words)}</text>'


def _plain(words):
    """Text for XML, which knows no control characters."""
    return escape("".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in words))


def _svg_line(x1, y1, x2, y2, ink, width, dashed):
    style = ' stroke-dasharray="3 3"' if dashed else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{ink}" stroke-width="{width}"{style}/>'
    )


def _svg_triangle(points, fill):
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}"/>'


_SVG = {"box": _svg_box, "text": _svg_text, "line": _svg_line, "triangle": _svg_triangle}


def _paint_box(axes, order, x, y, width, height, fill, edge, radius):
    from matplotlib.patches import FancyBboxPatch, Rectangle

    look = {"facecolor": fill, "edgecolor": edge or "none", "linewidth": 0.9 if edge else 0, "zorder": order}
    if radius:
        style = f"round,pad=0,rounding_size={radius}"
        axes.add_patch(FancyBboxPatch((x, y), width, height, boxstyle=style, **look))
    else:
        axes.add_patch(Rectangle((x, y), width, height, **look))


def _paint_text(axes, order, x, y, words, size, ink, anchor, bold, mono):
    align = {"start": "left", "middle": "center", "end": "right"}[anchor]
    family = "DejaVu Sans Mono" if mono else "DejaVu Sans"
    axes.text(
        x, y, words.replace("$", r"\$"), fontsize=size * 0.66, color=ink, ha=align, va="baseline",
        fontweight="bold" if bold else "normal", family=family, zorder=order,
    )  # fmt: skip


def _paint_line(axes, order, x1, y1, x2, y2, ink, width, dashed):
    axes.plot([x1, x2], [y1, y2], color=ink, linewidth=width * 0.72, linestyle="--" if dashed else "-", zorder=order)


def _paint_triangle(axes, order, points, fill):
    from matplotlib.patches import Polygon

    axes.add_patch(Polygon(points, closed=True, facecolor=fill, edgecolor="none", zorder=order))


_PAINT = {"box": _paint_box, "text": _paint_text, "line": _paint_line, "triangle": _paint_triangle}


def draw(found):
    """The picture of an explanation that knows a block of memory."""
    low, high = found.block
    rows = _rows(found)
    hidden = max(0, len(rows) - MOST_ROWS)
    rows = rows[:MOST_ROWS]
    notes = [f"… and {hidden} more"] * bool(hidden) + _notes(found)
    picture = Picture(WIDTH, 128 + ROW * len(rows) + 18 * len(notes) + 14)
    picture.box(0.5, 0.5, WIDTH - 1, picture.height - 1, PAPER, "#d5dbe1", 8)
    _draw_block(picture, found, 128 + ROW * len(rows) - 14)
    for place, row in enumerate(rows):
        _draw_row(picture, 128 + ROW * place, low, high, *row)
    for place, note in enumerate(notes):
        picture.text(20, 128 + ROW * len(rows) + 14 + 18 * place, note, 11.5, FAINT)
    return picture


def _rows(found):
    """For each box: title, what to show, name of the arrow, colours."""
    from ._explain import called

    rows = [(called(s.kind, s.name), s, s.protocol, _colours(s)) for s in (found._seen, *found.looking)]
    for crossing in found.held:
        if not any(s.address == crossing.address and crossing.protocol in s.protocol for s in found.looking):
            rows.append((crossing.other or "a consumer that Python can't see", crossing, crossing.protocol, UNSEEN))
    return rows


def _colours(seen):
    if seen.protocol == "owns" and seen.writable:
        return OWNER
    return WRITABLE if seen.writable else READ_ONLY


def _notes(found):
    from ._explain import _WORDS

    return [f"handed out by {protocol}, {count}×; {_WORDS[state]}" for (protocol, state), count in found.past.items()]


def _draw_block(picture, found, floor):
    low, high = found.block
    top = 58
    picture.box(20, 22, BOX - 20, 76, *OWNER, 6)
    picture.text(32, 44, "memory", 14, INK, bold=True)
    picture.text(32, 64, f"{_bytes(high - low)}, owned by", 12)
    picture.text(32, 84, _short(found._owner_called(), 44), 12)
    for edge in (BAR, BAR + BAR_WIDTH):
        picture.line(edge, top + 30, edge, floor, "#b8c2cc", 1, dashed=True)
    picture.box(BAR, top, BAR_WIDTH, 26, *OWNER, 2)
    picture.text(BAR, top - 20, f"{low:#x}", 11.5, FAINT, mono=True)
    picture.text(BAR + BAR_WIDTH, top - 20, f"{high:#x}", 11.5, FAINT, "end", mono=True)
    for part in range(5):
        x = BAR + BAR_WIDTH * part / 4
        picture.line(x, top - 5, x, top, FAINT)
        if high - low >= 4:
            anchor = ("start", "middle", "middle", "middle", "end")[part]
            picture.text(x, top - 8, str((high - low) * part // 4), 10, FAINT, anchor)
    picture.arrow(BOX + 4, top + 13, BAR - 4, top + 13, OWNER[1])


def _draw_row(picture, y, low, high, title, seen, way, colours):
    fill, edge = colours
    picture.box(20, y, BOX - 20, ROW - 18, fill, edge, 6)
    picture.text(32, y + 19, _short(title, 42), 13, INK, bold=True)
    for line, words in enumerate(_lines(seen, low)):
        picture.text(32, y + 37 + 14 * line, _short(words, 52), 11, INK, mono=True)
    middle = y + (ROW - 18) / 2
    picture.arrow(BOX + 4, middle, BAR - 4, middle, edge)
    picture.text((BOX + BAR) / 2 - 2, middle - 7, _short(way, 20), 11, edge, "middle", bold=True)
    scale = BAR_WIDTH / max(high - low, 1)
    _draw_bar(picture, seen, middle - 11, low, scale, fill, edge)


def _lines(seen, low):
    """What a box says below its title."""
    if not hasattr(seen, "strides"):
        return [f"{seen.dtype}, {_bytes(seen.nbytes)}", f"offset {seen.address - low}", "still held"]
    return [
        f"{seen.dtype} {tuple(seen.shape)}",
        f"strides {tuple(seen.strides)}",
        f"offset {seen.address - low}, {'writable' if seen.writable else 'read-only'}",
    ]


def _draw_bar(picture, seen, y, low, scale, fill, edge):
    """The bytes that an object looks at: its elements if they are few, else their bounds; a mark at the first one."""
    spans = _elements(seen)
    for start, end in spans:
        start, end = max(start - low, 0) * scale, (end - low) * scale
        gap = 0.8 if len(spans) > 1 and (end - start) > 4 else 0
        x, width = BAR + start, min(max(end - start - gap, 1.2), BAR_WIDTH - start)
        picture.box(x, y, width, 22, fill if width > 3 else edge, edge if width > 3 else None)
    first = BAR + min(max(seen.address - low, 0) * scale, BAR_WIDTH)
    picture.triangle([(first, y + 22), (first - 4.5, y + 31), (first + 4.5, y + 31)], edge)
    if hasattr(seen, "strides"):
        backwards = any(s < 0 and n > 1 for s, n in zip(seen.strides, seen.shape, strict=False))
        words = "first element, the others before it" if backwards else ""
        picture.text(first - 8, y + 32, words, 10, edge, "end")


def _elements(seen):
    """The stretches of bytes to draw, neighbours joined unless they are few."""
    if not hasattr(seen, "strides"):
        return [(seen.address, seen.address + seen.nbytes)]
    count = 1
    for extent in seen.shape:
        count *= extent
    if not 0 < count <= MOST_ELEMENTS or len(seen.strides) != len(seen.shape):
        return [(seen.low, seen.high)]
    places = [seen.address]
    for extent, stride in zip(seen.shape, seen.strides, strict=True):
        places = [place + stride * i for place in places for i in range(extent)]
    return [(place, place + seen.itemsize) for place in sorted(set(places))]


def _bytes(count):
    for unit, size in (("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)):
        if count >= 4 * size:
            return f"{count / size:.1f} {unit}"
    return f"{count} bytes"


def _short(words, room):
    return words if len(words) <= room else words[: room - 1] + "…"


def html(words, picture):
    """A fragment of HTML with the text, and the picture if there is one."""
    text = f'<pre style="white-space:pre-wrap">{_plain_lines(words)}</pre>'
    return f"<div>{picture or ''}{text}</div>"


def _plain_lines(words):
    return "\n".join(_plain(line) for line in words.split("\n"))


def save(path, found, words):
    """Writes an explanation's picture; the ending of `path` says how. Returns the path."""
    path = Path(path)
    ending = path.suffix.lower()
    if ending == ".svg":
        path.write_text(draw(found).svg(), encoding="utf-8")
    elif ending == ".html":
        head = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{_plain(found.kind)}</title></head><body>\n'
        path.write_text(f"{head}{html(words, draw(found).svg())}\n</body></html>\n", encoding="utf-8")
    elif ending == ".png":
        draw(found).png(path)
    else:
        raise ValueError(f"a picture ends in .svg, .html or .png, not {ending!r} ({path})")
    return path
