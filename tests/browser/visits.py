"""What a visitor does on the page, and what she then reads."""

from __future__ import annotations

import json
from base64 import b64encode
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page, expect

from .bundles import Bundle, Document

SIGNS = {"ok": "✓", "wrong": "✗", "open": "–"}
PATIENCE = 60_000  # milliseconds; a machine that does much else is slow, not wrong
# what the browser does when fields are filled, in one call and with an end that is seen at once
CHOOSE = """
  const [files, announced] = given;
  const field = document.getElementById("bundle");
  const chosen = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    chosen.items.add(new File([bytes], name));
  }
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  await settled("checks");
  write("announced", announced);
"""
GIVE = """
  write("receipt-text", given);
  await settled("receipt-checks");
"""
HELP = f"""
  const write = (id, text) => {{
    const field = document.getElementById(id);
    field.value = text;
    field.dispatchEvent(new Event("input", {{ bubbles: true }}));
  }};
  const settled = async (id) => {{
    const until = Date.now() + {PATIENCE};
    while (document.getElementById(id).ariaBusy !== "false") {{
      if (Date.now() > until) throw new Error(`${{id}} is busy for good`);
      await new Promise((done) => setTimeout(done, 2));
    }}
  }};
"""


def payload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    page: Page

    def choose(self, bundle: Bundle, *, announced: str | None = None) -> None:
        """Choose files and write what was announced, and wait until all is checked."""
        files = [[name, b64encode(content).decode()] for name, content in bundle.files.items()]
        said = bundle.announced if announced is None else announced
        self._do(CHOOSE, [files, said])

    def announce(self, digest: str) -> None:
        self.page.locator("#announced").fill(digest)

    def choose_files(self, files: dict[str, bytes]) -> None:
        """The same of files alone, as the browser's own dialog has it."""
        payloads = [payload(name, content) for name, content in files.items()]
        self.page.locator("#bundle").set_input_files(payloads)
        expect(self.page.locator("#checks")).to_have_attribute("aria-busy", "false")

    def give(self, receipt: Document | str) -> None:
        """Paste a receipt and wait until it is judged."""
        text = receipt if isinstance(receipt, str) else json.dumps(receipt, ensure_ascii=False)
        self._do(GIVE, text)

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

    def _do(self, script: str, given: object) -> None:
        self.page.evaluate(f"async (given) => {{{HELP}{script}}}", given)
