"""Every view as different people have it: light and dark, wide and on a phone, at 320 pixels and at 200 %, in forced colours, with reduced motion, from
right to left. axe finds nothing, and nothing has to be scrolled sideways. On the program behind nginx.
"""

import re
import threading
import unittest
from pathlib import Path

from playwright.sync_api import expect

from page_case import PICTURES
from program_case import ProgramCase
from provider import Provider, answers

try:
    import axe_playwright_python

    AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
except (ImportError, FileNotFoundError):
    AXE = ""

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}


@unittest.skipUnless(AXE, "axe-playwright-python is not installed")
class Views(ProgramCase):
    @classmethod
    def start_server(cls):
        # Asked for by its name, for an answer that stays half written.
        cls.model = Provider(answers(["Half ", "of it."]))
        cls.addClassCleanup(cls.model.close)
        cls.configuration = {
            "providers": {"builtin": {"kind": "builtin", "pace_ms": 1}, "a": {"kind": "openai", "base_url": cls.model.url}},
            "models": [{"name": "held", "chain": [{"provider": "a", "model": "m"}]}, {"name": "*", "chain": [{"provider": "builtin"}]}]}
        return super().start_server()

    def visit(self, path="", **options):
        super().visit(path, **options)
        self.page.emulate_media(reduced_motion="reduce")

    def axe(self, name):
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate("() => axe.run(document, { resultTypes: ['violations'], elementRef: false, preload: false }).then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html, any }) => [html.slice(0, 200), any[0]?.message])]))")
        self.assertEqual(found, [], name)

    def check_width(self, name, width):
        # Charts are drawn for their new width in the frame after it.
        self.page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))))")
        wider = self.page.evaluate("""() => [document.documentElement, ...document.querySelectorAll('#scroller, #list, #leaf, dialog, .rows')].filter((node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0)
            .map((node) => `${node.localName}#${node.id}.${node.className} ${node.scrollWidth} > ${node.clientWidth}`)""")
        self.assertEqual(wider, [], f"{name} at {width}")

    def look(self, name, prepare=None):
        """In both themes, wide and on a phone. `prepare`: what opens it, where a change of width closes it."""
        for size in (WIDE, PHONE):
            self.page.set_viewport_size(size)
            if prepare:
                prepare()
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme)
                self.axe(f"{name}, {size['width']}, {scheme}")
                self.picture(f"{name}-{size['width']}-{scheme}")
            self.check_width(name, size["width"])
        for width in (320, 720):  # 200 % of 640 and of 1440
            self.page.set_viewport_size({"width": width, "height": 450})
            self.check_width(name, width)
        # Whose colours are forced sees where the focus is.
        self.page.emulate_media(forced_colors="active", color_scheme="dark")
        unseen = self.page.evaluate("""() => [...document.querySelectorAll('button, a[href], input, select, textarea, summary')]
            .filter((node) => node.checkVisibility({ visibilityProperty: true }) && !node.disabled).slice(0, 40).filter((node) => {
                node.focus({ focusVisible: true });
                const around = [node, node.parentElement, node.closest('form')].filter(Boolean);
                return document.activeElement === node && around.every((each) => getComputedStyle(each).outlineStyle === 'none');
            }).map((node) => node.outerHTML.slice(0, 160))""")
        self.assertEqual(unseen, [], f"{name}: no focus ring in forced colours")
        self.page.evaluate("document.activeElement?.blur()")
        self.page.emulate_media(forced_colors="none", color_scheme="light")
        # From right to left.
        self.page.evaluate("document.documentElement.dir = 'rtl'")
        for width in (1440, 360):
            self.page.set_viewport_size({"width": width, "height": 740})
            self.check_width(f"{name}, from right to left", width)
        self.page.evaluate("document.documentElement.dir = 'ltr'")
        self.page.set_viewport_size(WIDE)

    def go(self, agent):
        self.page.evaluate("agent => { location.hash = '#/' + agent; }", agent)
        expect(self.page.locator("body")).to_have_attribute("data-agent", agent.split(".")[0])
        expect(self.page.locator(".turn")).to_have_count(0)

    def leaf(self, name):
        def open_it():
            if not self.page.locator("#leaf").is_visible():
                self.page.evaluate("(name) => document.querySelector(`[data-leaf=${name}]`).click()", name)
            expect(self.page.locator("#leaf")).to_be_visible()
        return open_it

    def test_the_start_and_what_lies_over_it(self):
        expect(self.page.get_by_role("heading", name="Whom would you like to ask?")).to_be_visible()
        self.look("start")
        self.go("model.any")
        expect(self.page.locator(".templates")).to_be_visible()
        self.look("start-model")
        self.go("noah")

        def menu():
            self.page.keyboard.press("Escape")
            self.page.locator(".agent-button").click()
            expect(self.page.get_by_role("menu")).to_be_visible()
        self.look("menu", menu)
        self.page.keyboard.press("Escape")

        def settings():
            if self.page.get_by_role("dialog").count() == 0:
                self.page.evaluate("document.querySelector('.list-foot .me').click()")
            expect(self.page.get_by_role("dialog").get_by_role("heading", name="You are a guest")).to_be_visible()
        self.look("settings", settings)
        self.page.keyboard.press("Escape")
        self.page.goto(self.url + "chat/sse-demo/index.html")
        self.page.get_by_role("button", name="Send", exact=True).click()
        expect(self.page.locator(".demo .state")).to_contain_text("Ended")
        self.look("demo")

    def test_the_answer_of_each_agent_and_its_side(self):
        for agent, question, leaf in (
            ("noah", "I hate war novels. I loved The Time Machine.", "taste"), ("tutor", "Help me prepare for my exam on photosynthesis", "focus"),
            ("visa", "I was in Spain from 3 May to 10 June 2026. How many days have I left on 1 October 2026?", "sources"),
            ("desk.analyst", "Full analysis of DEMO4 and DEMO3", "context"), ("model.any", "What can you do?", "prompt"),
        ):
            self.go(agent)
            self.say(question)
            self.ended()
            self.look(f"answer-{agent}")
            open_it = self.leaf(leaf)
            open_it()
            self.look(f"leaf-{leaf}", open_it)
            self.page.evaluate("document.querySelector('#leaf button')?.click()")
        # The list has something in it now: as a drawer, and searched.
        self.page.get_by_role("searchbox").fill("photosynthesis")
        expect(self.page.locator(".rows mark").first).to_be_visible()

        def drawer():
            if self.page.viewport_size["width"] < 800:
                self.page.evaluate("document.body.classList.contains('list-open') || document.getElementById('open-list').click()")
        self.look("list", drawer)

    def test_what_goes_wrong_and_what_is_under_way(self):
        gate = threading.Event()
        self.addCleanup(gate.set)
        self.model.then(answers(["Half ", "of it."]).held(gate, before=1))
        self.go("model.held")
        self.say("Slowly")
        expect(self.reply.locator(".answer")).to_contain_text("Half")
        self.look("writing")
        # Who wants no motion has none: nothing moves, and nothing waits for a movement.
        moving = self.page.evaluate("document.getAnimations().filter(({ playState, effect }) => playState === 'running' && effect.getComputedTiming().duration > 20).map(({ animationName, effect }) => `${animationName} ${effect.target?.className}`)")
        self.assertEqual(moving, [])
        self.page.get_by_role("button", name="Stop").click()
        self.ended("stopped")
        gate.set()
        self.page.context.set_offline(True)
        expect(self.page.locator("#banner")).to_contain_text("You are offline.")
        self.say("Kept here")
        expect(self.question).to_have_attribute("data-status", "queued")
        self.look("offline")
        self.page.context.set_offline(False)
        self.message.fill("é" * 20_600)
        self.message.press("Enter")
        expect(self.page.get_by_role("alert").filter(has_text="too long")).to_be_visible()
        self.look("refused")

    def test_arabic_words_run_from_right_to_left_in_a_page_that_does_not(self):
        self.go("general")
        self.say("ما الذي يُحفظ عني؟")
        self.ended()
        self.assertEqual(self.question.locator(".question-text").evaluate("node => getComputedStyle(node).direction"), "rtl")
        self.assertEqual(self.page.locator("#bar").evaluate("node => getComputedStyle(node).direction"), "ltr")
        self.page.evaluate("document.documentElement.dir = 'rtl'")
        list_box, main_box = self.page.locator("#list").bounding_box(), self.page.locator("#main").bounding_box()
        self.assertGreater(list_box["x"], main_box["x"])


if __name__ == "__main__":
    unittest.main()
