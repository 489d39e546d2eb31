"""QR codes, drawn by segno where it is installed."""

from __future__ import annotations

from importlib.util import find_spec
from io import BytesIO

BORDER = 2  # modules; the margin of the letter is the rest
SCALE = 5  # pixels a module, for programs that take no vectors


def can_draw() -> bool:
    """Whether the library that draws them is installed."""
    return find_spec("segno") is not None


def qr_svg(content: str, label: str) -> str:
    """A QR code as SVG to stand within HTML."""
    import segno  # noqa: PLC0415 - an extra

    code = segno.make_qr(content, error="m")
    size = code.symbol_size(border=BORDER)[0]
    drawn = code.svg_inline(border=BORDER, omitsize=True, svgclass="qr", lineclass=None)
    return str(drawn).replace(
        "<svg ", f'<svg role="img" aria-label="{label}" width="{size * 4}" ', 1
    )


def qr_png(content: str) -> bytes:
    """A QR code as a PNG file."""
    import segno  # noqa: PLC0415 - an extra

    file = BytesIO()
    segno.make_qr(content, error="m").save(file, kind="png", scale=SCALE, border=BORDER)
    return file.getvalue()
