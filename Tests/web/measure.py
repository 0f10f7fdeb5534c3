"""What large amounts cost the page, in a browser on this machine, on the stub server: figures to read, no test.

    .build/web-venv/bin/python Tests/web/measure.py [SECONDS]

Answers of 200 words a second for SECONDS (30), code and tables among them; a conversation of 5,000 messages; a list of 1,000
conversations. Of the main thread's tasks it tells those of more than 50 ms, twice: by the clock, as the browser's long tasks are, and in time of the
processor, which leaves out what other programs on the machine took.
"""

import json
import sys

from playwright.sync_api import expect

import stub_server
from page_case import browser


class Measured:
    # While tasks are counted, the page itself is asked: playwright's look at a long list or answer would be the longest task.

    def __init__(self):
        self.stub = stub_server.start()
        self.url = f"http://127.0.0.1:{self.stub.server_port}/"
        self.page = browser().new_context(locale="en-GB", viewport={"width": 1440, "height": 900}).new_page()
        self.page.set_default_timeout(60_000)
        expect.set_options(timeout=60_000)
        self.inside = self.page.context.new_cdp_session(self.page)
        self.inside.send("HeapProfiler.enable")
        self.inside.send("Performance.enable")
        self.page.goto(self.url)

    def ask(self, text):
        self.page.locator("#message").fill(text)
        self.page.locator("#message").press("Enter")

    def heap_mb(self):
        """After the collector has run."""
        self.inside.send("HeapProfiler.collectGarbage")
        return next(each["value"] for each in self.inside.send("Performance.getMetrics")["metrics"] if each["name"] == "JSHeapUsedSize") / 1e6

    def report(self, what, value):
        print(f"{what:<58} {value}", flush=True)

    def begin_tasks(self):
        browser().start_tracing(page=self.page, categories=["toplevel", "__metadata"])

    def report_tasks(self, what):
        """Of the tasks since `begin_tasks`: the longest, how many took more than 50 ms, and the sum."""
        events = json.loads(browser().stop_tracing())["traceEvents"]
        main = {(each["pid"], each["tid"]) for each in events if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"}
        tasks = [each for each in events if each.get("ph") == "X" and (each["pid"], each["tid"]) in main and each["name"].endswith("RunTask")]
        for kind, field in (("by the clock", "dur"), ("of the processor", "tdur")):
            times = [each[field] / 1000 for each in tasks if field in each] or [0]
            self.report(f"{what}, {kind}: longest, of over 50 ms, all", f"{max(times):.0f} ms, {sum(each > 50 for each in times)} of {len(times)}, {sum(times):.0f} ms")

    def stream(self, seconds):
        stub_server.QUICK_WORDS = 200
        self.ask("markdown, quick")  # what is loaded with the first answer
        expect(self.page.locator(".reply[data-status=complete]")).to_have_count(1)
        stub_server.QUICK_WORDS = 200 * seconds
        heaps = [self.heap_mb()]
        for number in (2, 3):
            # The collector's run for `heap_mb` would be the longest task.
            self.begin_tasks()
            began = self.page.evaluate("performance.now()")
            self.ask("markdown, quick")
            self.page.wait_for_function("(count) => document.querySelectorAll('.reply[data-status=complete]').length === count", arg=number, timeout=(seconds * 3 + 60) * 1000)
            took = (self.page.evaluate("performance.now()") - began) / 1000
            self.report(f"an answer of {200 * seconds} words, words a second", f"{200 * seconds / took:.0f}")
            self.report_tasks("  its tasks")
            heaps.append(self.heap_mb())
        self.report("memory before, after the first, after the second", ", ".join(f"{each:.1f} MB" for each in heaps))

    def open(self, messages):
        user = next(user for user in reversed(self.stub.state.users.values()) if user is not None)
        turns = messages // 2
        user["sessions"]["many"] = {
            "session_id": "many", "title": "Many", "agent": "noah", "pinned": False, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
            "messages": [each for n in range(turns) for each in (
                {"message_id": f"q_{n}", "role": "user", "content": f"question {n}"},
                {"message_id": f"r_{n}", "role": "assistant", "in_reply_to": f"q_{n}", "agent": "noah", "status": "complete", "content": stub_server.TEXT})]}
        for what, place, shown in (("at its end", "", f"question {turns - 1}"), ("at its third message", "/q_1", "question 1")):
            self.page.goto("about:blank")
            self.begin_tasks()
            self.page.goto(f"{self.url}#/noah/many{place}")
            self.page.wait_for_function("(text) => [...document.querySelectorAll('.question-text')].some((node) => node.textContent === text)", arg=shown)
            began = self.page.evaluate("performance.now()")
            self.report(f"{messages} messages, opened {what}, from the address", f"{began:.0f} ms")
            self.report_tasks("  tasks")
            self.report("  elements on the page", self.page.evaluate("document.querySelectorAll('*').length"))

    def list(self, conversations):
        user = next(user for user in reversed(self.stub.state.users.values()) if user is not None)
        for n in range(conversations):
            user["sessions"][f"s{n}"] = {"session_id": f"s{n}", "title": f"Number {n}", "messages": [], "agent": "tutor", "pinned": False,
                                         "created_at": "2020-01-01T00:00:00Z", "updated_at": f"2020-01-{1 + n // 100:02}T00:{n % 60:02}:00Z"}
        self.page.goto("about:blank")
        self.page.goto(self.url)
        self.begin_tasks()
        listed = "(count) => document.querySelectorAll('.rows .row').length >= count"
        self.page.wait_for_function(listed, arg=100)
        self.report(f"{conversations} conversations, the first 100 listed after", f"{self.page.evaluate('performance.now()'):.0f} ms")
        for count in range(200, conversations + 1, 100):
            self.page.evaluate("() => { const rows = document.querySelector('.rows'); rows.scrollTop = rows.scrollHeight; }")
            self.page.wait_for_function(listed, arg=count)
        self.report_tasks("  all of them by scrolling")


if __name__ == "__main__":
    measured = Measured()
    measured.stream(int(sys.argv[1]) if len(sys.argv) > 1 else 30)
    measured.open(5_000)
    measured.list(1_000)
    measured.stub.shutdown()
