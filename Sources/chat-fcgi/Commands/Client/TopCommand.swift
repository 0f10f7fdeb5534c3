import Glibc
import JSON
import Scheduling

/// `chat-fcgi top`: what an installation is at, from its `/metrics`, again and again.
enum TopCommand {
    private static let usage = "chat-fcgi top [--url U] [--every 2] [--count N] [--json]"

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--url", "--every", "--count"], flags: ["--json"])
        try arguments.expect(words: 0...0, usage)
        let url = arguments.options["--url"] ?? DoctorClient.usualURL
        guard let client = DoctorClient(url: url) else { throw DoctorClient.badURL(url) }
        let seconds = arguments.options["--every"] ?? "2"
        guard let every = Double(seconds), (0.1...3600).contains(every) else {
            throw CommandFailure(.usage, "--every \(seconds) must be 0.1 to 3600 seconds")
        }
        let isLive = isatty(1) != 0 && !arguments.flags.contains("--json")
        // Somebody who looks looks on; a file gets one picture.
        let text = arguments.options["--count"] ?? (isLive ? "\(Int.max)" : "1")
        guard let count = Int(text), count > 0 else {
            throw CommandFailure(.usage, "--count \(text) must be 1 or more")
        }
        var before = try await figures(client)
        for _ in 0..<count {
            try? await Task.sleep(for: .milliseconds(Int(every * 1000)))
            let now = try await figures(client)
            let picture = TopPicture(from: before, to: now)
            before = now
            if arguments.flags.contains("--json") {
                say(picture.json.line)
            } else {
                let lines = picture.lines(url).map(Output.printable)
                // From the top of a cleared screen; a new picture covers the one before.
                if isLive { try Output.write(Array("\u{1B}[H\u{1B}[2J".utf8)) }
                for line in lines { say(isLive ? Terminal.unwrapped(line) : line) }
            }
        }
    }

    private static func figures(_ client: DoctorClient) async throws -> TopFigures {
        let answer: DoctorClient.Answer
        do {
            answer = try await client.ask(.get, "/metrics")
        } catch {
            throw CommandFailure(
                .unavailable,
                "\(client.base)/metrics cannot be read: \(error.detail); start the web server, or name its address with --url"
            )
        }
        guard answer.status == 200, let figures = TopFigures(answer.body) else {
            throw CommandFailure(
                .unavailable,
                "\(client.base)/metrics gives \(answer.status) and no figures: web servers give them to this machine only, so ask "
                    + "there, as by --url http://127.0.0.1")
        }
        return figures
    }
}

/// The samples of one look.
struct TopFigures {
    struct Sample {
        var labels: [String: String] = [:]
        var value = 0.0
    }

    let at = MonotonicTime.now()
    private var families: [String: [Sample]] = [:]

    /// Nil when it is no text of Prometheus's with this program's figures.
    init?(_ body: [UInt8]) {
        for line in String(decoding: body, as: UTF8.self).split(separator: "\n") where line.first != "#" {
            let name = line.prefix { $0 != "{" && $0 != " " }
            guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
                continue
            }
            var sample = Sample(value: value)
            if line[name.endIndex] == "{", let end = line[..<space].lastIndex(of: "}") {
                sample.labels = Self.labels(line[line.index(after: name.endIndex)..<end])
            }
            families[String(name), default: []].append(sample)
        }
        guard families["chat_fcgi_build_info"] != nil else { return nil }
    }

    /// `name="value",name="value"`, a backslash before what would end a value.
    private static func labels(_ text: Substring) -> [String: String] {
        var labels: [String: String] = [:]
        var (name, value, isInside, isEscaped) = ("", "", false, false)
        for character in text {
            switch character {
            case _ where isEscaped:
                value.append(character == "n" ? "\n" : character)
                isEscaped = false
            case "\\" where isInside: isEscaped = true
            case "\"" where isInside:
                labels[name] = value
                (name, value, isInside) = ("", "", false)
            case "\"": isInside = true
            case _ where isInside: value.append(character)
            case ",", "=": break
            default: name.append(character)
            }
        }
        return labels
    }

    func samples(_ name: String) -> [Sample] { families[name] ?? [] }

    func sum(_ name: String, where labels: [String: String] = [:]) -> Double {
        samples(name).filter { sample in labels.allSatisfy { sample.labels[$0.key] == $0.value } }
            .reduce(0) { $0 + $1.value }
    }

    /// What a label is in a family, each value once.
    func values(of label: String, in name: String) -> [String] {
        Set(samples(name).compactMap { $0.labels[label] }).sorted()
    }
}
