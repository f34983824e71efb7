"""The order of battle at the left edge: a strip of chips, or the whole tree with strengths, places and search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import style
from game.ui.rows import plain, row_height, tone
from game.ui.scene import EVERYTHING
from game.ui.treerows import Chip, Tree, TreeRow, known_lost, shortened
from game.ui.widgets import (
    ACCENT,
    ACTIVE,
    BAD,
    FAINT,
    HEADER,
    LINE,
    PANEL,
    SECOND,
    TEXT,
    TROUGH,
    WARN,
    WINDOW,
    Box,
)  # fmt: skip

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen

FOLDED, OPEN = 40, 262  # widths [px]
LETTERS = 40  # longest search


def width(screen: GameScreen) -> int:
    """Return how much of the map's left the panel covers [px]."""
    if not screen.folds.tree:
        return FOLDED
    return min(screen.shell.brush.px(OPEN), 330)


def tree_of(screen: GameScreen) -> Tree:
    """Return the tree that is shown now, made anew when the game has changed."""
    folds, scene, ledger = screen.folds, screen.scene, screen.ledger
    side = folds.tree_side if folds.tree_side >= 0 else ledger.side
    key = (scene, ledger.version, side)
    if folds.tree_made is None or folds.tree_made[0] != key:
        folds.tree_made = (key, Tree(screen.desk.scenario, scene, ledger, side, known_lost(screen.news)))
        folds.tree_rows = None
    return folds.tree_made[1]


def _rows(screen: GameScreen, tree: Tree) -> list[TreeRow]:
    folds, texts = screen.folds, screen.shell.texts
    key = (tree, texts.lang, frozenset(folds.closed), folds.search)
    if folds.tree_rows is None or folds.tree_rows[0] != key:
        folds.tree_rows = (key, tree.rows(texts, frozenset(folds.closed), folds.search))
    return folds.tree_rows[1]


def typed(screen: GameScreen, event: pygame.event.Event) -> bool:
    """Take a key while the search has the keyboard; return whether it was taken."""
    import pygame

    folds = screen.folds
    if not folds.searching:
        return False
    if event.type == pygame.TEXTINPUT:  # letters of an input method; plain ones come as keys
        if not event.text.isascii():
            _type(screen, event.text)
        return True
    if event.type != pygame.KEYDOWN:
        return False
    if event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META | pygame.KMOD_ALT):
        return False
    if event.key == pygame.K_ESCAPE:
        folds.searching, folds.search, folds.scroll = False, "", 0
    elif event.key in (pygame.K_RETURN, pygame.K_KP_ENTER):
        found = _hits(screen)
        if found:
            go_to(screen, found[folds.hit % len(found)].unit)
        folds.searching = False
    elif event.key in (pygame.K_DOWN, pygame.K_UP):
        folds.hit += 1 if event.key == pygame.K_DOWN else -1
    elif event.key == pygame.K_BACKSPACE:
        folds.search, folds.scroll, folds.hit = folds.search[:-1], 0, 0
    elif event.unicode and event.unicode.isprintable() and event.unicode.isascii():
        _type(screen, event.unicode)
    else:
        return not pygame.K_F1 <= event.key <= pygame.K_F12
    return True


def _type(screen: GameScreen, text: str) -> None:
    screen.folds.search, screen.folds.scroll, screen.folds.hit = (screen.folds.search + text)[:LETTERS], 0, 0


def _hits(screen: GameScreen) -> list[TreeRow]:
    """Return what the search finds on the map, the best first; the arrow keys choose among them."""
    folds = screen.folds
    if not folds.search:
        return []
    return [row for row in tree_of(screen).hits(screen.shell.texts, folds.search) if row.unit >= 0]


def go_to(screen: GameScreen, unit: int) -> None:
    """Select an own unit, or look at an enemy that is seen; bring it into view."""
    where = screen.scene.picture.hexes[unit]
    if where < 0:
        return
    if screen.desk.world.side[unit] == screen.desk.side and screen.desk.persons_turn and not screen.busy:
        screen.select(unit)
    else:
        screen.desk.select(-1)
        screen.inspected = where
    screen.view.camera.centre_on(where)


def open_tree(screen: GameScreen, search: bool = False) -> None:
    """Open the tree, with the cursor in an empty search when that is wanted."""
    folds = screen.folds
    if search and not folds.searching:
        folds.search, folds.scroll, folds.hit = "", 0, 0
    if not folds.tree_seen:
        folds.tree_seen = True
        folds.closed |= {fid for side in (0, 1) for fid in _side_tree(screen, side).low()}
    folds.tree = True
    folds.searching = folds.searching or search


def _side_tree(screen: GameScreen, side: int) -> Tree:
    return Tree(screen.desk.scenario, screen.scene, screen.ledger, side, frozenset())


def draw(screen: GameScreen, box: Box) -> None:
    """Draw the strip or the tree."""
    if screen.folds.tree and not screen.folds.tree_seen:
        open_tree(screen)
    if screen.folds.tree:
        _draw_tree(screen, box)
    else:
        _draw_strip(screen, box)


# -- folded ------------------------------------------------------------------------------------------------------------


def _draw_strip(screen: GameScreen, box: Box) -> None:
    brush, folds = screen.shell.brush, screen.folds
    x, y, w, h = box
    brush.panel(box, WINDOW)
    brush.target.fill(LINE, (x + w - 1, y, 1, h))
    head = (x, y, w, 34)
    brush.text("▶", x + w / 2, y + 8, 11, TEXT if brush.over(head) else ACCENT, place=0)
    brush.area(head, "tree", lambda: open_tree(screen))
    brush.rule(x + 5, y + 34, w - 10)
    chips = tree_of(screen).chips
    name = _standing(screen)
    list_box = (x, y + 38, w, h - 40)
    if len(chips) * 42 + name.get_height() + 24 < h - 40:
        brush.target.blit(name, (x + (w - name.get_width()) // 2, y + h - name.get_height() - 10))
    folds.strip.length, folds.chip = len(chips) * 42, None
    with brush.scrolling(list_box, folds.strip, "strip") as top:
        for n, chip in enumerate(chips):
            _draw_chip(screen, chip, x + 5, top + n * 42)


def _standing(screen: GameScreen) -> pygame.Surface:
    """Return the panel's name, written upwards, or downwards sign by sign in Chinese."""
    import pygame

    from game.ui.fonts import write

    texts = screen.shell.texts
    title = texts("tree.title")
    if texts.lang != "zh":
        return pygame.transform.rotate(write(title.upper(), "sans", 11 * screen.shell.brush.scale, FAINT, 1.0), 90)
    size = 12 * screen.shell.brush.scale
    step = round(size * 1.35)
    out = pygame.Surface((round(size * 1.6), step * len(title) + 6), pygame.SRCALPHA)
    for n, sign in enumerate(title):
        out.blit(write(sign, "sans", size, FAINT), (2, n * step))
    return out


def _draw_chip(screen: GameScreen, chip: Chip, x: int, y: int) -> None:
    import pygame

    brush, side = screen.shell.brush, chip.spec.side
    look = style.SIDES[side]
    box = (x, y, 29, 28)
    over = brush.over((x - 5, y - 2, 40, 42))
    radius = 1 if side == 0 else 5
    pygame.draw.rect(brush.target, look.light if over else look.body, box, border_radius=radius)
    stripe = style.STRIPES[chip.spec.stripe % len(style.STRIPES)]
    brush.target.fill(stripe, (x, y, 3, 28) if side == 0 else (x + 4, y, 21, 3))
    pygame.draw.rect(brush.target, TEXT if over else look.outline, box, 1, border_radius=radius)
    brush.text(chip.spec.short, x + 16, y + 6, min(10.5, 11 / brush.scale), look.text, True, 0, room=27)
    share = chip.men * 1000 // max(1, chip.full) if chip.full else 0
    if chip.full:
        brush.target.fill(TROUGH, (x, y + 31, 29, 4))
        brush.target.fill(tone(chip.ready), (x, y + 31, max(1, 29 * min(share, 1000) // 1000), 4))
    if chip.hungry:
        pygame.draw.circle(brush.target, WARN, (x + 29, y), 4)
        pygame.draw.circle(brush.target, WINDOW, (x + 29, y), 4, 1)
    brush.area((x - 5, y - 2, 40, 42), f"chip_{chip.spec.id}", lambda: go_to(screen, chip.unit))
    if over:
        screen.folds.chip = chip


def draw_chip_name(screen: GameScreen) -> None:
    """Draw the name and strength of the formation whose chip is under the cursor, beside it."""
    import pygame

    brush, texts, chip = screen.shell.brush, screen.shell.texts, screen.folds.chip
    x, y = brush.mouse
    if chip is None or screen.folds.tree or not 0 <= x < FOLDED:
        screen.folds.chip = None
        return
    text = texts.name(chip.spec.name)
    if chip.full:
        text += " · " + texts("of", have=plain(chip.men), full=plain(chip.full))
    high, wide = brush.px(24), round(brush.measure(text, 12)) + 20
    box = (FOLDED + 4, y - high // 2, wide, high)
    pygame.draw.rect(brush.target, HEADER, box, border_radius=4)
    pygame.draw.rect(brush.target, LINE, box, 1, border_radius=4)
    brush.text(text, FOLDED + 13, box[1] + (high - brush.px(18)) // 2, 12)


# -- open --------------------------------------------------------------------------------------------------------------


def _draw_tree(screen: GameScreen, box: Box) -> None:
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, h = box
    brush.panel(box, PANEL)
    brush.target.fill(LINE, (x + w - 1, y, 1, h))
    head = brush.px(32)
    brush.target.fill(HEADER, (x, y, w - 1, head))
    brush.text(texts("tree.title"), x + 12, y + (head - brush.px(20)) // 2, 13.5, ACCENT, True, room=w - 60)
    fold = (x + w - 36, y, 36, head)
    brush.text("◀", x + w - 18, y + (head - brush.px(18)) // 2, 11, TEXT if brush.over(fold) else ACCENT, place=0)
    brush.area(fold, "tree", lambda: _fold(screen))
    top = y + head + 6
    top = _side_tabs(screen, x, top, w)
    top = _search_field(screen, x, top, w)
    tree = tree_of(screen)
    rows = _rows(screen, tree)
    if not tree.known:
        top += brush.paragraph(texts("tree.known"), x + 12, top, w - 24, 11, SECOND) + 4
    if not rows:
        brush.text(texts("tree.none"), x + 12, top + 4, 12, FAINT, room=w - 24)
        _other_side(screen, tree.side, (x + 10, top + brush.px(28), w - 20, brush.px(26)))
        return
    _list(screen, rows, (x, top, w, y + h - top))


def _other_side(screen: GameScreen, side: int, box: Box) -> None:
    """Offer the other side's tree when a search finds something only there."""
    texts, other = screen.shell.texts, 1 - side
    found = _side_tree(screen, other).hits(texts, screen.folds.search)
    if found:
        name = texts.name(screen.desk.scenario.sides[other].name)
        text = texts("tree.other", side=name, count=len(found))
        screen.shell.brush.button(box, text, "tree_other", lambda: _choose_side(screen, other))


def _fold(screen: GameScreen) -> None:
    screen.folds.tree = screen.folds.searching = False
    screen.folds.search = ""


def _side_tabs(screen: GameScreen, x: int, y: int, w: int) -> int:
    brush, texts = screen.shell.brush, screen.shell.texts
    wide, high = (w - 24) // 2, brush.px(26)
    shown = tree_of(screen).side
    for side in (0, 1):
        box = (x + 10 + side * (wide + 4), y, wide, high)
        name = texts.name(screen.desk.scenario.sides[side].name)
        brush.button(box, name, f"tree_side_{side}", lambda s=side: _choose_side(screen, s), on=side == shown)  # type: ignore[misc]
        brush.bullet(box[0] + 7, y + high // 2 - 5, side)
    return y + high + 6


def _choose_side(screen: GameScreen, side: int) -> None:
    screen.folds.tree_side, screen.folds.scroll = side, 0


def _search_field(screen: GameScreen, x: int, y: int, w: int) -> int:
    import pygame

    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    high = brush.px(26)
    box = (x + 10, y, w - 20, high)
    pygame.draw.rect(brush.target, TROUGH, box, border_radius=3)
    pygame.draw.rect(brush.target, ACCENT if folds.searching else LINE, box, 1, border_radius=3)
    at = y + (high - brush.px(19)) // 2
    if folds.search or folds.searching:
        shown = folds.search + ("|" if folds.searching else "")
        brush.text(shown, x + 18, at, 13, TEXT, room=w - 60)
        if not folds.search:
            brush.text(texts("tree.typing"), x + 24, at + 1, 12, FAINT, room=w - 70)
    else:
        brush.text(texts("tree.search"), x + 18, at, 13, FAINT)
        brush.text(screen.keys.shown("find"), x + w - 20, at + 1, 11, FAINT, place=1)
    brush.area(box, "search", lambda: setattr(folds, "searching", True))
    if folds.search:
        clear = (x + w - 36, y, 26, high)
        brush.text("×", x + w - 23, at, 13, SECOND, place=0)
        brush.area(clear, "search_clear", lambda: _clear(screen))
    return y + high + 6


def _clear(screen: GameScreen) -> None:
    screen.folds.search, screen.folds.scroll = "", 0


def _list(screen: GameScreen, rows: list[TreeRow], box: Box) -> None:
    import pygame

    brush, folds = screen.shell.brush, screen.folds
    x, y, w, h = box
    step = row_height(brush, screen.shell.texts, 24)
    room = max(1, h // step)
    most = max(0, len(rows) - room)
    found = _hits(screen) if folds.searching else []
    marked = found[folds.hit % len(found)].spec.index if found else screen.desk.selected
    if marked != folds.tree_marked:  # a unit that was chosen elsewhere comes into view
        folds.tree_marked = marked
        at = next((n for n, row in enumerate(rows) if row.spec.index == marked and marked >= 0), folds.scroll)
        if not folds.scroll <= at < folds.scroll + room:
            folds.scroll = at - room // 3
    folds.scroll = min(max(0, folds.scroll), most)

    def wheel(steps: int) -> None:
        folds.scroll = min(max(0, folds.scroll - 3 * steps), most)

    brush.scroller(box, "tree_list", wheel)
    for n, row in enumerate(rows[folds.scroll : folds.scroll + room]):
        _draw_row(screen, row, (x, y + n * step, w, step), 0 <= marked == row.spec.index)
    if most:
        high = max(16, h * room // len(rows))
        pygame.draw.rect(brush.target, LINE, (x + w - 6, y + (h - high) * folds.scroll // most, 4, high), border_radius=2)


def _draw_row(screen: GameScreen, row: TreeRow, box: Box, selected: bool) -> None:
    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    x, y, w, h = box
    if selected or (row.unit >= 0 and brush.over(box)):
        brush.target.fill(ACTIVE, (x, y, w - 1, h))
    if selected:
        brush.target.fill(style.rgb("#FFE066"), (x, y, 3, h))
    left = x + 4 + brush.px(11) * min(row.depth, 5)
    if row.unit >= 0:
        brush.area(box, f"tree_{row.spec.id}", lambda: go_to(screen, row.unit))
    if row.parent:
        brush.text("▶" if row.spec.id in folds.closed and not folds.search else "▼", left, y + h / 2 - brush.px(6), 7.5, SECOND)
        arrow = (left - 4, y, brush.px(20), h)
        brush.area(arrow, f"fold_{row.spec.id}", lambda: folds.closed.symmetric_difference_update({row.spec.id}))
    left += brush.px(13)
    stripe = style.STRIPES[row.spec.stripe % len(style.STRIPES)]
    brush.target.fill(stripe, (left, y + 4, 4, h - 8))
    left += 10
    right, bar = x + w - 12, brush.px(34)
    if row.full:
        share = row.men * 1000 // row.full
        brush.bar((right - bar, y + h // 2 - 2, bar, 5), share, tone(row.ready))
    right -= bar + 8 if screen.scene.viewer in (EVERYTHING, row.spec.side) else 0
    note = row.where or row.leader
    gone = row.where in (texts("tree.gone"), texts("tree.left"))
    colour = FAINT if row.unit < 0 else TEXT
    bold = row.parent
    name = texts.name(row.spec.name) if texts.lang == "zh" else shortened(row.spec.name.en)
    wide, room = brush.measure(name, 12, bold) + 1, right - left
    if row.where:
        wide = min(wide, room - min(brush.measure(note, 11), room * 0.4) - 8)
    elif room - wide < brush.px(44):
        wide, note = min(wide, room), ""
    at = y + (h - brush.px(18)) // 2
    brush.text(name, left, at, 12, colour, bold, room=max(20, wide))
    if note:
        brush.text(note, right, at + 1, 11, BAD if gone else SECOND, place=1, room=room - wide - 6)

