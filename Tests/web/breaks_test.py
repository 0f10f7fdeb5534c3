"""What breaks in the middle of an answer, on the real program behind a real nginx: the text comes whole and once, is what the server has
stored, and its one end is told as it is. The test owns program, nginx and line; a model of its own holds each answer in the middle.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import signal
import sys
import threading
import time
import unittest
from pathlib import Path

from playwright.sync_api import expect

from line import Line
from page_case import PageCase

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "servers"))

import harness  # noqa: E402
from provider import Provider, answers, configuration  # noqa: E402
from test_jwt import Key  # noqa: E402

WORDS = tuple(f"w{n}" + ("." if n % 12 == 0 else "") + ("\n\n" if n % 60 == 0 else " ") for n in range(1, 200)) + ("the end.",)
HALF = 80
WHOLE = "".join(WORDS).split()


@unittest.skipUnless(os.access(harness.PROGRAM, os.X_OK) and shutil.which("nginx", path=harness.SEARCH_PATH), "starts a server of its own: needs the program (make build) and nginx (make setup)")
class Breaks(PageCase):
    @classmethod
    def start_server(cls):
        cls.model = Provider(answers(WORDS))
        cls.addClassCleanup(cls.model.close)
        cls.sandbox = harness.Sandbox(
            agents_dir=str(harness.ROOT / "agents"), auth={"mode": ["jwt", "guest"]}, jwt={"keys_file": "jwks.json"}, **configuration(cls.model))
        cls.addClassCleanup(cls.sandbox.close)
        cls.key = Key(cls.sandbox.path, "first")
        (cls.sandbox.path / "jwks.json").write_text(json.dumps({"keys": [cls.key.jwk]}))
        cls.program = cls.sandbox.serve()
        cls.nginx = harness.start_nginx(cls.sandbox)
        cls.line = Line(cls.nginx.address)
        cls.addClassCleanup(cls.line.close)
        return f"http://127.0.0.1:{cls.line.port}/"

    def setUp(self):
        self.gate = threading.Event()
        self.addCleanup(self.gate.set)
        super().setUp()
        # So that no test waits for a pause between two attempts: `pass_by` lets it pass.
        self.page.clock.install()

    def visit(self, path="", **options):
        super().visit(path, **options)
        self.headers = {}

    # What a test does

    def hold(self):
        """The model says so many words, and goes on when the gate opens."""
        self.gate.clear()
        self.model.then(answers(WORDS).held(self.gate, before=HALF))

    def ask_to_the_half(self, text, page=None):
        self.hold()
        page = page or self.page
        page.locator("#message").fill(text)
        page.locator("#message").press("Enter")
        expect(page.locator(".question-text").last).to_have_text(text)
        self.at_the_half(page)

    def at_the_half(self, page=None):
        # An earlier answer has these words, too.
        writing = (page or self.page).locator(".turn").last.locator(".reply[data-status=streaming]")
        expect(writing.locator(".answer")).to_contain_text(f"w{HALF}")

    def go_on(self):
        self.model.then(answers(WORDS))
        self.gate.set()

    def pass_by(self, seconds):
        self.page.clock.fast_forward(seconds * 1000)

    def pass_pause(self, is_silent=False):
        """Time between two attempts passes at once; that of an attempt does not, or the client would give up a server that is slow. `is_silent`: it
        passes then too, since nothing comes in an attempt and the client is to try another way."""
        is_between = self.page.locator("#line .dot.retrying").count() > 0
        if not is_between:
            self.page.wait_for_timeout(20)
        if is_between or is_silent:
            self.pass_by(2)

    def until(self, status, is_silent=False):
        """Whatever the client waits for between its attempts passes at once."""
        deadline = time.monotonic() + 60
        while self.reply.get_attribute("data-status") != status:
            self.assertLess(time.monotonic(), deadline, f"{self.reply.get_attribute('data-status')} instead of {status}")
            self.pass_pause(is_silent)

    def history(self, page=None):
        session = re.search(r"ses_[\w-]+", (page or self.page).url)[0]
        return self.page.request.post(self.nginx_url + "api/v1/chat/history", headers=self.headers, data={"session_id": session, "limit": 100}).json()["messages"]

    @property
    def nginx_url(self):
        return f"http://127.0.0.1:{self.nginx.address[1]}/"

    @staticmethod
    def shown(reply):
        """The words of an answer, without what stands beside them."""
        text = reply.locator(".answer").evaluate("node => [...node.children].filter((each) => !each.matches('.part')).map((each) => each.innerText).join(' ')")
        return text.split()

    @staticmethod
    def words(content):
        return content.replace("*", "").split()

    def check(self, *statuses, pages=()):
        """What is shown is what is stored: one reply to each question, each with one end. Gives the last one as it is stored."""
        messages = self.history(pages[0] if pages else None)
        self.assertEqual([each["role"] for each in messages], ["user", "assistant"] * len(statuses))
        stored = messages[1::2]
        self.assertEqual([each["status"] for each in stored], list(statuses))
        for page in pages or (self.page,):
            expect(page.locator(".question")).to_have_count(len(statuses))
            expect(page.locator(".reply")).to_have_count(len(statuses))
            for place, message in enumerate(stored):
                reply = page.locator(".reply").nth(place)
                expect(reply).to_have_attribute("data-status", message["status"])
                self.assertEqual(self.shown(reply), self.words(message["content"]))
                if message["status"] == "complete":
                    self.assertEqual(self.words(message["content"])[:len(WHOLE)], WHOLE)
        return stored[-1]

    def restart_program(self):
        type(self).program = self.sandbox.serve()

    # The tests

    def test_a_worker_that_is_killed_leaves_an_answer_that_is_told_as_interrupted_and_can_go_on(self):
        for agent in ("noah", "general"):
            with self.subTest(agent):
                self.visit(f"#/{agent}")
                self.page.clock.install()
                self.ask_to_the_half(f"Tell all, {agent}")
                # A token is shown at once, and recorded within 40 ms.
                harness.wait_until("the half is recorded", lambda: f"w{HALF}" in self.history()[-1]["content"])
                self.program.signal(signal.SIGKILL)
                self.program.wait()
                expect(self.reply).to_have_attribute("data-status", "resuming")
                expect(self.reply.locator(".notice")).to_contain_text("The line broke after")
                expect(self.page.locator("#line")).to_contain_text(re.compile(r"Back in \d+ s"))
                self.model.then(answers(WORDS))
                self.restart_program()
                self.until("interrupted")
                stored = self.check("interrupted")
                self.assertEqual(self.words(stored["content"]), WHOLE[:len(self.words(stored["content"]))])
                expect(self.reply.locator(".notice")).to_contain_text("The server was interrupted while answering. What had come is kept.")
                expect(self.page.locator("#line")).to_contain_text("Connected")
                self.page.reload()
                self.check("interrupted")
        self.model.then(answers(WORDS[len(self.words(stored["content"])):]))
        self.reply.get_by_role("button", name="Go on").click()
        self.until("complete")
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
        self.assertEqual(self.shown(self.reply), WHOLE)
        self.assertEqual(self.words(self.history()[-1]["content"]), WHOLE)

    def test_a_plain_model_s_answer_that_nobody_keeps_is_told_as_interrupted_with_what_had_come(self):
        self.visit("#/model")
        self.page.clock.install()
        self.ask_to_the_half("Tell all")
        self.program.signal(signal.SIGKILL)
        self.program.wait()
        expect(self.reply).to_have_attribute("data-status", "interrupted")
        self.assertEqual(self.shown(self.reply)[-1], f"w{HALF}")
        self.restart_program()
        # There is nothing to answer anew on the server: it is asked once more, in its place.
        self.model.then(answers(WORDS))
        self.reply.get_by_role("button", name="Try again").click()
        self.until("complete")
        self.assertEqual(self.shown(self.reply), WHOLE)
        expect(self.page.locator(".versions")).to_contain_text("2 of 2")
        # So is one that has its answer.
        self.reply.get_by_role("button", name="Another reply").click()
        expect(self.page.locator(".versions")).to_contain_text("3 of 3")
        self.until("complete")
        # What is asked while an answer is written waits for it, and the model is told of all of it.
        self.ask_to_the_half("And more?")
        self.say("And then?")
        expect(self.question).to_have_attribute("data-status", "queued")
        self.go_on()
        expect(self.page.locator(".reply[data-status=complete]")).to_have_count(3)
        told = [(each["role"], self.words(each["content"])) for each in self.model.calls[-1]["messages"] if each["role"] != "system"]
        self.assertEqual(told, [("user", ["Tell", "all"]), ("assistant", WHOLE), ("user", ["And", "more?"]), ("assistant", WHOLE), ("user", ["And", "then?"])])

    def test_what_is_asked_while_the_server_is_down_is_kept_over_a_reload_and_goes_out_once_in_order(self):
        self.model.then(answers(WORDS))
        self.say("The first")
        self.ended()
        self.program.signal(signal.SIGTERM)
        self.program.wait()
        for text in ("The second", "The third"):
            self.say(text)
        expect(self.page.locator(".question[data-status=queued]")).to_have_count(2)
        self.page.reload()
        expect(self.page.locator(".question[data-status=queued]")).to_have_count(2)
        # And over one without a network, where not even the page comes.
        self.page.context.set_offline(True)
        self.say("The fourth")
        expect(self.page.locator("#banner")).to_contain_text("You are offline.")
        url = self.page.url
        self.page.goto("about:blank")
        self.restart_program()
        self.page.context.set_offline(False)
        self.page.goto(url)
        self.until("complete")
        expect(self.page.locator(".reply[data-status=complete]")).to_have_count(4)
        self.check(*["complete"] * 4)
        self.assertEqual([each["content"] for each in self.history()[::2]], ["The first", "The second", "The third", "The fourth"])

    def test_a_web_server_that_is_started_anew_in_mid_answer_takes_nothing_of_it(self):
        self.ask_to_the_half("Tell all")
        server = self.nginx.process
        server.signal(signal.SIGTERM)
        server.wait()
        expect(self.reply).to_have_attribute("data-status", "resuming")
        type(self).nginx = harness.run_nginx(self.sandbox, harness.tool("nginx"), self.nginx.address[1])
        # The model is held, so the line is there and silent.
        self.until("streaming", is_silent=True)
        self.go_on()
        self.until("complete")
        self.check("complete")

    def test_a_line_that_is_gone_for_twenty_seconds_comes_back_by_itself_and_so_does_the_rest(self):
        self.ask_to_the_half("Tell all")
        self.line.cut()
        expect(self.reply).to_have_attribute("data-status", "resuming")
        self.go_on()  # the server writes on meanwhile
        for _ in range(10):
            self.pass_by(2)
            expect(self.page.locator("#line")).to_contain_text(re.compile(r"Back in \d+ s|Connected"))
        self.line.restore()
        self.until("complete")
        self.check("complete")
        # Nobody says that it is gone: nothing comes any more, and after twenty seconds all of it at once.
        self.ask_to_the_half("Tell it again")
        self.line.freeze(new=True)
        self.pass_by(17)
        expect(self.page.locator("#line")).to_contain_text("Quiet")
        self.go_on()
        self.pass_by(3)
        self.line.thaw()
        self.until("complete")
        expect(self.page.locator("#line")).to_contain_text("Connected")
        self.check("complete", "complete")

    def test_two_tabs_show_one_answer_and_either_stops_it(self):
        self.ask_to_the_half("Tell all")
        other = self.page.context.new_page()
        self.listen(other)
        other.goto(self.page.url)
        self.at_the_half(other)
        self.go_on()
        for page in (self.page, other):
            expect(page.locator(".reply").last).to_have_attribute("data-status", "complete")
        self.check("complete", pages=(self.page, other))
        # Asked in one, seen in both as it is written, stopped in the other.
        self.ask_to_the_half("Tell it again", other)
        expect(self.page.locator(".question-text").last).to_have_text("Tell it again")
        self.at_the_half()
        self.page.get_by_role("button", name="Stop").click()
        for page in (self.page, other):
            expect(page.locator(".reply").last).to_have_attribute("data-status", "stopped")
        self.check("complete", "stopped", pages=(self.page, other))
        self.assertEqual(self.complaints, [])

    def test_an_answer_asked_for_again_or_by_an_edit_is_whole_and_once_however_it_breaks(self):
        self.model.then(answers(WORDS))
        self.say("Tell all")
        self.ended()
        # The worker is killed while another reply is written: the first one stays, and the second is told as it is.
        self.hold()
        self.reply.get_by_role("button", name="Another reply").click()
        self.at_the_half()
        self.program.signal(signal.SIGKILL)
        self.program.wait()
        expect(self.reply).to_have_attribute("data-status", "resuming")
        self.model.then(answers(WORDS))
        self.restart_program()
        self.until("interrupted")
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
        self.reply.get_by_role("button", name="The reply before").click()
        expect(self.reply).to_have_attribute("data-status", "complete")
        self.assertEqual(self.shown(self.reply), WHOLE)
        self.assertEqual([each["status"] for each in self.history()], ["complete", "complete", "interrupted"])
        # The line is cut while what was edited is answered.
        self.hold()
        self.question.hover()
        self.question.get_by_role("button", name="Edit and ask again").click()
        self.page.get_by_label("Your question, to change").fill("Tell it otherwise")
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".question-text")).to_have_text(["Tell it otherwise"])
        self.at_the_half()
        self.line.cut()
        expect(self.reply).to_have_attribute("data-status", "resuming")
        self.go_on()
        self.line.restore()
        self.until("complete")
        self.assertEqual(self.shown(self.reply), WHOLE)
        self.assertEqual([(each["role"], each["status"]) for each in self.history()][3:], [("user", "complete"), ("assistant", "complete")])
        # Edited while there is no line, and the page reloaded meanwhile: asked once.
        self.line.cut()
        self.question.hover()
        self.question.get_by_role("button", name="Edit and ask again").click()
        self.page.get_by_label("Your question, to change").fill("Tell it a third time")
        self.page.keyboard.press("Enter")
        expect(self.question).to_have_attribute("data-status", "queued")
        url = self.page.url
        self.page.goto("about:blank")
        self.line.restore()
        self.page.goto(url)
        expect(self.page.locator(".question-text")).to_have_text(["Tell it a third time"])
        expect(self.page.locator(".versions")).to_contain_text("3 of 3")
        self.until("complete")
        self.assertEqual([each["content"] for each in self.history() if each["role"] == "user"], ["Tell all", "Tell it otherwise", "Tell it a third time"])
        self.assertEqual(self.shown(self.reply), WHOLE)

    def test_two_tabs_that_both_ask_stop_edit_and_delete_agree_in_the_end(self):
        self.model.then(answers(WORDS))
        self.say("The first")
        self.ended()
        other = self.page.context.new_page()
        self.listen(other)
        other.goto(self.page.url)
        expect(other.locator(".reply")).to_have_attribute("data-status", "complete")
        # Both ask at once: each question once in both, each with its answer.
        for page, text in ((self.page, "From here"), (other, "From there")):
            page.locator("#message").fill(text)
            page.locator("#message").press("Enter")
        for page in (self.page, other):
            expect(page.locator(".reply[data-status=complete]")).to_have_count(3)
            expect(page.locator(".question")).to_have_count(3)
        asked = [each["content"] for each in self.history() if each["role"] == "user"]
        self.assertEqual(sorted(asked), ["From here", "From there", "The first"])
        for page in (self.page, other):
            self.assertEqual(sorted(page.locator(".question-text").all_inner_texts()), sorted(asked))
            for place in range(3):
                self.assertEqual(self.shown(page.locator(".reply").nth(place)), WHOLE)
        # Stopped in one while a question is edited in the other.
        self.ask_to_the_half("Slowly")
        self.at_the_half(other)
        editor = other.get_by_label("Your question, to change")
        other.locator(".question").nth(0).hover()
        other.locator(".question").nth(0).get_by_role("button", name="Edit and ask again").click()
        editor.fill("Half edited")
        self.page.get_by_role("button", name="Stop").click()
        for page in (self.page, other):
            expect(page.locator(".reply").last).to_have_attribute("data-status", "stopped")
        expect(editor).to_have_value("Half edited")
        self.go_on()
        other.keyboard.press("Enter")
        for page in (self.page, other):
            expect(page.locator(".question-text").last).to_have_text("Half edited")
            expect(page.locator(".reply").last).to_have_attribute("data-status", "complete")
            expect(page.locator(".question")).to_have_count(1)
            expect(page.locator(".versions")).to_contain_text("2 of 2")
        # Deleted in one while the other reads its answer as it comes: nothing of it comes back, and what one types next begins anew.
        self.ask_to_the_half("Soon gone")
        self.at_the_half(other)
        deleted = re.search(r"ses_[\w-]+", self.page.url)[0]
        row = other.locator(".rows .row.current")
        row.hover()
        row.get_by_role("button").click()
        other.get_by_role("menuitem", name="Delete").click()
        other.evaluate("dispatchEvent(new Event('pagehide'))")
        expect(self.page.locator(".turn")).to_have_count(0)
        self.go_on()
        self.say("A new one")
        self.ended()
        self.assertNotIn(deleted, self.page.url)
        expect(self.page.locator(".question")).to_have_count(1)
        for page in (self.page, other):
            expect(page.locator(".rows .row")).to_have_count(1)

    def test_a_token_that_expires_in_mid_answer_is_renewed_and_the_answer_goes_on(self):
        self.ask_to_the_half("Tell all")
        cookie = next(each for each in self.page.context.cookies() if each["name"] == "chat_fcgi_guest")
        claims = json.loads(base64.urlsafe_b64decode(cookie["value"].split(".")[1] + "=="))
        self.page.context.add_cookies([cookie | {"value": self.token(claims["sub"], issued=time.time() - 40 * 86_400)}])
        self.line.cut()
        expect(self.reply).to_have_attribute("data-status", "resuming")
        self.line.restore()
        # The model is held, so the line is there and silent.
        self.until("streaming", is_silent=True)
        self.go_on()
        self.until("complete")
        self.say("Still the same?")
        expect(self.page.locator(".reply")).to_have_count(2)
        self.until("complete")
        self.check("complete", "complete")
        expect(self.page.get_by_role("alert")).to_have_count(0)
        fresh = next(each for each in self.page.context.cookies() if each["name"] == "chat_fcgi_guest")
        self.assertEqual(json.loads(base64.urlsafe_b64decode(fresh["value"].split(".")[1] + "=="))["sub"], claims["sub"])

    def test_who_signed_in_by_a_token_that_expires_in_mid_answer_is_told_and_the_answer_comes_after_the_next_sign_in(self):
        self.sign_in(self.key.sign({"sub": "ana", "exp": int(time.time()) + 600}))
        self.page.clock.install()
        self.ask_to_the_half("Tell all")
        # From now on it is as if the token's time were over.
        expired = self.key.sign({"sub": "ana", "exp": int(time.time()) - 600})
        self.page.route("**/api/**", lambda route: route.continue_(headers=route.request.headers | {"authorization": f"Bearer {expired}"}))
        self.line.cut()
        expect(self.reply).to_have_attribute("data-status", "resuming")
        self.line.restore()
        self.until("lost")
        expect(self.page.locator("#line")).to_contain_text("Signed out")
        # What waits for the line is refused when it is back, and returns to the field in the order in which it was asked.
        self.line.cut()
        for text in ("Asked without a token", "And a second", "And a third"):
            self.say(text)
        expect(self.page.locator(".question[data-status=queued]")).to_have_count(3)
        self.message.fill("Half a draft")
        self.line.restore()
        refused = self.page.get_by_role("alert").filter(has_text="You have been signed out")
        deadline = time.monotonic() + 60
        while refused.count() == 0:
            self.assertLess(time.monotonic(), deadline)
            self.pass_pause()
        expect(self.message).to_have_value("Asked without a token\n\nAnd a second\n\nAnd a third\n\nHalf a draft")
        expect(self.page.locator(".question")).to_have_count(1)
        self.go_on()
        self.page.locator("#line").get_by_role("button", name="Sign in").click()
        expect(self.page.get_by_role("dialog").get_by_role("heading", name="You have been signed out")).to_be_visible()
        self.page.unroute_all()
        self.sign_in(self.key.sign({"sub": "ana", "exp": int(time.time()) + 600}), is_open=True)
        self.check("complete")
        expect(self.message).to_have_value("Asked without a token\n\nAnd a second\n\nAnd a third\n\nHalf a draft")

    def sign_in(self, token, is_open=False):
        if not is_open:
            self.page.get_by_role("button", name="Settings").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Token or JWT").fill(token)
        self.headers = {"Authorization": f"Bearer {token}"}
        with self.page.expect_navigation():
            dialog.get_by_role("button", name="Sign in").click()
        expect(self.page.locator(".list-foot")).to_contain_text("Signed in")

    # A token as the server itself makes them, of another day

    def token(self, user, issued):
        def encoded(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

        claims = {"iss": "chat-fcgi", "sub": user, "iat": int(issued), "exp": int(issued) + 30 * 86_400}
        text = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
        secret = (self.sandbox.path / "data/token-secret").read_bytes()
        return f"{text}.{encoded(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"


if __name__ == "__main__":
    unittest.main()
