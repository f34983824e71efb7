"""How the dialogs about fighting name a hex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.rows import where_text

if TYPE_CHECKING:
    from game.model.hexmap import HexMap
    from game.ui.texts import Texts


def spot_name(texts: Texts, map_: HexMap, where: int) -> str:
    """Return where a hex lies in words, and its number."""
    words, label = where_text(texts, map_, where), map_.label(where)
    return words if words.endswith(label) else f"{words} {label}"
