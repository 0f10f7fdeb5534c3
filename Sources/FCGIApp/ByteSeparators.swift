// FastCGI and CGI: requests, responses, and the server between them and the web server.

extension StringProtocol {
    /// The parts between a sign of ASCII, as HTTP has them: in bytes. To Swift a slash with a combining sign behind it, which a client may
    /// send, is one character that is no slash.
    public func split(
        atByte separator: Unicode.Scalar, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
    ) -> [Substring] {
        Substring(self).utf8.split(
            separator: UInt8(ascii: separator), maxSplits: maxSplits,
            omittingEmptySubsequences: omittingEmptySubsequences
        ).map { Substring($0) }
    }
}
