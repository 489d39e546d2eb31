"""What a visitor does on the page, and what she then reads."""

from __future__ import annotations

import json
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page, expect

from .bundles import Bundle, Document

SIGNS = {"ok": "✓", "wrong": "✗", "open": "–"}


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    page: Page

    def choose(self, bundle: Bundle, *, announced: str | None = None) -> None:
        self.choose_files(bundle.files)
        self.announce(bundle.announced if announced is None else announced)

    def announce(self, digest: str) -> None:
        self.page.locator("#announced").fill(digest)

    def choose_files(self, files: dict[str, bytes]) -> None:
        payloads = [payload(name, content) for name, content in files.items()]
        self.page.locator("#bundle").set_input_files(payloads)
        expect(self.page.locator("#checks")).to_have_attribute("aria-busy", "false")

    def give(self, receipt: Document | str) -> None:
        """Paste a receipt and wait until it is judged."""
        text = receipt if isinstance(receipt, str) else json.dumps(receipt, ensure_ascii=False)
        self.page.locator("#receipt-text").fill(text)
        expect(self.page.locator("#receipt-checks")).to_have_attribute("aria-busy", "false")

    def states(self, checks: str = "#checks") -> dict[str, str]:
        """The state of each check, after a look at the sign that it goes with."""
        items = self.page.locator(f"{checks} > li").evaluate_all(
            "items => items.map((item) => [item.dataset.check, item.className, item.innerText])"
        )
        assert all(text.startswith(SIGNS[state]) for _, state, text in items)
        return {name: state for name, state, _ in items}

    def wrong(self, checks: str = "#checks") -> set[str]:
        return {name for name, state in self.states(checks).items() if state == "wrong"}

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def told(self, check: str) -> str:
        return self.text(f'[data-check="{check}"] ul')
