import Chat
import Testing

@Suite struct UsageTests {
    // The numbers are a provider's word.
    @Test func `counts beyond any sense do not stop the program`() {
        #expect(Usage(promptTokens: .max, completionTokens: 1, isEstimated: false).totalTokens == .max)
    }
}
