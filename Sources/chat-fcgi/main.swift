import Chat
import Glibc

// The story of the program: which command, or, without one, how it was started.

let words = Array(CommandLine.arguments.dropFirst())
let serves = words.isEmpty || words[0] == "serve"
openStandardDescriptors(serves: serves)
Signals.begin(serves: serves)
Task.detached {
    do {
        try await CommandLineInterface.run(words)
        try Output.check()
        Signals.endIfTold()
        exit(ExitCode.ok.rawValue)
    } catch {
        let failure =
            error as? CommandFailure ?? (error as? StoreError).map(CommandFailure.init)
            ?? CommandFailure(.io, "\(error)")
        Signals.endIfTold()
        complain(failure.message)
        exit(failure.code.rawValue)
    }
}
// Not `await` at top level: there the main thread ends in libdispatch's sigsuspend with an empty mask, and takes the
// signals that were blocked for signalfd.
while true { pause() }
