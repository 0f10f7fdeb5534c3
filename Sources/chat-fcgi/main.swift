import Glibc

// The story of the program: which command, or, without one, how it was started.

Signals.block()
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
