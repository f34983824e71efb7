"""Property tests where hypothesis is installed, skipped where it is not (the suite runs with pytest alone)."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import pytest

if find_spec("hypothesis"):
    from hypothesis import given
    from hypothesis import strategies as st
else:

    class _Anything:
        """Stands for every strategy; no test that would use it runs."""

        def __getattr__(self, name: str) -> Any:
            return lambda *args, **kwargs: self

    st = _Anything()  # type: ignore[assignment]

    def given(*strategies: Any, **named: Any) -> Any:  # type: ignore[misc]
        """Skip the test."""
        return pytest.mark.skip(reason="needs hypothesis")


__all__ = ["given", "st"]
