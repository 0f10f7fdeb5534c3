"""The tour: what each agent's page offers, once, as a user goes through it; on the program behind nginx, with the embedded answers and with a
language model. The browser has nothing to complain of meanwhile, nothing is missing, and nobody else is asked for anything.
"""

import re
import threading
import time
import unittest

from playwright.sync_api import expect

from program_case import ProgramCase
from provider import Provider, answers, configuration

MODEL_WORDS = tuple("From *the* model: first **this**, then\n\n- that,\n- and `code`.\n\nThat is all.".replace(" ", " \0").split("\0"))
# Key of the agent, and what it is asked.
QUESTIONS = {
    "noah": "I loved The Time Machine. What next?",
    "tutor": "Help me prepare for my exam on photosynthesis",
    "visa": "I was in Spain from 3 May to 10 June 2026. How many days have I left on 1 October 2026?",
    "general": "What is stored about me?",
    "desk.general": "What do you know of DEMO1?",
    "desk.analyst": "Full analysis of DEMO4 and DEMO3",
    "desk.trader": "Is DEMO2 in an upward trend?",
    "desk.advisor": "How should I split my savings between DEMO1 and DEMO2?",
    "desk.riskManager": "How risky are DEMO3 and DEMO4?",
    "desk.economist": "What does inflation mean for DEMO1?",
    "model": "Write a short letter to my neighbour about the hedge",
}


class Tour(ProgramCase):
    def tearDown(self):
        self.assertEqual((self.complaints, self.elsewhere, self.refused), ([], [], []))

    def start(self, key):
        """Whom one asks, chosen as at the first visit: by its card, the desk's and the models' by a chip."""
        agent, _, assistant = key.partition(".")
        self.page.get_by_role("button", name="New conversation").first.click()
        card = self.page.locator(f".cards [data-agent={agent}]")
        if assistant:
            name = {"riskManager": "Risk manager"}.get(assistant, assistant.capitalize())
            card.locator(".chip", has_text=re.compile(f"^{name}$", re.IGNORECASE)).click()
        elif card.count():
            card.locator(".name").click()
        else:  # the plain models' view stays, and has the menu
            self.page.locator(".agent-button").click()
            self.page.locator(f".agent-row[data-agent={agent}]").click()
        expect(self.page.locator("body")).to_have_attribute("data-agent", agent)

    def ask(self, key, keeps=False):
        self.start(key)
        if keeps and key == "model":
            self.page.get_by_label("Keep this conversation").check()
        self.say(QUESTIONS[key])
        expect(self.question.locator(".question-text")).to_have_text(QUESTIONS[key])

    def leaf(self, name):
        self.page.locator(f"[data-leaf={name}]").click()
        leaf = self.page.locator("#leaf")
        expect(leaf).to_be_visible()
        return leaf

    def row(self, title):
        return self.page.locator(".rows .row", has_text=title)

    def choose(self, title, item):
        self.row(title).hover()
        self.row(title).get_by_role("button").click()
        self.page.get_by_role("menuitem", name=item).click()

    def keep_in_order(self, key):
        """Rename, pin, search, export, link, delete and back: the same for every agent."""
        agent, title = key.partition(".")[0], f"Kept of {key}"
        # After a reload the text is there before the parser of its Markdown.
        expect(self.reply.locator(".answer")).not_to_contain_text("*")
        answer = self.reply.locator(".answer").inner_text()
        row = self.page.locator(".rows .row.current")
        expect(row).to_have_attribute("data-agent", agent)
        row.hover()
        row.get_by_role("button").click()
        self.page.get_by_role("menuitem", name="Rename").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(title)
        self.page.keyboard.press("Enter")
        expect(self.page.locator("#who")).to_contain_text(title)
        self.choose(title, "Pin")
        expect(self.page.locator(".rows h2").first).to_have_text("Pinned")
        self.choose(title, "Copy link")
        address = f"{self.url}#/{key if key != 'model' else 'model.'}"
        # The browser writes the clipboard in its own time; until then it has the link before.
        self.page.wait_for_function(
            "address => navigator.clipboard.readText().then(text => text.startsWith(address))", arg=address)
        link = self.page.evaluate("navigator.clipboard.readText()")
        with self.page.expect_download() as download:
            self.choose(title, "Export")
        self.assertIn(QUESTIONS[key], download.value.path().read_text())
        self.choose(title, "Delete")
        expect(self.row(title)).to_have_count(0)
        expect(self.page.locator(".turn")).to_have_count(0)
        self.page.get_by_role("button", name="Undo").click()
        expect(self.row(title)).to_have_count(1)
        search = self.page.get_by_role("searchbox")
        search.fill(title)
        expect(self.page.locator(".rows mark").first).to_be_visible()
        search.press("Escape")
        other = self.page.context.new_page()
        self.listen(other)
        other.goto(link)
        expect(other.locator(".reply").last).to_have_attribute("data-status", "complete")
        expect(other.locator(".answer").last).to_have_text(answer, use_inner_text=True)
        expect(other.locator("body")).to_have_attribute("data-agent", agent)
        expect(other.locator("#who")).to_contain_text(title)
        other.close()


class WithEmbeddedAnswers(Tour):
    def test_noah(self):
        self.ask("noah")
        self.ended()
        books = self.reply.locator(".book")
        expect(books).to_have_count(4)
        expect(books.first.locator(".reasons li").first).not_to_be_empty()
        expect(self.reply.locator(".book a.read").first).to_have_attribute("href", re.compile(r"^https://www\.gutenberg\.org/ebooks/\d+$"))
        # What a card says of a book is not said a second time above it.
        expect(self.reply.locator(".told-by-card").first).to_be_hidden()
        name = books.first.locator("h2").inner_text()
        books.first.get_by_role("button", name=re.compile("^Not for me")).click()
        expect(books.first).to_contain_text("Not for you, and not shown again")
        books.first.get_by_role("button", name=re.compile("^Undo")).click()
        with self.page.expect_response(lambda response: response.request.method == "PUT" and "/chat/books/" in response.url):
            books.first.get_by_role("button", name=re.compile("^Already read")).click()
            expect(books.first.get_by_role("status")).to_have_text("Already read")
        self.page.reload()
        expect(self.reply.locator(".book.marked")).to_have_count(1)
        self.keep_in_order("noah")
        books.nth(1).get_by_role("button", name=re.compile("^More like")).click()
        expect(self.page.locator(".reply")).to_have_count(2)
        self.ended()
        expect(self.reply.locator(".book h2").first).to_be_visible()
        self.assertNotIn(name, self.reply.locator(".book h2").all_inner_texts())

    def test_noah_s_picture_of_ones_taste(self):
        self.start("noah")
        self.say("I hate war novels. I loved The Time Machine.")
        self.ended()
        leaf = self.leaf("taste")
        guessed = leaf.locator(".guessed")
        expect(guessed.first).to_contain_text("from ")
        count = guessed.count()
        leaf.get_by_role("button", name=re.compile("^That is right")).first.click()
        expect(guessed).to_have_count(count - 1)
        stated = leaf.locator(".stated")
        scale = stated.get_by_role("slider").first
        scale.fill("-0.7")
        expect(stated.first).to_contain_text("hardly ever")
        leaf.get_by_role("button", name=re.compile("^Forget: ")).first.click()
        expect(stated.get_by_role("slider")).to_have_count(0)
        leaf.get_by_role("switch", name="Learn from what I say").click()
        expect(leaf.get_by_role("switch")).to_have_attribute("aria-checked", "false")
        leaf.get_by_role("button", name="Forget all").click()
        leaf.get_by_role("button", name="Forget all").click()
        expect(leaf).to_contain_text("Nothing yet. Talk with Noah, or tell it here.")
        self.say("I loved Dracula.")
        expect(self.page.locator(".reply")).to_have_count(2)
        self.ended()
        expect(leaf).to_contain_text("Nothing yet.")
        self.assertEqual(self.page.request.get(self.url + "api/v1/chat/preferences").json()["preferences"], [])

    def test_the_tutor(self):
        self.ask("tutor")
        self.ended()
        leaf = self.leaf("focus")
        expect(leaf.locator(".topic")).to_have_text("Photosynthesis")
        leaf.get_by_role("button", name="Next step").click()
        expect(leaf.locator(".path .done")).to_have_count(1)
        expect(self.page.locator(".reply")).to_have_count(2)
        self.ended()
        self.keep_in_order("tutor")

    def test_the_visa_expert_and_the_general_agent(self):
        self.ask("visa")
        self.ended()
        card = self.reply.locator(".days")
        expect(card.locator(".strip b").first).to_have_text("39 days")
        expect(card.locator(".left")).to_contain_text("days left on 1 October 2026")
        self.reply.locator(".rests-on button").first.click()
        self.page.locator("#leaf").get_by_role("button", name="Open at this place").first.click()
        expect(self.page.get_by_role("dialog").locator(".place")).not_to_be_empty()
        self.page.keyboard.press("Escape")
        self.keep_in_order("visa")
        self.ask("general")
        self.ended()
        expect(self.reply.locator(".rests-on button").first).to_be_visible()
        self.keep_in_order("general")

    def test_the_six_of_the_desk(self):
        for key in (key for key in QUESTIONS if key.startswith("desk.")):
            with self.subTest(key):
                self.ask(key)
                self.ended()
                self.assertTrue(self.reply.locator(".answer").inner_text())
                expect(self.page.locator(".rows .row.current")).to_have_attribute("data-agent", "desk")
        self.ask("desk.analyst")
        expect(self.page.locator(".workflow li.done")).to_have_count(6)
        self.ended()
        expect(self.page.locator(".workflow .count")).to_have_text("5 of 5 done")
        card = self.page.locator(".figures").first
        expect(card.get_by_role("img").first).to_have_attribute("aria-label", re.compile(r"\d"))
        card.get_by_role("button", name="Show as table").click()
        expect(card.locator("td").first).to_have_text(re.compile(r"\d"))
        leaf = self.leaf("context")
        expect(leaf).to_contain_text("DEMO4")
        leaf.get_by_role("button", name="Close").click()
        self.keep_in_order("desk.analyst")

    def test_who_signs_in_takes_the_guests_conversations_along_and_can_leave_with_everything(self):
        self.ask("general")
        self.ended()
        self.page.get_by_role("button", name="Settings").click()
        dialog = self.page.get_by_role("dialog", name="Settings")
        dialog.get_by_label("Token or JWT").fill(self.key.sign({"sub": "ana", "exp": int(time.time()) + 600}))
        with self.page.expect_navigation():
            dialog.get_by_role("button", name="Sign in").click()
        expect(self.page.locator(".list-foot")).to_contain_text("Signed in")
        expect(self.page.locator(".rows .row")).to_have_count(1)
        self.ended()
        self.page.get_by_role("button", name="Settings").click()
        expect(dialog).to_contain_text("You are signed in")
        expect(dialog.locator(".usage .figure")).to_have_text(re.compile(r"^[\d,]+$"))
        with self.page.expect_download() as download:
            dialog.get_by_role("button", name="Download").click()
        self.assertIn(QUESTIONS["general"], download.value.path().read_text())
        dialog.get_by_role("button", name="Close").click()
        self.message.fill("half a secret")
        self.page.get_by_role("button", name="Settings").click()
        dialog.get_by_role("button", name="Erase me").click()
        with self.page.expect_navigation():
            dialog.get_by_role("button", name="Erase me").click()
        expect(self.page.locator(".rows .none")).to_be_visible()
        expect(self.page.locator(".list-foot")).to_contain_text("Not signed in")
        expect(self.message).to_have_value("")
        self.assertNotIn("secret", self.page.evaluate("JSON.stringify(localStorage)"))

    def test_in_german_no_english_word_of_the_page_is_left(self):
        self.visit(locale="de-DE")
        english = set(self.page.evaluate("""async () => {
            const load = (name) => import(new URL(`js/texts/${name}.js`, document.baseURI)).then((texts) => texts.default);
            const both = await Promise.all(['', '-answer'].map((part) => Promise.all([load(`en${part}`), load(`de${part}`)])));
            const pairs = both.flatMap(([en, de]) => Object.keys(en).map((key) => [en[key], de[key]]));
            pairs.push(...Object.entries(await load('de-parts')));
            return pairs.filter(([en, de]) => en !== de && !en.includes('{') && / |^[A-Z]/.test(en)).map(([en]) => en);
        }"""))
        german = set(self.page.evaluate("""async () => {
            const load = (name) => import(new URL(`js/texts/${name}.js`, document.baseURI)).then((texts) => texts.default);
            return (await Promise.all(['de', 'de-answer', 'de-parts'].map(load))).flatMap(Object.values);
        }"""))
        # What the test itself asks is one of the examples.
        english -= set(QUESTIONS.values())
        self.assertGreater(len(english), 200)
        for key in ("noah", "tutor", "visa", "desk.analyst"):
            self.page.evaluate("(key) => { location.hash = `#/${key}`; }", key)
            expect(self.page.locator("body")).to_have_attribute("data-agent", key.partition(".")[0])
            self.say(QUESTIONS[key])
            self.ended()
            shown = self.page.evaluate("""() => [...document.querySelectorAll('body *')].filter((node) => !node.closest('.answer > p, .answer > ul, .answer > ol, .part blockquote'))
                .flatMap((node) => [...[...node.childNodes].filter(({ nodeType }) => nodeType === 3).map((text) => text.data.trim()),
                    node.getAttribute('aria-label') ?? '', node.getAttribute('placeholder') ?? '', node.title ?? ''])""")
            self.assertEqual([text for text in shown if text in english and text not in german], [], key)

    def test_the_examples_that_the_page_offers_are_answered_without_a_language_model(self):
        asked = {"noah": ("api/v1/chat/stream", {}), "tutor": ("stream-chat", {}), "visa": ("api/agent/chat", {"mode": "visa_expert"}), "general": ("api/agent/chat", {"mode": "general"})}
        for language in ("en", "de"):
            texts = self.page.evaluate("(language) => import(new URL(`js/texts/${language}.js`, document.baseURI)).then((texts) => texts.default)", language)
            for agent, (path, more) in asked.items():
                answer = self.page.request.post(self.url + path, headers={"Accept": "application/json"}, data={"message": texts[f"example.{agent}"], **more}).json()
                self.assertNotRegex(answer.get("content") or answer["response"], "I know nothing|no notes on|do not answer|nichts im Katalog|no book called", (language, agent))

    def test_the_demo_shows_every_dialect(self):
        self.page.goto(self.url + "chat/sse-demo/index.html")
        for dialect in ("companion", "tutor", "openai", "agent", "desk"):
            with self.subTest(dialect):
                self.page.get_by_label("Dialect").select_option(dialect)
                self.page.get_by_role("button", name="Send", exact=True).click()
                expect(self.page.locator(".demo .state")).to_contain_text("Ended")
                self.assertGreater(self.page.locator(".events button").count(), 3)


class WithAModel(Tour):
    """Every agent answered by a language model, which the test holds where it wants to stop it."""

    @classmethod
    def start_server(cls):
        cls.model = Provider(answers(MODEL_WORDS))
        cls.addClassCleanup(cls.model.close)
        cls.configuration = configuration(cls.model)
        return super().start_server()

    def test_asked_stopped_answered_again_edited_and_copied(self):
        for key in QUESTIONS:
            with self.subTest(key):
                gate = threading.Event()
                self.addCleanup(gate.set)
                self.model.then(answers(MODEL_WORDS).held(gate, before=8))
                self.ask(key, keeps=True)
                if key.startswith("desk."):
                    # Where several work, they are held before it has a word.
                    expect(self.page.locator(".workflow .working, .answer strong").first).to_be_visible()
                else:
                    expect(self.reply.locator(".answer")).to_contain_text("first this")
                self.page.get_by_role("button", name="Stop").click()
                self.ended("stopped")
                expect(self.reply.locator(".notice")).to_contain_text(re.compile("You stopped (this reply. What had come is kept|before the first word)"))
                gate.set()
                self.model.then(answers(MODEL_WORDS))
                self.reply.get_by_role("button", name="Another reply").click()
                expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
                self.ended()
                self.reply.get_by_role("button", name="The reply before").click()
                self.ended("stopped")
                self.reply.get_by_role("button", name="The next reply").click()
                self.ended()
                self.question.hover()
                self.question.get_by_role("button", name="Edit and ask again").click()
                self.page.get_by_label("Your question, to change").fill("Changed")
                self.page.keyboard.press("Enter")
                expect(self.page.locator(".question-text")).to_have_text(["Changed"])
                expect(self.page.locator(".versions")).to_contain_text("2 of 2")
                self.ended()
                expect(self.reply.locator(".answer code", has_text=re.compile("^code$")).first).to_be_visible()
                # The last one's notice and text may still be there.
                self.page.evaluate("navigator.clipboard.writeText('')")
                self.reply.get_by_role("button", name="Copy", exact=True).click()
                expect(self.page.locator(".toast", has_text="Copied").last).to_be_visible()
                self.page.wait_for_function("words => navigator.clipboard.readText().then(text => text.includes(words))", arg="".join(MODEL_WORDS).strip())
                self.reply.locator(".details summary").click()
                expect(self.reply.locator(".details")).to_contain_text("model-a")

    def focused(self):
        """The name of what has the focus, and whether one sees that it has."""
        return self.page.evaluate("""() => {
            const node = document.activeElement;
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node.closest('.field, .search, form.ask') ?? node);
            const own = getComputedStyle(node);
            return { name: (node.getAttribute('aria-label') ?? node.labels?.[0]?.textContent ?? node.textContent ?? '').trim(), tag: node.localName,
                seen: [own.outlineStyle, outlineStyle].some((style) => style !== 'none') || boxShadow !== 'none' || parseFloat(outlineWidth) > 0 };
        }""")

    def tab_to(self, name, key="Tab"):
        for _ in range(80):
            self.page.keyboard.press(key)
            now = self.focused()
            self.assertTrue(now["tag"] == "body" or now["seen"], now)
            if re.search(name, now["name"]):
                return now
        raise AssertionError(f"{name!r} is not reached by {key}")

    def test_the_tour_by_keyboard_alone(self):
        press, type_in = self.page.keyboard.press, self.page.keyboard.type
        expect(self.message).to_be_focused()
        self.tab_to("^Tutor$", "Shift+Tab")
        press("Enter")
        expect(self.page.locator("body")).to_have_attribute("data-agent", "tutor")
        self.tab_to("^Noah$", "Shift+Tab")
        press("Enter")
        press("F6")
        self.tab_to("Your message")
        type_in("Which book next?")
        press("Enter")
        self.ended()
        expect(self.message).to_be_focused()
        self.tab_to("^Another reply$", "Shift+Tab")
        press("Enter")
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
        self.ended()
        self.tab_to("^The reply before$", "Shift+Tab")
        press("Enter")
        expect(self.reply.locator(".pager")).to_contain_text("1 of 2")
        press("ArrowRight")
        expect(self.reply.locator(".pager")).to_contain_text("2 of 2")
        self.tab_to("^Copy$", "Shift+Tab")
        press("Enter")
        self.tab_to("^Edit and ask again$", "Shift+Tab")
        press("Enter")
        press("Control+a")
        type_in("And one about the sea?")
        press("Enter")
        expect(self.page.locator(".question-text")).to_have_text(["And one about the sea?"])
        expect(self.message).to_be_focused()
        self.ended()
        self.tab_to("^The version before$", "Shift+Tab")
        press("Enter")
        expect(self.page.locator(".question-text")).to_have_text(["Which book next?"])
        press("ArrowRight")
        expect(self.page.locator(".question-text")).to_have_text(["And one about the sea?"])
        # The leaf: opened, worked in and closed, and the focus is back.
        press("Control+.")
        leaf = self.page.locator("#leaf")
        expect(leaf).to_be_visible()
        expect(leaf.get_by_role("button", name="Tell Noah something")).to_be_visible()
        self.tab_to("^Tell Noah something$")
        press("Enter")
        type_in("humour")
        press("Enter")
        expect(leaf.locator(".stated")).to_contain_text("humour")
        self.tab_to("^How gladly: humour$", "Shift+Tab")
        press("ArrowLeft")
        expect(leaf.locator(".stated input")).to_have_value("0.7")
        press("Escape")
        expect(leaf).to_be_hidden()
        # The list: found, renamed, pinned by the row's menu, deleted and taken back.
        press("Control+k")
        expect(self.page.get_by_role("searchbox")).to_be_focused()
        press("ArrowDown")
        press("F2")
        type_in("Renamed by keys")
        press("Enter")
        expect(self.page.locator(".row a").first).to_contain_text("Renamed by keys")
        expect(self.page.locator(".row a").first).to_be_focused()
        press("ArrowRight")
        press("Enter")
        expect(self.page.get_by_role("menuitem", name="Rename")).to_be_focused()
        press("ArrowDown")
        press("Enter")
        expect(self.page.locator(".rows h2").first).to_have_text("Pinned")
        self.tab_to("^Renamed by keys", "Shift+Tab")
        press("Delete")
        expect(self.page.locator(".rows .row")).to_have_count(0)
        self.tab_to("^Undo")
        press("Enter")
        expect(self.page.locator(".rows .row")).to_have_count(1)
        # Settings: to and fro, by Esc, and where one was.
        self.tab_to("^Settings$", "Shift+Tab")
        press("Enter")
        dialog = self.page.get_by_role("dialog", name="Settings")
        expect(dialog).to_be_visible()
        self.tab_to("^Dark$")
        press("Space")
        expect(self.page.locator("html")).to_have_attribute("data-theme", "dark")
        press("Escape")
        expect(dialog).to_have_count(0)
        self.assertEqual(self.focused()["name"], "Settings")

    def test_a_screen_reader_is_told_an_answer_once_by_sentences_and_reads_it_as_it_is_built(self):
        # Everything that any live region says, in the order in which it says it.
        self.page.evaluate("""() => {
            window.said = [];
            const regions = '[aria-live]:not([aria-live=off]), [role=status], [role=alert], [role=log]';
            new MutationObserver((changes) => {
                for (const region of new Set(changes.map(({ target }) => (target.nodeType === 1 ? target : target.parentElement)?.closest(regions)).filter(Boolean)))
                    window.said.push([region.id || region.className, region.textContent.trim()]);
            }).observe(document.body, { childList: true, characterData: true, subtree: true });
        }""")
        self.page.clock.install()
        sentences = [f"Sentence {n} of an *answer* goes on for a while." for n in range(1, 13)]
        text = "# The heading\n\n" + " ".join(sentences[:6]) + "\n\n- " + "\n- ".join(sentences[6:])
        gate = threading.Event()
        self.addCleanup(gate.set)
        words = re.findall(r"\S+\s*", text)
        self.model.then(answers(words).held(gate, before=len(words) // 2))
        self.start("general")
        self.say("Tell me.")
        expect(self.reply.locator(".answer")).to_contain_text("Sentence 5")
        self.page.clock.run_for(3_100)
        # What is being written is in no live region itself: else each word would be told.
        self.assertEqual(self.reply.locator(".answer").evaluate("node => node.closest('[aria-live]:not([aria-live=off]), [role=status], [role=log]')"), None)
        expect(self.reply).to_have_attribute("aria-busy", "true")
        gate.set()
        self.ended()
        self.page.clock.run_for(3_100)
        self.page.wait_for_function("() => window.said.some(([, text]) => text.includes('Complete'))")
        said = [text for region, text in self.page.evaluate("window.said") if region == "announce" and text]
        self.assertLessEqual(len(said), 6, said)
        told = " ".join(said)
        plain = " ".join(re.sub(r"[*#-]", " ", text).split())
        self.assertRegex(" ".join(told.replace("-", " ").split()), f"^The general agent is writing {re.escape(plain)} Complete")
        self.assertEqual([text for region, text in self.page.evaluate("window.said") if region != "announce" and "Sentence" in text], [])
        tree = self.page.locator("#log").aria_snapshot()
        for part in ('- article "You":', '  - heading "You" [level=2]', "  - text: Tell me.", '- article "General":', '  - heading "General" [level=2]',
                     '  - heading "The heading"', "  - paragraph:", "  - list:"):
            self.assertEqual(tree.count(f"{part}\n") + tree.count(f"{part} [level=1]\n") + tree.count(f"{part} [level=3]\n"), 1, f"{part} in\n{tree}")
        self.assertEqual(re.findall(r"Sentence \d+", tree), [f"Sentence {n}" for n in range(1, 13)])


del Tour  # its tests are those of the two classes above


if __name__ == "__main__":
    unittest.main()
