"""Rules that cannot be kept together, where it can be said which ones."""

from __future__ import annotations

from collections.abc import Iterator

from sortition.errors import Finding
from sortition.steps.seating.plan.problem import Problem, Rule, blocks_of, clusters_of


def contradictions(problem: Problem) -> Iterator[Finding]:
    """Every contradiction that two rules, or a rule and the size of the tables, make.

    None of them need not mean that there is a seating: the first seats of a session decide it.
    """
    said: set[tuple[object, ...]] = set()
    for session in range(problem.held, problem.sessions):
        for finding in _in_session(problem, session):
            facts = {name: fact for name, fact in finding.facts.items() if name != "session"}
            alike = (finding.code, *sorted(facts.items()))
            if alike not in said:  # the same in a later session is not news
                said.add(alike)
                yield finding


def _in_session(problem: Problem, session: int) -> Iterator[Finding]:
    present = problem.present(session)
    sizes, largest = problem.sizes(session), problem.largest(session)
    blocks = [set(block) for block in blocks_of(problem, present)]
    for rule in problem.rules:
        there = set(present).intersection(rule.guests)
        facts: dict[str, str | int] = {"rule": rule.name, "session": session + 1}
        if rule.kind == "apart":
            if len(there) > problem.tables:
                facts |= {"people": len(there), "tables": problem.tables}
                yield Finding(code="seating-too-many-apart", facts=facts)
            for block in blocks:
                pair = sorted(block & there)[:2]
                if len(pair) > 1:
                    one, other = (problem.guests[guest].id for guest in pair)
                    facts |= {"one": one, "other": other}
                    yield Finding(code="seating-together-and-apart", facts=facts)
        elif rule.table is not None and len(there) > (
            seats := sizes[rule.table - 1] if sizes else largest
        ):
            facts |= {"people": len(there), "seats": seats}
            yield Finding(code="seating-group-too-large", facts=facts)
    for block in blocks:
        joined = [rule for rule in problem.rules if block.intersection(rule.guests)]
        yield from _of_block(problem, session, block, joined, largest)


def _of_block(
    problem: Problem, session: int, block: set[int], rules: list[Rule], largest: int
) -> Iterator[Finding]:
    """What is wrong with a group that sits together, by whatever rules."""
    names = ", ".join(rule.name for rule in rules if rule.kind == "together")
    if len(block) > largest and tuple(sorted(block)) not in clusters_of(problem, session):
        facts: dict[str, str | int] = {
            "rule": names,
            "session": session + 1,
            "people": len(block),
            "seats": largest,
        }
        yield Finding(code="seating-group-too-large", facts=facts)
    tables = sorted({rule.table for rule in rules if rule.table is not None})
    if len(tables) > 1:
        first, second = (problem.guests[guest].id for guest in (min(block), max(block)))
        yield Finding(
            code="seating-two-tables",
            facts={
                "session": session + 1,
                "tables": ", ".join(map(str, tables)),
                "people": first if first == second else f"{first}, {second}",
            },
        )
