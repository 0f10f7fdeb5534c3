/// The head of a response: a status and header fields.
public struct ResponseHead: Sendable, Equatable {
    /// 100 to 599.
    public var status: Int
    public var fields: [(name: String, value: String)]

    public init(status: Int, fields: [(name: String, value: String)] = []) {
        self.status = status
        self.fields = fields
    }

    public static func == (left: ResponseHead, right: ResponseHead) -> Bool {
        left.status == right.status && left.fields.elementsEqual(right.fields) { $0 == $1 }
    }

    /// The head in the form of CGI/1.1 (RFC 3875, section 6): a `Status` field, the others, an empty line.
    ///
    /// Bytes that would end a line early are left out of values, so that nothing a client sent can add a field
    /// (CWE-113, https://cwe.mitre.org/data/definitions/113.html).
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        bytes += "Status: \(status) \(Self.reason(status))\r\n".utf8
        for field in fields {
            bytes += field.name.utf8
            bytes += ": ".utf8
            for byte in field.value.utf8 where byte >= 0x20 && byte != 0x7F { bytes.append(byte) }
            bytes += "\r\n".utf8
        }
        // A browser is never to guess what a text is that somebody wrote (fetch.spec.whatwg.org/#x-content-type-options-header).
        bytes += "X-Content-Type-Options: nosniff\r\n\r\n".utf8
        return bytes
    }

    /// The phrase for a status (RFC 9110, section 15); the name of its class for one that is not listed here.
    public static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 201: "Created"
        case 202: "Accepted"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 410: "Gone"
        case 413: "Content Too Large"
        case 415: "Unsupported Media Type"
        case 422: "Unprocessable Content"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 507: "Insufficient Storage"
        case ..<200: "Informational"
        case ..<300: "Success"
        case ..<400: "Redirection"
        case ..<500: "Client Error"
        default: "Server Error"
        }
    }
}

/// A whole response, for everything that is no stream.
public struct Response: Sendable {
    public var head: ResponseHead
    public var body: [UInt8]

    public init(status: Int, fields: [(name: String, value: String)] = [], body: [UInt8] = []) {
        head = ResponseHead(status: status, fields: fields)
        self.body = body
    }
}
