import Glibc
import PromptAnalysis
import Scheduling

/// Analyses prompts by the rules: a few at a time, apart from the threads that answer everybody, and only as long as the task
/// that wants it is not cancelled.
struct PromptReader: Sendable {
    /// Waiting prompts hold memory, and anyone who waits behind so many gives up before.
    private static let mostWaiting = 100

    private let gate = AsyncSemaphore(
        places: max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)) / 2), mostWaiting: Self.mostWaiting)

    /// - Throws: `Problem` 413 and 503; `CancellationError`.
    func analysis(of prompt: String) async throws -> Analysis {
        try await offload {
            do throws(AnalysisError) {
                return try PromptAnalyser().analyse(prompt, isCancelled: { Task.isCancelled })
            } catch {
                switch error {
                case .cancelled: throw CancellationError()
                case .tooMuchWork:
                    throw Problem(
                        status: 413, code: "too_much_work",
                        detail: "Analysing this prompt would take too long. Send a part of it.")
                }
            }
        }
    }

    /// The analysis with a language model's remarks.
    /// - Throws: as `analysis`.
    func refined(_ analysis: Analysis, with remarks: [Remark], of prompt: String) async throws -> Analysis {
        try await offload { analysis.refined(with: remarks, of: prompt) }
    }

    private func offload<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        do {
            return try await gate.withPermit { try await Scheduling.offload { try body() } }
        } catch is AsyncSemaphore.Full {
            throw Problem(
                status: 503, code: "server_busy", detail: "Too many prompts wait to be analysed. Try again shortly.",
                fields: [("Retry-After", "2")])
        }
    }
}
