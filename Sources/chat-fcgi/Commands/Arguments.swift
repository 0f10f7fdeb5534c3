// The commands: a file or two for each, and what they say to a terminal.

import CGetopt
import Glibc

/// The words after a command, read by getopt_long(3): options in any place, with their value behind `=` or in the next word, and as short
/// as they are clear. Behind `--` nothing is an option.
struct Arguments {
    private(set) var options: [String: String] = [:]
    private(set) var flags: Set<String> = []
    private(set) var words: [String] = []

    /// - Parameters:
    ///   - valued: options that take a value: `--config F` or `--config=F`.
    ///   - flags: options that take none.
    /// - Throws: `CommandFailure` naming the option that is not known or lacks its value.
    init(_ arguments: some Sequence<String>, valued: Set<String>, flags known: Set<String> = []) throws {
        let names = valued.sorted() + known.sorted()
        // The first stands for the program's name.
        var pointers = ([""] + arguments).map { strdup($0) } + [nil]
        // What getopt_long gives for the first; single letters are below it.
        let first: Int32 = 256
        var wanted = names.enumerated().map { place, name in
            option(
                name: strdup(String(name.dropFirst(2))),
                has_arg: valued.contains(name) ? required_argument : no_argument, flag: nil, val: first + Int32(place))
        }
        wanted.append(option())
        defer {
            for pointer in pointers { free(pointer) }
            for option in wanted { free(UnsafeMutablePointer(mutating: option.name)) }
        }
        var begins = true
        while true {
            let step = cgetopt_next(Int32(pointers.count - 1), &pointers, wanted, begins)
            begins = false
            if step.found >= first {
                let name = names[Int(step.found - first)]
                if let value = step.value { options[name] = String(cString: value) } else { flags.insert(name) }
                continue
            }
            // In the order in which getopt_long has put them.
            let all = pointers.compactMap { $0.map { String(cString: $0) } }
            guard step.found != -1 else {
                words = Array(all[Int(step.next)...])
                return
            }
            // Within letters, which may be the bytes of one, the next word is still theirs.
            let letter = step.letter > 0 && step.letter < first ? UnicodeScalar(UInt8(step.letter)) : nil
            let word = letter.map { "-\($0)" } ?? all[Int(step.next) - (step.letter < 0 ? 0 : 1)]
            throw CommandFailure(
                .usage,
                step.found == Int32(UInt8(ascii: ":"))
                    ? "\(word) needs a value; chat-fcgi --help tells more"
                    : "\(word) is not an option here; chat-fcgi --help lists them (behind -- nothing is one)")
        }
    }

    /// Complains about words that the command does not take.
    func expect(words count: ClosedRange<Int>, _ usage: String) throws {
        guard count.contains(words.count) else { throw CommandFailure(.usage, "usage: \(usage)") }
    }
}
