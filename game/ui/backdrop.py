"""What lies behind the menu's pages: the map of the theatre, dimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.screen import Shell
from game.ui.thumbnails import THEATRE
from game.ui.widgets import WINDOW

if TYPE_CHECKING:
    import pygame

DIM = 186  # how far the map is darkened, of 255


def draw_backdrop(shell: Shell, target: pygame.Surface) -> None:
    """Fill the window with the theatre's map, or with plain colour as long as it is not there."""
    import pygame

    target.fill(WINDOW)
    size = target.get_size()
    picture = shell.pictures.fitted(THEATRE, "en", size, cover=True) if shell.pictures else None
    if picture is None:
        return
    target.blit(picture, ((size[0] - picture.get_width()) // 2, (size[1] - picture.get_height()) // 2))
    veil = pygame.Surface(size)
    veil.fill((18, 22, 25))
    veil.set_alpha(DIM)
    target.blit(veil, (0, 0))
