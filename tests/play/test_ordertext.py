from __future__ import annotations

from random import Random

import pytest

from game.core.errors import ReplayError
from game.model.orders import INTENSITIES, METHODS, STANCES, Attack, End, Interdict, Move, Order, Stance
from game.model.scenario import Scenario
from game.play import ordertext
from game.play.session import Session


def some_order(rng: Random) -> Order:
    """Return any order that can be written, legal or not."""

    def units(most: int) -> tuple[int, ...]:
        return tuple(rng.sample(range(10), rng.randint(1, most)))

    def where() -> int:
        return rng.randrange(300)

    method, intensity = rng.randrange(len(METHODS)), rng.randrange(len(INTENSITIES))
    return rng.choice(
        (
            Move(rng.randrange(10), tuple(where() for _ in range(rng.randint(1, 6))), rng.random() < 0.5),
            Attack(where(), units(4), method, intensity, rng.choice((0, 1, 40)), rng.random() < 0.5),
            Stance(rng.randrange(10), rng.randrange(len(STANCES))),
            Interdict(where(), rng.randint(1, 99)),
            End(),
        )
    )


def test_every_order_reads_back_as_it_was_written(mini: Scenario) -> None:
    rng, kinds = Random(1), set()
    for _ in range(500):
        order = some_order(rng)
        kinds.add(type(order))
        text = ordertext.write(order, mini)
        assert "\n" not in text
        assert ordertext.read(text, mini) == order
    assert kinds == {Move, Attack, Stance, Interdict, End}


def test_the_text_names_units_by_id_and_hexes_by_number(mini: Scenario) -> None:
    unit = mini.unit_by_id["jp_225_inf_regt"]
    path = (mini.map.index("0812"), mini.map.index("0813"))
    assert ordertext.write(Move(unit, path), mini) == "move jp_225_inf_regt 0812-0813"
    assert ordertext.write(Attack(path[0], (unit,), 1, 2, 3), mini) == "attack 0812 deliberate attack air=3 jp_225_inf_regt"


def test_all_orders_of_a_game_read_back(finished: Session) -> None:
    orders = [o for phase in finished.phases for o in phase.orders]
    assert {type(o) for o in orders} >= {Move, Attack, Stance, End}
    assert [ordertext.read(ordertext.write(o, finished.scenario), finished.scenario) for o in orders] == orders


WRONG = """
march jp_225_inf_regt 0812-0813
move
move jp_225_inf_regt
move nobody 0812-0813
move jp_225_inf_regt 9999-0813
move jp_225_inf_regt 0812-0813 0814
attack 0812 gently attack jp_225_inf_regt
attack 0812 hasty attack air=x jp_225_inf_regt
attack 0812 hasty attack 3 jp_225_inf_regt
stance jp_225_inf_regt bravely
interdict 0812 many
interdict 0812
end now
"""


@pytest.mark.parametrize("text", ["", " ", *WRONG.strip().split("\n")])
def test_a_wrong_text_is_refused_with_the_text_in_the_message(mini: Scenario, text: str) -> None:
    with pytest.raises(ReplayError) as caught:
        ordertext.read(text, mini)
    assert repr(text) in str(caught.value)
