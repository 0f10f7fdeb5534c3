import Chat
import Scheduling
import Synchronization
import Testing

@testable import Ownership
@testable import Providers

/// Questions that the cache takes for the same, or for similar ones.
@Suite struct SimilarQuestionTests {
    @Test(
        arguments: [
            [
                "What is a black hole?", "what is a black hole", "  WHAT is a  black hole ?!",
                "What is a “black hole”…", "¿What is a black hole?",
            ],
            ["It’s Node.js, isn't it?", "it's node.js isn't it"],
            ["Wer schrieb „Faust“?", "wer schrieb faust"],
            ["Ça va, toi?", "ça va toi"],
        ])
    func `case, spacing and punctuation make no difference`(_ texts: [String]) {
        #expect(Set(texts.map(QuestionForm.normal)).count == 1)
        #expect(QuestionForm.normal(texts[0]) != nil)
    }

    @Test(
        arguments: [
            ("What is C?", "What is C++?"), ("What is C?", "What is C#?"), ("Is 3.14 right?", "Is 314 right?"),
            ("Is it 5?", "Is it -5?"), ("At 10:30?", "At 1030?"), ("Is it 1,000?", "Is it 1 000?"),
            ("Is resume a word?", "Is résumé a word?"), ("Is 5 % much?", "Is 5 $ much?"), ("we're here", "were here"),
        ])
    func `what a character says is kept`(_ first: String, _ second: String) {
        #expect(QuestionForm.normal(first) != QuestionForm.normal(second))
    }

    @Test(
        arguments: [
            "def f(x):\n    return x", "`ls -l`", "{\"a\": 1}", "x == y", "a < b", "", "?!",
            String(repeating: "word ", count: 500),
        ])
    func `a text in which each character may matter has no form of its own`(_ text: String) {
        #expect(QuestionForm.normal(text) == nil)
    }

    @Test(
        arguments: [
            ("What is photosynthesis?", "Can you explain photosynthesis, please?"),
            ("How does a heat pump work?", "Explain how heat pumps work"),
            ("What are black holes?", "what is a black hole"),
            ("What is the capital city of the Netherlands?", "Tell me the capital city of the Netherlands"),
            ("How do I bake sourdough bread at home?", "How do I bake good sourdough bread at home?"),
            ("Was ist ein schwarzes Loch im Weltall?", "Kannst du mir sagen, was ein schwarzes Loch im Weltall ist?"),
            ("¿Cómo se hace el pan en casa?", "Dime cómo se hace el pan en casa"),
            ("Comment faire du pain à la maison ?", "Dis-moi comment faire du pain à la maison"),
        ])
    func `questions that say the same are similar`(_ first: String, _ second: String) throws {
        #expect(try similarity(first, second) >= 0.6)
        #expect(try similarity(second, first) == similarity(first, second))
    }

    /// Each pair differs in what counts, however much it has in common.
    @Test(
        arguments: [
            // Numbers.
            (
                "What happened in Europe in the year 1914 in short?",
                "What happened in Europe in the year 1915 in short?"
            ),
            ("Name three good books about the history of Rome", "Name five good books about the history of Rome"),
            ("How do I convert 5 miles into kilometres by hand?", "How do I convert miles into kilometres by hand?"),
            // Negations.
            (
                "Which wild mushrooms of the forest are safe to eat?",
                "Which wild mushrooms of the forest are not safe to eat?"
            ),
            ("Why can I eat raw green potatoes at night?", "Why can't I eat raw green potatoes at night?"),
            ("Which foods may I eat with celiac disease?", "Which foods may I never eat with celiac disease?"),
            ("Welche Pilze im Wald sind essbar für mich?", "Welche Pilze im Wald sind nicht essbar für mich?"),
            ("¿Qué setas puedo comer en el bosque?", "¿Qué setas no puedo comer en el bosque?"),
            (
                "Quels champignons sont bons à manger dans la forêt ?",
                "Quels champignons ne sont pas bons à manger dans la forêt ?"
            ),
            // Another word in the place of one.
            ("What is the capital of France in Europe?", "What is the capital of Germany in Europe?"),
            (
                "How do I increase my blood pressure in a natural way?",
                "How do I decrease my blood pressure in a natural way?"
            ),
            (
                "What are the advantages of nuclear power for the climate?",
                "What are the disadvantages of nuclear power for the climate?"
            ),
            // Order.
            ("How do I convert euros to dollars at the bank?", "How do I convert dollars to euros at the bank?"),
            ("Did Brutus kill Caesar in the senate of Rome?", "Did Caesar kill Brutus in the senate of Rome?"),
            // Times and persons.
            ("Who is the president of the United States?", "Who was the president of the United States?"),
            ("When is the best time for my garden?", "Where is the best time for my garden?"),
            ("What is my full name in this story?", "What is your full name in this story?"),
            // A limit.
            ("Which books of hers did I like so much?", "Which books of hers did I only like so much?"),
            ("Can I take the pill before breakfast with water?", "Can I take the pill after breakfast with water?"),
            // Languages.
            ("Was ist Photosynthese in der Biologie?", "What is Photosynthese in der Biologie to you and me?"),
            ("What is a radio?", "¿Qué es una radio?"),
        ])
    func `questions that only look alike are not`(_ first: String, _ second: String) throws {
        #expect(try similarity(first, second) == 0)
        #expect(try similarity(second, first) == 0)
    }

    private func similarity(_ first: String, _ second: String) throws -> Double {
        let forms = try [first, second].map { try #require(QuestionForm.normal($0).flatMap(SimilarQuestion.init)) }
        return forms[0].similarity(to: forms[1]) { _ in 1 }
    }
}

/// The cache and similar questions.
@Suite struct SimilarAnswerTests {
    private final class Echo: LanguageModel {
        private let made = Mutex(0)
        var calls: Int { made.withLock { $0 } }
        var availability: [ModelAvailability] { [] }

        func respond(to request: ModelRequest, into sink: some ModelSink) async throws -> ModelCompletion {
            made.withLock { $0 += 1 }
            sink.text(TextBatch("to ", request.messages.last?.content ?? ""))
            return ModelCompletion(
                finishReason: "stop", provider: "p", model: "m",
                usage: Usage(promptTokens: 3, completionTokens: 4, isEstimated: false))
        }
    }

    private let base = Echo()
    private let model: CachedModel
    private static let asked = "How do I bake sourdough bread at home?"
    private static let similar = "Tell me how I do bake sourdough bread at home, please"

    init() {
        model = CachedModel(
            base, cache: ResponseCache(maximumBytes: 1 << 20),
            options: .init(name: "r", lifetimeSeconds: 60, isShared: true, similarity: 0.6), timers: TimerQueue())
    }

    private func ask(
        _ question: String, of user: String? = "anna", _ change: (inout ModelRequest) -> Void = { _ in }
    ) async throws -> ModelCompletion {
        var request = ModelRequest(instructions: "Be brief.", messages: [ModelMessage(role: .user, content: question)])
        change(&request)
        let caller = user.map { Caller(turn: Identifiers.message(), user: UserID(rawValue: $0)) }
        return try await Caller.$current.withValue(caller) { [request] in
            try await model.respond(to: request, into: Recorder())
        }
    }

    @Test func `a similar question has the answer, and is told which question it was given to`() async throws {
        _ = try await ask(Self.asked)
        let answer = try await ask(Self.similar)
        #expect(answer.isCached)
        #expect(answer.cachedQuestion == Self.asked)
        #expect(base.calls == 1)
        // The same question in other case and punctuation is the same question.
        let same = try await ask("how do i bake SOURDOUGH bread at home??")
        #expect(same.isCached)
        #expect(same.cachedQuestion == nil)
    }

    @Test("another user, persona, model, parameter or conversation has none, and neither has a wish for a fresh answer")
    func apart() async throws {
        _ = try await ask(Self.asked)
        #expect(try await !ask(Self.similar, of: "ben").isCached, "with the answer comes the other user's question")
        #expect(try await !ask(Self.similar + " thanks", of: nil).isCached)
        #expect(try await !ask(Self.similar) { $0.instructions = "Be a pirate." }.isCached)
        #expect(try await !ask(Self.similar) { $0.model = "other" }.isCached)
        #expect(try await !ask(Self.similar) { $0.temperature = 1 }.isCached)
        #expect(try await !ask(Self.similar) { $0.isFresh = true }.isCached)
        let before = [ModelMessage(role: .user, content: "Hi"), ModelMessage(role: .assistant, content: "Hello")]
        #expect(try await !ask(Self.similar + " tonight") { $0.messages = before + $0.messages }.isCached)
    }

    @Test func `the rarer the word that one question has beyond the other, the less similar they are`() async throws {
        for dish in ["rice", "soup", "bread", "stew", "salad"] {
            _ = try await ask("How do I make \(dish) in the kitchen at home today?")
        }
        // "today" is in all of them, and a question without it is nearly the same; "saffron" is in none.
        #expect(try await ask("How do I make rice in the kitchen at home?").isCached)
        #expect(try await !ask("How do I make saffron rice in the hotel kitchen at home today?").isCached)
    }

    @Test func `without the setting only the same question has it`() async throws {
        let model = CachedModel(
            base, cache: ResponseCache(maximumBytes: 1 << 20),
            options: .init(name: "r", lifetimeSeconds: 60, isShared: true), timers: TimerQueue())
        for question in [Self.asked, Self.similar] {
            let request = ModelRequest(instructions: "", messages: [ModelMessage(role: .user, content: question)])
            #expect(try await !model.respond(to: request, into: Recorder()).isCached)
        }
        #expect(base.calls == 2)
    }
}
