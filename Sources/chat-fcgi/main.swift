import Glibc

// The story of the program: which command, or, without one, how it was started.

Signals.block()
Task.detached {
    do {
        try await CommandLineInterface.run(Array(CommandLine.arguments.dropFirst()))
        exit(ExitCode.ok.rawValue)
    } catch let failure as CommandFailure {
        complain(failure.message)
        exit(failure.code.rawValue)
    } catch {
        complain("\(error)")
        exit(ExitCode.io.rawValue)
    }
}
// Not `await` at top level: there the main thread ends in libdispatch's sigsuspend with an empty mask, and takes the
// signals that were blocked for signalfd.
while true { pause() }
