import PromptAnalysis
import Testing

@testable import Routes

@Suite struct PromptRefinerTests {
    private func remarks(_ text: String) -> [Remark] { PromptRefiner.remarks(in: Array(text.utf8)) }

    @Test func `remarks are read, also out of a fence`() {
        let json = #"""
            {"remarks":[{"quote":"it","severity":"warning","message":"What is it?","replacement":null,"rationale":""},
             {"quote":"soon","severity":"info","message":"When?","replacement":"by Friday","rationale":"A date is clear."}]}
            """#
        for text in [json, "```json\n\(json)\n```", "Here you are: \(json)"] {
            #expect(
                remarks(text) == [
                    Remark(quote: "it", severity: .warning, message: "What is it?"),
                    Remark(
                        quote: "soon", severity: .info, message: "When?", replacement: "by Friday",
                        rationale: "A date is clear."),
                ])
        }
    }

    @Test(arguments: [
        "", "{", "}{", "no JSON at all", "{}", #"{"remarks":5}"#, #"{"remarks":[1,{"quote":"a"}]}"#,
        #"{"remarks":[{"quote":"a","severity":"terrible","message":"b"}]}"#, #"{"remarks":[]} trailing }"#,
    ])
    func `what is no remark is none`(_ text: String) {
        #expect(remarks(text) == [])
    }
}
