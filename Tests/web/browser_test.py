"""The page in a real browser, as a user: python3 -m unittest browser_test (see run.sh).

CHAT_FCGI_URL names a running installation; without it the stub server is started, and the tests of faults run too.
CHAT_FCGI_DATA: its data folder, to make tokens of other days with its secret.
CHROMIUM names the browser (default: Debian's chromium-headless-shell). WEB_SCREENSHOTS: a folder for pictures.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

import stub_server

URL = os.environ.get("CHAT_FCGI_URL", "")
DATA = os.environ.get("CHAT_FCGI_DATA", "")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")
PICTURES = os.environ.get("WEB_SCREENSHOTS", "")
QUESTION = "I loved The Time Machine, what next?"
PATIENCE_MS = 20_000


class PageCase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stub = None if URL else stub_server.start()
        cls.url = URL.rstrip("/") + "/" if URL else f"http://127.0.0.1:{cls.stub.server_port}/"
        cls.playwright = sync_playwright().start()
        cls.browser = cls.playwright.chromium.launch(executable_path=CHROMIUM)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        cls.playwright.stop()
        if cls.stub:
            cls.stub.shutdown()
            cls.stub.server_close()

    def setUp(self):
        self.visit()

    def visit(self, path="", **options):
        context = self.browser.new_context(**options)
        self.addCleanup(context.close)
        self.page = context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        expect.set_options(timeout=PATIENCE_MS)
        self.complaints = []
        self.page.on("console", lambda m: m.type in ("error", "warning") and self.complaints.append(m.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(self.url + path)
        self.message = self.page.get_by_label("Your message to Noah")
        self.reply = self.page.locator(".assistant").last

    def say(self, text):
        self.message.fill(text)
        self.message.press("Enter")

    def ended(self, status="complete"):
        expect(self.reply).to_have_attribute("data-status", status)

    def texts(self):
        return self.page.locator(".entry .text, .book").all_inner_texts()

    def picture(self, name):
        if PICTURES:
            self.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


class Conversation(PageCase):
    def test_the_page_loads_without_a_complaint_of_the_browser(self):
        expect(self.page.get_by_role("heading", name="What would you like to read next?")).to_be_visible()
        expect(self.message).to_be_focused()
        self.page.wait_for_load_state("networkidle")
        self.assertEqual(self.complaints, [])
        self.picture("desktop-empty")

    def test_a_question_streams_an_answer_with_cards_and_a_reload_shows_the_same(self):
        # Every length the reply's text had, as the browser painted it.
        self.page.evaluate("""() => {
            window.lengths = [];
            new MutationObserver(() => {
                const length = document.querySelector('.assistant .text')?.textContent.length ?? 0;
                if (length > (window.lengths.at(-1) ?? 0)) window.lengths.push(length);
            }).observe(document.getElementById('log'), { subtree: true, childList: true, characterData: true });
        }""")
        self.say(QUESTION)
        expect(self.page.locator(".user .text")).to_have_text(QUESTION)
        expect(self.page.locator(".user")).to_have_attribute("data-status", "delivered")
        self.ended()
        self.assertGreater(len(self.page.evaluate("window.lengths")), 3, "the text came in one lump")
        expect(self.page.locator(".book h3").first).not_to_be_empty()
        self.assertGreater(self.page.locator(".book .reasons li").count(), 0)
        shown = self.texts()
        self.picture("desktop-answer")
        self.page.reload()
        self.ended()
        self.assertEqual(self.texts(), shown)
        self.assertEqual(self.complaints, [])

    def test_an_example_asks_and_the_conversation_can_be_left_and_found_again(self):
        example = self.page.locator("#examples button").first
        asked = example.inner_text()
        example.click()
        self.ended()
        self.page.get_by_role("button", name="New conversation").click()
        expect(self.page.locator(".entry")).to_have_count(0)
        expect(self.message).to_be_focused()
        self.page.locator("#sessions button").first.click()
        expect(self.page.locator(".user .text")).to_have_text(asked)
        self.ended()
        self.page.go_back()
        expect(self.page.locator(".entry")).to_have_count(0)

    def test_an_over_long_message_is_refused_in_words_and_kept(self):
        text = "é" * 16_500
        self.say(text)
        expect(self.page.get_by_role("alert")).to_contain_text(re.compile("too long by 232 bytes.*Shorten it"))
        expect(self.message).to_have_value(text)
        self.message.fill("short")
        expect(self.page.get_by_role("alert")).to_be_empty()

    def test_shift_enter_begins_a_new_line_and_an_empty_message_is_not_sent(self):
        self.message.press("Enter")
        self.message.press("a")
        self.message.press("Shift+Enter")
        self.message.press("b")
        expect(self.message).to_have_value("a\nb")
        expect(self.page.locator(".entry")).to_have_count(0)

    def test_taste_can_be_told_and_withdrawn(self):
        self.page.get_by_role("button", name="What Noah knows of me").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("What", exact=True).fill("science fiction")
        dialog.get_by_role("button", name="Remember").click()
        row = dialog.locator(".preferences li", has_text="science fiction")
        expect(row).to_contain_text("you said so")
        self.picture("desktop-taste")
        row.get_by_role("button", name="Withdraw").click()
        expect(row).to_have_count(0)
        self.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)

    def test_a_phone_shows_everything_without_scrolling_sideways(self):
        self.visit(viewport={"width": 360, "height": 740}, color_scheme="dark", has_touch=True)
        self.say(QUESTION)
        self.ended()
        self.picture("phone-answer")
        self.assertLessEqual(self.page.evaluate("document.documentElement.scrollWidth"), 360)
        self.page.get_by_role("button", name="Menu").click()
        expect(self.page.get_by_role("button", name="New conversation")).to_be_focused()
        self.picture("phone-menu")
        self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("button", name="Menu")).to_be_focused()

    def test_the_page_passes_an_accessibility_check(self):
        try:
            from axe_playwright_python.sync_playwright import Axe
        except ImportError:
            self.skipTest("axe-playwright-python is not installed")
        self.say(QUESTION)
        self.ended()
        self.page.wait_for_load_state("networkidle")
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            results = Axe().run(self.page)
            self.assertEqual(results.violations_count, 0, f"{scheme}: {results.generate_report()}")


@unittest.skipIf(URL, "faults are made by the stub server only")
class Faults(PageCase):
    def whole(self):
        return [stub_server.TEXT.replace("**", "").replace("*", "")]

    def shown(self):
        paragraphs = self.reply.locator(".text p").all_inner_texts()
        return ["\n\n".join(paragraphs)]

    def test_text_with_markup_is_shown_as_text(self):
        self.say(QUESTION)
        self.ended()
        self.assertEqual(self.shown(), self.whole())
        expect(self.reply.locator("em")).to_have_text("The Time Machine")
        expect(self.reply.locator("strong")).to_have_text("The War of the Worlds")
        expect(self.page.locator(".book h3").last).to_have_text("<b>Looking Backward</b>")
        self.assertEqual(self.page.locator("#log script, #log b").count(), 0)

    def test_a_broken_line_is_taken_up_and_no_word_is_lost_or_doubled(self):
        for fault in ("drop", "tear", "double", "forget", "switch"):
            with self.subTest(fault):
                self.say(f"please {fault} the line")
                expect(self.page.locator(".user").last).to_contain_text(fault)
                self.ended()
                self.assertEqual(self.shown(), self.whole())
                expect(self.reply.locator(".book")).to_have_count(3)

    def test_a_failed_answer_is_called_a_part_and_can_be_asked_again(self):
        self.say("please fail")
        self.ended("failed")
        expect(self.reply).to_contain_text("The answer failed. The model hung up. What you see is only part of it.")
        self.page.reload()
        self.ended("failed")
        expect(self.reply).to_contain_text("only part of it")
        self.reply.get_by_role("button", name="Ask again").click()
        expect(self.page.locator(".user")).to_have_count(2)

    def test_an_answer_can_be_stopped_by_key_and_by_button(self):
        self.say("please be slow")
        expect(self.reply.locator(".text")).to_contain_text("Time Machine")
        self.page.keyboard.press("Escape")
        self.ended("stopped")
        self.say("be deaf")
        expect(self.page.locator(".assistant")).to_have_count(2)
        expect(self.reply.locator(".text")).to_contain_text("Time Machine")
        self.page.get_by_role("button", name="Stop").click()
        self.ended("stopped")
        expect(self.message).to_be_focused()

    def test_a_reload_in_mid_answer_goes_on_to_the_same_end(self):
        self.say("please be slow")
        expect(self.reply.locator(".text")).to_contain_text("Time Machine")
        self.page.reload()
        expect(self.reply).to_have_attribute("data-status", "streaming")
        self.page.keyboard.press("Escape")
        self.ended("stopped")
        text = self.reply.locator(".text").inner_text()
        self.page.reload()
        self.ended("stopped")
        self.assertEqual(self.reply.locator(".text").inner_text(), text)

    def test_another_conversation_can_be_held_while_one_answers(self):
        self.say("please be slow")
        expect(self.reply.locator(".text")).to_contain_text("Time Machine")
        first = self.page.url
        self.page.get_by_role("button", name="New conversation").click()
        self.say(QUESTION)
        self.ended()
        self.assertNotEqual(self.page.url, first)
        self.page.locator("#sessions button", has_text="slow").click()
        expect(self.reply).to_have_attribute("data-status", "streaming")
        self.page.get_by_role("button", name="Stop").click()
        self.ended("stopped")

    def test_too_many_requests_counts_down_and_sends_under_the_same_key(self):
        self.say("hurry up")
        again = self.page.get_by_role("button", name="Try again")
        expect(again).to_be_disabled()
        expect(again).to_have_text(re.compile(r"Try again in [12] s"))
        self.picture("desktop-wait")
        expect(again).to_be_enabled()
        again.click()
        self.ended()
        expect(self.page.locator(".user")).to_have_count(1)
        keys = {key for key, text in self.stub.state.sends if text == "hurry up"}
        self.assertEqual(len(keys), 1)

    def test_the_web_servers_own_error_page_becomes_words_and_the_message_can_be_edited(self):
        self.say("the gateway is down")
        expect(self.page.locator(".user")).to_contain_text("The server had a problem.")
        self.page.get_by_role("button", name="Edit").click()
        expect(self.message).to_have_value("the gateway is down")
        expect(self.page.locator(".entry")).to_have_count(0)

    def test_an_expired_identity_is_renewed_without_a_word(self):
        self.say(QUESTION)
        self.ended()
        self.say("expire now")
        expect(self.page.locator(".assistant")).to_have_count(2)
        self.ended()
        expect(self.page.locator(".user")).to_have_count(2)
        expect(self.page.locator("#changed")).to_be_hidden()

    def test_who_is_somebody_new_is_told_so_and_does_not_go_on_in_the_old_conversation(self):
        self.say(QUESTION)
        self.ended()
        old = self.page.url
        self.say("vanish please")
        expect(self.page.get_by_role("alert").first).to_contain_text("you are a new guest now")
        expect(self.message).to_have_value("vanish please")
        expect(self.page.locator(".entry")).to_have_count(0)
        expect(self.page.locator("#sessions button")).to_have_count(0)
        self.assertNotIn("#", self.page.url)
        self.picture("desktop-new-guest")
        self.say(QUESTION)
        self.ended()
        self.assertNotEqual(self.page.url, old)
        self.assertEqual(len(self.own_user()["sessions"]), 1)
        self.page.get_by_role("button", name="Close").click()
        expect(self.page.locator("#changed")).to_be_hidden()

    def test_another_tab_that_became_somebody_else_is_noticed_before_a_message_goes_out(self):
        self.say(QUESTION)
        self.ended()
        sent = len(self.stub.state.sends)
        # The browser's cookie is somebody else's now, and nothing has told this page.
        self.page.context.clear_cookies()
        self.page.request.post(self.url + "api/v1/auth/guest")
        self.say("whose is this")
        expect(self.page.get_by_role("alert").first).to_contain_text("you are a new guest now")
        expect(self.message).to_have_value("whose is this")
        self.assertEqual(len(self.stub.state.sends), sent)
        self.assertEqual(self.own_user()["sessions"], {})

    def test_a_long_history_comes_in_pages(self):
        self.say(QUESTION)
        self.ended()
        user = self.own_user()
        session = next(iter(user["sessions"].values()))
        session["messages"][:0] = [{"message_id": f"msg_{n}", "role": "user", "content": f"older {n}"} for n in range(60)]
        self.page.reload()
        expect(self.page.locator(".entry")).to_have_count(50)
        self.page.get_by_role("button", name="Earlier messages").click()
        expect(self.page.locator(".entry")).to_have_count(62)
        expect(self.page.locator(".entry").first).to_contain_text("older 0")
        expect(self.page.get_by_role("button", name="Earlier messages")).to_be_hidden()

    def test_reading_upwards_is_not_pulled_down_by_new_text(self):
        self.say("please be slow")
        scroller = self.page.locator("#scroller")
        self.page.wait_for_function("() => { const s = document.getElementById('scroller'); return s.scrollTop > 200; }")
        self.page.keyboard.press("Shift+Tab")
        self.page.evaluate("document.getElementById('scroller').scrollTop = 0")
        length = len(self.reply.locator(".text").inner_text())
        self.page.wait_for_function(f"() => document.querySelector('.assistant .text').textContent.length > {length + 200}")
        self.assertEqual(scroller.evaluate("node => node.scrollTop"), 0)
        self.page.get_by_role("button", name="To the latest").click()
        self.page.wait_for_function("() => document.getElementById('scroller').scrollTop > 200")
        self.page.keyboard.press("Escape")
        self.ended("stopped")

    def test_the_page_works_under_a_sub_path(self):
        self.visit("books/noah/")
        self.say(QUESTION)
        self.ended()
        self.assertEqual(self.complaints, [])

    def own_user(self):
        token = next(c["value"] for c in self.page.context.cookies() if c["name"] == "chat_guest")
        return self.stub.state.users[token]


class Elsewhere(BaseHTTPRequestHandler):
    """A page of another port of the host, to whose forms and requests browsers add the host's cookies."""

    def log_message(self, *_):
        pass

    def do_GET(self):
        page = f"""<!doctype html><title>elsewhere</title><form method="post" action="{self.server.target}api/v1/auth/guest"></form>
            <form method="post" enctype="text/plain" action="{self.server.target}api/v1/chat/stream">
            <input name='{{"message":"planted","metadata":{{"a":"' value='"}}}}'></form>"""
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.encode())


@unittest.skipUnless(DATA, "needs the secret of a running installation (CHAT_FCGI_DATA)")
class Guests(PageCase):
    def cookie(self):
        return next(cookie for cookie in self.page.context.cookies() if cookie["name"] == "chat_fcgi_guest")

    def claims(self):
        part = self.cookie()["value"].split(".")[1]
        return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

    def grow_older(self, days):
        """The guest's token and what the page keeps of it, as they would be had the token been given so many days ago."""
        issued = int(time.time()) - days * 86_400
        claims = {"iss": "chat-fcgi", "sub": self.claims()["sub"], "iat": issued, "exp": issued + 30 * 86_400}

        def encoded(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

        parts = ({"alg": "HS256", "typ": "JWT"}, claims)
        text = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in parts)
        secret = Path(DATA, "token-secret").read_bytes()
        token = f"{text}.{encoded(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"
        self.page.context.add_cookies([self.cookie() | {"value": token}])
        self.page.evaluate(
            """(days) => { for (const key of Object.keys(localStorage)) if (key.startsWith('chat-fcgi.guest:')) {
                const kept = JSON.parse(localStorage.getItem(key));
                kept.renew_after = new Date(Date.parse(kept.renew_after) - days * 86400000).toISOString();
                localStorage.setItem(key, JSON.stringify(kept)); } }""", days)  # fmt: skip

    def test_a_guest_who_comes_back_after_sixteen_or_forty_days_finds_the_conversation_and_a_fresh_token(self):
        for days in (16, 40, 399):
            with self.subTest(days):
                self.visit()
                self.say(QUESTION)
                self.ended()
                user, shown = self.claims()["sub"], self.texts()
                self.grow_older(days)
                self.page.reload()
                self.ended()
                self.assertEqual(self.texts(), shown)
                self.page.wait_for_load_state("networkidle")
                fresh = self.claims()
                self.assertEqual(fresh["sub"], user)
                self.assertGreater(fresh["iat"], time.time() - 86_400)
                expect(self.page.locator("#changed")).to_be_hidden()
                self.assertGreater(self.cookie()["expires"], time.time() + 390 * 86_400)

    def test_a_page_that_stays_open_is_renewed_with_its_next_message(self):
        self.say(QUESTION)
        self.ended()
        user = self.claims()["sub"]
        self.grow_older(16)
        self.say(QUESTION)
        expect(self.page.locator(".assistant")).to_have_count(2)
        self.ended()
        self.assertEqual(self.claims()["sub"], user)
        self.assertGreater(self.claims()["iat"], time.time() - 86_400)

    def test_a_guest_who_comes_back_too_late_is_told_and_begins_anew(self):
        self.say(QUESTION)
        self.ended()
        user, url = self.claims()["sub"], self.page.url
        self.grow_older(401)
        self.page.reload()
        expect(self.page.get_by_role("alert").first).to_contain_text("you are a new guest now")
        expect(self.page.locator(".entry")).to_have_count(0)
        self.assertNotEqual(self.claims()["sub"], user)
        self.say(QUESTION)
        self.ended()
        self.assertNotEqual(self.page.url, url)

    def test_a_page_of_another_port_changes_nothing(self):
        self.say(QUESTION)
        self.ended()
        before = self.cookie()
        server = ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere)
        server.target = self.url
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        page = self.page.context.new_page()
        elsewhere = f"http://127.0.0.1:{server.server_port}/"
        page.goto(elsewhere)
        for form, status in ((0, 403), (1, 415)):
            with page.expect_navigation() as navigation:
                page.evaluate("(form) => document.forms[form].submit()", form)
            self.assertEqual(navigation.value.status, status)
            page.goto(elsewhere)
        for options in ("{method: 'POST', body: new Blob(['{}'])}", "{method: 'POST', body: '{}'}", "{method: 'POST'}"):
            for path in ("auth/guest", "chat/stream"):
                with page.expect_response(lambda response: "/api/v1/" in response.url) as response:
                    page.evaluate(f"(url) => fetch(url, {{mode: 'no-cors', credentials: 'include', ...{options}}})", f"{self.url}api/v1/{path}")
                self.assertIn(response.value.status, (403, 415))
        self.assertEqual(self.cookie(), before)
        self.page.reload()
        self.ended()
        expect(self.page.locator("#sessions button")).to_have_count(1)


if __name__ == "__main__":
    unittest.main()
