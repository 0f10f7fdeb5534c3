import JSON
import LoopbackServer
import Scheduling

/// A vendor's server on the loopback that fails as its script says, in the vendor's own wire format, streaming and not, and
/// remembers every call.
///
/// Its connections are kept open for further calls, as vendors' are. It never sleeps to be right: a test holds it with a
/// `Signal`, and milliseconds are only for the faults whose nature is time.
public final class FaultyProvider: Sendable {
    public let kind: ProviderKind
    private let server: LoopbackServer
    private let state: Watched<State>

    private struct State {
        var calls: [ReceivedCall] = []
        var probes: [ReceivedCall] = []
        var connections = 0
        var isUp = true
    }

    public init(_ kind: ProviderKind, _ script: Script) {
        if case .inOrder(let behaviours) = script { precondition(!behaviours.isEmpty, "a script has a behaviour") }
        self.kind = kind
        let state = Watched(State())
        self.state = state
        let format = kind.format
        server = LoopbackServer { connection in
            let number = state.change { state in
                state.connections += 1
                return state.connections - 1
            }
            while let request = connection.readRequest() {
                var call = ReceivedCall(request, connection: number)
                guard request.method == "POST" else {
                    state.change { $0.probes.append(call) }
                    let isUp = state.value.isUp
                    connection.respond(
                        status: isUp ? "200 OK" : "503 Service Unavailable",
                        headers: ["Content-Type: application/json"],
                        #"{"data":[],"models":[]}"#)
                    continue
                }
                call.number = state.change { [call] state in
                    state.calls.append(call)
                    state.calls[state.calls.count - 1].number = state.calls.count - 1
                    return state.calls.count - 1
                }
                let outcome = Self.answer(call, script, isUp: state.value.isUp, format, connection)
                state.change { [call] state in
                    state.calls[call.number].ending = outcome == .clientLeft ? .clientLeft : .done
                    state.calls[call.number].endedAt = .now()
                }
                if outcome != .answered { return }
            }
        }
    }

    private static func answer(
        _ call: ReceivedCall, _ script: Script, isUp: Bool, _ format: any VendorFormat, _ connection: LoopbackConnection
    ) -> Performance.Outcome {
        guard let terms = format.terms(of: call) else {
            return Performance(connection: connection, delivery: .events)
                .play([.response(format.refusal(.unknownModel), headers: [])])
        }
        let behaviour =
            switch script {
            case .inOrder(let behaviours): behaviours[min(call.number, behaviours.count - 1)]
            case .health(let up, let down): isUp ? up : down
            }
        return Performance(connection: connection, delivery: behaviour.delivery)
            .play(Composition.actions(of: behaviour, in: format, for: terms))
    }

    /// Of the server, with a path behind it.
    public func url(_ path: String = "") -> String { server.url(path) }

    /// Of a script with a health.
    public var isUp: Bool {
        get { state.value.isUp }
        set { state.change { $0.isUp = newValue } }
    }

    /// In the order in which they came.
    public var calls: [ReceivedCall] { state.value.calls }

    /// Requests that ask for no answer.
    public var probes: [ReceivedCall] { state.value.probes }

    /// How many connections have been made to it.
    public var connections: Int { server.acceptedConnections }

    /// Waits until so many calls have come.
    public func isCalled(times count: Int) async {
        await state.until { $0.calls.count >= count }
    }

    /// Waits until the call of this number has come and ended, and gives it.
    public func ended(call number: Int = 0) async -> ReceivedCall {
        await state.until { $0.calls.count > number && $0.calls[number].ending != nil }
        return calls[number]
    }
}

extension ReceivedCall {
    init(_ request: LoopbackRequest, connection: Int) {
        self.init(
            number: 0, connection: connection, arrivedAt: .now(), method: request.method, target: request.target,
            headers: request.headers, body: try? JSONValue(parsing: request.body))
    }
}
