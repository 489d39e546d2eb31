"""Fill in a page that needs nothing beside itself."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined


def page(template: str, **facts: object) -> str:
    """The HTML of a template of this package, in which whatever people wrote stays text."""
    environment = Environment(
        loader=PackageLoader("sortition.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template).render(facts)
