"""The figures of a seating plan for programs."""

from __future__ import annotations

from dataclasses import asdict

from sortition.steps.seating.plan import Seating


def seating_document(seating: Seating) -> dict[str, object]:
    """What a plan reaches, with values that JSON can hold; it names people by their ids alone."""
    problem, figures, chance = seating.problem, seating.figures, seating.chance
    return {
        "schema": "sortition-seating/1",
        "people": len(problem.guests),
        "tables": problem.tables,
        "chairs": list(problem.chairs),
        "sessions": problem.sessions,
        "held": problem.held,
        "meetings": {
            "different": figures.meetings,
            "at_most": seating.most,
            "again": figures.again,
            "most_often": figures.most_often,
        },
        "mix": {
            "features": list(problem.features),
            "uneven": figures.uneven,
            "tables": [asdict(table) for table in figures.tables],
        },
        "rules": {
            "kept": len(problem.rules) - len({name for _, name in figures.broken}),
            "broken": [{"session": session, "rule": name} for session, name in figures.broken],
        },
        "moved": [{"session": session, "id": id} for session, id in figures.moved],
        "by_chance": asdict(chance),
        "exchanges": seating.steps,
    }
