"""Panels kept as pictures: what nothing has happened to is laid down again with its areas instead of being drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from game.ui.widgets import Box, Brush, Hit

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen


@dataclass(frozen=True)
class Kept:
    """A panel as it was drawn last, and what that depended on."""

    key: object
    picture: pygame.Surface
    hits: tuple[Hit, ...]


class Shelf:
    """Keeps the panels of one screen. Panels must fill their boxes, or what lay below would be kept with them."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def draw(self, brush: Brush, name: str, box: Box, key: object, paint: Callable[[], None]) -> None:
        """Draw a panel, or lay down its picture when nothing it depends on has changed; a cursor over it counts as a change."""
        target = brush.target
        mouse = brush.mouse if brush.over(box) else None
        now = (box, target.get_size(), mouse, key)
        kept = self._kept.get(name)
        if kept is not None and kept.key == now:
            target.blit(kept.picture, box[:2])
            brush.hits.extend(kept.hits)
            return
        before = len(brush.hits)
        paint()
        part = target.get_rect().clip(box)
        self._kept[name] = Kept(now, target.subsurface(part).copy(), tuple(brush.hits[before:]))


def state_of(screen: GameScreen) -> tuple[Any, ...]:
    """Return everything that the panels around the map depend on, apart from the cursor and the camera.

    `touched` counts keys and clicks: after any of them every panel is drawn anew, whatever it changed.
    """
    desk, folds, brush = screen.desk, screen.folds, screen.shell.brush
    lists = (folds.strip.at, folds.unit.at, folds.lines.at, folds.scroll)
    tree = (folds.tree, folds.tree_side, folds.search, folds.searching, folds.hit, frozenset(folds.closed))
    open_ = (folds.log, folds.overlays, folds.gear)
    over = (folds.page, folds.sheet, folds.battle is not None, folds.told, frozenset(folds.opened), frozenset(screen.opened))
    turn = (screen.busy, screen.fast, desk.persons_turn, desk.can_undo, desk.session.over, len(screen.news))
    hands = (desk.selected, tuple(desk.selection), desk.train, screen.inspected, frozenset(screen.view.shown))
    look = (screen.touched, screen.scene, screen.ledger, screen.shell.texts.lang, brush.scale, screen.simple)
    return (*look, *lists, *tree, *open_, *over, *turn, *hands)
