/// What somebody in need may be in.
enum CareKind: String, Sendable, CaseIterable {
    // The most pressing first.
    /// A life in danger by illness, poison or accident.
    case emergency
    /// Somebody wants to hurt others.
    case harm
    /// Violence, abuse, threats, against the writer or somebody the writer knows.
    case violence
    /// Somebody whom the writer knows speaks of death or hurts themselves.
    case friend
    case eating
    /// Suicide and self-harm.
    case despair
}

/// Tells whether a message comes from somebody in need. Linear in the message's length.
enum CareReader {
    struct Need: Sendable, Equatable {
        var kind: CareKind
        var language: MessageLanguage
    }

    private static let wordings = Wordings<CareKind>("care")

    /// The most pressing need; nil for every other message.
    static func need(in message: String) -> Need? {
        guard let found = wordings.found(in: message),
            let kind = CareKind.allCases.first(where: found.kinds.contains)
        else { return nil }
        return Need(kind: kind, language: found.language)
    }
}
