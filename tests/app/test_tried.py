"""What is kept from one try of bounds to the next changes no answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from sortition.app.assembly import Assembly
from sortition.app.bounds import read_content
from sortition.app.tried import instance_with, is_possible_with
from sortition.errors import InputErrors
from sortition.instance.inputs import Inputs, read_inputs
from sortition.instance.reading import Reading
from sortition.steps.check.possible import seats_of_one
from sortition.tables.content import Content
from tests.budgets import examples

VALUES = {"sex": "fm", "age": "ymo", "place": "ab"}


def people(random: Random, count: int) -> str:
    rows = (
        ";".join((str(n), *(random.choice(labels) for labels in VALUES.values()), f"road {n // 2}"))
        for n in range(count)
    )
    return "\n".join((f"id;{';'.join(VALUES)};address", *rows, ""))


def bounds(random: Random, size: int) -> bytes:
    lines = ["feature;value;min;max"]
    for feature, labels in VALUES.items():
        for label in labels:
            lower, upper = sorted((random.randrange(size), random.randrange(size + 1)))
            lines.append(f"{feature};{label};{lower};{upper}")
    return "\n".join((*lines, "")).encode()


def test_answers_are_those_of_files_that_are_read_anew(tmp_path: Path) -> None:
    random = Random(5)
    assembly = Assembly(folder=tmp_path)
    told = {True: 0, False: 0}
    for attempt in range(examples(150)):
        size = random.choice((3, 4))
        if attempt % 50 == 0:  # another pool under the same name
            pool = people(random, random.choice((6, 9, 14)))
            assembly.keep({"pool.csv": pool.encode()}, pool="pool.csv", quotas="q.csv", size=4)
        (tmp_path / "q.csv").write_bytes(data := bounds(random, size))
        inputs = assembly.inputs()
        assert inputs is not None
        inputs = replace(inputs, panel_size=size, household_columns=("address",))
        inputs = replace(inputs, household_limit=random.choice((1, 1, 2)))
        try:
            sheet = read_content(data, size)
            fresh = seats_of_one(read_inputs(inputs).instance) is not None
        except InputErrors:
            continue  # bounds that cannot add up are no question
        quotas = Content(name="q.csv", data=data)
        assert is_possible_with(instance_with(assembly, inputs, quotas, sheet)) == fresh
        told[fresh] += 1
    assert min(told.values()) > 10  # it is not always the one or the other


def test_a_pool_is_read_once_until_somebody_changes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = Random(7)
    read: list[Inputs] = []

    def counted(inputs: Inputs) -> Reading:
        read.append(inputs)
        return read_inputs(inputs)

    monkeypatch.setattr("sortition.app.tried.read_inputs", counted)
    assembly = Assembly(folder=tmp_path)
    data = b"feature;value;min;max\n" + b"".join(
        f"{feature};{label};0;4\n".encode()
        for feature, labels in VALUES.items()
        for label in labels
    )
    (tmp_path / "q.csv").write_bytes(data)

    def tried(content: bytes) -> None:
        inputs = assembly.inputs()
        assert inputs is not None
        quotas = Content(name="q.csv", data=content)
        instance_with(assembly, inputs, quotas, read_content(content, 4))

    pool = people(random, 14).encode()
    assembly.keep({"pool.csv": pool}, pool="pool.csv", quotas="q.csv", size=4)
    for content in (data, data.replace(b"f;0;4", b"f;1;3"), data):
        tried(content)
    assert len(read) == 1
    assembly.keep({"pool.csv": pool + b"99;f;y;a;road 99\n"})
    tried(data)
    tried(data)
    assert len(read) == 2
    assembly.keep({}, id="id")
    tried(data)
    assert len(read) == 3
