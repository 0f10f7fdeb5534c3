"""The client library and its adapters in a real browser, with the real Vue, React and Streamlit, on a running installation (CHAT_FCGI_URL,
and CHAT_FCGI_DATA: its data folder, to make a token of another day with its secret).

python3 -m unittest adapters_test (see run.sh). CHROMIUM names the browser. Vue and React come into examples/vendor/ by examples/vendor.py.
"""

import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
import unittest
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import expect

from line import Line
from page_case import browser

URL = os.environ.get("CHAT_FCGI_URL", "").rstrip("/")
DATA = os.environ.get("CHAT_FCGI_DATA", "")
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
PATIENCE_MS = 20_000
# A page of the server without scripts of its own, to try the client in.
BLANK = "/examples/sse-service/index.html"
START = """async (options) => {
    const { ChatClient } = await import('/client/index.js');
    const client = window.client = new ChatClient({ base: '/', ...options });
    window.lines = [];
    client.on('line', ({ state }) => window.lines.push(state));
}"""


class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.browser = browser()
        expect.set_options(timeout=PATIENCE_MS)

    def setUp(self):
        self.context = self.browser.new_context()
        self.addCleanup(self.context.close)
        self.complaints = []

    def visit(self, path, base=URL):
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda m: m.type in ("error", "warning") and self.complaints.append(m.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(base + path)
        return page


@unittest.skipUnless(URL, "needs a running installation (CHAT_FCGI_URL)")
class Adapters(Browser):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if not (EXAMPLES / "vendor/react-dom.js").exists():
            subprocess.run([sys.executable, EXAMPLES / "vendor.py"], check=True)

    def visit(self, path, base=URL):
        # The installation was perhaps copied before Vue and React were there.
        self.context.route("**/examples/vendor/*", lambda route: route.fulfill(
            path=EXAMPLES / "vendor" / route.request.url.rsplit("/", 1)[1], content_type="text/javascript"))
        return super().visit(path, base)

    def tearDown(self):
        self.assertEqual(self.complaints, [])

    def ended(self, page, selector=".assistant"):
        reply = page.locator(selector).last
        expect(reply).to_have_attribute("data-status", "complete")
        return reply

    def test_vue_chat_view_shows_bubbles_books_and_preferences_and_a_reload_shows_the_same(self):
        page = self.visit("/examples/vue-books/index.html?session=vue-1")
        page.get_by_label("Your message").fill("I loved The Time Machine. What next?")
        page.get_by_role("button", name="Send").click()
        reply = self.ended(page)
        expect(reply.locator(".chat-book strong").first).not_to_be_empty()
        # Answers have their elements, by the page's own parser.
        expect(reply.locator(".chat-text em", has_text="The Time Machine").first).to_be_visible()
        shown = page.locator(".chat-text").all_inner_texts()
        page.reload()
        self.ended(page)
        expect(page.locator(".chat-text")).to_have_text(shown, use_inner_text=True)
        self.assertGreater(page.locator(".chat-book").count(), 1)
        # The browser itself says so where nothing was said in a conversation yet.
        self.complaints = [each for each in self.complaints if "status of 404" not in each]

    def test_vue_composable_service_and_store(self):
        page = self.visit("/examples/vue-books/composable.html")
        page.get_by_role("button", name="I like science fiction").click()
        expect(page.locator("#told")).to_have_text(re.compile(r"[1-9]\d* preferences, \d+ recommendations"))
        expect(page.locator("#preferences li", has_text="science fiction")).to_have_count(1)
        # Pressed by the page as soon as it can be: the answer may end before the test is there.
        page.get_by_role("button", name="Stop").evaluate("""node => new MutationObserver((_, observer) => {
            if (node.disabled) return;
            observer.disconnect();
            node.click();
        }).observe(node, { attributes: true })""")
        page.get_by_role("button", name="Send").click()
        reply = page.locator(".assistant").last
        expect(reply).to_have_attribute("data-status", re.compile("stopped|complete"))
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".assistant")).to_have_count(2)
        expect(self.ended(page).locator(".book").first).not_to_be_empty()
        expect(page.locator("#error")).to_be_empty()

    def test_vue_takes_another_session_and_gives_its_names_as_the_originals_did(self):
        page = self.visit("/examples/vue-books/composable.html")
        seen = page.evaluate("""async () => {
            const { effectScope, isReactive, isRef, ref, toRaw } = await import('vue');
            const { default: view, ChatView, useHttpStreaming, usePreferencesStore } = await import('/client/adapters/vue.js');
            const scope = effectScope();
            const sessionId = ref('one');
            const { messages, sendMessage, load } = scope.run(() => useHttpStreaming({ sessionId, userId: ref(null) }));
            const told = () => messages.value.filter(({ role }) => role === 'user').map(({ content }) => content);
            await sendMessage('In the first');
            sessionId.value = 'two';
            const begun = told();
            await sendMessage('In the second');
            const second = told();
            sessionId.value = 'one';
            await load();
            const first = told();
            scope.stop();
            // What Pinia's storeToRefs() takes out of a store.
            const store = toRaw(usePreferencesStore());
            const refs = Object.keys(store).filter((name) => isRef(store[name]) || isReactive(store[name]));
            return { isView: view === ChatView, begun, first, second, refs };
        }""")
        self.assertEqual(seen, {"isView": True, "begun": [], "first": ["In the first"], "second": ["In the second"],
                                "refs": ["preferences", "transparency", "recommendations", "isLoading", "error"]})

    def test_react_tutor_hook_and_component(self):
        page = self.visit("/examples/react-tutor/index.html")
        page.get_by_label("Your message").fill("Help me prepare for my exam on photosynthesis")
        page.get_by_role("button", name="Send").click()
        expect(self.ended(page).locator(".chat-text blockquote").first).to_be_visible()
        expect(page.locator(".chat-focus")).to_contain_text("photosynthesis")
        page.get_by_role("button", name="Ask by the hook").click()
        expect(page.locator("#streaming")).not_to_be_empty()
        expect(page.locator("#log li").last).to_have_text("complete")
        expect(page.locator("#log li").first).to_contain_text("message:")
        expect(page.locator("#streaming")).to_be_empty()

    def test_react_prompt_workshop_shows_insights_applies_them_and_answers(self):
        page = self.visit("/examples/react-prompts/index.html")
        expect(page.locator(".chat-status")).to_have_text("Connected")
        field = page.get_by_label("Your message")
        field.fill("Summarize the following text")
        expect(page.get_by_role("region", name="Insights").locator("li").first).to_be_visible()
        suggestions = page.get_by_role("region", name="Suggestions")
        with page.expect_response("**/prompts/analyze"):
            suggestions.get_by_role("button", name="Apply").first.click()
            expect(field).to_have_value(re.compile(r"FILL IN"))
        insights = page.get_by_role("region", name="Insights").locator("li")
        first = insights.first.inner_text()
        insights.first.get_by_role("button", name="Dismiss").click()
        expect(insights.first).not_to_have_text(first)
        field.fill("What can you do?")
        page.get_by_role("button", name="Send").click()
        expect(self.ended(page).locator(".chat-text")).not_to_be_empty()
        expect(page).to_have_title("Sent: What can you do?")
        expect(page.locator(".chat-figures")).to_contain_text("tokens")

    def test_sse_demo_tries_message_types_and_errors(self):
        page = self.visit("/examples/react-prompts/sse-demo.html")
        page.get_by_role("button", name="A short question").click()
        expect(page.locator("#log li")).to_contain_text([re.compile("complete: [1-9]")])
        page.get_by_role("button", name="A prompt with insights").click()
        expect(page.get_by_role("region", name="Insights")).to_be_visible()
        expect(page.locator("#log li")).to_have_count(2)
        page.get_by_role("button", name="A model that is not there").click()
        expect(page.get_by_role("alert")).to_be_visible()
        page.get_by_role("button", name="Dismiss").last.click()
        expect(page.locator("#log li").last).to_contain_text("error: 400")
        self.complaints = [each for each in self.complaints if "status of 400" not in each]  # the browser says so itself

    def test_react_desk_shows_the_workflow_and_the_words(self):
        page = self.visit("/examples/react-desk/index.html")
        page.get_by_label("Assistant").select_option("analyst")
        page.get_by_label("Your message").fill("Give me a full analysis of DEMO1 and DEMO2")
        page.get_by_role("button", name="Send").click()
        self.ended(page)
        expect(page.locator(".chat-workflow [data-status=completed]").first).to_be_visible()
        expect(page.locator(".chat-workflow [data-status=waiting]")).to_have_count(0)
        page.get_by_role("button", name="Ask by the hook").click()
        expect(page.locator("#messages li")).to_have_count(2)
        expect(page.locator("#messages li").last).not_to_be_empty()

    def test_sse_service_without_a_framework(self):
        page = self.visit("/examples/sse-service/index.html")
        page.get_by_role("button", name="Send").click()
        expect(page.locator("#status")).to_have_text("complete")
        expect(page.locator("#workflow li", has_text="completed").first).to_be_visible()
        expect(page.locator("#answer")).not_to_be_empty()


@unittest.skipUnless(URL, "needs a running installation (CHAT_FCGI_URL)")
class Client(Browser):
    def begin(self, page, text, session, dialect="companion"):
        page.evaluate("([text, sessionId, dialect]) => { window.reply = client.send(text, { sessionId, dialect }); }", [text, session, dialect])

    def end(self, page):
        return page.evaluate("async () => { const { status, text, whole, error } = await reply.done; return { status, text, whole, error: error?.message }; }")

    def stored(self, page, session):
        return page.evaluate("(session_id) => client.request('POST', 'api/v1/chat/history', { body: { session_id } })", session)["messages"]

    def test_messages_typed_offline_survive_a_reload_and_go_out_once_in_order(self):
        page = self.visit(BLANK)
        page.evaluate(START, {})
        page.evaluate("() => client.request('GET', 'api/v1/chat/sessions')")  # who this is
        self.context.set_offline(True)
        page.evaluate("() => { for (const text of ['Who wrote Dracula?', 'And Frankenstein?', 'Emma?']) client.send(text, { sessionId: 'off' }); }")
        page.wait_for_function("() => client.line.state === 'offline' && client.queued.length === 3 && client.queued[0].state.retryAt")
        self.context.set_offline(False)
        page.goto("about:blank")  # before anything is sent, as far as this page is concerned
        page.goto(URL + BLANK)
        page.evaluate(START, {})
        page.evaluate("async () => { await Promise.all(client.restore().map(({ done }) => done)); }")
        messages = [each["content"] for each in self.stored(page, "off") if each["role"] == "user"]
        self.assertEqual(messages, ["Who wrote Dracula?", "And Frankenstein?", "Emma?"])
        self.assertEqual(page.evaluate("localStorage.getItem(client.queueKey)"), "[]")

    def test_a_line_that_is_cut_in_the_middle_gives_the_text_whole_and_once(self):
        page = self.visit(BLANK)
        page.evaluate(START, {})
        self.begin(page, "Help me prepare for my exam on photosynthesis", "cut", "tutor")
        page.wait_for_function("() => reply.state.text.length > 20")
        self.context.set_offline(True)
        page.wait_for_function("() => client.line.state === 'offline'")
        self.context.set_offline(False)
        state = self.end(page)
        self.assertEqual(state["status"], "complete")
        self.assertEqual(self.stored(page, "cut")[-1]["content"], state["text"])

    def test_a_reload_in_the_middle_and_a_stop_from_another_tab(self):
        page = self.visit(BLANK)
        page.evaluate(START, {})
        self.begin(page, "Give me a full analysis of DEMO1 and DEMO2", "tabs", "desk")
        page.wait_for_function("() => reply.state.text.length > 20")
        page.reload()
        page.evaluate(START, {"dialect": "desk"})
        reply_id = self.stored(page, "tabs")[-1]["message_id"]
        page.evaluate("(id) => { window.reply = client.resume(id, { sessionId: 'tabs' }); }", reply_id)
        page.wait_for_function("() => reply.state.text.length > 20")
        other = self.visit(BLANK)
        other.evaluate(START, {"dialect": "desk"})
        other.evaluate("async (id) => { const it = client.resume(id, { sessionId: 'tabs' }); await it.stop(); await it.done; }", reply_id)
        state = self.end(page)
        self.assertIn(state["status"], ("stopped", "complete"))  # a reply of 4 KB may have ended before
        self.assertEqual(self.stored(page, "tabs")[-1]["content"], state["text"])

    def test_behind_a_proxy_that_holds_streams_back_the_whole_answer_comes(self):
        proxy = ThreadingHTTPServer(("127.0.0.1", 0), HoldsBack)
        proxy.daemon_threads = True
        threading.Thread(target=proxy.serve_forever, daemon=True).start()
        self.addCleanup(proxy.server_close)
        self.addCleanup(proxy.shutdown)
        page = self.visit(BLANK, f"http://127.0.0.1:{proxy.server_port}")
        page.evaluate(START, {"timing": {"firstEventMs": 500}})
        self.begin(page, "I loved The Time Machine. What next?", "held")
        state = self.end(page)
        self.assertEqual((state["status"], state["whole"]), ("complete", True), state["error"])
        self.assertEqual([each["role"] for each in self.stored(page, "held")], ["user", "assistant"])
        self.assertTrue(page.evaluate("client.line.whole"))

    def test_debug_mode_writes_to_the_console_and_shows_a_panel(self):
        page = self.visit(BLANK)
        written = []
        page.on("console", lambda m: written.append(m.text))
        page.evaluate(START, {"debug": "panel"})
        self.begin(page, "Who wrote Dracula?", "debug")
        self.end(page)
        page.locator("details.chat-debug summary").click()
        expect(page.locator("details.chat-debug pre")).to_contain_text('"type":"started"')
        self.assertTrue(any("chat-fcgi" in line and '"type":"ended"' in line for line in written))
        self.assertEqual(self.complaints, [])  # the panel's style passes the Content-Security-Policy


    def test_a_line_that_goes_dead_without_a_word_is_noticed_and_taken_up(self):
        line = Line((urllib.parse.urlparse(URL).hostname, urllib.parse.urlparse(URL).port))
        self.addCleanup(line.close)
        page = self.visit(BLANK, f"http://127.0.0.1:{line.port}")
        page.evaluate(START, {"timing": {"heartbeatMs": 400}})
        # In the middle, however long the test takes to hear of it.
        line.freezes_at = b'"type":"workflow_update"'
        self.begin(page, "Give me a full analysis of DEMO1 and DEMO2", "dead", "desk")
        state = self.end(page)
        self.assertEqual(state["status"], "complete", state["error"])
        self.assertEqual(self.stored(page, "dead")[-1]["content"], state["text"])
        self.assertIn("quiet", page.evaluate("window.lines"))
        self.assertFalse(page.evaluate("client.line.whole"), "a dead connection was taken for a proxy that holds streams back")

    @unittest.skipUnless(DATA, "needs the secret of a running installation (CHAT_FCGI_DATA)")
    def test_a_token_that_has_expired_is_renewed_for_the_same_user(self):
        page = self.visit(BLANK)
        guest = page.evaluate("() => fetch('/api/v1/auth/guest', { method: 'POST' }).then((answer) => answer.json())")
        issued = int(time.time()) - 40 * 86_400
        claims = {"iss": "chat-fcgi", "sub": guest["user_id"], "iat": issued, "exp": issued + 30 * 86_400}

        def encoded(data):
            return base64.urlsafe_b64encode(data).rstrip(b"=").decode()

        text = ".".join(encoded(json.dumps(part, separators=(",", ":")).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, claims))
        secret = Path(DATA, "token-secret").read_bytes()
        self.context.clear_cookies()
        page.evaluate(START, {"token": f"{text}.{encoded(hmac.new(secret, text.encode(), hashlib.sha256).digest())}"})
        page.evaluate("() => { window.tokens = []; client.on('token', (token) => tokens.push(token)); }")
        self.begin(page, "Who wrote Dracula?", "expired")
        self.assertEqual(self.end(page)["status"], "complete")
        self.assertEqual(page.evaluate("client.identity.userId"), guest["user_id"])
        self.assertEqual(page.evaluate("tokens.length"), 1)


class HoldsBack(BaseHTTPRequestHandler):
    """A proxy that passes an answer on when it is whole."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def forward(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() != "accept-encoding"}
        try:
            line = http.client.HTTPConnection(urllib.parse.urlparse(URL).netloc)
            line.request(self.command, self.path, body, headers)
            answer = line.getresponse()
            data = answer.read()
            line.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "content-length", "connection", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
        except OSError:
            self.close_connection = True  # the browser left

    do_GET = do_POST = forward


@unittest.skipUnless(URL, "needs a running installation (CHAT_FCGI_URL)")
class Streamlit(Browser):
    def test_the_visa_page_answers_with_sources_and_keeps_its_conversations(self):
        try:
            import streamlit  # noqa: F401
        except ImportError:
            self.skipTest("streamlit is not installed")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", EXAMPLES / "streamlit-visa/chat.py", "--server.port", str(port), "--server.address", "127.0.0.1",
             "--server.headless", "true", "--browser.gatherUsageStats", "false", "--server.fileWatcherType", "none"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(server.wait)
        self.addCleanup(server.terminate)
        while server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        page = self.visit("/", f"http://127.0.0.1:{port}")
        page.get_by_text("Visa expert").click()
        field = page.get_by_test_id("stChatInputTextArea")
        field.fill("Which visa lets me study in Germany?")
        field.press("Enter")
        answer = page.get_by_test_id("stChatMessage").nth(1)
        expect(answer.get_by_test_id("stExpander").first).to_be_visible()
        expect(page.get_by_test_id("stSidebar").get_by_text("builtin")).to_be_visible()
        page.get_by_role("button", name="New conversation").click()
        expect(page.get_by_test_id("stChatMessage")).to_have_count(0)
        page.get_by_role("button", name=re.compile("^Which visa")).click()
        expect(page.get_by_test_id("stChatMessage")).to_have_count(2)


if __name__ == "__main__":
    unittest.main()
