"""Long conversations: a window of turns is on the screen, and the reader gets to all of them. On the stub server."""

import re
import time

from playwright.sync_api import expect

from page_case import PageCase

COUNT = 2_500
LONGEST_WINDOW = 100
ANSWER = "Words of an answer. " * 12


class LongConversation(PageCase):
    """With a history that the stub makes."""

    needs_stub = True

    def setUp(self):
        super().setUp()
        self.say("the last one")
        self.ended()
        session_id = self.page.url.rsplit("/", 1)[1]
        session = next(user["sessions"][session_id] for user in self.stub.state.users.values() if session_id in user["sessions"])
        session["messages"][:0] = [message for n in range(COUNT) for message in (
            {"message_id": f"q_{n}", "role": "user", "content": f"question {n}."},
            {"message_id": f"r_{n}", "role": "assistant", "in_reply_to": f"q_{n}", "agent": "noah", "status": "complete", "content": f"Answer {n}: {ANSWER}"})]
        self.conversation = self.page.url
        self.turns = self.page.locator(".turn")

    def reopen(self, address=""):
        self.page.goto("about:blank")
        self.page.goto(self.conversation + address)

    def in_window(self):
        return self.turns.evaluate_all("nodes => nodes.map((node) => node.querySelector('.question-text').textContent)")

    def test_the_end_of_five_thousand_messages_is_shown_and_a_window_of_them_is_on_the_screen(self):
        self.reopen()
        expect(self.question).to_contain_text("the last one")
        expect(self.question).to_be_in_viewport()
        # A page of the history is there without a further request, and nothing moves while it comes.
        expect(self.turns).to_have_count(25)
        expect(self.question).to_be_in_viewport()
        scroller = self.page.locator("#scroller")
        for _ in range(6):
            first = self.in_window()[0]
            self.page.get_by_role("button", name="Earlier messages").evaluate("node => node.click()")
            expect(self.turns.first).not_to_contain_text(first)
        # The window has come to its full length, and stays at it.
        expect(self.turns).to_have_count(LONGEST_WINDOW)
        # What has left the window comes back when the reader does.
        scroller.evaluate("node => { node.scrollTop = 0; }")
        deadline = time.monotonic() + 60
        while "the last one" not in self.in_window()[-1]:
            self.assertLess(time.monotonic(), deadline, self.in_window()[-1])
            # What comes into the window comes with a frame.
            scroller.evaluate("node => { node.scrollTop += 1500; return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))); }")
        self.assertLessEqual(self.turns.count(), LONGEST_WINDOW)
        shown = [int(number) for number in re.findall(r"question (\d+)\.", " ".join(self.in_window()))]
        self.assertEqual(shown, list(range(shown[0], COUNT)))

    def test_a_message_far_up_is_found_read_around_and_left_for_a_new_question(self):
        self.reopen("/r_7")
        found = self.page.locator(".found")
        expect(found).to_contain_text("Answer 7:")
        expect(found).to_be_in_viewport()
        # Turns before and after it come, and it stays where it is.
        expect(self.page.locator(".question", has_text="question 0.")).to_have_count(1)
        expect(self.page.locator(".question", has_text="question 9.")).to_have_count(1)
        expect(found).to_be_in_viewport()
        self.say("and now?")
        expect(self.question).to_contain_text("and now?")
        expect(self.question).to_be_in_viewport()
        self.ended()
        self.assertIn("question 2499.", self.in_window()[-3])
        self.assertLessEqual(self.turns.count(), LONGEST_WINDOW)

    def test_a_message_far_up_is_found_while_an_answer_is_written_which_comes_once(self):
        self.reopen()
        expect(self.question).to_contain_text("the last one")
        self.say("slow, please")
        expect(self.reply).to_have_attribute("data-status", "streaming")
        self.page.evaluate("() => { location.hash += '/r_7'; }")
        expect(self.page.locator(".found")).to_contain_text("Answer 7:")
        expect(self.page.locator(".found")).to_be_in_viewport()
        self.page.get_by_role("button", name="More below").click()
        expect(self.question).to_have_text(re.compile("slow, please"))
        expect(self.reply).to_contain_text("stay with Wells")
        self.page.get_by_role("button", name="Stop").click()
        self.ended("stopped")
        self.assertEqual(sum("slow, please" in text for text in self.in_window()), 1)

    def test_who_reads_at_the_end_of_a_page_in_the_middle_stays_there_when_the_next_one_comes(self):
        self.reopen("/r_1200")
        expect(self.page.locator(".found")).to_be_in_viewport()
        held = []
        self.page.route("**/chat/history", lambda route: held.append(route))
        to_end = "node => { node.scrollTop = node.scrollHeight; return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))); }"
        scroller = self.page.locator("#scroller")
        deadline = time.monotonic() + 60
        last = None
        while not held or self.in_window()[-1] != last:
            self.assertLess(time.monotonic(), deadline)
            last = self.in_window()[-1]
            scroller.evaluate(to_end)
        scroller.evaluate(to_end)
        read = self.page.locator(".turn").last.element_handle()
        before = read.bounding_box()["y"]
        for each in held:
            each.continue_()
        self.page.wait_for_function("(turn) => turn.nextElementSibling !== null", arg=read)
        scroller.evaluate("() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")
        self.assertAlmostEqual(read.bounding_box()["y"], before, delta=2)

    def test_a_message_in_the_middle_takes_one_page_and_is_read_on_in_both_directions(self):
        pages = []
        self.page.on("request", lambda request: request.url.endswith("/chat/history") and pages.append(request.post_data_json))
        self.reopen("/r_1200")
        found = self.page.locator(".found")
        expect(found).to_contain_text("Answer 1200:")
        expect(found).to_be_in_viewport()
        expect(self.page.locator(".question", has_text="question 1190.")).to_have_count(1)
        expect(found).to_be_in_viewport()
        self.assertEqual([page.get("around") for page in pages][:1], ["r_1200"])
        self.assertLessEqual(len(pages), 2)
        # Down by scrolling, up by the button: nothing is left out, nothing comes twice.
        scroller = self.page.locator("#scroller")
        deadline = time.monotonic() + 60
        while not any("question 1260." in text for text in self.in_window()):
            self.assertLess(time.monotonic(), deadline, self.in_window()[-1])
            scroller.evaluate("node => { node.scrollTop += 1500; return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))); }")

        def check_window():
            numbers = [int(number) for number in re.findall(r"question (\d+)\.", " ".join(self.in_window()))]
            self.assertEqual(numbers, list(range(numbers[0], numbers[-1] + 1)))
            return numbers

        check_window()
        while not any("question 1150." in text for text in self.in_window()):
            self.assertLess(time.monotonic(), deadline, self.in_window()[0])
            first = self.in_window()[0]
            self.page.get_by_role("button", name="Earlier messages").evaluate("node => node.click()")
            expect(self.turns.first).not_to_contain_text(first)
        check_window()
        self.say("and now?")
        expect(self.question).to_contain_text("and now?")
        self.ended()
        self.assertEqual(check_window()[-1], 2499)
