"""An organiser who has the program, takes its checks out, and writes every file anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sortition.audit.canonical import digest
from sortition.audit.certificate.proof import Exclusion
from sortition.audit.lottery.file import lottery_file
from sortition.core.progress import Silent
from sortition.model import Instance, Pool
from sortition.selection.preparation import PreparedLottery, Rules, prepare
from tests.cli.running import Outcome, sortition, write_inputs
from tests.steps.publish.published import NAMED

Doctor = Callable[[Instance, Rules], PreparedLottery]

# Sixty volunteers of four kinds; the first of each kind are friends of the organiser.
KINDS = [(sex, age) for sex in ("f", "m") for age in ("young", "old")]
PEOPLE = [(f"{number:02}", *KINDS[number % 4]) for number in range(60)]
POOL = "\n".join(["id,sex,age", *(",".join(one) for one in PEOPLE), ""])
QUOTAS = """\
feature,value,min,max
sex,f,3,3
sex,m,3,3
age,young,2,4
age,old,2,4
"""
SIZE = ("--size", "6")


def select(folder: Path, doctor: Doctor, *options: str, out: str = "run") -> Path:
    """The folder of a selection whose lottery is the organiser's."""
    inputs = write_inputs(folder, POOL, QUOTAS)
    with patch("sortition.steps.select.toward.prepare", _doctored(doctor)):
        done = sortition(
            "select", *inputs, *SIZE, "--seed", "1", *options, "--out", out, cwd=folder
        )
    assert done.code == 0, done.stderr
    return folder / out


def publish(folder: Path, doctor: Doctor, *options: str, out: str = "lottery") -> Path:
    """The folder of a published lottery that is the organiser's."""
    inputs = write_inputs(folder, POOL, QUOTAS)
    with patch("sortition.steps.select.toward.prepare", _doctored(doctor)):
        named = (*SIZE, *NAMED, "--quiet", *options, "--out", out)
        done = sortition("lottery", *inputs, *named, cwd=folder)
    assert done.code == 0, done.stderr
    return folder / out


def draw(lottery: Path, *options: str | Path) -> None:
    """Draw without a look at what is drawn from."""
    with unchecked():
        done = sortition("draw", lottery, *options, cwd=lottery.parent)
    assert done.code == 0, done.stderr


@contextmanager
def unchecked() -> Iterator[None]:
    """The program without its checks before a draw."""
    with patch("sortition.steps.publish.draw.bundle_claims", lambda *_: ()):
        yield


def verified(path: Path, *options: str) -> Outcome:
    return sortition("verify", path, *options, cwd=path.parent)


@cache  # most of what is rigged begins with the same lottery
def honest(instance: Instance, rules: Rules) -> PreparedLottery:
    return prepare(instance, rules, Silent())


def without(instance: Instance, left_out: Sequence[str]) -> Instance:
    """The instance without some people."""
    pool = instance.pool
    kept = tuple(member for member in pool.members if member.id not in left_out)
    return replace(instance, pool=Pool(features=pool.features, members=kept))


def declared_impossible(left_out: Sequence[str], cases: Sequence[Any] = ()) -> Doctor:
    """A lottery without some people, of whom it is said that no panel takes them."""

    def doctor(instance: Instance, rules: Rules) -> PreparedLottery:
        made = honest(without(instance, left_out), rules)
        quotas_of = dict(
            zip((m.id for m in instance.pool.members), instance.quotas_of(), strict=True)
        )
        kinds: dict[tuple[int, ...], list[str]] = {}
        for id in left_out:
            kinds.setdefault(quotas_of[id], []).append(id)
        excluded = [
            Exclusion(people=people, rows=[0, *(1 + n for n in numbers)], cases=tuple(cases))
            for numbers, people in kinds.items()
        ]
        document = lottery_file(instance, made.lottery)
        chances = {**dict.fromkeys(left_out, 0.0), **made.probabilities}
        return replace(
            made,
            instance=instance,
            document=document,
            digest=digest(document),
            certificate=replace(made.certificate, excluded=excluded),
            probabilities=dict(sorted(chances.items())),
        )

    return doctor


def _doctored(doctor: Doctor) -> Callable[[Instance, Rules, Any], PreparedLottery]:
    return lambda instance, rules, _: doctor(instance, rules)
