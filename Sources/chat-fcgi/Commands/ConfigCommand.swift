import Configuration
import Glibc

/// `chat-fcgi config show` and `config explain`: what holds, and what a key means.
enum ConfigCommand {
    private static let usage = "chat-fcgi config show [--effective], or config explain [KEY] [--config F]"

    static func run(_ words: ArraySlice<String>) throws {
        let arguments = try Arguments(words.dropFirst(), valued: ["--config"], flags: ["--effective"])
        switch words.first {
        case "show":
            try arguments.expect(words: 0...0, usage)
            try show(arguments)
        case "explain":
            try arguments.expect(words: 0...1, usage)
            try explain(arguments)
        default: throw CommandFailure(.usage, "usage: \(usage)")
        }
    }

    /// The file as it is; with `--effective` every key with the value that holds, as a file that means the same.
    private static func show(_ arguments: Arguments) throws {
        let settings = try Configured(path: arguments.options["--config"]).settings
        if arguments.flags.contains("--effective") {
            return try Output.write(Array(settings.effective(in: folder).text.utf8))
        }
        guard case .file(let path, _) = settings.source else {
            return say("// There is no file, the defaults hold: chat-fcgi config show --effective prints them.")
        }
        guard let bytes = try SmallFile.read(path) else {
            throw CommandFailure(.unavailable, "\(path) is not there any more")
        }
        try Output.write(bytes)
    }

    private static var folder: String {
        guard let path = getcwd(nil, 0) else { return "" }
        defer { free(path) }
        return String(cString: path)
    }

    private static func explain(_ arguments: Arguments) throws {
        let manual = ConfigurationManual(String(decoding: PackageResources.chat_fcgi_json5_example, as: UTF8.self))
        guard let key = arguments.words.first else {
            for key in manual.keys { say(key) }
            return
        }
        guard let entry = manual.entry(for: key) else {
            let last = key.split(separator: ".").last.map(String.init) ?? key
            let like = manual.keys.filter { $0 == last || $0.hasSuffix("." + last) || $0.hasPrefix(last + ".") }
            throw CommandFailure(
                .usage,
                "\(key) is no key of the configuration; "
                    + (like.isEmpty
                        ? "chat-fcgi config explain lists them" : "there is \(like.joined(separator: ", "))"))
        }
        say(key)
        for line in entry.text { say("  \(line)") }
        if let example = entry.example { say("  in the example: \(example)") }
        // Without it where the configuration has mistakes: what a key means is asked to fix them.
        if let settings = try? Configured(path: arguments.options["--config"]).settings,
            let value = settings.effective(in: folder)[key]
        {
            say("  now: \(value)")
        }
    }
}
