import LoopbackServer

/// Plays the actions of one answer on its connection.
struct Performance {
    enum Outcome {
        /// The connection waits for the next request.
        case answered
        case closed
        case clientLeft
    }

    let connection: LoopbackConnection
    let delivery: Behaviour.Delivery

    func play(_ actions: [Action]) -> Outcome {
        var together: [UInt8] = []
        for action in actions {
            if case .chunk(let bytes) = action, case .together = delivery {
                together += bytes
                continue
            }
            if !together.isEmpty, !connection.sendChunk(together) { return .clientLeft }
            together = []
            switch action {
            case .wait(let wait): if !waits(wait) { return .clientLeft }
            case .response(let body, let headers):
                connection.respond(
                    status: body.statusLine, headers: ["Content-Type: \(body.contentType)"] + headers, body.body)
            case .head(let contentType, let headers):
                let lines =
                    ["HTTP/1.1 200 OK", "Content-Type: \(contentType)", "Transfer-Encoding: chunked"] + headers
                if !connection.send(lines.joined(separator: "\r\n") + "\r\n\r\n") { return .clientLeft }
            case .chunk(let bytes): if !deliver(bytes) { return .clientLeft }
            case .filler(let count): if !fill(count) { return .clientLeft }
            case .repeating(let bytes, let milliseconds):
                while connection.sendChunk(bytes), waits(.milliseconds(milliseconds)) {}
                return .clientLeft
            case .lastChunk: connection.sendLastChunk()
            case .silence: return connection.waitForPeerToLeave() ? .clientLeft : .closed
            case .close: return .closed
            case .reset:
                connection.waitUntilPeerHasRead()
                connection.reset()
                return .closed
            }
        }
        return .answered
    }

    /// False when the client left meanwhile.
    private func waits(_ wait: Behaviour.Wait) -> Bool {
        switch wait {
        case .signal(let signal):
            !connection.waitForPeerToLeave(orReadable: signal.descriptor, milliseconds: 30_000)
        case .milliseconds(let milliseconds):
            !connection.waitForPeerToLeave(orReadable: -1, milliseconds: milliseconds)
        }
    }

    private func deliver(_ bytes: [UInt8]) -> Bool {
        switch delivery {
        case .events, .together: return connection.sendChunk(bytes)
        case .bytes: return bytes.allSatisfy { connection.sendChunk([$0]) }
        case .trickle(let milliseconds):
            return bytes.allSatisfy { connection.sendChunk([$0]) && waits(.milliseconds(milliseconds)) }
        }
    }

    private func fill(_ count: Int) -> Bool {
        let block = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
        var left = count
        while left > 0 {
            guard connection.sendChunk(Array(block[..<min(left, block.count)])) else { return false }
            left -= block.count
        }
        return true
    }
}
