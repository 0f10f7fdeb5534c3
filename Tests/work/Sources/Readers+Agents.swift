import Counting

@testable import Agents
@testable import Chat
@testable import Markets
@testable import PromptAnalysis

extension Readers {
    private static let noah = "Sources/Agents/BookCompanion"
    private static let words = "agents/words"
    private static let schengen = "Sources/Agents/PlainAgent/Schengen"
    private static let today = TradingDay(number: 20_700)

    /// The agents whole, so that no rule of theirs is forgotten, and their readers by themselves.
    static let agents: [Reader] = [
        Reader("noah", noah, words + "/books", "Sources/Agents/Wordings", texts: 3) {
            _ = try await $0.parts.companion.reply(to: Parts.turn($1), into: NoSink())
        },
        Reader("tutor", "Sources/Agents/Tutor", texts: 3) {
            _ = try await $0.parts.tutor.reply(to: Parts.turn($1), into: NoSink())
        },
        Reader("general agent", "Sources/Agents/PlainAgent", texts: 3) {
            _ = try await $0.parts.general.reply(to: Parts.turn($1), into: NoSink())
        },
        Reader("visa expert", schengen, texts: 3) {
            _ = try await $0.parts.visaExpert.reply(to: Parts.turn($1), into: NoSink())
        },
        Reader("desk", "Sources/Agents/Desk", texts: 3) {
            _ = try await $0.parts.desk.reply(to: Parts.turn($1), into: NoSink())
        },
        Reader("care", words + "/care") { _ = CareReader.need(in: $1) },
        Reader("asides", words + "/asides") { _ = Aside.read($1) },
        Reader("foreign wishes", words + "/wishes") { _ = ForeignWish.read($1) },
        Reader("foreign questions", words + "/questions") { _ = ForeignQuestion.english($1) },
        Reader("other languages", noah + "/Understanding/ForeignWish.swift") { _ = ForeignWish.isOtherLanguage($1) },
        Reader("a message's reading", words + "/books", noah + "/Lexicon", noah + "/Understanding") {
            _ = Agents.Reading($1)
        },
        Reader("a wish", noah + "/Understanding", texts: 3) {
            _ = try await $0.parts.understanding.understand($1, history: [])
        },
        Reader("titles in a reply", noah + "/Understanding/NamedBooks.swift") { _ = NamedBooks.titles(in: $1) },
        Reader("a request to the desk", "Sources/Agents/Desk/Reading") { _ = RequestReading($1, today: today) },
        Reader("a direct question", "Sources/Agents/Desk/Reading/DirectQuestion.swift") {
            _ = DirectQuestion.read($1, today: today)
        },
        Reader("symbols", "Sources/Agents/Desk/Reading/SymbolFinder.swift") { _ = $0.parts.symbols.symbols(in: $1) },
        Reader("the desk's words", "Sources/Agents/Desk/Specialists") { _ = Glossary.meanings(in: $1) },
        Reader("stays", schengen) {
            _ = SchengenTool.finding(for: $1, earlier: [$1], today: CalendarDay(number: 20_700))
        },
        Reader("dates", schengen) {
            let reader = DateReader($1)
            _ = reader.order
            _ = reader.mentions(order: nil)
            _ = reader.textWithoutDates
        },
        Reader("places", words + "/places.txt", schengen) { _ = AskedPlaces($1).removed(from: $1) },
        Reader("a question's words", "Sources/Agents/PlainAgent/QuestionWords.swift") {
            _ = QuestionWords($1).isFollowUp
            _ = SmallTalk($1)
        },
        Reader("a learner's message", "Sources/Agents/Tutor") { _ = StudyReading($1) },
        Reader("a prompt's analysis", "Sources/PromptAnalysis", texts: 3) {
            _ = try PromptAnalyser().analyse($1, by: Work(), within: AnalysisLimits())
        },
    ]
}
