"""Draw what ``spark.py`` measured: three panels over the size of the archive.

python benchmarks/scale_svg.py docs/scale.json docs/scale.svg
"""

import argparse
import json
from collections.abc import Callable, Sequence
from html import escape
from math import log2
from pathlib import Path
from typing import Any

WIDTH, HEIGHT, PANEL, GAP = 900, 300, 250, 50
LEFT, TOP, BOTTOM = 46, 66, 44
LIGHT = {"paper": "#fdfcf9", "ink": "#1e1b17", "soft": "#5d564b", "rule": "#ddd6c8", "one": "#24588c", "two": "#7a4a12"}
DARK = {"paper": "#171613", "ink": "#ebe6dc", "soft": "#b5ac9d", "rule": "#3c3831", "one": "#8ab8e6", "two": "#dcae6a"}

Run = dict[str, Any]
Line = tuple[str, str, list[tuple[int, float]]]


def svg(runs: Sequence[Run]) -> str:
    """The drawing, whole. runs: as ``spark.py`` writes them. A panel without figures says so."""
    panels = (
        ("Seconds for 1,000 articles", "by the wall clock, two cores", _lines(runs, _seconds)),
        ("Shuffled, kB an article", "on Spark", _lines(runs, _shuffled)),
        ("Memory of the driver, MiB", "on Spark", _memory(runs)),
    )
    summary = "; ".join(f"{title}: {_said(lines)}" for title, _, lines in panels)
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'role="img" aria-labelledby="t d" font-family="system-ui, sans-serif" font-size="12">',
        '<title id="t">What an article costs as the archive grows</title>',
        f'<desc id="d">{escape(summary)}</desc>',
        f"<style>{_style(LIGHT)}@media (prefers-color-scheme: dark){{{_style(DARK)}}}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}"/>',
    ]
    sizes = sorted({run["articles"] for run in runs})
    for at, (title, under, lines) in enumerate(panels):
        drawn += _panel(LEFT + at * (PANEL + GAP), title, under, lines, sizes)
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _style(colours: dict[str, str]) -> str:
    return (
        f".paper{{fill:{colours['paper']}}}text{{fill:{colours['soft']}}}.title{{fill:{colours['ink']};font-weight:600}}"
        f".rule{{stroke:{colours['rule']};fill:none}}"
        f".one{{stroke:{colours['one']};fill:{colours['one']}}}.two{{stroke:{colours['two']};fill:{colours['two']}}}"
        "path.one,path.two{fill:none;stroke-width:1.6}text.one,text.two{stroke:none}"
    )


def _seconds(run: Run) -> float | None:
    return 1000 * run["seconds"] / run["articles"]


def _shuffled(run: Run) -> float | None:
    return run["shuffled"] / run["articles"] / 1000 if "shuffled" in run else None


def _lines(runs: Sequence[Run], value: Callable[[Run], float | None]) -> list[Line]:
    """One line a way, in a fixed order, so that a way looks alike in every panel."""
    names = {"local": ("local engine", "two"), "spark": ("Spark", "one")}
    found = []
    for way, (name, look) in names.items():
        values = ((run["articles"], value(run)) for run in runs if run["way"] == way)
        points = sorted((size, one) for size, one in values if one is not None)
        if points:
            found.append((name, look, points))
    return found


def _memory(runs: Sequence[Run]) -> list[Line]:
    on_spark = sorted((run for run in runs if run["way"] == "spark"), key=lambda run: int(run["articles"]))
    python = [(run["articles"], float(run["driver_python_mib"])) for run in on_spark]
    java = [(run["articles"], float(run["driver_heap_mib"])) for run in on_spark if run.get("driver_heap_mib")]
    lines = (("its Python", "two", python), ("its Java, in use", "one", java))
    return [line for line in lines if line[2]]


def _panel(left: int, title: str, under: str, lines: list[Line], sizes: list[int]) -> list[str]:
    drawn = [
        f'<text class="title" x="{left}" y="22">{escape(title)}</text>',
        f'<text x="{left}" y="38">{escape(under)}</text>',
    ]
    if not lines:
        return [*drawn, f'<text x="{left}" y="{HEIGHT / 2}">not measured</text>']
    steps = ticks(max(value for _, _, points in lines for _, value in points))
    floor = HEIGHT - BOTTOM

    def x(size: int) -> float:
        least, most = log2(sizes[0]), log2(sizes[-1])
        return round(left + 12 + (PANEL - 24) * ((log2(size) - least) / (most - least) if most > least else 0.5), 1)

    def y(value: float) -> float:
        return round(floor - (floor - TOP) * value / steps[-1], 1)

    for step in steps:
        drawn.append(f'<path class="rule" d="M{left} {y(step)}h{PANEL}"/>')
        drawn.append(f'<text x="{left - 6}" y="{y(step) + 4}" text-anchor="end">{step:g}</text>')
    drawn += [f'<text x="{x(size)}" y="{floor + 17}" text-anchor="middle">{_short(size)}</text>' for size in sizes]
    drawn.append(f'<text x="{left + PANEL}" y="{floor + 35}" text-anchor="end">articles</text>')
    for _, look, points in lines:
        drawn.append(f'<path class="{look}" d="M' + "L".join(f"{x(size)} {y(value)}" for size, value in points) + '"/>')
        drawn += [_mark(look, x(size), y(value)) for size, value in points]
    for at, (name, look, _) in enumerate(lines):
        drawn.append(_mark(look, left + 6 + at * 122, 52))
        drawn.append(f'<text class="{look}" x="{left + 16 + at * 122}" y="56">{escape(name)}</text>')
    return drawn


def _mark(look: str, x: float, y: float) -> str:
    if look == "one":
        return f'<circle class="one" cx="{x}" cy="{y}" r="4"/>'
    return f'<rect class="two" x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7"/>'


def ticks(most: float) -> list[float]:
    """From 0 to at least ``most`` in four to six steps of 1, 2 or 5 times a power of ten."""
    step = 10.0**-3
    while True:
        for times in (1, 2, 5):
            count = -(-most // (step * times))
            if count <= 5:
                return [round(step * times * at, 6) for at in range(max(1, int(count)) + 1)]
        step *= 10


def _short(size: int) -> str:
    return f"{size / 1000:g}k" if size >= 1000 else str(size)


def _said(lines: list[Line]) -> str:
    if not lines:
        return "not measured"
    return ", ".join(
        f"{name} {points[0][1]:.3g} at {points[0][0]:,} and {points[-1][1]:.3g} at {points[-1][0]:,}"
        for name, _, points in lines
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    parser.add_argument("svg", type=Path)
    args = parser.parse_args()
    args.svg.write_text(svg(json.loads(args.figures.read_text("utf-8"))["runs"]), "utf-8")


if __name__ == "__main__":
    main()
