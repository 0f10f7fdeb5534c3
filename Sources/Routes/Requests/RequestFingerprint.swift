import CCrypto
import JSON

/// SHA-256 of what a request asks for: its path and its JSON body. White space and the order of members make no difference, which
/// some clients' libraries write in another way each time.
struct RequestFingerprint: ~Copyable {
    private let context = EVP_MD_CTX_new()

    /// - Parameter bytes: those of a string, which in a large body stand elsewhere (`LargeBody`).
    static func of(
        path: String, _ body: JSONObject, bytes: (String) -> ArraySlice<UInt8>
    ) -> [UInt8] {
        let fingerprint = RequestFingerprint()
        fingerprint.add(Array(path.utf8)[...])
        fingerprint.add(.object(body), bytes)
        return fingerprint.finish()
    }

    private init() {
        precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "OpenSSL has no SHA-256")
    }

    deinit { EVP_MD_CTX_free(context) }

    private func add(_ value: JSONValue, _ bytes: (String) -> ArraySlice<UInt8>) {
        switch value {
        case .string(let text):
            mark("s")
            add(bytes(text))
        case .array(let values):
            mark("[")
            for value in values { add(value, bytes) }
            mark("]")
        case .object(let object):
            mark("{")
            for (key, value) in object.members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
                add(Array(key.utf8)[...])
                add(value, bytes)
            }
            mark("}")
        case .null, .bool, .integer, .number:
            mark("v")
            add(value.encoded[...])
        }
    }

    /// With its length before it, so that no two sequences of strings are the same bytes.
    private func add(_ bytes: ArraySlice<UInt8>) {
        mark("\(bytes.count):")
        bytes.withUnsafeBufferPointer { update(UnsafeRawBufferPointer($0)) }
    }

    private func mark(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    private func update(_ bytes: UnsafeRawBufferPointer) {
        let isAdded = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1
        precondition(isAdded, "OpenSSL cannot hash")
    }

    private func finish() -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = EVP_DigestFinal_ex(context, &digest, nil) == 1
        precondition(isDone, "OpenSSL cannot hash")
        return digest
    }
}
