import Configuration
import HTTPClient

/// `chat-fcgi doctor`: tries a running installation as its users would, and tells what is well, what is not, and how to
/// mend it.
enum DoctorCommand {
    private static let usage = "chat-fcgi doctor [--deep] [--url U] [--token T] [--config F]"
    /// Where `make run` serves.
    private static let usualURL = "http://127.0.0.1:8080"

    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(words, valued: ["--url", "--token", "--config"], flags: ["--deep"])
        try arguments.expect(words: 0...0, usage)
        let url = arguments.options["--url"] ?? usualURL
        guard let client = DoctorClient(url: url, token: arguments.options["--token"]) else {
            throw CommandFailure(
                .usage, "--url \(url) must be http:// or https:// with a host, and no user, query or fragment")
        }
        let config = arguments.options["--config"]
        // A place elsewhere has its own configuration, which is not at hand.
        let looksAtHouse = arguments.options["--url"] == nil || config != nil
        let isDeep = arguments.flags.contains("--deep")
        guard looksAtHouse || !isDeep else {
            throw CommandFailure(.usage, "--deep reads the databases of this machine: with --url it needs --config F")
        }
        let look = Task {
            var report = DoctorReport()
            if looksAtHouse, let settings = await DoctorHouse.examine(config, isDeep: isDeep, &report) {
                await DoctorExposure.examine(settings, client, &report)
            }
            var visit = DoctorVisit(client)
            await visit.run(&report)
            return report
        }
        // What is under way is given up, and what the visit has made is removed.
        Signals.onEnd { look.cancel() }
        let report = await look.value
        Signals.endIfTold()
        let warnings = report.warnings == 1 ? "1 warning" : "\(report.warnings) warnings"
        guard report.failures == 0 else {
            throw CommandFailure(.unavailable, "\(report.failures) of \(report.lines) failed, \(warnings)")
        }
        say(report.warnings == 0 ? "all is well" : "it works, with \(warnings)")
    }
}
