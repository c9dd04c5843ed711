"""Looks at a page as different people see it, with axe's rules for what shuts somebody out."""

from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}

# Each circumstance: what the person's system asks for, and how wide their window is.
CIRCUMSTANCES = {
    "light": ({"color_scheme": "light"}, DESK),
    "dark": ({"color_scheme": "dark"}, DESK),
    "forced colours": ({"color_scheme": "dark", "forced_colors": "active"}, DESK),
    "320 pixels": ({"color_scheme": "light"}, PHONE),
    "320 pixels, dark": ({"color_scheme": "dark"}, PHONE),
}

ORDINARY = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "reduce"}


def in_every_circumstance(page: Page) -> Iterator[str]:
    """Show the same page in one circumstance after the other, and in the first one at the end."""
    for name, (media, size) in CIRCUMSTANCES.items():
        page.emulate_media(**{**ORDINARY, **media})
        page.set_viewport_size(size)
        yield name
    page.emulate_media(**ORDINARY)
    page.set_viewport_size(DESK)


def barriers(page: Page) -> list[str]:
    """Answer what axe finds wrong, one line an element: the rule, the element and the remedy."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """Answer the elements that make the page wider than its window, so that it must be panned.

    What scrolls inside a box of its own, as a wide table does, is no overflow of the page.
    """
    found: list[str] = page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.body.querySelectorAll("*")]
            .filter((element) => element.getBoundingClientRect().right > width + 1)
            .slice(0, 5)
            .map((element) => element.outerHTML.slice(0, 160));
        }"""
    )
    return found


def look_at(page: Page) -> None:
    """Fail unless the page is open to everybody in every circumstance."""
    wrong = [
        f"{circumstance}: {fault}"
        for circumstance in in_every_circumstance(page)
        for fault in [*barriers(page), *(f"too wide: {e}" for e in overflow(page))]
    ]
    assert not wrong, f"{page.url}\n" + "\n".join(wrong)
