"""Who answers, and what it means that nobody does: on the real program with two providers, of which the first one fails as a test says."""

import json
import re
import unittest

from playwright.sync_api import expect

from program_case import ProgramCase
from provider import Provider, answers, configuration, refuses

WORDS = tuple(f"w{n} " for n in range(1, 60)) + ("the end.",)


class TwoProviders(ProgramCase):
    # No failure lets a provider rest: each test begins with both.
    retry: dict = {"bench_after": 1_000}

    @classmethod
    def start_server(cls):
        cls.first, cls.second = Provider(answers(WORDS)), Provider(answers(WORDS))
        for each in (cls.first, cls.second):
            cls.addClassCleanup(each.close)
        cls.configuration = configuration(cls.first, cls.second, retry=cls.retry, limits={"requests_per_minute": 0})
        return super().start_server()

    def setUp(self):
        super().setUp()
        for each in (self.first, self.second):
            each.then(answers(WORDS))

    def start(self, key):
        self.page.evaluate("(key) => { location.hash = `#/${key}`; }", key)
        expect(self.page.locator("body")).to_have_attribute("data-agent", key.partition(".")[0])


class Providers(TwoProviders):
    def refuse(self, path, status, code):
        """A web server's own refusal has no code."""
        body = json.dumps({"status": status, "code": code, "detail": "so"}) if code else "<html>502 Bad Gateway</html>"
        headers = {"Content-Type": "application/problem+json" if code else "text/html", "Retry-After": "20"}
        self.page.route(path, lambda route: route.fulfill(status=status, body=body, headers=headers))

    def test_a_provider_that_breaks_off_is_said_and_the_answer_is_whole_and_once(self):
        for key in ("general", "tutor", "noah", "model"):
            with self.subTest(key):
                self.start(key)
                self.first.then(answers(WORDS).dying("reset", 20))
                self.say("Tell me all")
                self.ended()
                # A plain model is told by its name, an agent's by its provider's.
                names = ("model-a", "model-b") if key == "model" else ("a", "b")
                expect(self.reply.locator(".switch")).to_have_text("{} broke off. {} went on from there.".format(*names))
                self.assertEqual(self.reply.locator(".answer p").first.inner_text().split(), "".join(WORDS).split())
                expect(self.reply.locator(".foot")).to_contain_text("model-b")

    def test_one_provider_is_chosen_for_an_agent_and_answers_alone(self):
        self.start("general")
        choice = self.page.locator(".provider-button")
        expect(choice).to_have_text("Any provider")
        choice.click()
        self.check_accessibility()
        self.picture("provider-choice")
        self.page.get_by_role("menuitemradio", name="b model-b").click()
        expect(choice).to_have_text("b")
        self.say("Who are you?")
        self.ended()
        expect(self.reply.locator(".foot")).to_contain_text("model-b")
        # Another reply comes from who is chosen by then.
        choice.click()
        self.page.get_by_role("menuitemradio", name="a model-a").click()
        self.reply.get_by_role("button", name="Another reply").click()
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
        self.ended()
        expect(self.reply.locator(".foot")).to_contain_text("model-a")
        choice.click()
        self.page.get_by_role("menuitemradio", name="b model-b").click()
        # It holds for the visa expert too, over a reload, and until it is taken back.
        self.page.reload()
        self.start("visa")
        expect(choice).to_have_text("b")
        self.second.then(refuses(500, "down"))
        self.say("And now?")
        self.ended("failed")
        expect(self.reply).to_contain_text("No provider could answer")
        choice.click()
        self.page.get_by_role("menuitemradio", name="Any provider").click()
        self.reply.get_by_role("button", name="Try again").click()
        self.ended()
        expect(self.reply.locator(".foot")).to_contain_text("model-a")
        self.start("noah")
        expect(choice).to_have_count(0)

    def test_where_all_fail_it_is_said_without_a_switch_and_another_try_helps(self):
        self.start("general")
        for each in (self.first, self.second):
            each.then(refuses(500, "down"))
        self.say("Anybody?")
        self.ended("failed")
        expect(self.reply.locator(".notice")).to_contain_text("No provider could answer")
        expect(self.reply.locator(".switch")).to_have_count(0)
        for each in (self.first, self.second):
            each.then(answers(WORDS))
        self.reply.get_by_role("button", name="Try again").click()
        self.ended()

    def test_what_a_refusal_means_is_said_in_words_and_no_word_is_lost(self):
        stream = re.compile(r".*/api/v1/chat/stream\?.*")
        for status, code, words in ((403, "forbidden", "This conversation belongs to somebody else."), (404, "not_found", "This is not there any more"),
                                    (413, "body_too_large", "The message is too long"), (507, "storage_quota_reached", "Delete conversations that you no longer need")):
            with self.subTest(status):
                self.visit()
                self.refuse(stream, status, code)
                self.say("Will this go?")
                expect(self.page.locator(".refused")).to_contain_text(words)
                self.page.locator(".refused").get_by_role("button", name="Edit").click()
                expect(self.message).to_have_value("Will this go?")
        for status, code, words in ((500, "internal_error", "No provider could answer"), (502, None, "No provider could answer"), (503, "shutting_down", "The server is full or restarting"),
                                    (429, "rate_limited", "Noah has too much to do")):
            with self.subTest(status):
                self.visit()
                self.page.clock.install()
                self.refuse(stream, status, code)
                self.say("Will this go?")
                expect(self.page.locator("#foot .toast" if status == 429 else ".refused")).to_contain_text(words)
                expect(self.page.locator(".question-aside")).to_contain_text("Sent again in")
                # The server is back: it goes out by itself.
                self.page.unroute(stream)
                self.page.clock.fast_forward(21_000)
                self.ended()
                expect(self.page.locator(".refused .notice")).to_have_count(0)


class Resting(TwoProviders):
    # One failure lets a provider rest.
    retry = {"bench_after": 1, "bench_ms": 600_000}

    def test_a_provider_that_rests_is_named_and_that_another_one_answers_in_its_place_is_said(self):
        self.start("general")
        self.say("Who are you?")
        self.ended()
        expect(self.reply.locator(".foot")).to_contain_text("model-a")
        conversation = self.page.evaluate("location.hash")
        self.start("tutor")
        self.first.then(refuses(500, "down"))
        self.say("Tell me all")
        self.ended()
        resting = self.page.locator(".resting-button")
        expect(resting).to_have_text("Resting: a")
        self.page.evaluate("(hash) => { location.hash = hash; }", conversation)
        expect(self.page.locator(".question")).to_have_count(1)
        self.say("And now?")
        expect(self.page.locator(".reply[data-status=complete]")).to_have_count(2)
        expect(self.reply.locator(".switch")).to_have_text("a is resting after failures. b answered.")
        self.check_accessibility()
        self.picture("resting")
        resting.click()
        expect(self.page.get_by_role("dialog")).to_contain_text("resting after failures")


if __name__ == "__main__":
    unittest.main()
