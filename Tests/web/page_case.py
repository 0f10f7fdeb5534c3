"""What the page's tests share: a browser, the page in it, and how one asks.

CHAT_FCGI_URL names a running installation; without it they run on the stub server, as those of its faults always do.
CHAT_FCGI_DATA: its data folder, to make tokens of other days with its secret.
CHROMIUM names the browser (default: Debian's chromium-headless-shell). WEB_SCREENSHOTS: a folder for pictures.
"""

import atexit
import functools
import os
import unittest
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

import stub_server

URL = os.environ.get("CHAT_FCGI_URL", "")
DATA = os.environ.get("CHAT_FCGI_DATA", "")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
PICTURES = os.environ.get("WEB_SCREENSHOTS", "")
QUESTION = "I loved The Time Machine, what next?"
PATIENCE_MS = int(os.environ.get("WEB_PATIENCE_MS", "20000"))


@functools.cache
def browser():
    """One for all tests of the process; each has a context of its own in it."""
    playwright = sync_playwright().start()
    started = playwright.chromium.launch(executable_path=CHROMIUM)
    atexit.register(playwright.stop)
    atexit.register(started.close)
    return started


class PageCase(unittest.TestCase):
    # What the stub alone does, faults among it: on the stub even where there is an installation.
    needs_stub = False
    stub = None

    @classmethod
    def setUpClass(cls):
        cls.browser = browser()
        cls.url = cls.start_server()

    @classmethod
    def start_server(cls):
        """The address of what the class is tried on."""
        if URL and not cls.needs_stub:
            return URL.rstrip("/") + "/"
        cls.stub = stub_server.start()
        cls.addClassCleanup(cls.stub.server_close)
        cls.addClassCleanup(cls.stub.shutdown)
        return f"http://127.0.0.1:{cls.stub.server_port}/"

    def setUp(self):
        self.visit()

    def visit(self, path="", **options):
        context = self.browser.new_context(**({"locale": "en-GB", "viewport": {"width": 1440, "height": 900}} | options))
        self.addCleanup(context.close)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.complaints = []
        self.listen(self.page)
        self.page.goto(self.url + path)
        self.message = self.page.locator("#message")
        # Of the last question: what was asked and has no answer yet has not ended.
        self.reply = self.page.locator(".turn").last.locator(".reply")
        self.question = self.page.locator(".question").last

    def listen(self, page):
        """Notes what the browser complains of."""

        def note(message):
            if message.type in ("error", "warning"):
                self.complaints.append(f"{message.text} ({message.location['url']})")

        page.on("console", note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def say(self, text):
        self.message.fill(text)
        self.message.press("Enter")

    def ended(self, status="complete"):
        expect(self.reply).to_have_attribute("data-status", status)

    def check_accessibility(self):
        """axe finds nothing, in both themes."""
        try:
            from axe_playwright_python.sync_playwright import Axe
        except ImportError:
            self.skipTest("axe-playwright-python is not installed")
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            results = Axe().run(self.page)
            self.assertEqual(results.violations_count, 0, f"{scheme}: {results.generate_report()}")
        self.page.emulate_media(color_scheme="light")

    def picture(self, name):
        if PICTURES:
            self.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))
