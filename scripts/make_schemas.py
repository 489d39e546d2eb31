"""Write the JSON Schema (2020-12) of each document into ``docs/reference/schemas``, and their list.

python scripts/make_schemas.py
"""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sortition.audit.bundle import receipts
from sortition.audit.certificate import file as certificate
from sortition.audit.certificate import public as public_certificate
from sortition.audit.certificate import sharing
from sortition.audit.log import rounds
from sortition.audit.lottery import file as lottery
from sortition.audit.lottery import public as public_lottery
from sortition.audit.shapes import bundle, run

HERE = Path(__file__).parent
PLACE = HERE.parent / "docs" / "reference" / "schemas"
LIST = PLACE.with_suffix(".md")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES: dict[Any, str] = {
    str: "string",
    int: "integer",
    float: "number",
    bool: "boolean",
    dict: "object",
    None: "null",
}
# what a key means, wherever it stands
MEANINGS = {
    "assumed": "What was assumed about the inputs, in words.",
    "category": "The feature of a quota, such as gender.",
    "complete": "Whether the lottery was proven to be the fairest.",
    "denominator": "Of all figures of the proof, which are whole numbers over it.",
    "feature": "What quotas tell apart, such as gender.",
    "gap": "How far the proof leaves room for a fairer lottery.",
    "inputs": "The files that were read, with the SHA-256 of their bytes.",
    "k": "How many people sit on the panel.",
    "lottery_digest": "The SHA-256 of the sealed lottery.",
    "max": "No panel has more of them.",
    "members": "The people, by their ids or tokens.",
    "min": "No panel has fewer of them.",
    "options": "What was asked for, by the names of the options.",
    "outputs": "The files that were written, with the SHA-256 of their bytes.",
    "panel_size": "How many people sit on the panel.",
    "people": "The people, or how many there are.",
    "pool_size": "How many people could be drawn.",
    "quotas": "The bounds for each value.",
    "seed": "What the draw was made from.",
    "seed_given": "Whether somebody gave it.",
    "share": "A part of the whole, from 0 to 1, or as a pair of whole numbers.",
    "sha256": "The SHA-256 of the bytes, in lower-case hexadecimal.",
    "ticket": "The number that was drawn; the first ticket is 0.",
    "tickets": "How many tickets there are, or what is known of them.",
    "token": "What stands for a person in public.",
    "value": "One of the values of a feature, such as female.",
    "versions": "The software that made it.",
    "weight": "How many of the tickets draw this panel.",
}


def documents() -> dict[str, tuple[Any, str]]:
    """The shape of each document, and what it is, by the name of its schema."""
    former = {name: shape for name, shape in run.REPORT_SHAPE.items() if name != "dispersion"}
    verified: dict[str, tuple[Any, str]] = {
        "lottery-3": (
            (lottery.SHAPE, public_lottery.SHAPE),
            "`lottery.json`: every ticket. In public, nobody is said to count for a quota.",
        ),
        "lottery-4": (
            lottery.SHAPE_WITH_ALTERNATES,
            "`lottery.json`, with alternates on the tickets.",
        ),
        "certificate-2": (
            certificate.SHAPE,
            "`certificate.json`: the proof that no lottery is fairer.",
        ),
        "public-certificate-1": (
            public_certificate.SHAPE,
            "`public/certificate.json`: the proof in sums.",
        ),
        "public-certificate-2": (sharing.LESS, "The same, with ranges in place of rare chances."),
        "commitment-2": (
            bundle.COMMITMENT_SHAPE,
            "`commitment.json`: what is announced before a draw.",
        ),
        "draw-1": (bundle.DRAW_SHAPE, "`draw.json`: the ticket that was drawn, and its panel."),
        "event": (_EVENT, "A line of `events.jsonl`, the log."),
        "pool-3": (bundle.POOL_SHAPE, "`sealed/pool.json`: the rows of the pool, by token."),
        "preparation-1": (_stated(bundle.PREPARATION_SHAPE), "`sealed/preparation.json`."),
        "receipt-2": (_receipt(), "What `receipt` gives one volunteer."),
        "manifest-1": (_manifest(), "`manifest.json` of `select`: inputs, options, digests."),
        "report-1": (
            {**former, "schema": "sortition-report/1"},
            "`report.json` of an earlier version.",
        ),
        "report-2": (run.REPORT_SHAPE, "`report.json`: the figures of the report."),
        "replacement-1": (rounds.ROUND_SHAPE, "`replacement.json`: who left and who came."),
        "round-1": (
            rounds.ANNOUNCEMENT_SHAPE,
            "`announcement.json`: what was fixed before the draw.",
        ),
        "late-1": (rounds.LATE_SHAPE, "`late.json`: who joined the pool before a round."),
    }
    return {**verified, **runpy.run_path(str(HERE / "shapes_of_steps.py"))["SHAPES"]}


_EVENT = {
    "digest": str,
    "event": str,
    "facts": {"files?": {"*": str}, "*": None},
    "previous": str,
    "time": str,
}


def _receipt() -> Any:
    row = {"id": str, "own": str, "token": str, "values": {"*": str}}
    return {**_plain(receipts.SHAPE), "own": {"*": str}, "row": row}


def _manifest() -> Any:
    shape = _stated(run.MANIFEST_SHAPE)
    shape["options"] |= {"alternates?": int, "dropout?": str}
    shape["outputs"] = {
        **shape["outputs"],
        **{f"{name}?": str for name in (*run.RESERVE, run.ROSTER)},
    }
    return shape


def _stated(shape: dict[str, Any]) -> dict[str, Any]:
    """A shape of which earlier versions stated less."""
    found = {("same?" if name == "same" else name): inner for name, inner in shape.items()}
    options = {("mix?" if name == "mix" else name): of for name, of in found["options"].items()}
    found["options"] = options | {"columns?": [str]}
    if isinstance(found["inputs"], dict):
        seated = {"seated": "seated?"}
        found["inputs"] = {seated.get(name, name): of for name, of in found["inputs"].items()}
    return found


def _plain(shape: Any) -> dict[str, Any]:
    return dict(shape)


def schema(name: str, shape: Any, what: str) -> dict[str, Any]:
    """The schema of a document."""
    return {
        "$schema": DIALECT,
        "title": f"sortition-{name[::-1].replace('-', '/', 1)[::-1]}",
        "description": what,
        **_of(shape),
    }


def _of(shape: Any) -> dict[str, Any]:
    if shape is None or isinstance(shape, type):
        return {"type": TYPES[shape]}
    if isinstance(shape, str):
        return {"const": shape}
    if isinstance(shape, dict):
        return _object(shape)
    if isinstance(shape, tuple):
        texts = all(isinstance(one, str) for one in shape)
        return {"enum": list(shape)} if texts else {"anyOf": list(map(_of, shape))}
    fixed = list(map(_of, shape))
    if len(fixed) == 1:
        return {"type": "array", "items": fixed[0]}
    return {"type": "array", "prefixItems": fixed, "items": False, "minItems": len(fixed)}


def _object(shape: dict[str, Any]) -> dict[str, Any]:
    others = _of(shape["*"]) if shape.get("*") else "*" in shape
    named = {key: inner for key, inner in shape.items() if key != "*"}
    needed = [key for key in named if not key.endswith("?")]
    found: dict[str, Any] = {"type": "object"}
    if named:
        found["properties"] = {key.rstrip("?"): _meant(key, inner) for key, inner in named.items()}
    if needed:
        found["required"] = needed
    return {**found, "additionalProperties": others}


def _meant(key: str, shape: Any) -> dict[str, Any]:
    meaning = MEANINGS.get(key.rstrip("?"))
    return {**({"description": meaning} if meaning else {}), **_of(shape)}


def files() -> Iterator[tuple[Path, str]]:
    """Every file of the reference of documents, with its text."""
    every = documents()
    for name, (shape, what) in every.items():
        text = json.dumps(schema(name, shape, what), ensure_ascii=False, indent=1)
        yield PLACE / f"{name}.json", f"{text}\n"
    rows = [f"| [`{name}`](schemas/{name}.json) | {what} |" for name, (_, what) in every.items()]
    yield LIST, "\n".join([*_HEAD, *rows, ""])


_HEAD = [
    "# Documents",
    "",
    "Each JSON file that a command writes names its schema and version, as in",
    '`"schema": "sortition-draw/1"`. Its JSON Schema (2020-12) has the same name. A pair of whole',
    "numbers in place of a figure is a fraction. The lines of the log have no schema in them.",
    "",
    "| schema | document |",
    "|---|---|",
]


if __name__ == "__main__":
    PLACE.mkdir(exist_ok=True)
    for path, text in files():
        path.write_text(text, encoding="utf-8")
