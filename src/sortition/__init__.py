"""Draw citizens' assemblies by the fairest lottery that the quotas allow.

>>> from sortition import Instance, read_instance, select
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from sortition.errors import InputErrors as InputErrors
    from sortition.errors import SolverFailed as SolverFailed
    from sortition.errors import SortitionError as SortitionError
    from sortition.instance.reading import read_instance as read_instance
    from sortition.model import InfeasibleQuotas as InfeasibleQuotas
    from sortition.model import Instance as Instance
    from sortition.model import Lottery as Lottery
    from sortition.model import Panel as Panel
    from sortition.model import Pool as Pool
    from sortition.model import PoolMember as PoolMember
    from sortition.model import Quota as Quota
    from sortition.model import Quotas as Quotas
    from sortition.selection.select import Selection as Selection
    from sortition.selection.select import fresh_seed as fresh_seed
    from sortition.selection.select import select as select

_HOME = {
    "errors": ["InputErrors", "SolverFailed", "SortitionError"],
    "instance.reading": ["read_instance"],
    "model": [
        "InfeasibleQuotas",
        "Instance",
        "Lottery",
        "Panel",
        "Pool",
        "PoolMember",
        "Quota",
        "Quotas",
    ],
    "selection.select": ["Selection", "fresh_seed", "select"],
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "InfeasibleQuotas",
    "InputErrors",
    "Instance",
    "Lottery",
    "Panel",
    "Pool",
    "PoolMember",
    "Quota",
    "Quotas",
    "Selection",
    "SolverFailed",
    "SortitionError",
    "__version__",
    "fresh_seed",
    "read_instance",
    "select",
]


def __getattr__(name: str) -> object:
    # A name is loaded when it is first used: `sortition --help` must not wait for a solver.
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)


def __dir__() -> list[str]:
    return __all__
