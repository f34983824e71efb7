"""Compiled kernels when numba is there, the same functions as plain Python when it is not.

Set ICHIGO_NO_NUMBA=1 to run without it (identical results, slower).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def numba_wanted() -> bool:
    """Return whether kernels should be compiled: numba is installed and not switched off."""
    if os.environ.get("ICHIGO_NO_NUMBA"):
        return False
    from importlib.util import find_spec

    return find_spec("numba") is not None


class Kernel:
    """A function that is compiled at its first call, and cached on disk."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.plain = function
        self.run: Callable[..., Any] = self._first
        self.__doc__ = function.__doc__
        self.__name__ = function.__name__

    def _first(self, *args: Any) -> Any:
        run = self.plain
        if numba_wanted():
            import numba

            run = numba.njit(cache=True, nogil=True)(self.plain)
        # replaced only when it is ready: another thread may call meanwhile
        self.run = run
        return run(*args)

    def __call__(self, *args: Any) -> Any:
        """Run the kernel."""
        return self.run(*args)


def kernel(function: F) -> F:
    """Decorate a function of NumPy arrays and whole numbers as a kernel. It may not call other kernels."""
    return Kernel(function)  # type: ignore[return-value]
