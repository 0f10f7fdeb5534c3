import Substrings

/// Where a picture may be that a provider is to get from an https URL.
///
/// A provider may be a server of the operator's own: it would ask whatever a client names, inside the operator's network as well
/// (server-side request forgery, CWE-918). What is public has a name with a dot in it.
enum PictureHost {
    /// - Parameter url: begins with `https://`, in ASCII without spaces.
    static func isPublicName(in url: String) -> Bool {
        let rest = url.dropFirst("https://".count)
        // Some readers take a backslash for a slash (url.spec.whatwg.org), others for a part of a name or a password.
        guard !rest.contains("\\") else { return false }
        var host = rest.prefix { !"/?#".contains($0) }[...]
        guard !host.contains("@"), !host.contains("[") else { return false }
        if let colon = host.firstIndex(of: ":") {
            guard host[colon...].dropFirst().allSatisfy(\.isNumber) else { return false }
            host = host[..<colon]
        }
        if host.last == "." { host = host.dropLast() }
        let labels = host.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, !localNames.contains(String(last)) else { return false }
        // A host whose last label is a number is an IPv4 address in one of its spellings.
        return labels.allSatisfy { label in
            !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" }
        } && last.first?.isNumber == false
    }

    /// RFC 6761, RFC 6762, RFC 8375 and what private networks and clouds use.
    private static let localNames: Set = ["arpa", "corp", "home", "internal", "intranet", "lan", "local", "localhost"]
}
