"""The viewer's hands on a replay: keys, clicks, dragging the map and the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.replaydraw import OVERLAYS, TOP

if TYPE_CHECKING:
    import pygame

    from game.ui.replayscreen import ReplayScreen


def answer(screen: ReplayScreen, event: pygame.event.Event) -> None:
    """Answer to a key, a click or a movement."""
    import pygame

    brush, camera = screen.shell.brush, screen.view.camera
    if event.type == pygame.KEYDOWN:
        _key(screen, event.key)
    elif event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
        name = brush.click(*event.pos)
        screen.drag = "map" if not name else "time" if name == "timeline" else ""
    elif event.type == pygame.MOUSEBUTTONUP:
        screen.drag = ""
    elif event.type == pygame.MOUSEMOTION and screen.drag == "map":
        camera.pan(-event.rel[0], -event.rel[1])
    elif event.type == pygame.MOUSEMOTION and screen.drag == "time":
        screen.scrub(event.pos[0])
    elif event.type == pygame.MOUSEWHEEL and not brush.wheel(*brush.mouse, event.y):
        x, y = brush.mouse
        camera.zoom_by(1 if event.y > 0 else -1, (x, y - TOP))


def _key(screen: ReplayScreen, key: int) -> None:
    import pygame

    steps = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1}
    if key in steps:
        screen.nudge(steps[key])
    elif key in (pygame.K_HOME, pygame.K_END):
        screen.jump(screen.tape.start if key == pygame.K_HOME else screen.end)
    elif key == pygame.K_SPACE:
        screen.play()
    elif key in (pygame.K_UP, pygame.K_DOWN):
        screen.faster(1 if key == pygame.K_UP else -1)
    elif key == pygame.K_f:
        screen.look(screen.viewer + 1)
    elif key in (pygame.K_1, pygame.K_2, pygame.K_3, pygame.K_4):
        screen.toggle(OVERLAYS[key - pygame.K_1])
    elif key == pygame.K_ESCAPE:
        if screen.asking or screen.detail is not None:
            screen.asking, screen.detail = "", None
        else:
            screen.leave()
