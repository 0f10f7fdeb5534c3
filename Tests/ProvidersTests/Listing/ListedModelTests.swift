import Testing

@testable import Providers

@Suite("A provider's list of its models")
struct ListedModelTests {
    @Test(
        "tells which are for conversation",
        arguments: [
            (
                #"{"object":"list","data":[{"id":"text-embedding-3-small"},{"id":"gpt-4o"},{"id":"whisper-1"}]}"#,
                ["gpt-4o"]
            ),
            (#"{"data":[{"type":"model","id":"claude-haiku-4-5"}],"has_more":false}"#, ["claude-haiku-4-5"]),
            (
                #"{"models":[{"name":"models/gemini-embedding-001","supportedGenerationMethods":["embedContent"]},{"name":"models/aqa","supportedGenerationMethods":["generateAnswer"]},{"name":"models/gemini-2.5-flash","supportedGenerationMethods":["generateContent"]}]}"#,
                ["models/gemini-2.5-flash"]
            ),
            (
                #"{"models":[{"name":"all-minilm:latest","details":{"family":"bert"}},{"name":"x","details":{"family":"nomic-bert"}},{"name":"llama3.2:latest","details":{"family":"llama"}}]}"#,
                ["llama3.2:latest"]
            ),
            // llama.cpp tells it twice.
            (#"{"models":[{"name":"a.gguf"}],"data":[{"id":"/models/a.gguf"}]}"#, ["/models/a.gguf"]),
            (
                #"[{"id":"org/m","type":"chat"},{"id":"org/v","type":"image"},{"id":"org/r","type":"rerank"}]"#,
                ["org/m"]
            ),
            (
                #"{"data":[{"id":"mistral-x","capabilities":{"completion_chat":false}},{"id":"mistral-small","capabilities":{"completion_chat":true}}]}"#,
                ["mistral-small"]
            ),
            (
                #"{"data":[{"id":"a/b","architecture":{"output_modalities":["image"]}},{"id":"c/d","architecture":{"output_modalities":["text"]}}]}"#,
                ["c/d"]
            ),
            (#"{"data":[]}"#, []), (#"{"data":[7,{"id":""},{"id":7},{"no":"name"},{"id":"a\nb"}]}"#, []),
        ])
    func names(_ body: String, _ expected: [String]) {
        #expect(ListedModels.names(in: Array(body.utf8)) == expected)
    }

    @Test("is none", arguments: ["", "{}", "<html>", #"{"error":"no"}"#, "7", #"{"data":"x"}"#])
    func none(_ body: String) {
        #expect(ListedModels.names(in: Array(body.utf8)) == nil)
    }

    @Test("is read up to a number of models")
    func bounded() {
        let entries = (0..<1_200).map { #"{"id":"m\#($0)"}"# }.joined(separator: ",")
        #expect(ListedModels.names(in: Array(#"{"data":[\#(entries)]}"#.utf8))?.count == 1_000)
    }
}
