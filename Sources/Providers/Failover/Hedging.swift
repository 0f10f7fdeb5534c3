import Synchronization

/// When a second provider is asked beside one that shows nothing (Dean and Barroso, "The Tail at Scale",
/// doi.org/10.1145/2408776.2408794). Pure.
enum Hedging {
    /// Milliseconds that a route may show nothing, where the configuration does not say.
    static let usualMilliseconds = 10_000

    /// Milliseconds from the call until another one is asked as well; nil for never.
    /// - Parameters:
    ///   - configured: 0 for never; nil where it is not said.
    ///   - isThinking: whether the model is expected to think first, which is no sign of trouble.
    ///   - elapsed: milliseconds since the answer was asked for. The patience is one for the whole answer; a call has a
    ///     quarter of it at least.
    static func delay(configured: Int?, isThinking: Bool, elapsed: Int) -> Int? {
        let patience = configured ?? (isThinking ? 0 : usualMilliseconds)
        return patience > 0 ? max(patience - elapsed, patience / 4) : nil
    }
}

/// How many calls may be made beside others: a share of all answers, so that a slow day does not double the bill. Pure.
struct HedgeCredit {
    /// Calls that may be saved up, and that a process begins with.
    static let maximum = 10

    /// Of every hundred answers; 0 for none.
    var percent: Int
    private var hundredths = Self.maximum * 100

    init(percent: Int) { self.percent = percent }

    /// An answer has been asked for.
    mutating func earn() { hundredths = min(hundredths + percent, Self.maximum * 100) }

    /// Takes one call; false when there is none to take.
    mutating func spend() -> Bool {
        guard percent > 0, hundredths >= 100 else { return false }
        hundredths -= 100
        return true
    }

    /// Nobody was there to be called.
    mutating func giveBack() { hundredths = min(hundredths + 100, Self.maximum * 100) }
}

/// The credit of a process. It outlives a new reading of the configuration.
public final class HedgeBudget: Sendable {
    private let credit: Mutex<HedgeCredit>

    /// - Parameter percent: of all answers, 0 to 100.
    public init(percent: Int = 10) { credit = Mutex(HedgeCredit(percent: percent)) }

    public func configure(percent: Int) { credit.withLock { $0.percent = percent } }
    func earn() { credit.withLock { $0.earn() } }
    func spend() -> Bool { credit.withLock { $0.spend() } }
    func giveBack() { credit.withLock { $0.giveBack() } }
}
