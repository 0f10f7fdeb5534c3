import Substrings

// `headers` of a provider.
extension FileReading {
    private static let maximumHeaders = 16
    private static let maximumNameSize = 64

    /// Headers that carry keys with one vendor or another.
    private static let keyHeaders: Set<String> = [
        "authorization", "proxy-authorization", "api-key", "x-api-key", "x-goog-api-key",
    ]
    /// Headers that say where a request goes, where it ends and how its answer is packed: another value than the
    /// program's own breaks the exchange.
    private static let ownHeaders: Set<String> = [
        "host", "content-length", "content-type", "transfer-encoding", "connection", "accept-encoding", "expect", "te",
        "trailer", "upgrade",
    ]

    /// Reads `headers`; what is mistaken in them is told and left out.
    func readHeaders(of provider: inout Section) -> [ProviderSettings.Header] {
        guard var section = provider.section("headers") else { return [] }
        if section.members.count > Self.maximumHeaders {
            mistakes.add(
                section.location, section.path, "has more than \(Self.maximumHeaders) entries", "Remove some")
            return []
        }
        var headers: [ProviderSettings.Header] = []
        for member in section.members {
            let path = section.path(of: member.key)
            if let (problem, remedy) = Self.mistake(inName: member.key) {
                mistakes.add(member.keyLocation, path, problem, remedy)
            } else if headers.contains(where: { $0.name.lowercased() == member.key.lowercased() }) {
                mistakes.add(
                    member.keyLocation, path, "is there already, in other letters",
                    "Keep one of the two; capitals do not matter in the names of headers")
            } else if let value = section.text(member.key, "the header's value") {
                headers.append(ProviderSettings.Header(member.key, value.value))
            }
        }
        return headers
    }

    private static func mistake(inName name: String) -> (problem: String, remedy: String)? {
        guard name.isToken, name.utf8.count <= maximumNameSize else {
            return ("is no name of a header", "Use 1 to \(maximumNameSize) letters, digits and -, as in \"X-Title\"")
        }
        let small = name.lowercased()
        if keyHeaders.contains(small) {
            return (
                "carries a key, and keys are not written in this file",
                "Use api_key_env: \"NAME_OF_A_VARIABLE\" or api_key_file: \"PATH\"; the provider's kind knows its header"
            )
        }
        if small == "host" { return ("follows from base_url", "Remove it, and write the host in base_url") }
        if ownHeaders.contains(small) { return ("is written by the program itself", "Remove it") }
        return nil
    }
}
