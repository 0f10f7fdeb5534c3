// Language models: how each provider is asked and read. `Wire` has what all kinds share.

import Chat
import HTTPClient

extension ModelError {
    /// A failure of the line to a provider, in the domain's terms.
    /// - Parameter hasBegun: whether anything of the response had come.
    init(_ error: HTTPClientError, provider: String, hasBegun: Bool) {
        let kind: Kind =
            switch error.kind {
            case .resolve, .connect, .tls, .cancelled, .refusedAddress, .noDescriptor: .unavailable
            case .timeout: .timeout
            case .reset: hasBegun ? .interrupted : .unavailable
            case .tooLarge: .tooLarge
            case .protocol: .malformed
            // The address, or a header, of the configuration.
            case .invalidRequest: .notFound
            }
        let remedy = "; if the provider is meant to be there, set allow_link_local: true for it"
        self.init(
            kind: kind, provider: provider,
            detail: error.description + (error.kind == .refusedAddress ? remedy : ""))
        if self.kind == .unavailable { unavailability = .unreachable }
        isLocal = error.kind == .noDescriptor
    }
}
