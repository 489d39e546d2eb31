"""When to stop looking for something better."""

from __future__ import annotations

from time import monotonic


class TimeUp(Exception):
    """The deadline has passed."""


class Deadline:
    """A moment after which a search ends with the best it has.

    Parameters
    ----------
    seconds : float or None
        From now; None: never.
    """

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else monotonic() + seconds

    def passed(self) -> bool:
        """Whether the time is up."""
        return self._end is not None and monotonic() >= self._end

    def check(self) -> None:
        """Raise `TimeUp` if the time is up."""
        if self.passed():
            raise TimeUp
