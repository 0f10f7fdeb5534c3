// A provider's settings: addresses, secrets, what its kind implies.

import Substrings

extension ProviderSettings {
    /// Paths of the interfaces, which people copy along with the address that they stand behind.
    private static let endpoints = [
        "/chat/completions", "/completions", "/responses", "/embeddings", "/models", "/messages", "/api/chat",
        "/api/generate", "/api/tags",
    ]

    /// Why `baseURL` is hardly what this kind's paths can be put behind, and what to write; nil when it may well be.
    var addressWarning: String? {
        guard let baseURL, let separator = baseURL.firstRange(of: "://") else { return nil }
        let path = baseURL[separator.upperBound...].drop { $0 != "/" }
        var end = end(of: path)
        // What speaks OpenAI's interface has it below a folder; only endpoints of Ollama's own are at the root.
        let folder = kind == .openai && end == path.startIndex ? "/v1" : ""
        if kind == .openai, path.isEmpty {
            return "base_url of the provider \(name) has no path; most servers of this kind want "
                + "\"\(baseURL)\(folder)\""
        }
        while end > path.startIndex, path[..<end].hasSuffix("/") { end = path.index(before: end) }
        guard end < path.endIndex else { return nil }
        return "base_url of the provider \(name) ends in \(path[end...]), but has to end before that: write "
            + "\"\(baseURL[..<end])\(folder)\""
    }

    /// Where a base URL's path has to end.
    private func end(of path: Substring) -> Substring.Index {
        switch kind {
        case .azure: return Self.beginning(of: ["openai"], in: path)
        case .gemini: return Self.beginning(of: ["models", "openai"], in: path)
        case .openai, .anthropic:
            let rest = Self.withoutEndpoint(path)
            return rest.hasSuffix("/v1/v1") ? rest.index(rest.endIndex, offsetBy: -3) : rest.endIndex
        case .ollama:
            let rest = Self.withoutEndpoint(path)
            // Where Ollama speaks OpenAI's interface.
            return rest.hasSuffix("/v1") ? rest.index(rest.endIndex, offsetBy: -3) : rest.endIndex
        case .builtin: return path.endIndex
        }
    }

    private static func withoutEndpoint(_ path: Substring) -> Substring {
        let small = path.lowercased()
        let endpoint = endpoints.first { small.hasSuffix($0) } ?? ""
        return path.dropLast(endpoint.count)
    }

    /// Where the first of these segments begins, with its slash; the end of the path when there is none.
    private static func beginning(of segments: [String], in path: Substring) -> Substring.Index {
        let first = path.split(separator: "/").first { segments.contains($0.lowercased()) }
        return first.map { path.index(before: $0.startIndex) } ?? path.endIndex
    }
}
