"""The list of conversations, each agent's own side, the settings and the SSE demo, in a real browser."""

import re
import time
import unittest

from playwright.sync_api import expect

from page_case import QUESTION, URL, PageCase
from stub_sides import now


class Sides(PageCase):

    def go(self, agent):
        self.page.evaluate("agent => { location.hash = '#/' + agent; }", agent)
        expect(self.page.locator("body")).to_have_attribute("data-agent", agent.split(".")[0])

    def leaf(self, name):
        self.page.locator(f"[data-leaf={name}]").click()
        leaf = self.page.locator("#leaf")
        expect(leaf).to_be_visible()
        return leaf

    def row(self, title):
        return self.page.locator(".rows .row", has_text=title)


class OwnSide(Sides):
    """What holds on the stub and on the program."""

    def test_a_section_of_the_settings_is_gone_to_on_a_phone_too(self):
        for width in (360, 1440):
            self.page.set_viewport_size({"width": width, "height": 740})
            self.page.evaluate("document.querySelector('.list-foot button:last-child').click()")
            dialog = self.page.get_by_role("dialog", name="Settings")
            for name in ("Keyboard", "Usage", "Debug", "You and your data"):
                tab = dialog.get_by_role("button", name=name)
                tab.click()
                expect(tab).to_have_attribute("aria-current", "true")
                expect(dialog.get_by_role("heading", name="You are a guest" if name.startswith("You") else name)).to_be_in_viewport()
            self.page.keyboard.press("Escape")

    def test_a_conversation_is_found_renamed_pinned_and_deleted_with_a_way_back(self):
        self.page.clock.install()
        self.say("The first about lighthouses")
        self.ended()
        self.page.keyboard.press("Control+Shift+O")
        self.page.keyboard.press("1")
        self.say("The second about glaciers")
        self.ended()
        expect(self.page.locator(".rows h2")).to_have_text("Today")
        expect(self.page.locator(".rows .row")).to_have_count(2)
        expect(self.row("glaciers")).to_have_class(re.compile("current"))
        # Searched: by the key, with highlights, and opened by Enter.
        self.page.keyboard.press("Control+k")
        search = self.page.get_by_role("searchbox")
        expect(search).to_be_focused()
        search.fill("lightho")
        self.page.clock.run_for(400)
        expect(self.page.locator(".rows .row")).to_have_count(1)
        expect(self.page.locator(".rows mark").first).to_have_text("lightho")
        search.press("Enter")
        expect(self.question.locator(".question-text")).to_have_text("The first about lighthouses")
        search.fill("zzzz")
        self.page.clock.run_for(400)
        expect(self.page.locator(".rows .none")).to_contain_text("Nothing with “zzzz”. Fewer letters find more.")
        search.press("Escape")
        expect(self.page.locator(".rows .row")).to_have_count(2)
        # Renamed in place: Esc leaves it, Enter keeps it, and the focus goes back to the row.
        self.row("lighthouses").locator("a").focus()
        self.page.keyboard.press("F2")
        self.page.keyboard.type("Never")
        self.page.keyboard.press("Escape")
        expect(self.row("lighthouses").locator("a")).to_be_focused()
        self.page.keyboard.press("F2")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type("Towers <b>by</b> the sea")
        self.page.keyboard.press("Enter")
        expect(self.row("Towers <b>by</b> the sea").locator("a")).to_be_focused()
        expect(self.page.locator(".rows b")).to_have_count(0)
        # Deleted: gone at once, back by Undo, and really gone after eight seconds.
        self.page.keyboard.press("Delete")
        expect(self.page.locator(".rows .row")).to_have_count(1)
        self.page.get_by_role("button", name="Undo").click()
        expect(self.page.locator(".rows .row")).to_have_count(2)
        self.page.mouse.move(700, 300)  # a notice stays while the pointer is on it
        self.row("Towers").locator("a").focus()
        with self.page.expect_response(lambda response: response.request.method == "DELETE" and "/chat/sessions/" in response.url):
            self.page.keyboard.press("Delete")
            expect(self.row("glaciers").locator("a")).to_be_focused()
            self.page.clock.run_for(9000)
        self.page.reload()
        expect(self.page.locator(".rows .row")).to_have_count(1)
        # The menu, by the mouse: a link and an export.
        self.row("glaciers").hover()
        self.row("glaciers").get_by_role("button").click()
        with self.page.expect_download() as download:
            self.page.get_by_role("menuitem", name="Export").click()
        text = download.value.path().read_text()
        self.assertIn("The second about glaciers", text)
        self.assertRegex(download.value.suggested_filename, r"^The-second-about-glaciers\.md$")

    def test_a_prompt_is_judged_while_it_is_written_and_suggestions_are_applied_and_taken_back(self):
        self.go("model.fast")
        text = "Give me some words"
        self.message.fill(text)
        expect(self.page.locator(".remarks")).to_contain_text(re.compile(r"^\d+, \d remark"))
        leaf = self.leaf("prompt")
        expect(leaf.locator(".score b")).to_have_text(re.compile(r"^\d+$"))
        expect(self.page.locator(".marks mark").first).to_contain_text("some")
        expect(leaf.locator(".suggestions > li").nth(1)).to_be_attached()
        count = leaf.locator(".suggestions > li").count()
        leaf.get_by_role("button", name=re.compile("^Apply all")).click()
        expect(self.message).to_have_value(re.compile(r"\[FILL IN: "))
        self.page.get_by_role("button", name="Undo").click()
        expect(self.message).to_have_value(text)
        expect(leaf.locator(".suggestions > li")).to_have_count(count)
        # Without TLS there is no clipboard to be asked: a selection is copied.
        self.page.evaluate("() => { Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.addEventListener('copy', () => { window.copied = getSelection().toString() || document.activeElement.value; }); }")
        leaf.get_by_role("button", name=re.compile("^Copy:")).first.click()
        expect(self.page.locator(".toast", has_text="Copied")).to_be_visible()
        self.assertIn(self.page.evaluate("window.copied"), leaf.locator(".suggestions ins").first.inner_text())
        leaf.locator(".suggestions").get_by_role("button", name=re.compile("^Dismiss")).last.click()
        expect(leaf.locator(".suggestions > li")).to_have_count(count - 1)
        # A remark that no suggestion answers is counted with them, and put aside as they are: for as long as it is the same prompt.
        remarks = leaf.locator(".insights > li")
        said = remarks.count()
        self.assertGreater(said, 0)
        expect(self.page.locator(".remarks")).to_contain_text(f", {count - 1 + said} remark")
        remarks.first.get_by_role("button", name=re.compile("^Dismiss: ")).press("Enter")
        expect(remarks).to_have_count(said - 1)
        expect(self.page.locator(".remarks")).to_contain_text(re.compile(f", {count - 2 + said} remark"))
        self.message.press_sequentially("!")
        expect(self.page.locator(".marks mark").first).to_contain_text("some")
        expect(remarks).to_have_count(said - 1)
        self.message.fill(text)
        expect(self.page.locator(".marks mark").first).to_contain_text("some")
        leaf.get_by_role("button", name=re.compile("^Apply:")).first.click()
        expect(self.message).not_to_have_value(text)
        self.picture("prompt")
        self.check_accessibility()
        self.assertEqual(self.complaints, [])

    def test_the_settings_hold_theme_language_usage_providers_and_ones_own_data(self):
        self.say(QUESTION)
        self.ended()
        self.page.get_by_role("button", name="Settings").click()
        dialog = self.page.get_by_role("dialog", name="Settings")
        expect(dialog.get_by_role("heading", name="You are a guest")).to_be_visible()
        expect(dialog.locator(".usage .figure")).to_have_text(re.compile(r"^[\d,]+$"))
        expect(dialog.locator(".providers li").first).to_contain_text("asked first")
        self.picture("settings")
        dialog.get_by_role("button", name="Dark", exact=True).click()
        expect(self.page.locator("html")).to_have_attribute("data-theme", "dark")
        dialog.get_by_role("button", name="As the system").click()
        with self.page.expect_download() as download:
            dialog.get_by_role("button", name="Download").click()
        self.assertIn('"type":"user"', download.value.path().read_text().replace(" ", ""))
        dialog.get_by_label("Token or JWT").fill("not a token")
        dialog.get_by_role("button", name="Sign in").click()
        expect(dialog.locator(".error")).to_contain_text("The server does not know this token")
        dialog.get_by_role("button", name="Erase me").click()
        expect(dialog.get_by_role("alert").last).to_contain_text("removed for good")
        dialog.get_by_role("button", name="Keep everything").click()
        dialog.get_by_role("button", name="Deutsch").click()
        expect(self.page.locator("#list .new")).to_have_text("Neues Gespräch")
        self.page.get_by_role("button", name="Einstellungen").click()
        dialog = self.page.get_by_role("dialog", name="Einstellungen")
        dialog.get_by_role("button", name="English").click()
        expect(self.page.locator("#list .new")).to_have_text("New conversation")
        self.page.get_by_role("button", name="Settings").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Erase me").click()
        self.page.get_by_role("dialog").get_by_role("button", name="Erase me").click()
        expect(self.page.locator(".rows .row")).to_have_count(0)

    def test_the_demo_shows_events_beside_the_reply_and_takes_up_a_line_that_was_cut(self):
        self.page.goto(self.url + "chat/sse-demo/index.html")
        if not URL:
            self.page.get_by_role("textbox").fill("please be slow")
        self.page.get_by_role("button", name="Send", exact=True).click()
        expect(self.page.locator(".events button").nth(4)).to_be_attached()
        if not URL:
            self.page.get_by_role("button", name="Cut the line").click()
            expect(self.page.locator(".events .cut")).to_contain_text("The line is cut. Last-Event-ID")
            expect(self.page.locator(".events .back")).to_contain_text("nothing lost, nothing twice")
            self.page.get_by_role("button", name="Stop").click()
        expect(self.page.locator(".demo .state")).to_contain_text("Ended")
        ids = [int(each) for each in self.page.locator(".events .id").all_inner_texts() if each.isdigit()]
        # The program's text that waited has the number of its last piece.
        self.assertEqual(ids, sorted(set(ids)) if URL else list(range(1, len(ids) + 1)))
        self.page.locator(".events button").nth(4).click()
        expect(self.page.locator(".events pre")).to_contain_text('"type": "content_chunk"')
        self.assertEqual(self.page.evaluate("CSS.highlights.has('chosen-event')"), True)
        self.page.get_by_role("button", name="Readable").click()
        expect(self.page.locator(".events .readable b").nth(2)).to_have_text("content_chunk")
        self.page.get_by_role("button", name="Text", exact=True).click()
        expect(self.page.locator(".as-text")).to_contain_text("The Time Machine")
        self.picture("demo")
        self.assertEqual(self.complaints, [])


class OnTheStub(Sides):
    """With data that the stub has."""

    needs_stub = True

    def own_user(self):
        return next(user for user in reversed(self.stub.state.users.values()) if user is not None)

    def asked(self, method, path):
        return [body for each, where, body in self.stub.state.requests if each == method and where == path]

    def test_a_thousand_conversations_are_listed_page_by_page_and_other_tabs_hear_of_changes(self):
        self.say(QUESTION)
        self.ended()
        user = self.own_user()
        for number in range(1000):
            user["sessions"][f"s{number}"] = {"session_id": f"s{number}", "title": f"Number {number}", "messages": [], "agent": "tutor", "pinned": number == 999,
                                              "created_at": "2020-01-01T00:00:00Z", "updated_at": f"2020-01-{1 + number // 100:02}T00:{number % 60:02}:00Z"}
        self.page.reload()
        rows = self.page.locator(".rows .row")
        expect(rows.nth(99)).to_be_attached()
        self.assertLess(rows.count(), 200)
        expect(self.page.locator(".rows h2")).to_have_text(["Pinned", "Today", "Earlier"])
        expect(self.page.locator(".rows .row").first).to_contain_text("Number 999")
        expect(rows.first).to_have_attribute("data-agent", "tutor")
        # Who holds the End key is at the end again before the browser has told that rows have come.
        self.page.locator(".rows").evaluate("""node => {
            const toEnd = () => { node.scrollTop = node.scrollHeight; };
            new MutationObserver((_, observer) => { if (node.querySelectorAll('.row').length > 500) observer.disconnect(); toEnd(); }).observe(node, { childList: true, subtree: true });
            toEnd();
        }""")
        expect(rows.nth(500)).to_be_attached()
        other = self.page.context.new_page()
        other.goto(self.url)
        expect(other.locator(".rows .row").nth(50)).to_be_attached()
        self.page.bring_to_front()
        self.page.locator(".rows").evaluate("node => { node.scrollTop = 0; }")
        self.row(QUESTION).locator("a").focus()
        self.page.keyboard.press("F2")
        self.page.keyboard.type("Told to the other tab")
        self.page.keyboard.press("Enter")
        expect(other.locator(".rows .row", has_text="Told to the other tab")).to_have_count(1)
        expect(self.row("Told to the other tab")).to_have_count(1)
        # A question asked in one tab shows in the other.
        other.locator(".rows .row", has_text="Told to the other tab").locator("a").click()
        expect(other.locator(".question-text")).to_have_text([QUESTION])

    def test_book_cards_say_why_and_can_be_put_aside_and_taken_back(self):
        self.say(QUESTION)
        self.ended()
        books = self.reply.locator(".book")
        expect(books).to_have_count(4)
        expect(books.first.locator(".reasons li")).to_have_count(2)
        expect(books.first.get_by_role("link")).to_have_attribute("href", "https://www.gutenberg.org/ebooks/36")
        expect(books.nth(2).locator("h2")).to_have_text("<b>Looking Backward</b>")
        self.page.get_by_role("button", name="One more book").click()
        expect(books).to_have_count(5)
        # A mark is shown before the server has it.
        with self.page.expect_response("**/chat/books/*"):
            books.nth(1).get_by_role("button", name="Not for me: The Mysterious Island").click()
            expect(books.nth(1).get_by_role("button", name="Undo")).to_be_focused()
        self.assertEqual(self.own_user()["marks"], {"gutenberg:1268": "dismissed"})
        with self.page.expect_response("**/chat/books/*"):
            books.nth(1).get_by_role("button", name="Undo").click()
        with self.page.expect_response("**/chat/books/*"):
            books.nth(0).get_by_role("button", name="Already read: The War of the Worlds").click()
            expect(books.nth(0).get_by_role("status")).to_have_text("Already read")
        self.page.reload()
        expect(self.reply.locator(".book.marked")).to_have_count(1)
        self.picture("books")
        self.check_accessibility()
        self.reply.get_by_role("button", name="More like News from Nowhere").click()
        expect(self.question.locator(".question-text")).to_have_text("More like News from Nowhere")

    def test_taste_stated_and_guessed_apart_is_moved_confirmed_forgotten_and_learned_no_more(self):
        leaf = self.leaf("taste")
        expect(leaf.locator(".guessed")).to_contain_text("from I loved The Time Machine")
        expect(leaf.locator(".guessed")).to_contain_text("gladly, fairly sure, from 1 message")
        leaf.get_by_role("button", name="Tell Noah something").click()
        leaf.get_by_label("What", exact=True).fill("war novels")
        leaf.get_by_role("button", name="Remember").click()
        scale = leaf.get_by_role("slider", name="How gladly: war novels")
        scale.fill("-0.7")
        expect(leaf.locator(".stated")).to_contain_text("hardly ever, counts before any guess")
        # The page shows it before the server has it.
        deadline = time.monotonic() + 20
        while self.own_user()["preferences"] != {("topic", "war novels"): -0.7}:
            self.assertLess(time.monotonic(), deadline, self.own_user()["preferences"])
            self.page.wait_for_timeout(20)
        leaf.get_by_role("button", name="That is right: H. G. Wells").click()
        expect(leaf.locator(".stated")).to_have_count(2)
        leaf.get_by_role("switch", name="Learn from what I say").click()
        expect(leaf.get_by_role("switch")).to_have_attribute("aria-checked", "false")
        self.check_accessibility()
        leaf.get_by_role("button", name="Forget: war novels").click()
        expect(leaf.locator(".stated")).to_have_count(1)
        leaf.get_by_role("button", name="Forget all").click()
        expect(leaf.get_by_role("button", name="Keep them")).to_be_focused()
        expect(leaf.get_by_role("alert")).to_contain_text("at once and for good")
        leaf.get_by_role("button", name="Forget all").click()
        expect(leaf).to_contain_text("Nothing yet. Talk with Noah, or tell it here.")

    def test_the_desk_fills_in_and_its_figures_are_pictures_and_tables(self):
        self.go("desk.analyst")
        leaf = self.leaf("context")
        leaf.get_by_role("button", name="Add").click()
        self.page.keyboard.type("$demo4, demo3")
        self.page.keyboard.press("Enter")
        leaf.get_by_role("button", name="1Y").click()
        leaf.get_by_role("button", name="Low, 10 %").click()
        self.say("Full analysis")
        flow = self.page.locator(".workflow")
        expect(flow.locator(".count")).to_have_text("2 of 5 done")
        expect(flow.locator("li.failed")).to_contain_text("took too long")
        expect(flow.locator("li.working")).to_have_count(1)
        expect(self.page.locator(".skeleton")).to_have_count(1)
        self.picture("desk-half")
        self.stub.state.goes_on.set()
        self.ended()
        self.assertEqual(self.asked("POST", "api/chat/stream")[-1]["context"], {"symbols": ["DEMO4", "DEMO3"], "timeframe": "1Y", "riskTolerance": "low"})
        expect(flow.locator(".count")).to_have_text("5 of 5 done")
        card = self.page.locator(".figures", has_text="What became of 100")
        expect(card.get_by_role("img")).to_have_attribute("aria-label", "What became of 100: Lantern 67.0, Meridian 89.0")
        card.get_by_role("button", name="Show as table").click()
        expect(card.locator("td").first).to_have_text("−33.7 %")
        expect(leaf).to_contain_text("Lantern Software DEMO4")
        self.check_accessibility()
        self.page.reload()
        expect(self.page.locator(".workflow .count")).to_have_text("5 of 5 done")
        expect(self.page.locator(".figures")).to_have_count(4)
        self.page.set_viewport_size({"width": 360, "height": 740})
        expect(self.page.locator(".workflow.narrow")).to_be_visible()
        self.assertLessEqual(self.page.evaluate("document.documentElement.scrollWidth"), 360)
        self.picture("desk-phone")

    def test_days_are_a_strip_and_sources_open_at_the_place(self):
        self.go("visa")
        self.say("I was in Spain from 3 May to 10 June 2026")
        self.ended()
        card = self.reply.locator(".days")
        expect(card.locator(".left")).to_have_text("22 days left on 1 October 2026")
        expect(card.locator(".strip b")).to_have_text(["39 days", "29 days"])
        expect(card.locator(".strip")).to_have_attribute("aria-label", "3 May – 10 June: 39 days; 2 August – 30 August: 29 days")
        expect(card.locator("dd")).to_have_text(["22 days, to 22 October", "30 October", "none"])
        self.reply.get_by_role("button", name="Overstays").click()
        leaf = self.page.locator("#leaf")
        expect(leaf.locator(".open blockquote")).to_have_text("<b>A fine</b> or a ban.")
        self.reply.locator(".answer .cite").click()
        expect(leaf.locator(".open")).to_contain_text("For every day of your stay")
        self.check_accessibility()
        leaf.get_by_role("button", name="Open at this place").click()
        place = self.page.get_by_role("dialog").locator(".place")
        expect(place).to_contain_text("The rule")
        self.picture("source")
        self.page.keyboard.press("Escape")
        self.assertEqual(self.complaints, [])

    def test_the_tutors_path_goes_on_and_who_signs_in_takes_the_guests_conversations_along(self):
        self.go("tutor")
        self.say("Help me with equations")
        self.ended()
        leaf = self.leaf("focus")
        expect(leaf.locator(".path .here")).to_contain_text("What an equation promises")
        leaf.get_by_role("button", name="Next step").click()
        expect(leaf.locator(".path .done")).to_have_count(1)
        expect(leaf.locator(".path .here")).to_contain_text("One unknown, one side")
        expect(leaf).to_contain_text("1 of 4 done")
        self.check_accessibility()
        self.page.get_by_role("button", name="Settings").click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_label("Token or JWT").fill("ana")
        expect(dialog.get_by_role("checkbox")).to_be_checked()
        dialog.get_by_role("button", name="Sign in").click()
        expect(self.page.locator(".list-foot")).to_contain_text("Signed in")
        self.assertTrue(self.stub.state.taken)


if __name__ == "__main__":
    unittest.main()
