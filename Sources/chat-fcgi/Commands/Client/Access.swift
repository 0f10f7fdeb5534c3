// Commands that talk to a server: `chat` and `sessions`.

import Configuration
import FCGIApp
import Glibc
import HTTPClient
import JSON
import Scheduling

/// Where `chat` and `sessions` go: a server, by its address; or the data of this machine, whose requests this process answers itself, beside
/// the processes that serve.
enum Access {
    case server(DoctorClient)
    case local(LocalInstallation)

    static let options: Set<String> = ["--url", "--token", "--user", "--config"]
    static let usage = "[--url U [--token T] | --user NAME] [--config F]"

    /// - Parameter isReading: refuses a data folder in which nothing was said yet, instead of beginning one.
    /// - Throws: `CommandFailure`.
    init(_ arguments: Arguments, isReading: Bool = false) async throws {
        let options = arguments.options
        guard let url = options["--url"] else {
            guard options["--token"] == nil else {
                throw CommandFailure(.usage, "--token is for a server: it needs --url U")
            }
            self = .local(
                try await LocalInstallation(
                    configuration: options["--config"], user: options["--user"] ?? "terminal", isReading: isReading))
            return
        }
        guard options["--user"] == nil else {
            throw CommandFailure(.usage, "--user is for the data of this machine: a server knows a user by --token T")
        }
        let token = Self.token(options)
        guard var client = DoctorClient(url: url, token: token) else { throw DoctorClient.badURL(url) }
        if token == nil {
            let answer = try await Self.explained { try await client.ask(.post, "/api/v1/auth/guest", .object([:])) }
            guard answer.status == 200, let token = answer.json?["token"]?.stringValue else {
                throw Self.failure(answer.status, answer.body)
            }
            client.token = token
        }
        self = .server(client)
    }

    /// The one of the environment is not in the list of processes, where everybody can read a command's words.
    static func token(_ options: [String: String]) -> String? {
        options["--token"] ?? getenv("CHAT_FCGI_TOKEN").map { String(cString: $0) }
    }

    /// Ends what runs here.
    func close() async {
        if case .local(let installation) = self { await installation.close() }
    }

    // MARK: - Requests

    /// A response that is read as it comes.
    enum Stream {
        case server(HTTPResponseStream)
        case local(LocalResponse)

        var status: Int {
            switch self {
            case .server(let stream): stream.status
            case .local(let response): response.status
            }
        }

        /// - Throws: `HTTPClientError`, when the connection broke.
        mutating func next() async throws -> [UInt8]? {
            switch self {
            case .server(let stream): return try await stream.next()
            case .local(var response):
                defer { self = .local(response) }
                return await response.next()
            }
        }

        /// All of it.
        mutating func whole() async throws -> [UInt8] {
            var body: [UInt8] = []
            while let more = try await next() { body += more }
            return body
        }
    }

    /// - Parameter path: with its query.
    /// - Throws: `HTTPClientError`.
    func open(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil, headers: [HTTPHeader] = []
    ) async throws -> Stream {
        switch self {
        case .server(let client): .server(try await client.open(method, path, body, headers: headers, isBounded: false))
        case .local(let installation): .local(await installation.open(method, path, body, headers))
        }
    }

    /// - Returns: the response's body.
    /// - Throws: `CommandFailure`, when it is refused or does not come.
    func ask(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil) async throws -> JSONValue {
        var stream = try await Self.explained { try await open(method, path, body) }
        let bytes = try await Self.explained { try await stream.whole() }
        guard (200...299).contains(stream.status) else { throw Self.failure(stream.status, bytes) }
        return (try? JSONValue(parsing: bytes)) ?? .null
    }

    /// What a refusal says (RFC 9457).
    static func failure(_ status: Int, _ body: [UInt8]) -> CommandFailure {
        let problem = try? JSONValue(parsing: body)
        guard let detail = problem?["detail"]?.stringValue else {
            return CommandFailure(.unavailable, "the answer is \(status), and not chat-fcgi's: is the address right?")
        }
        return CommandFailure(.unavailable, Output.printable("\(detail) (\(status))"))
    }

    private static func explained<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let error as HTTPClientError {
            throw CommandFailure(.unavailable, "the server cannot be asked: \(error.detail)")
        }
    }
}

/// The program's own parts, for the requests of one command.
struct LocalInstallation {
    private let assembly: Assembly
    private let upkeep: Upkeep
    private let limits: Request.Limits
    private let user: String

    /// - Parameter user: who asks. Who may read the data folder may be anybody.
    init(configuration: String?, user: String, isReading: Bool) async throws {
        let configured = try await Configured.forServing(path: configuration)
        if isReading { _ = try StoreFile.existing(configured.settings) }
        assembly = try Assembly(
            settings: configured.settings, providers: configured.providers, log: configured.log(staysUp: false),
            staysUp: false, modes: [.proxy])
        upkeep = Upkeep(assembly)
        limits = Request.Limits(configured.settings.limits)
        self.user = user
        upkeep.start()
    }

    func open(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSONValue?, _ headers: [HTTPHeader]
    ) async -> LocalResponse {
        let parts = path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let body = body?.encoded ?? []
        var variables = [
            (name: "REQUEST_METHOD", value: method.rawValue), ("SCRIPT_NAME", parts[0]),
            ("QUERY_STRING", parts.count > 1 ? parts[1] : ""), ("REMOTE_ADDR", "127.0.0.1"), ("REMOTE_USER", user),
        ]
        if !body.isEmpty { variables += [("CONTENT_TYPE", "application/json"), ("CONTENT_LENGTH", "\(body.count)")] }
        for header in headers {
            let key = String(header.name.map { $0 == "-" ? "_" : $0 }).uppercased()
            variables.append(("HTTP_" + key, header.value))
        }
        let request = Request(
            variables: variables, body: body.count > limits.bodyBytes ? [] : body,
            bodyState: body.count > limits.bodyBytes ? .tooLarge : .complete)
        return await LocalResponse(LocalExchange.response(to: request, from: assembly.responder))
    }

    func close() async {
        await assembly.engine.drain(deadlineMS: assembly.settings.stream.drainTimeoutMS)
        await upkeep.end()
        await assembly.close()
    }
}

/// A response without a web server, read as it comes.
struct LocalResponse {
    /// 0 when the program broke off before it had one.
    private(set) var status = 0
    private var pieces: AsyncStream<[UInt8]>.AsyncIterator
    private var first: [UInt8] = []

    /// Returns when the head is there.
    init(_ response: AsyncStream<[UInt8]>) async {
        pieces = response.makeAsyncIterator()
        var bytes: [UInt8] = []
        while let more = await pieces.next() {
            bytes += more
            guard let end = Self.endOfHead(bytes) else { continue }
            let lines = String(decoding: bytes[..<end], as: UTF8.self).split(whereSeparator: \.isNewline)
            let line = lines.first { $0.hasPrefix("Status: ") }
            status = line.flatMap { Int($0.dropFirst(8).prefix(3)) } ?? 200
            first = Array(bytes[end...])
            return
        }
    }

    mutating func next() async -> [UInt8]? {
        guard first.isEmpty else {
            defer { first = [] }
            return first
        }
        return await pieces.next()
    }

    /// Behind the blank line.
    private static func endOfHead(_ bytes: [UInt8]) -> Int? {
        let blank: [UInt8] = [13, 10, 13, 10]
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { bytes[($0 - 4)..<$0].elementsEqual(blank) }
    }
}
