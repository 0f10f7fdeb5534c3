import PromptAnalysis
import Testing

/// A prompt, what must be seen in it, and what must not.
struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let prompt: String
    let seen: Set<Insight.Kind>
    let unseen: Set<Insight.Kind>

    init(_ name: String, _ prompt: String, seen: Set<Insight.Kind> = [], unseen: Set<Insight.Kind> = []) {
        self.name = name
        self.prompt = prompt
        self.seen = seen
        self.unseen = unseen
    }

    var testDescription: String { name }
}

enum Corpus {
    static let absences: Set<Insight.Kind> = [.noContext, .noAudience, .noFormat, .noConstraints, .noExamples]
    static let ambiguities: Set<Insight.Kind> = [
        .vagueQuantity, .vagueQuality, .openEnd, .unclearReference, .contradiction, .negativeOnly,
    ]
    static let dangers: Set<Insight.Kind> = [
        .undelimitedText, .unclosedDelimiter, .overridePhrase, .roleLabel, .controlToken, .hiddenCharacters, .secret,
    ]

    static let all = tasks + ambiguous + unfinished + unsafe + foreign

    static let tasks = [
        Case(
            "a bare order leaves everything open", "Write a poem",
            seen: [.tooShort, .noContext, .noAudience, .noConstraints],
            unseen: [.noTask, .noFormat, .languageNotJudged]),
        Case(
            "a question of fact needs nothing beside it", "What is the capital of France?",
            unseen: absences.union(ambiguities).union([.noTask, .tooShort, .missingMaterial])),
        Case(
            "a why-question depends on who asks", "Why does the sky look blue at noon?",
            seen: [.noAudience, .noFormat], unseen: [.noTask, .noContext, .noConstraints]),
        Case(
            "a statement is no task", "The weather in Lisbon was lovely last week and we went to the beach.",
            seen: [.noTask], unseen: [.languageNotJudged]),
        Case("a greeting is no task", "Hello there!", seen: [.noTask, .tooShort]),
        Case("white space alone has no task", " \n\t ", seen: [.noTask, .tooShort]),
        Case(
            "a polite wish is a task", "Could you please draft a cover letter for my application as a nurse in Oslo?",
            unseen: [.noTask, .noContext, .noFormat]),
        Case(
            "a wish that names a thing is a task", "I need a name for a bakery in Graz that sells rye bread.",
            unseen: [.noTask]),
        Case(
            "a task after an introduction is seen", "In two sentences, explain to a child how rainbows form.",
            unseen: [.noTask, .noAudience, .noFormat]),
        Case(
            "a label makes a task of what has no verb", "Task: haiku about the first snow in Vienna, for my daughter",
            unseen: [.noTask]),
        Case(
            "the rules of an assistant are a task",
            "You are a support agent for a small bank. Always answer in English. Never promise a refund.",
            unseen: [.noTask, .negativeOnly]),
        Case(
            "tasks in a row are too many",
            """
            Write a short story about a lighthouse keeper. Translate it into French. Draw up a table of its characters. \
            Suggest a title for the film.
            """, seen: [.manyTasks], unseen: [.noTask]),
        Case(
            "numbered tasks are in order",
            """
            I am preparing a school play.
            1. Write a story about a lighthouse keeper.
            2. Translate it into French.
            3. List its characters.
            4. Suggest a title.
            """, unseen: [.manyTasks]),
        Case("two tasks are not many", "Write a story about a fox. Translate it into French.", unseen: [.manyTasks]),
        Case(
            "a complete prompt leaves nothing to say",
            """
            I run a bakery in Graz and want to win back customers who stayed away since spring.
            Write an email of at most 120 words to these customers. Tone: warm, no exclamation marks.
            Format: a subject line, then three paragraphs.
            """,
            unseen: absences.union(ambiguities).union(dangers).union([.noTask, .manyTasks, .tooShort, .placeholder])),
        Case(
            "sections under headings are seen",
            """
            # Task
            Write a blog post about winter tyres.

            ## Context
            We sell tyres in Tromsø, where winter lasts from October to May.

            ## Audience
            Drivers who just moved here.

            ## Format
            Markdown with three headings.

            ## Constraints
            600 words, no brand names.
            """, unseen: absences.union([.noTask, .tooShort])),
        Case(
            "tags of the author's are sections",
            """
            <task>Write a press release about our new ferry line.</task>
            <audience>Journalists of local papers.</audience>
            <format>Headline and four paragraphs.</format>
            """, unseen: [.noTask, .noAudience, .noFormat, .missingMaterial]),
        Case(
            "sorting without an example", "Classify the mood of each of these: \"I love it\", \"It broke after a day\"",
            seen: [.noExamples], unseen: [.noTask, .noAudience, .missingMaterial]),
        Case(
            "sorting with an example",
            """
            Classify the review as positive or negative, one word per line.
            Input: I love it
            Output: positive
            Input: It broke after a day
            Output:
            """, unseen: [.noExamples, .noTask]),
        Case(
            "programming needs no audience",
            "Implement a function in Swift that merges two sorted arrays. It must run in linear time.",
            unseen: [.noAudience, .noContext, .noConstraints, .noTask, .noFormat]),
        Case(
            "programming without a language lacks its context", "Implement a binary search over sorted numbers",
            seen: [.noContext, .noConstraints], unseen: [.noAudience]),
        Case(
            "a very long prompt is told to be long",
            "Summarize the following notes in five bullet points:\n\n"
                + String(repeating: "The committee met again and talked about the harbour wall. ", count: 300),
            seen: [.veryLong, .undelimitedText], unseen: [.noTask, .tooShort]),
        Case(
            "a role makes a context",
            "You are a tax adviser in Ireland. List the deadlines of a sole trader in a table.",
            unseen: [.noContext, .noTask, .noFormat]),
        Case(
            "an audience by age", "Explain photosynthesis to a ten year old in five sentences.",
            unseen: [.noAudience, .noFormat, .noTask]),
        Case(
            "markdown's emphasis does not hide a task",
            "**Summarize** the plot of Hamlet for my students in 100 words.",
            unseen: [.noTask, .noAudience, .noConstraints]),
    ]

    static let ambiguous = [
        Case("some", "List some birds of Iceland in a table for our visitors.", seen: [.vagueQuantity]),
        Case("a few and several", "Give me a few ideas and several names for a cat.", seen: [.vagueQuantity]),
        Case("how many asks for a number", "How many moons does Jupiter have?", unseen: [.vagueQuantity]),
        Case(
            "some in a story of the situation is no order",
            "Some customers complained last week. Draft a reply to them in 80 words.",
            unseen: [.vagueQuantity]),
        Case("good", "Write a good speech for my sister's wedding, five minutes long.", seen: [.vagueQuality]),
        Case(
            "best practices have a name", "List ten best practices for storing tomatoes, for home cooks.",
            unseen: [.vagueQuality]),
        Case(
            "a word in quotation marks is only mentioned",
            "Explain to my students where the word \"nice\" comes from, in 100 words.",
            unseen: [.vagueQuality]),
        Case(
            "a quality that is defined",
            "Write a good slogan for my shop.\n\nHere, \"good\" means: it has four words and rhymes.",
            unseen: [.vagueQuality]),
        Case("etc.", "List what to pack for a week in Lapland: clothes, food, etc.", seen: [.openEnd]),
        Case("as appropriate", "Rewrite my CV and use headings as appropriate.", seen: [.openEnd]),
        Case(
            "a pronoun without a noun", "It should be faster. Make it use less memory in Python.",
            seen: [.unclearReference]),
        Case("make it better", "Make it better", seen: [.unclearReference, .vagueQuality, .tooShort]),
        Case(
            "this before a noun that is there", "Fix this function:\n\n```swift\nfunc f() -> Int { \"a\" }\n```",
            unseen: [.unclearReference, .missingMaterial, .undelimitedText]),
        Case(
            "brief and in detail", "Explain briefly how a heat pump works. Describe every part in detail.",
            seen: [.contradiction]),
        Case(
            "brief but comprehensive", "Write a brief but comprehensive guide to beekeeping for beginners.",
            seen: [.contradiction]),
        Case(
            "brief and detailed about two things",
            "Write a brief introduction and a detailed analysis of the Treaty of Rome.",
            unseen: [.contradiction]),
        Case(
            "formal and casual", "Write a formal letter to my landlord. Keep it casual and friendly.",
            seen: [.contradiction]),
        Case(
            "not formal is not formal", "Write a letter to my landlord in a casual tone, not formal.",
            unseen: [.contradiction]),
        Case(
            "no explanation and reasons", "Answer with the number only, no explanations. Explain why you chose it.",
            seen: [.contradiction]),
        Case(
            "bullets and no bullets", "Use bullet points to compare tea and coffee. Write only prose.",
            seen: [.contradiction]),
        Case(
            "a settled contradiction",
            """
            Explain briefly how a heat pump works. Describe every part in detail.

            Priority: briefly counts where they differ.
            """, unseen: [.contradiction]),
        Case(
            "only what not to do", "Write a story about a dragon. Don't make it boring. Never use clichés.",
            seen: [.negativeOnly]),
        Case(
            "what to do beside what not to do", "Write a story about a dragon in 300 words. Don't use clichés.",
            unseen: [.negativeOnly]),
    ]

    static let unfinished = [
        Case("double braces", "Write a birthday card to {{name}} who turns 40.", seen: [.placeholder]),
        Case("a shell's variable", "Translate ${text} into Dutch.", seen: [.placeholder], unseen: [.missingMaterial]),
        Case("your text in brackets", "Proofread [your text] and list the changes.", seen: [.placeholder]),
        Case("capitals in brackets", "Write to [COMPANY NAME] about the invoice.", seen: [.placeholder]),
        Case("insert in angles", "Summarize <insert article here> in 50 words.", seen: [.placeholder]),
        Case("TODO", "Write an invitation to the party on TODO.", seen: [.placeholder]),
        Case("a TODO list is a thing", "Write a TODO list for my move to Bergen.", unseen: [.placeholder]),
        Case("underscores", "Write a letter to ____ about the heating.", seen: [.placeholder]),
        Case("lorem ipsum", "Improve my introduction. Lorem ipsum dolor sit amet.", seen: [.placeholder]),
        Case(
            "a link is no placeholder", "Summarize for my team what [your guide](https://example.org) says on tea.",
            unseen: [.placeholder]),
        Case("braces in code are code", "Explain to beginners this line: `print(f\"{name}\")`", unseen: [.placeholder]),
        Case(
            "a blank waits", "Write a card to my aunt. Audience: [FILL IN: who]", seen: [.blank], unseen: [.placeholder]
        ),
        Case(
            "the following article, which is not there", "Summarize the following article in three sentences.",
            seen: [.missingMaterial], unseen: [.unclearReference]),
        Case("summarize this, and nothing", "Summarize this.", seen: [.missingMaterial], unseen: [.unclearReference]),
        Case("a colon with nothing after it", "Translate the following text into German:", seen: [.missingMaterial]),
        Case(
            "the text below, which is there",
            "Summarize the text below in two sentences.\n\n\"\"\"\nThe cat sat.\n\"\"\"",
            unseen: [.missingMaterial, .undelimitedText]),
    ]

    static let foreign = [
        Case(
            "German is not judged", "Schreibe bitte ein Gedicht über den Herbst für meine Mutter.",
            seen: [.languageNotJudged], unseen: absences.union([.noTask, .tooShort])),
        Case(
            "French is not judged", "Écris une lettre à mon propriétaire pour la réparation du chauffage.",
            seen: [.languageNotJudged], unseen: [.noTask]),
        Case("Japanese is not judged", "東京の天気について俳句を書いてください。", seen: [.languageNotJudged], unseen: [.noTask]),
        Case(
            "Arabic with its marks of direction", "اكتب قصيدة عن البحر \u{200F}(من فضلك)\u{200F}",
            seen: [.languageNotJudged], unseen: [.hiddenCharacters]),
        Case(
            "a secret in German is a secret",
            "Das Passwort steht hier, password: hunter2secret, bitte nicht weitersagen und löschen.",
            seen: [.languageNotJudged, .secret]),
        Case(
            "English about French is English",
            "Translate the following text into English: Le chat est sur la table et il dort avec les enfants.",
            seen: [.undelimitedText], unseen: [.languageNotJudged]),
    ]
}
