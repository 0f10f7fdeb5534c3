import Configuration
import Glibc
import HTTPClient

/// `chat-fcgi doctor`: tries a running installation as its users would, and tells what is well, what is not, and how to
/// fix it.
enum DoctorCommand {
    private static let usage = "chat-fcgi doctor [--deep] [--url U] [--token T] [--cacert FILE] [--config F] [--json]"
    static func run(_ words: ArraySlice<String>) async throws {
        let arguments = try Arguments(
            words, valued: ["--url", "--token", "--cacert", "--config"], flags: ["--deep", "--json"])
        try arguments.expect(words: 0...0, usage)
        let url = arguments.options["--url"] ?? DoctorClient.usualURL
        let certificates = arguments.options["--cacert"]
        if let certificates, access(certificates, R_OK) != 0 {
            throw CommandFailure(.usage, "--cacert \(certificates) cannot be read: \(String(cString: strerror(errno)))")
        }
        let token = arguments.options["--token"]
        guard let client = DoctorClient(url: url, token: token, certificates: certificates) else {
            throw DoctorClient.badURL(url)
        }
        let config = arguments.options["--config"]
        // A place elsewhere has its own configuration, which cannot be read from here.
        let looksAtHouse = arguments.options["--url"] == nil || config != nil
        let isDeep = arguments.flags.contains("--deep")
        guard looksAtHouse || !isDeep else {
            throw CommandFailure(.usage, "--deep reads the databases of this machine: with --url it needs --config F")
        }
        let isJSON = arguments.flags.contains("--json")
        let look = Task {
            var report = DoctorReport(isJSON: isJSON)
            let settings = looksAtHouse ? await DoctorHouse.examine(config, isDeep: isDeep, &report) : nil
            if let settings { await DoctorExposure.examine(settings, client, &report) }
            var visit = DoctorVisit(client, settings)
            await visit.run(&report)
            return report
        }
        // What is under way is given up, and what the visit has made is removed.
        Signals.onEnd { look.cancel() }
        let report = await look.value
        Signals.endIfTold()
        let warnings = counted(report.warnings, "warning")
        guard report.failures == 0 else {
            throw CommandFailure(.unavailable, "\(report.failures) of \(report.lines) failed, \(warnings)")
        }
        if !isJSON { say(report.warnings == 0 ? "all is well" : "it works, with \(warnings)") }
    }
}
