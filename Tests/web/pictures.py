"""Takes the pictures of README.md and docs/page.md from a running installation with the embedded answers.

    scripts/with-server.sh .build/web-venv/bin/python Tests/web/pictures.py

They go to docs/pictures, with 128 colours each: the page has few, and a picture is 60 KB in the place of 170.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from page_case import URL, browser

OUT = Path(__file__).resolve().parents[2] / "docs" / "pictures"
WIDE, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 800}
# In the order in which they are asked: the list shows the last one first.
QUESTIONS = {
    "general": "What do you store about me?",
    "tutor": "Help me prepare for my exam on photosynthesis",
    "desk.analyst": "Full analysis of DEMO4 and DEMO3",
    "visa": "I was in Spain from 3 May to 10 June 2026. How many days have I left on 1 October 2026?",
    "noah": "I loved The Time Machine. What next?",
}


def kept(name, picture):
    image = Image.open(io.BytesIO(picture)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    image.save(OUT / f"{name}.png", optimize=True)


def main():
    page = browser().new_context(locale="en-GB", timezone_id="Europe/London", viewport=WIDE, reduced_motion="reduce").new_page()
    page.set_default_timeout(60_000)
    expect.set_options(timeout=60_000)
    page.goto(URL)
    addresses = {}
    for agent, question in QUESTIONS.items():
        page.evaluate("(agent) => { location.hash = `#/${agent}`; }", agent)
        expect(page.locator(".turn")).to_have_count(0)
        page.locator("#message").fill(question)
        page.locator("#message").press("Enter")
        expect(page.locator(".reply")).to_have_attribute("data-status", "complete")
        addresses[agent] = page.url
    for name, agent, size, leaf, themes in (
        ("noah", "noah", WIDE, None, ("light", "dark")), ("desk", "desk.analyst", WIDE, None, ("light", "dark")), ("tutor", "tutor", WIDE, "focus", ("light",)),
        ("visa", "visa", WIDE, "sources", ("dark",)), ("phone", "noah", PHONE, None, ("light",)),
    ):
        page.set_viewport_size(size)
        page.goto("about:blank")
        page.goto(addresses[agent])
        expect(page.locator(".reply")).to_have_attribute("data-status", "complete")
        expect(page.locator(".who-title")).to_contain_text(QUESTIONS[agent][:20])
        if leaf:
            page.locator(f"[data-leaf={leaf}]").click()
        page.evaluate("document.fonts.ready.then(() => new Promise((resolve) => setTimeout(resolve, 500)))")
        page.evaluate("document.activeElement.blur(), document.querySelector('#scroller').scrollTop = 0")
        for theme in themes:
            page.emulate_media(color_scheme=theme)
            kept(f"{name}-{theme}", page.screenshot())
    page.emulate_media(color_scheme="light")


if __name__ == "__main__":
    main()
