/// The words after a command: options with values, flags, and the rest.
struct Arguments {
    private(set) var options: [String: String] = [:]
    private(set) var flags: Set<String> = []
    private(set) var words: [String] = []

    /// - Parameters:
    ///   - valued: options that take a value: `--config F` or `--config=F`.
    ///   - flags: options that take none.
    /// - Throws: `CommandFailure` naming the option that is not known or lacks its value.
    init(_ arguments: some Sequence<String>, valued: Set<String>, flags known: Set<String> = []) throws {
        var rest = Array(arguments)[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("-"), word != "-" else {
                words.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            if known.contains(word) {
                flags.insert(word)
            } else if valued.contains(parts[0]) {
                guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                    throw CommandFailure(.usage, "\(word) needs a value; chat-fcgi --help tells more")
                }
                options[parts[0]] = value
            } else {
                throw CommandFailure(.usage, "\(word) is not an option here; chat-fcgi --help lists them")
            }
        }
    }

    /// Complains about words that the command does not take.
    func expect(words count: ClosedRange<Int>, _ usage: String) throws {
        guard count.contains(words.count) else { throw CommandFailure(.usage, "usage: \(usage)") }
    }
}
