import Chat

@testable import Providers

enum OllamaStreams {
    static let all = [text, tools, thinking, foreign, crlf]

    static let text = RecordedAnswer(
        name: "text with escapes, no line end behind the last",
        stream: """
            {"model":"llama3.2","created_at":"2025-08-04T08:52:19.385406455-07:00","message":{"role":"assistant","content":"Gr\\u00fc"},"done":false}
            {"model":"llama3.2","created_at":"2025-08-04T08:52:19.4Z","message":{"role":"assistant","content":"ße \\ud83d\\ude00\\n","images":null},"done":false}
            {"model":"llama3.2","created_at":"2025-08-04T08:52:19.5Z","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":26,"prompt_eval_duration":342546000,"eval_count":282,"eval_duration":4535599000}
            """,
        text: ["Grü", "ße 😀\n"], usage: [26, 282], model: "llama3.2")

    static let tools = RecordedAnswer(
        name: "tool calls in two lines, with and without a name of their own",
        stream: """
            {"model":"qwen3","message":{"role":"assistant","content":"Let me see.","tool_calls":[{"function":{"name":"weather","arguments":{"city":"Z\\u00fcrich","days":[1,2.5]}}}]},"done":false}
            {"model":"qwen3","message":{"role":"assistant","content":"","tool_calls":[{"id":"call_x7","function":{"index":1,"name":"clock","arguments":{}}},{"function":{"name":"weather"}},{"function":{}}]},"done":false}
            {"model":"qwen3","message":{"role":"assistant","content":""},"done_reason":"stop","done":true,"prompt_eval_count":20,"eval_count":5}

            """,
        text: ["Let me see."],
        calls: [
            ToolCall(id: "call_?", name: "weather", arguments: #"{"city":"Zürich","days":[1,2.5]}"#),
            ToolCall(id: "call_x7", name: "clock", arguments: "{}"),
            ToolCall(id: "call_?", name: "weather", arguments: "{}"),
        ],
        finishReason: .toolCalls, usage: [20, 5], model: "qwen3")

    static let thinking = RecordedAnswer(
        name: "thoughts, the limit",
        stream: """
            {"model":"gpt-oss","message":{"role":"assistant","content":"","thinking":"Hm, "},"done":false}
            {"model":"gpt-oss","message":{"role":"assistant","content":"","thinking":"é."},"done":false}
            {"model":"gpt-oss","message":{"role":"assistant","content":"Yes"},"done":false}
            {"model":"gpt-oss","message":{"role":"assistant","content":""},"done_reason":"length","done":true,"prompt_eval_count":4,"eval_count":9}

            """,
        text: ["Yes"], reasoning: "Hm, é.", finishReason: .length, usage: [4, 9], model: "gpt-oss")

    static let foreign = RecordedAnswer(
        name: "a mark, blank lines, unknown members, lines that are none, no number of the prompt, lines after the end",
        stream: """
            \u{FEFF}{"model":"m","message":{"role":"assistant","content":"me","hologram":1},"done":false,"mood":"good"}

            {"hello":1}
            7
              \t
            {"message":{"content":" too"}}
            {"model":"other","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":9}
            {"model":"m","message":{"role":"assistant","content":"late"},"done":false}

            """,
        text: ["me", " too"], model: "m", malformedEvents: 2)

    static let crlf = RecordedAnswer(
        name: "CRLF",
        stream: [
            #"{"model":"m","message":{"content":"a"},"done":false}"#,
            #"{"model":"m","message":{"content":"b"},"done":true,"done_reason":"stop"}"#, "",
        ].joined(separator: "\r\n"),
        text: ["a", "b"], model: "m")
}
