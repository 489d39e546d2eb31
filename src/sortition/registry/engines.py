"""Where the work is done: here, in processes of this machine, or on a Dask cluster.

An engine runs one function over many parts and gives the results in the order of the parts. So
which engine it is changes the time and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

from sortition.errors import Finding, InputErrors

Job = TypeVar("Job")
Result = TypeVar("Result")
PATIENCE = "10s"  # for a scheduler to answer


class Engine(Protocol):
    """Runs a function over jobs; both must be picklable."""

    def map(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        """The results in the order of the jobs.

        Raises
        ------
        InputErrors
            If a job does.
        """
        ...


@contextmanager
def engine(*, scheduler: str | None = None, workers: int = 1) -> Iterator[Engine]:
    """An engine for as long as it is needed.

    Parameters
    ----------
    scheduler : str or None
        The address of a Dask scheduler. Its workers must see the same files.
    workers : int
        Processes on this machine, without a scheduler.

    Raises
    ------
    InputErrors
        If Dask is not installed or the scheduler does not answer.
    """
    if scheduler is not None:
        with _client(scheduler) as client:
            yield _Dask(client)
    elif workers > 1:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            yield _Processes(pool)
    else:
        yield _Here()


class _Here:
    def map(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        return map(function, jobs)


@dataclass(frozen=True, slots=True)
class _Processes:
    pool: ProcessPoolExecutor

    def map(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        return _unpacked(self.pool.map(_Caught(function), jobs))


@dataclass(frozen=True, slots=True)
class _Dask:
    client: Any

    def map(self, function: Callable[[Job], Result], jobs: Sequence[Job]) -> Iterator[Result]:
        futures = self.client.map(_Caught(function), jobs, pure=False)
        return _unpacked(future.result() for future in futures)


@dataclass(frozen=True, slots=True)
class _Caught:
    """A function whose faults are a result, since exceptions lose their parts on the way."""

    function: Callable[[Any], Any]

    def __call__(self, job: Any) -> tuple[Any, tuple[Finding, ...]]:
        try:
            return self.function(job), ()
        except InputErrors as errors:
            return None, errors.faults


def _unpacked(results: Iterable[tuple[Any, tuple[Finding, ...]]]) -> Iterator[Any]:
    for result, faults in results:
        if faults:
            raise InputErrors(faults)
        yield result


@contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError:
        raise InputErrors((Finding(code="dask-extra", value=address),)) from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError, ValueError):
        raise InputErrors((Finding(code="scheduler-unreachable", value=address),)) from None
    with client:
        yield client
