import CCrypto

/// SHA-256 and what is compared with it.
public enum Hashing {
    public static func sha256(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        var digest = [UInt8](repeating: 0, count: 32)
        let isDone = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1
        precondition(isDone, "OpenSSL has no SHA-256")
        return digest
    }

    public static func sha256(_ text: String) -> [UInt8] { sha256(text.utf8) }

    /// HMAC with SHA-256 (RFC 2104).
    public static func authenticationCode(of bytes: [UInt8], under secret: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length: UInt32 = 0
        let isDone = HMAC(EVP_sha256(), secret, Int32(secret.count), bytes, bytes.count, &digest, &length) != nil
        precondition(isDone && length == 32, "OpenSSL has no SHA-256")
        return digest
    }

    /// Whether two digests are the same, in a time that does not tell where they differ.
    public static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && CRYPTO_memcmp(one, other, one.count) == 0
    }

    /// Bytes that nobody can guess.
    public static func randomBytes(_ count: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let isDone = RAND_bytes(&bytes, Int32(count)) == 1
        precondition(isDone, "OpenSSL has no random bytes")
        return bytes
    }
}
