"""The scenario format as models: which keys a file may have, and what stands behind each.

`docs/scenario-format.md` explains them to people. The models only look at one file at a time; what files say of each
other (ids, places, dates within the calendar) is the task of `game.scenario.checks`.
"""

from game.scenario.schema.entry import (
    AirPart,
    ChangePart,
    CountrysidePart,
    CutPart,
    DiseasePart,
    GasPart,
    GuerrillaPart,
    PlacePart,
    ScenarioFile,
    SidePart,
    SupplyPart,
    TransferPart,
    WaterwayPart,
)
from game.scenario.schema.forces import STRIPES, ForcesFile, FormationPart, UnitKeys
from game.scenario.schema.goals import (
    CapturePart,
    EventPart,
    LevelPart,
    LossPart,
    ObjectivePart,
    ObjectivesFile,
    PlansFile,
    RecordFile,
    TaskPart,
)
from game.scenario.schema.parts import CommanderPart, Text

__all__ = [
    "STRIPES", "AirPart", "CapturePart", "ChangePart", "CommanderPart", "CountrysidePart", "CutPart", "DiseasePart", "EventPart",
    "ForcesFile", "FormationPart", "GasPart", "GuerrillaPart", "LevelPart", "LossPart", "ObjectivePart", "ObjectivesFile",
    "PlacePart", "PlansFile", "RecordFile", "ScenarioFile", "SidePart", "SupplyPart", "TaskPart", "Text", "TransferPart",
    "UnitKeys", "WaterwayPart",
]  # fmt: skip
