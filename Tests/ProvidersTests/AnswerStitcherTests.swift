import Chat
import Testing

@testable import Providers

/// The seam between two calls' answers.
@Suite struct AnswerStitcherTests {
    private static let text = ["Grüße ", "aus ", "dem ", "日本", "語", ".\n", "😀"]

    /// Says `first` of one call, then all of `second`, and gives what a user sees in the end.
    private func join(
        _ first: [String], _ second: [String], supportsReset: Bool
    ) -> (shown: String, given: [String], switches: [Bool], isRefused: Bool) {
        let recorder = Recorder(supportsReset: supportsReset)
        let sink = StitchingSink(recorder)
        sink.beginCall(nil) {}
        for piece in first { sink.text(TextBatch(piece)) }
        sink.beginCall(
            ProviderSwitch(from: "a", to: "b", reason: "provider_interrupted", attempt: 2, resetsText: false)
        ) {}
        for piece in second where sink.wantsMore { sink.text(TextBatch(piece)) }
        if sink.wantsMore { sink.endCall() }
        return (recorder.shown, recorder.pieces, recorder.switches.map(\.resetsText), sink.isRefused)
    }

    @Test(
        arguments: [true, false])
    func `the same answer arrives once, wherever the first call broke off, however the second is cut`(
        _ supportsReset: Bool
    ) {
        let whole = Self.text.joined()
        let cuts: [[String]] = [Self.text, [whole], whole.unicodeScalars.map { String(Character($0)) }]
        for broken in 1...Self.text.count {
            for second in cuts {
                let result = join(Array(Self.text[..<broken]), second, supportsReset: supportsReset)
                #expect(Array(result.given.joined().utf8) == Array(whole.utf8))
                #expect(result.switches == [false])
                #expect(!result.isRefused)
            }
        }
    }

    @Test func `an answer that differs replaces the text, and nothing of the old one is left`() {
        for place in Self.text.indices {
            var second = Self.text
            second[place] = "!" + second[place]
            for broken in place + 1...Self.text.count {
                let result = join(Array(Self.text[..<broken]), second, supportsReset: true)
                #expect(Array(result.shown.utf8) == Array(second.joined().utf8))
                #expect(result.switches == [true])
            }
            // It differs only behind the place where the first one broke off: that is no difference.
            let result = join(Array(Self.text[..<place]), second, supportsReset: true)
            #expect(result.shown == second.joined())
            #expect(result.switches == [false])
        }
    }

    @Test func `an answer that differs is refused where text cannot be taken back, and not a byte of it is given`() {
        for place in Self.text.indices {
            var second = Self.text
            second[place] = "!" + second[place]
            for broken in place + 1...Self.text.count {
                let result = join(Array(Self.text[..<broken]), second, supportsReset: false)
                #expect(result.isRefused)
                #expect(result.shown == Self.text[..<broken].joined())
                #expect(result.switches == [])
            }
        }
    }

    @Test func `an answer that ends before what was given is another answer`() {
        let taken = join(["one ", "two ", "three"], ["one ", "t"], supportsReset: true)
        #expect(taken.shown == "one t")
        #expect(taken.switches == [true])
        let kept = join(["one ", "two ", "three"], ["one ", "t"], supportsReset: false)
        #expect(kept.isRefused)
        #expect(kept.shown == "one two three")
    }

    @Test func `an answer that is exactly what was given adds nothing`() {
        let result = join(["one ", "two"], ["one two"], supportsReset: false)
        #expect(result.given == ["one ", "two"])
        #expect(!result.isRefused)
    }

    @Test func `an answer that breaks off in what was given leaves it to the next call`() {
        let recorder = Recorder(supportsReset: false)
        let sink = StitchingSink(recorder)
        sink.beginCall(nil) {}
        sink.text(TextBatch("one ", "two "))
        for (call, pieces) in [["one "], ["one ", "two ", "three "], ["one two three four"]].enumerated() {
            sink.beginCall(
                ProviderSwitch(from: "\(call)", to: "\(call + 1)", reason: "r", attempt: 2, resetsText: false)
            ) {}
            for piece in pieces { sink.text(TextBatch(piece)) }
        }
        sink.endCall()
        #expect(recorder.text == "one two three four")
        #expect(recorder.switches.map(\.to) == ["2", "3"])
    }

    @Test func `a call of the same provider again is no switch, unless the text starts again`() {
        for second in ["one two three", "another"] {
            let recorder = Recorder()
            let sink = StitchingSink(recorder)
            sink.beginCall(nil) {}
            sink.text(TextBatch("one "))
            sink.beginCall(ProviderSwitch(from: "a", to: "a", reason: "r", attempt: 2, resetsText: false)) {}
            sink.text(TextBatch(second))
            sink.endCall()
            #expect(recorder.shown == second)
            #expect(recorder.switches.map(\.resetsText) == (second == "another" ? [true] : []))
        }
    }

    @Test func `thoughts are not told twice, and are no text`() {
        let recorder = Recorder(supportsReset: false)
        let sink = StitchingSink(recorder)
        sink.beginCall(nil) {}
        sink.reasoning(TextBatch("hm "))
        #expect(!sink.hasOutput)
        sink.beginCall(ProviderSwitch(from: "a", to: "b", reason: "r", attempt: 2, resetsText: false)) {}
        sink.reasoning(TextBatch("well "))
        sink.text(TextBatch("yes"))
        sink.endCall()
        #expect(recorder.reasoning == ["hm "])
        #expect(recorder.text == "yes")
    }

    @Test func `part of a tool's call is taken back, or is the end`() {
        let piece = ToolCallPiece(index: 0, id: "c", name: "f", arguments: "{")
        for supportsReset in [true, false] {
            let recorder = Recorder(supportsReset: supportsReset)
            let sink = StitchingSink(recorder)
            sink.beginCall(nil) {}
            sink.toolCalls([piece])
            #expect(sink.hasOutput)
            sink.beginCall(ProviderSwitch(from: "a", to: "b", reason: "r", attempt: 2, resetsText: false)) {}
            #expect(sink.isRefused == !supportsReset)
            if supportsReset { sink.toolCalls([piece]) }
            #expect(recorder.toolCalls.count == (supportsReset ? 2 : 1))
            #expect(recorder.switches.map(\.resetsText) == (supportsReset ? [true] : []))
        }
    }

    @Test func `a tool's call after text goes on when the text is what was given, and not otherwise`() {
        let piece = ToolCallPiece(index: 0, id: "c", name: "f", arguments: "{}")
        for (said, isRefused) in [("let me look", false), ("let me", true)] {
            let recorder = Recorder(supportsReset: false)
            let sink = StitchingSink(recorder)
            sink.beginCall(nil) {}
            sink.text(TextBatch("let me look"))
            sink.beginCall(ProviderSwitch(from: "a", to: "b", reason: "r", attempt: 2, resetsText: false)) {}
            sink.text(TextBatch(said))
            sink.toolCalls([piece])
            #expect(sink.isRefused == isRefused)
            #expect(recorder.toolCalls.count == (isRefused ? 0 : 1))
            #expect(recorder.text == "let me look")
        }
    }
}
