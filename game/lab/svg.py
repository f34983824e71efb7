"""Marks of inline SVG: words, lines, whole drawings. Numbers are user units of the drawing."""

from __future__ import annotations

from game.lab.page import INK, text


def words(
    x: float, y: float, html: str, size: float = 12, anchor: str = "start", fill: str = INK, bold: bool = False, more: str = ""
) -> str:
    """Return a text; `html` is finished markup (escape names first), `more` further attributes."""
    weight = ' font-weight="700"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{fill}"{place}{weight}{more}>{html}</text>'


def line(path: str, stroke: str, width: float, opacity: float = 1, dash: str = "") -> str:
    """Return a line along a path."""
    faint = "" if opacity == 1 else f' stroke-opacity="{opacity}"'
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{stroke}" stroke-width="{width:g}" stroke-linejoin="round"{faint}{dashed}/>'


def box(x: float, y: float, wide: float, tall: float, fill: str, title: str = "", more: str = "") -> str:
    """Return a filled rectangle with a text that shows when pointed at."""
    inside = f"<title>{text(title)}</title>" if title else ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{fill}"{more}>{inside}</rect>'


def drawing(wide: float, tall: float, title: str, inside: str) -> str:
    """Return a whole drawing that scales with the page."""
    name = text(title)
    return f'<svg viewBox="0 0 {wide:g} {tall:g}" role="img" aria-label="{name}"><title>{name}</title>{inside}</svg>'
