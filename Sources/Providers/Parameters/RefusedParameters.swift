import Synchronization

/// Which parameters the models of a process are known to refuse, so that each is asked with them once only.
///
/// They outlive a new reading of the configuration.
public final class RefusedParameters: Sendable {
    /// More models than any configuration has; names that clients choose may be any number.
    private static let maximumModels = 1_000

    private let known = Mutex<[String: Set<RequestParameter>]>([:])
    private let log: @Sendable (String) -> Void

    /// - Parameter log: takes a line for the operator, once for each parameter of a model.
    public init(log: @escaping @Sendable (String) -> Void = { _ in }) { self.log = log }

    func parameters(of model: String, at baseURL: String) -> Set<RequestParameter> {
        known.withLock { $0[Self.key(model, baseURL)] ?? [] }
    }

    func remember(_ parameters: Set<RequestParameter>, of model: String, at baseURL: String, provider: String) {
        let new = known.withLock { known in
            let key = Self.key(model, baseURL)
            let new = parameters.subtracting(known[key] ?? [])
            if known[key] == nil, known.count >= Self.maximumModels, let any = known.keys.first { known[any] = nil }
            known[key, default: []].formUnion(parameters)
            return new
        }
        for parameter in new.sorted(by: { $0.rawValue < $1.rawValue }) {
            let change =
                parameter == .tokenLimitField ? " by that name; it is given the other one" : "; it is asked without"
            log("\(provider): \(model.prefix(128)) does not take \(parameter.rawValue)\(change) from here on")
        }
    }

    private static func key(_ model: String, _ baseURL: String) -> String { baseURL + " " + model }
}
