import Telemetry
import Testing

@Suite struct LogFormTests {
    private func line(
        _ message: String, _ fields: [(name: String, value: Log.Value)] = [], level: Log.Level = .info,
        isJSON: Bool = false, isForJournal: Bool = false
    ) -> String {
        let entry = Log.Entry(level: level, message: message, fields: fields)
        return String(
            decoding: LogForm(isJSON: isJSON, isForJournal: isForJournal).line(entry, time: "T"), as: UTF8.self)
    }

    @Test func `a line for people has the time, the level, the message and the fields`() {
        #expect(
            line("request", [("id", "r1"), ("ms", 12), ("rate", .decimal(0.5)), ("cut", .flag(true))])
                == "T info request id=r1 ms=12 rate=0.5 cut=true\n")
    }

    @Test func `a line of JSON has the fields as members of their own type`() {
        #expect(
            line("request", [("id", "a \"b\""), ("ms", 12), ("cut", .flag(false))], isJSON: true)
                == #"{"time":"T","level":"info","message":"request","id":"a \"b\"","ms":12,"cut":false}"# + "\n")
    }

    @Test func `a value that is more than one word is quoted`() {
        #expect(
            line("m", [("a", "x y"), ("b", ""), ("c", "k=v"), ("d", "plain/{id}")])
                == "T info m a=\"x y\" b=\"\" c=\"k=v\" d=plain/{id}\n")
    }

    @Test(arguments: [(Log.Level.debug, 7), (.info, 6), (.warning, 4), (.error, 3)])
    func `the journal is told the priority, and has its own time`(level: Log.Level, priority: Int) {
        #expect(line("m", level: level, isForJournal: true) == "<\(priority)>m\n")
        #expect(line("m", level: level, isJSON: true, isForJournal: true).hasPrefix("<\(priority)>{\"time\":\"T\""))
    }

    @Test(
        arguments: [
            "\n", "\r", "\r\n", "\u{0}", "\u{1B}[2J", "\u{7F}", "\u{85}", "\u{9B}", "\u{2028}", "\u{2029}", "\u{202E}",
            "\u{2066}", "\t",
        ], [false, true])
    func `nothing that was sent ends a line or steers a terminal`(hostile: String, isJSON: Bool) {
        for text in [line("a\(hostile)b", isJSON: isJSON), line("m", [("f", .text("a\(hostile)b"))], isJSON: isJSON)] {
            #expect(text.unicodeScalars.count { $0.value < 0x20 } == 1)
            #expect(text.unicodeScalars.last == "\n")
            #expect(!text.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) || $0.value >= 0x2028 })
            #expect(text.contains("\\u00") || text.contains("\\u20"))
        }
    }

    @Test func `a long text is cut`() {
        let text = line("m", [("f", .text(String(repeating: "ä", count: 100_000)))])
        #expect(text.utf8.count < 5000)
        #expect(text.hasSuffix("ä…\n"))
    }

    @Test func `a log writes what is important enough, without the fields that have no value`() {
        let lines = Lines()
        let log = Log(level: .warning) { lines.add($0) }
        log.info("no")
        log.warning("yes", ["a": Log.Value(Optional<String>.none), "b": Log.Value(3)])
        #expect(lines.all.map(\.message) == ["yes"])
        #expect(lines.all[0].fields.map(\.name) == ["b"])
    }
}
