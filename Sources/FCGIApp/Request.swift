/// One request as the web server handed it over: a copy, free of libfcgi's memory, safe to pass between tasks.
///
/// The variables are those of CGI/1.1 (RFC 3875, section 4.1), whichever way the request came in.
public struct Request: Sendable {
    /// How the body arrived.
    public enum BodyState: Sendable, Equatable {
        /// As many bytes as `CONTENT_LENGTH` declared (none when it declared none).
        case complete
        /// More than the limit; the bytes were read and thrown away.
        case tooLarge
        /// Not the number of bytes declared: the client or the web server gave up midway, or sent more than it said.
        case mismatch(declared: Int, received: Int)
    }

    /// `GET`, `POST`, … in upper case as HTTP has them.
    public let method: String
    /// `PATH_INFO` when it is not empty, else `SCRIPT_NAME`, without a slash at its end; "/" for the root.
    public let path: String
    /// What stands behind the question mark, still encoded; empty when nothing does.
    public let query: String
    public let body: [UInt8]
    public let bodyState: BodyState
    private let variables: [(name: String, value: String)]

    /// - Parameter variables: the CGI variables; of two with one name the first counts.
    public init(variables: [(name: String, value: String)], body: [UInt8], bodyState: BodyState) {
        self.variables = variables
        self.body = body
        self.bodyState = bodyState
        func value(_ name: String) -> String { variables.first { $0.name == name }?.value ?? "" }
        method = Self.isErrorPage(variables) ? "OPTIONS" : value("REQUEST_METHOD")
        query = value("QUERY_STRING")
        path = Self.path(variables)
    }

    /// Apache answers OPTIONS itself, but a program that it starts (CGI, mod_fcgid) may write the page of an error: shared-host/.htaccess
    /// makes one of what a browser asks before a request to another origin.
    private static func isErrorPage(_ variables: [(name: String, value: String)]) -> Bool {
        variables.contains { $0 == ("REDIRECT_STATUS", "405") }
            && variables.contains { $0 == ("REDIRECT_REQUEST_METHOD", "OPTIONS") }
    }

    static func path(_ variables: [(name: String, value: String)]) -> String {
        func value(_ name: String) -> String { variables.first { $0.name == name }?.value ?? "" }
        var path: Substring
        if isErrorPage(variables) {
            path = value("REDIRECT_URL")[...]
            // Asked for by the script's own address, as by another's.
            let script = value("SCRIPT_NAME")
            if !script.isEmpty, path.hasPrefix(script + "/") { path = path.dropFirst(script.count) }
        } else {
            let info = value("PATH_INFO")
            path = (info.isEmpty ? value("SCRIPT_NAME") : info)[...]
        }
        while path.utf8.count > 1, path.utf8.last == UInt8(ascii: "/") { path = path.dropLast() }
        return path.isEmpty ? "/" : String(path)
    }

    /// A CGI variable ("REMOTE_USER"); nil when the web server did not send it or sent it empty.
    public func variable(_ name: String) -> String? {
        let value = variables.first { $0.name == name }?.value
        return value?.isEmpty == true ? nil : value
    }

    /// A request header by its usual name, in any case ("Last-Event-ID"); nil when absent or empty.
    public func header(_ name: String) -> String? {
        let value = variables.first { Self.isVariable($0.name, ofHeader: name) }?.value
        return value?.isEmpty == true ? nil : value
    }

    /// All values of a header, but empty ones: some web servers pass one that came twice on as two variables.
    public func headers(_ name: String) -> [String] {
        variables.filter { Self.isVariable($0.name, ofHeader: name) && !$0.value.isEmpty }.map(\.value)
    }

    /// Whether a variable has this header: `HTTP_` and its name in upper case, with underscores for hyphens.
    private static func isVariable(_ variable: String, ofHeader name: String) -> Bool {
        let prefix = "HTTP_"
        guard variable.utf8.count == prefix.utf8.count + name.utf8.count, variable.hasPrefix(prefix) else {
            return false
        }
        return zip(variable.utf8.dropFirst(prefix.utf8.count), name.utf8).allSatisfy { byte, letter in
            byte == (letter == UInt8(ascii: "-") ? UInt8(ascii: "_") : letter.uppercasedASCII)
        }
    }

    /// The body's media type in lower case without its parameters; nil when none was sent.
    public var mediaType: String? {
        guard let type = variable("CONTENT_TYPE") else { return nil }
        let part = type.utf8.prefix { $0 != UInt8(ascii: ";") }
        let bytes = part.lazy.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }.map(\.lowercasedASCII)
        return part.isEmpty ? nil : String(decoding: Array(bytes), as: UTF8.self)
    }

    /// Limits on what is read of a request.
    public struct Limits: Sendable {
        /// Largest body, in bytes.
        public var bodyBytes: Int
        /// The same for paths that have another limit.
        public var bodyBytesOfPath: [String: Int] = [:]
        /// Most time for a request to arrive once it has begun, in milliseconds.
        public var receiveMS: Int
        /// Most time in which the peer takes nothing of a response that waits for it, in milliseconds. Then it counts as
        /// gone. As long as nginx's send_timeout by default.
        public var sendMS: Int

        public init(bodyBytes: Int = 1_048_576, receiveMS: Int = 10_000, sendMS: Int = 60_000) {
            self.bodyBytes = bodyBytes
            self.receiveMS = receiveMS
            self.sendMS = sendMS
        }

        /// Largest body of a request for this path, in bytes.
        public func bodyBytes(of path: String) -> Int { bodyBytesOfPath[path] ?? bodyBytes }

        func bodyBytes(of variables: [(name: String, value: String)]) -> Int {
            bodyBytesOfPath.isEmpty ? bodyBytes : bodyBytes(of: Request.path(variables))
        }
    }
}

extension UInt8 {
    var lowercasedASCII: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self + 32 : self }
    var uppercasedASCII: UInt8 { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) ? self - 32 : self }
}
