import Glibc

// What libFuzzer calls (https://llvm.org/docs/LibFuzzer.html). One program for all readers: the environment says which one, so that
// one build serves all.

/// What is done with an input. A fault is a crash: a trap, a sanitizer's report, or `broken`.
typealias Target = @Sendable ([UInt8]) -> Void

let targets: [String: Target] = [
    "event-stream": eventStream,
    "openai": { providerAnswer(.openAI, $0) },
    "anthropic": { providerAnswer(.anthropic, $0) },
    "gemini": { providerAnswer(.gemini, $0) },
    "ollama": { providerAnswer(.ollama, $0) },
    "json": json,
    "json5": json5,
    "fastcgi": fastCGI,
    "books-csv": booksCSV,
    "prices-csv": pricesCSV,
    "markdown": markdown,
    "jwt": jwt,
]

private let target: Target = {
    let name = getenv("CHAT_FCGI_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    guard let target = targets[name] else { broken("CHAT_FCGI_FUZZ_TARGET is one of \(targets.keys.sorted())") }
    return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: data, count: count)))
    return 0
}

/// A property that does not hold.
func broken(_ what: String) -> Never {
    var line = "broken: \(what)\n"
    line.withUTF8 { _ = write(2, $0.baseAddress, $0.count) }
    abort()
}

/// The input cut into pieces, at places that the input itself decides: a reader must not care.
func pieces(of bytes: [UInt8]) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var rest = bytes[...]
    var length = 1
    for byte in bytes where !rest.isEmpty {
        length = 1 + Int(byte) % 17
        pieces.append(Array(rest.prefix(length)))
        rest = rest.dropFirst(length)
    }
    return pieces
}
