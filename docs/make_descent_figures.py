"""Draw the figures of docs/descent.md.

    python docs/make_descent_figures.py            about a minute

Written: ``docs/descent-stemma.svg``, the example story's stemma, as ``variorum descent --graph`` draws it; and
``docs/descent-own.svg``, every pair of the planted events: what the one that has less keeps to itself, against how
dense the chain of their sentences is.
"""

from itertools import combinations
from pathlib import Path

from variorum import ingest, pipeline
from variorum.config import Descent
from variorum.descent.chains import chain, told
from variorum.descent.prose import prose
from variorum.descent.specifics import own
from variorum.language import annotate_all
from variorum.render import stemma_graph

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 720, 380, 56, 46, 40
MOST_OWN, MOST_STRENGTH = 0.6, 1.8
SETTINGS = Descent(least_strength=0.0)

Point = tuple[float, float, str]


def points() -> list[Point]:
    """For each pair of one event: the lesser share of own details, the chain's strength, what the pair is."""
    found = []
    for folder in sorted(path for path in (ROOT / "evals/retellings").glob("*/*") if path.is_dir()):
        articles = [article for article in ingest.read([folder]).articles if (article.path or "").endswith(".txt")]
        tellings = {
            Path(article.path or "").stem: told(article, prose(article, settings=SETTINGS), one, settings=SETTINGS)
            for article, one in zip(articles, annotate_all(articles), strict=True)
        }
        for one, other in combinations(sorted(tellings), 2):
            kind = kind_of({one, other})
            if kind:
                a, b = tellings[one], tellings[other]
                least = min(
                    own(a.specifics, b.specifics, settings=SETTINGS).share,
                    own(b.specifics, a.specifics, settings=SETTINGS).share,
                )
                found.append((least, chain(a, b, settings=SETTINGS).strength, kind))
    return found


def kind_of(names: set[str]) -> str:
    if "report" in names:
        return "independent" if any(name.startswith("own") for name in names) else "retold"
    return "independent" if all(name.startswith("own") for name in names) else ""


def x(share: float) -> float:
    return round(LEFT + (WIDTH - LEFT - 20) * min(share, MOST_OWN) / MOST_OWN, 1)


def y(strength: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * min(strength, MOST_STRENGTH) / MOST_STRENGTH, 1)


def figure(pairs: list[Point]) -> str:
    limit = x(Descent().own_share)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'role="img" aria-labelledby="t" font-family="system-ui, sans-serif" font-size="12">',
        '<title id="t">Retellings keep next to nothing to themselves; independent accounts do, however dense their '
        "chain</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fdfcf9"/>',
        f'<rect x="{LEFT}" y="{TOP}" width="{limit - LEFT}" height="{HEIGHT - BOTTOM - TOP}" fill="#f0e6cf"/>',
        f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - 20}" fill="none" stroke="#5d564b"/>',
    ]
    lines += [
        f'<text x="{x(share / 100)}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle" fill="#5d564b">{share} %</text>'
        for share in (0, 10, 20, 30, 40, 50)
    ]
    lines += [
        f'<text x="{LEFT - 8}" y="{y(strength) + 4}" text-anchor="end" fill="#5d564b">{strength}</text>'
        for strength in (0, 0.5, 1, 1.5)
    ]
    for share, strength, kind in pairs:
        if kind == "retold":
            lines.append(f'<circle cx="{x(share)}" cy="{y(strength)}" r="4" fill="#9d2218" fill-opacity=".8"/>')
        else:
            at = f"M{x(share) - 3.5} {y(strength) - 3.5}l7 7m0 -7l-7 7"
            lines.append(f'<path d="{at}" stroke="#24588c" stroke-width="1.4"/>')
    lines += [
        f'<text x="{WIDTH - 20}" y="{HEIGHT - 10}" text-anchor="end" fill="#5d564b">names, figures and quotations that '
        "the one with fewer has alone</text>",
        '<text x="8" y="18" fill="#5d564b">strength of the chain of sentences</text>',
        f'<circle cx="{WIDTH - 300}" cy="14" r="4" fill="#9d2218"/>'
        f'<text x="{WIDTH - 290}" y="18">a report and its retelling</text>',
        f'<path d="M{WIDTH - 123} 10l7 7m0 -7l-7 7" stroke="#24588c" stroke-width="1.4"/>'
        f'<text x="{WIDTH - 111}" y="18">two accounts</text>',
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    (ROOT / "docs/descent-stemma.svg").write_text(
        stemma_graph.svg(pipeline.trace(ROOT / "examples/unlit-reef/reports")), "utf-8"
    )
    (ROOT / "docs/descent-own.svg").write_text(figure(points()), "utf-8")


if __name__ == "__main__":
    main()
