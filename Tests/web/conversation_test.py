"""A conversation in a real browser, as a user holds it: asking, reading, stopping, asking again; light and dark, wide and narrow."""

import re
import unittest

from playwright.sync_api import expect

import stub_server
from page_case import QUESTION, URL, PageCase


class Conversation(PageCase):
    def test_the_page_loads_small_from_its_own_origin_alone_and_without_a_complaint(self):
        requests = []
        context = self.browser.new_context(locale="en-GB")
        self.addCleanup(context.close)
        page = context.new_page()
        page.on("response", lambda response: requests.append((response.url, response)))
        self.listen(page)
        page.goto(self.url)
        expect(page.get_by_role("heading", name="Whom would you like to ask?")).to_be_visible()
        expect(page.locator("#message")).to_be_focused()
        expect(page.locator(".rows .none")).to_have_text("Your conversations will be listed here")
        page.wait_for_load_state("load")
        self.assertEqual([url for url, _ in requests if not url.startswith(self.url)], [])
        self.assertEqual(self.complaints, [])
        # markdown-it and highlight.js come with the first answer that needs them.
        self.assertEqual([url for url, _ in requests if "/vendor/" in url], [])
        if URL:
            # The stream of other tabs' events has no size: it does not end.
            ended = [r for url, r in requests if r.status == 200 and not url.endswith("/me/events")]
            self.assertLess(sum(r.request.sizes()["responseBodySize"] for r in ended), 120_000)
            policy = requests[0][1].headers["content-security-policy"]
            self.assertIn("default-src 'self'", policy)
            self.assertNotIn("unsafe-", policy)
        self.picture("desktop-empty")

    def test_settings_and_leaf_have_their_styles_before_the_first_answer(self):
        def background(element):
            return element.evaluate("node => getComputedStyle(node).backgroundColor")

        self.page.get_by_role("button", name="Settings").click()
        chosen = self.page.locator(".settings .segments button[aria-pressed=true]").first
        self.assertNotEqual(background(chosen), background(self.page.locator(".settings .segments button[aria-pressed=false]").first))
        self.assertNotEqual(self.page.locator(".settings .sign-in .row").evaluate("node => getComputedStyle(node).columnGap"), "normal")
        self.page.keyboard.press("Escape")
        self.page.get_by_role("button", name="Your taste").click()
        expect(self.page.locator("#leaf")).to_be_visible()
        self.assertEqual(self.page.locator("#leaf .row").first.evaluate("node => getComputedStyle(node).display"), "flex")

    def test_a_question_streams_an_answer_and_a_reload_shows_the_same(self):
        for _ in range(5):
            # Every length the answer had, as the browser painted it, and where the question stood.
            self.page.evaluate("""() => {
                window.lengths = []; window.tops = new Set();
                new MutationObserver(() => requestAnimationFrame(() => {
                    const length = document.querySelector('.answer')?.textContent.length ?? 0;
                    if (length > (window.lengths.at(-1) ?? 0)) window.lengths.push(length);
                    const top = document.querySelector('.question')?.getBoundingClientRect().top;
                    if (length > 0 && top !== undefined) window.tops.add(Math.round(top));
                })).observe(document.getElementById('log'), { subtree: true, childList: true, characterData: true });
            }""")
            self.say(QUESTION)
            expect(self.question.locator(".question-text")).to_have_text(QUESTION)
            expect(self.message).to_be_focused()
            self.ended()
            lengths = self.page.evaluate("window.lengths")
            if len(lengths) > 3:
                break
            # On a busy machine the browser may paint too seldom for that; a page that shows it in one lump does so each time.
            self.visit()
        self.assertGreater(len(lengths), 3, "the text came in one lump")
        bar = self.page.locator("#bar").bounding_box()
        self.assertEqual(self.page.evaluate("[...window.tops]"), [round(bar["y"] + bar["height"] + 18)])
        text = self.reply.locator(".answer").inner_text()
        self.picture("desktop-answer")
        self.page.reload()
        self.ended()
        expect(self.reply.locator(".answer")).to_have_text(text, use_inner_text=True)
        self.assertEqual(self.complaints, [])

    def test_choosing_somebody_else_begins_a_new_conversation_and_an_example_fills_the_field(self):
        self.say(QUESTION)
        self.ended()
        first = self.page.url
        self.assertIn("#/noah/ses_", first)
        self.page.locator(".agent-button").click()
        menu = self.page.get_by_role("menu")
        expect(menu.get_by_role("menuitemradio", name=re.compile("^Noah"))).to_have_attribute("aria-checked", "true")
        self.page.keyboard.press("3")
        expect(self.page).to_have_url(re.compile("#/visa$"))
        expect(self.page.locator(".turn")).to_have_count(0)
        expect(self.page.locator("body")).to_have_attribute("data-agent", "visa")
        self.page.get_by_role("button", name=re.compile("Use this example: I was in Spain")).click()
        expect(self.message).to_have_value("I was in Spain from 3 May to 10 June 2026. How many days have I left on 1 October 2026?")
        expect(self.page.locator(".turn")).to_have_count(0)
        self.page.go_back()
        expect(self.page.locator(".question-text")).to_have_text(QUESTION)
        expect(self.page.locator("body")).to_have_attribute("data-agent", "noah")

    def test_a_link_to_a_conversation_that_is_not_there_says_so_and_begins_a_new_one(self):
        self.visit("#/tutor/ses_of_nobody/msg_1")
        expect(self.page.get_by_role("alert")).to_contain_text("This is not there any more")
        expect(self.page.get_by_role("alert")).to_contain_text("it belongs to somebody else")
        expect(self.page).to_have_url(re.compile("#/tutor$"))
        expect(self.page.locator("#message")).to_have_attribute("placeholder", re.compile("."))
        self.say(QUESTION)
        self.ended()

    def test_a_draft_belongs_to_its_conversation_and_survives_a_reload(self):
        self.message.fill("half a thought")
        self.page.get_by_role("button", name="Tutor", exact=True).click()
        expect(self.message).to_have_value("")
        self.message.fill("for the tutor")
        self.page.reload()
        expect(self.message).to_have_value("for the tutor")
        self.page.get_by_role("button", name="Noah", exact=True).click()
        expect(self.message).to_have_value("half a thought")

    def test_an_over_long_message_is_refused_in_words_and_kept(self):
        text = "é" * 20_600
        self.say(text)
        expect(self.page.get_by_role("alert")).to_contain_text(re.compile("too long.*32,768 bytes at most; yours has 41,200"))
        expect(self.message).to_have_value(text)
        expect(self.page.locator(".turn")).to_have_count(0)

    def test_shift_enter_begins_a_new_line_and_an_empty_message_is_not_sent(self):
        self.message.press("Enter")
        self.message.press("a")
        self.message.press("Shift+Enter")
        self.message.press("b")
        expect(self.message).to_have_value("a\nb")
        expect(self.page.locator(".turn")).to_have_count(0)

    # A test for each: a guest asks for no more than 60 things a minute.
    def edit(self, question, text):
        question.hover()
        question.get_by_role("button", name="Edit and ask again").click()
        self.page.get_by_label("Your question, to change").fill(text)
        self.page.keyboard.press("Enter")

    def ask_and_edit(self):
        self.say(QUESTION)
        self.ended()
        self.edit(self.page.locator(".question"), "Something shorter")
        expect(self.page.locator(".question-text")).to_have_text(["Something shorter"])
        self.ended()

    def test_a_question_is_edited_in_its_place_and_its_versions_are_leafed_through(self):
        asked = self.page.locator(".question-text")
        versions = self.page.locator(".versions")
        self.say(QUESTION)
        self.ended()
        self.say("A further question")
        expect(self.page.locator(".reply[data-status=complete]")).to_have_count(2)
        self.edit(self.page.locator(".question").first, "Something shorter")
        # What was asked before, and what came of it, is behind the pager.
        expect(asked).to_have_text(["Something shorter"])
        self.ended()
        expect(versions).to_contain_text("2 of 2")
        versions.get_by_role("button", name="The version before").click()
        expect(asked).to_have_text([QUESTION, "A further question"])
        expect(versions.first).to_contain_text("An earlier version")
        expect(versions.get_by_role("button", name="The next version")).to_be_focused()
        self.check_accessibility()
        self.picture("edited")
        # A question of the earlier version is edited there.
        self.edit(self.page.locator(".question").last, "Another further one")
        expect(asked).to_have_text([QUESTION, "Another further one"])
        self.ended()
        self.page.reload()
        expect(asked).to_have_text([QUESTION, "Another further one"])
        versions.first.get_by_role("button", name="The next version").press("ArrowRight")
        expect(asked).to_have_text(["Something shorter"])

    def test_what_is_asked_goes_on_from_the_version_that_is_read_though_something_was_asked_elsewhere_since(self):
        asked = self.page.locator(".question-text")
        versions = self.page.locator(".versions")
        self.ask_and_edit()
        self.say("And now?")
        expect(asked).to_have_text(["Something shorter", "And now?"])
        self.ended()
        versions.first.get_by_role("button", name="The version before").click()
        expect(asked).to_have_text([QUESTION])
        # So does what is asked after that, and an edit.
        self.say("And here?")
        expect(asked).to_have_text([QUESTION, "And here?"])
        self.ended()
        self.edit(self.page.locator(".question").last, "And there?")
        expect(asked).to_have_text([QUESTION, "And there?"])
        self.ended()
        expect(versions.last).to_contain_text("2 of 2")
        self.page.reload()
        expect(asked).to_have_text([QUESTION, "And there?"])
        expect(versions.last).to_contain_text("2 of 2")
        versions.first.get_by_role("button", name="The next version").click()
        expect(asked).to_have_text(["Something shorter", "And now?"])

    def test_without_a_line_too_it_goes_on_from_what_is_read_and_after_what_waits_itself(self):
        asked = self.page.locator(".question-text")
        versions = self.page.locator(".versions")
        self.ask_and_edit()
        versions.get_by_role("button", name="The version before").click()
        expect(asked).to_have_text([QUESTION])
        self.page.context.set_offline(True)
        self.say("Waits here")
        expect(asked).to_have_text([QUESTION, "Waits here"])
        versions.first.get_by_role("button", name="The next version").click()
        self.say("Waits there")
        expect(asked).to_have_text(["Something shorter", "Waits there"])
        versions.first.get_by_role("button", name="The version before").click()
        self.say("Waits behind it")
        expect(asked).to_have_text([QUESTION, "Waits here", "Waits behind it"])
        self.page.context.set_offline(False)
        expect(self.page.locator(".reply[data-status=complete]")).to_have_count(3)
        self.page.reload()
        expect(asked).to_have_text([QUESTION, "Waits here", "Waits behind it"])
        versions.first.get_by_role("button", name="The next version").click()
        expect(asked).to_have_text(["Something shorter", "Waits there"])

    def test_a_first_question_without_a_line_is_kept_and_goes_out_when_it_is_back(self):
        # What shows turns is loaded with the first words, so it is not here either.
        self.page.context.set_offline(True)
        self.say(QUESTION)
        expect(self.page.locator(".toast")).to_contain_text("The server cannot be reached")
        expect(self.message).to_have_value(QUESTION)
        self.page.context.set_offline(False)
        expect(self.question.locator(".question-text")).to_have_text(QUESTION)
        self.ended()
        expect(self.message).to_have_value("")
        expect(self.page.locator(".toast")).to_have_count(0)

    def test_the_last_question_is_edited_from_the_empty_field(self):
        self.say(QUESTION)
        self.ended()
        self.page.keyboard.press("ArrowUp")
        editor = self.page.get_by_label("Your question, to change")
        expect(editor).to_have_value(QUESTION)
        editor.fill("Something shorter")
        editor.press("Enter")
        expect(self.page.locator(".question-text")).to_have_text(["Something shorter"])
        self.ended()
        expect(self.page.locator(".versions")).to_contain_text("2 of 2")

    def test_figures_of_a_reply_are_told_on_demand_and_its_text_is_copied_as_it_came(self):
        self.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.say(QUESTION)
        self.ended()
        details = self.reply.locator(".details")
        details.locator("summary").click()
        expect(details).to_contain_text("First word after")
        self.reply.get_by_role("button", name="Copy", exact=True).click()
        expect(self.page.locator(".toast")).to_contain_text("Copied")
        copied = self.page.evaluate("navigator.clipboard.readText()")
        self.assertIn("*The Time Machine*", copied)

    def test_the_page_speaks_german_where_the_browser_does(self):
        self.visit(locale="de-DE")
        expect(self.page.get_by_role("heading", name="Wen möchtest du fragen?")).to_be_visible()
        self.assertEqual(self.page.evaluate("document.documentElement.lang"), "de")
        missing = self.page.evaluate("""async () => {
            const keys = (name) => import(new URL(`js/texts/${name}.js`, document.baseURI)).then((texts) => Object.keys(texts.default));
            const missing = [];
            for (const part of ['', '-answer']) {
                const [en, de] = await Promise.all(['en', 'de'].map((language) => keys(language + part)));
                missing.push(...en.filter((key) => !de.includes(key)), ...de.filter((key) => !en.includes(key)));
            }
            return missing;
        }""")
        self.assertEqual(missing, [])

    def test_narrow_and_wide_nothing_scrolls_sideways(self):
        self.say(QUESTION if URL else "markdown please")
        self.ended()
        for width, height in ((1440, 900), (800, 700), (360, 740), (320, 640)):
            with self.subTest(width):
                self.page.set_viewport_size({"width": width, "height": height})
                self.assertLessEqual(self.page.evaluate("document.documentElement.scrollWidth"), width)
                self.assertLessEqual(self.page.evaluate("document.getElementById('scroller').scrollWidth - document.getElementById('scroller').clientWidth"), 0)
                self.picture(f"answer-{width}")
        self.page.evaluate("() => document.querySelector('.agent-button').click()")
        expect(self.page.get_by_role("menu")).to_be_visible()
        self.assertLessEqual(self.page.evaluate("document.documentElement.scrollWidth"), 320)

    def test_the_keys_are_listed_and_begin_a_new_conversation(self):
        self.say(QUESTION)
        self.ended()
        self.page.keyboard.press("F6")
        self.page.keyboard.press("?")
        dialog = self.page.get_by_role("dialog", name="Keyboard")
        expect(dialog).to_contain_text("search conversations")
        self.page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        self.message.focus()
        self.page.keyboard.press("Control+Shift+O")
        expect(self.page.get_by_role("menu")).to_be_visible()
        self.page.keyboard.press("2")
        expect(self.page).to_have_url(re.compile("#/tutor$"))
        expect(self.message).to_be_focused()


class Faults(PageCase):
    needs_stub = True

    def whole(self):
        return stub_server.TEXT.replace("**", "").replace("*", "")

    def shown(self):
        return "\n\n".join(self.reply.locator(".answer > p").all_inner_texts())

    def test_markdown_is_shown_with_its_elements_and_nothing_of_it_runs_or_is_lost(self):
        self.say("markdown please")
        self.ended()
        answer = self.reply.locator(".answer")
        expect(answer.locator("h1")).to_have_text("Linear equations")
        expect(answer.locator("p").first).to_contain_text("2*3*4 stays 2*3*4, and x**2 too")
        expect(answer.locator("ol > li > ul > li > code")).to_have_text("5*5 - 7 = 18")
        expect(answer.locator("td").nth(1)).to_have_css("text-align", "right")
        expect(answer.locator(".code code").first).to_have_text(re.compile(r'left, right = 5\*x - 7, 2\*x \+ 8\n    if left == right:\n        print\(x, "<b>"\)'))
        expect(answer.locator(".code .hljs-keyword").first).to_have_text("for")
        self.assertEqual(answer.locator(".code code").last.text_content(), "  as  it   came\n")
        expect(answer).to_contain_text('<img src="x" onerror="alert(1)">')
        self.assertEqual(answer.locator("img, script").count(), 0)
        self.assertEqual(answer.locator("a[href^=javascript]").count(), 0)
        expect(answer.locator("a", has_text="picture")).to_have_attribute("rel", re.compile("noopener"))
        self.assertEqual(self.complaints, [])
        self.picture("desktop-markdown")

    def test_the_users_own_words_are_shown_as_typed(self):
        text = "# no *heading* <b>\n  2*3*4\n\n\n`x`"
        self.message.fill(text)
        self.message.press("Enter")
        self.assertEqual(self.question.locator(".question-text").text_content(), text)

    def test_a_broken_line_is_taken_up_and_no_word_is_lost_or_doubled(self):
        for count, fault in enumerate(("drop", "tear", "double", "switch"), 1):
            with self.subTest(fault):
                self.say(f"please {fault} the line")
                expect(self.page.locator(".reply")).to_have_count(count)
                self.ended()
                self.assertEqual(self.shown(), self.whole())
        expect(self.reply.locator(".switch")).to_contain_text("second answers")

    def test_a_failed_answer_is_called_a_part_and_another_reply_can_be_leafed_to(self):
        self.say("please fail")
        self.ended("failed")
        expect(self.reply.locator(".notice")).to_contain_text("The answer broke off. What had come is kept. The model hung up")
        self.page.reload()
        self.ended("failed")
        expect(self.reply.locator(".notice")).to_contain_text("What had come is kept")
        self.say(QUESTION)
        self.ended()
        self.reply.get_by_role("button", name="Another reply").click()
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
        self.ended()
        expect(self.reply.locator(".answer")).to_contain_text("Again: If The Time Machine")
        self.reply.get_by_role("button", name="The reply before").click()
        expect(self.reply.locator(".pager")).to_contain_text("1 of 2")
        expect(self.reply.locator(".answer")).not_to_contain_text("Again:")
        self.page.keyboard.press("ArrowRight")
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
        self.page.reload()
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")

    def test_an_answer_can_be_stopped_by_key_and_by_button(self):
        self.say("please be slow")
        expect(self.reply.locator(".answer")).to_contain_text("Time Machine")
        self.page.keyboard.press("Escape")
        self.ended("stopped")
        expect(self.reply.locator(".notice")).to_contain_text("You stopped this reply. What had come is kept.")
        self.say("be slow again")
        expect(self.page.locator(".reply")).to_have_count(2)
        expect(self.reply.locator(".answer")).to_contain_text("Time Machine")
        self.page.get_by_role("button", name="Stop").click()
        self.ended("stopped")
        expect(self.message).to_be_focused()

    def test_a_reload_in_mid_answer_goes_on_to_the_same_end(self):
        self.say("please be slow")
        expect(self.reply.locator(".answer")).to_contain_text("Time Machine")
        self.page.reload()
        expect(self.reply).to_have_attribute("data-status", "streaming")
        self.page.keyboard.press("Escape")
        self.ended("stopped")
        text = self.reply.locator(".answer").inner_text()
        self.page.reload()
        self.ended("stopped")
        expect(self.reply.locator(".answer")).to_have_text(text, use_inner_text=True)

    def test_another_conversation_can_be_held_while_one_answers(self):
        self.say("please be slow")
        expect(self.reply.locator(".answer")).to_contain_text("Time Machine")
        first = self.page.url
        self.page.keyboard.press("Control+Shift+O")
        self.page.keyboard.press("1")
        expect(self.page.locator(".turn")).to_have_count(0)
        self.say(QUESTION)
        self.ended()
        self.assertNotEqual(self.page.url, first)
        self.page.go_back()
        expect(self.reply).to_have_attribute("data-status", "streaming")
        self.page.get_by_role("button", name="Stop").click()
        self.ended("stopped")

    def test_too_many_requests_counts_down_and_sends_under_the_same_key(self):
        self.page.clock.install()
        self.say("hurry up")
        toast = self.page.get_by_role("alert")
        expect(toast).to_contain_text("Noah has too much to do")
        expect(toast.get_by_role("button", name=re.compile(r"Try again \(\d+\)"))).to_be_visible()
        self.picture("desktop-wait")
        self.page.clock.fast_forward(31_000)
        self.ended()
        expect(self.page.locator(".question")).to_have_count(1)
        expect(toast).to_have_count(0)
        keys = {key for key, text in self.stub.state.sends if text == "hurry up"}
        self.assertEqual(len(keys), 1)

    def test_offline_what_is_sent_waits_over_a_reload_and_goes_out_in_order(self):
        self.say(QUESTION)
        self.ended()
        self.page.context.set_offline(True)
        expect(self.page.locator("#banner")).to_contain_text("You are offline.")
        expect(self.page.locator("#line")).to_contain_text("Offline")
        self.say("first while away")
        self.say("second while away")
        expect(self.question).to_contain_text("Waits for")
        self.picture("desktop-offline")
        self.page.context.set_offline(False)
        expect(self.page.locator(".reply")).to_have_count(3)
        self.ended()
        self.assertEqual([text for _, text in self.stub.state.sends if "while away" in text], ["first while away", "second while away"])

    def test_an_expired_identity_is_renewed_without_a_word(self):
        self.say(QUESTION)
        self.ended()
        self.say("expire now")
        expect(self.page.locator(".reply")).to_have_count(2)
        self.ended()
        expect(self.page.locator(".question")).to_have_count(2)
        expect(self.page.get_by_role("alert")).to_have_count(0)

    def test_who_is_somebody_new_is_told_so_and_does_not_go_on_in_the_old_conversation(self):
        self.say(QUESTION)
        self.ended()
        old = self.page.url
        self.say("vanish please")
        expect(self.page.get_by_role("alert").first).to_contain_text("You are a new guest now")
        expect(self.message).to_have_value("vanish please")
        expect(self.page.locator(".turn")).to_have_count(0)
        self.assertNotIn("ses_", self.page.url)
        self.picture("desktop-new-guest")
        self.page.get_by_role("button", name="Close").click()
        expect(self.page.get_by_role("alert")).to_have_count(0)
        self.say(QUESTION)
        self.ended()
        self.assertNotEqual(self.page.url, old)
        self.assertEqual(len(self.own_user()["sessions"]), 1)

    def test_another_tab_that_became_somebody_else_is_noticed_before_a_message_goes_out(self):
        self.say(QUESTION)
        self.ended()
        sent = len(self.stub.state.sends)
        # The browser's cookie is somebody else's now, and nothing has told this page: nothing that it asks for by itself either.
        asks = re.compile(r"/api/v1/(?!chat/stream|auth/guest)")
        self.page.route(asks, lambda route: route.abort())
        self.page.context.clear_cookies()
        self.page.request.post(self.url + "api/v1/auth/guest")
        self.say("whose is this")
        expect(self.page.get_by_role("alert").filter(has_text="You are a new guest now")).to_be_visible()
        expect(self.message).to_have_value("whose is this")
        self.assertEqual(len(self.stub.state.sends), sent)
        self.assertEqual(self.own_user()["sessions"], {})

    def test_a_long_history_comes_in_pages_and_keeps_the_place(self):
        self.say(QUESTION)
        self.ended()
        session = next(iter(self.own_user()["sessions"].values()))
        session["messages"][:0] = [{"message_id": f"msg_{n}", "role": "user", "content": f"older {n}"} for n in range(60)]
        self.page.reload()
        expect(self.page.locator(".question")).to_have_count(49)
        seen = self.page.locator(".question", has_text="older 20")
        seen.scroll_into_view_if_needed()
        before = seen.bounding_box()["y"]
        self.page.get_by_role("button", name="Earlier messages").evaluate("node => node.click()")
        expect(self.page.locator(".question")).to_have_count(61)
        self.assertAlmostEqual(seen.bounding_box()["y"], before, delta=70)
        expect(self.page.get_by_role("button", name="Earlier messages")).to_have_count(0)
        link = self.page.url + "/msg_3"
        self.page.goto("about:blank")
        self.page.goto(link)
        expect(self.page.locator(".question.found")).to_have_text(re.compile("older 3"))
        expect(self.page.locator(".question.found")).to_be_in_viewport()

    def test_the_view_stays_while_one_reads_and_follows_only_a_reader_at_the_end(self):
        self.say("please be slow")
        scroller = self.page.locator("#scroller")
        more = self.page.get_by_role("button", name="More below")
        expect(more).to_be_visible()
        top = scroller.evaluate("node => node.scrollTop")
        length = len(self.reply.locator(".answer").inner_text())
        self.page.wait_for_function(f"() => document.querySelector('.reply .answer').textContent.length > {length + 200}")
        self.assertEqual(scroller.evaluate("node => node.scrollTop"), top)
        more.click()
        self.page.wait_for_function(f"() => document.getElementById('scroller').scrollTop > {top} + 100")
        expect(self.page.locator(".pinned.seen span")).to_be_visible()
        self.page.mouse.move(700, 400)
        expect(more).to_be_hidden()
        self.page.mouse.wheel(0, -200)
        expect(more).to_be_visible()
        # A turn of the wheel scrolls over several frames.
        place = scroller.evaluate("""async (node) => {
            for (let place = -1, same = 0; same < 10; same = node.scrollTop === place ? same + 1 : 0) {
                place = node.scrollTop;
                await new Promise((resolve) => requestAnimationFrame(resolve));
            }
            return node.scrollTop;
        }""")
        length = len(self.reply.locator(".answer").inner_text())
        self.page.wait_for_function(f"() => document.querySelector('.reply .answer').textContent.length > {length + 200}")
        self.assertEqual(scroller.evaluate("node => node.scrollTop"), place)
        self.page.keyboard.press("Escape")
        self.ended("stopped")

    def test_the_tools_that_an_agent_calls_stand_over_its_answer_and_stay_in_the_history(self):
        self.say("with tools, please be slow")
        steps = self.reply.locator(".steps li")
        expect(steps).to_have_count(3)
        expect(steps.nth(0)).to_have_text("Looked for dark science fiction: 31 of 925 books fit, gave 5")
        expect(steps.nth(1)).to_have_text("Failed: There is no book of that name")
        expect(steps.nth(2)).to_have_text("Doing something <b>new</b>")
        expect(steps.nth(2).locator(".ring")).to_have_count(1)
        self.page.keyboard.press("Escape")
        self.ended("stopped")
        # One that was under way when the answer ended has not ended itself.
        expect(steps.nth(2)).to_have_text("Doing something <b>new</b>, not finished")
        self.page.reload()
        expect(steps).to_have_count(3)
        expect(steps.nth(0)).to_have_attribute("class", "finished")
        expect(steps.nth(2).locator(".ring")).to_have_count(0)

    def test_two_hundred_words_a_second_change_the_end_of_an_answer_alone(self):
        # What it costs is counted: nothing that a word changes lies above the last two blocks, but for colours, which come in idle time.
        self.page.evaluate("""() => {
            window.changes = { above: [], all: 0 };
            const above = new Set();
            new MutationObserver((records) => {
                for (const { target } of records) {
                    const node = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement;
                    const block = node?.closest('.answer > *');
                    window.changes.all += 1;
                    if (above.has(block) && !block.matches('.code')) window.changes.above.push(block.outerHTML.slice(0, 80));
                }
                for (const block of document.querySelectorAll('.answer > *')) if (block.nextElementSibling?.nextElementSibling) above.add(block);
            }).observe(document.getElementById('log'), { subtree: true, childList: true, characterData: true });
        }""")
        self.say("markdown, quick")
        self.ended()
        expect(self.reply.locator(".code")).not_to_have_count(0)
        changes, words = self.page.evaluate("[window.changes, document.querySelector('.answer').textContent.split(/\\s+/).length]")
        self.assertEqual(changes["above"], [])
        self.assertGreater(changes["all"], 20)
        self.assertLess(changes["all"], 30 * words)

    def test_the_page_works_under_a_sub_path(self):
        self.visit("books/noah/")
        self.say(QUESTION)
        self.ended()
        self.assertEqual(self.complaints, [])

    def own_user(self):
        token = next(c["value"] for c in self.page.context.cookies() if c["name"] == "chat_guest")
        return self.stub.state.users[token]


if __name__ == "__main__":
    unittest.main()
