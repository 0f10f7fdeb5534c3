import Chat
import Testing

/// Streams in the forms that servers send them, with what must come of each.
struct GoldenStream: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var tokens: [String]
    var finishReason: String?
    var usage: [Int]?
    var model: String?
    var reasoning: [String] = []
    var calls: [ToolCall] = []

    var testDescription: String { name }

    static let all: [GoldenStream] = [
        GoldenStream(
            name: "OpenAI with usage",
            text: """
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"content":"Gr\\u00fc"},"finish_reason":null}],"usage":null}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{"content":"ße \\ud83d\\ude00\\n"},"finish_reason":null}],"usage":null}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}

                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini-2024-07-18","choices":[],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,"completion_tokens_details":{"reasoning_tokens":0}}}

                data: [DONE]


                """,
            tokens: ["Grü", "ße 😀\n"], finishReason: "stop", usage: [19, 10], model: "gpt-4o-mini-2024-07-18"),
        GoldenStream(
            name: "Azure: filter results without choices or delta, CRLF",
            text: [
                #"data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0}]}"#,
                "",
                #"data: {"choices":[{"delta":{"content":"Yes"},"finish_reason":null,"index":0}],"model":"gpt-4o"}"#, "",
                #"data: {"choices":[{"content_filter_offsets":{"check_offset":1},"finish_reason":null,"index":0}],"model":""}"#,
                "",
                #"data: {"choices":[{"delta":{},"finish_reason":"content_filter","index":0}],"model":"gpt-4o"}"#, "",
                "data: [DONE]", "", "",
            ].joined(separator: "\r\n"),
            tokens: ["Yes"], finishReason: "content_filter", usage: nil, model: "gpt-4o"),
        GoldenStream(
            name: "Groq: usage in x_groq, no [DONE]",
            text: """
                data: {"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"A"}}],"x_groq":{"id":"req_1"}}

                data: {"model":"llama","choices":[{"index":0,"delta":{"content":"B"},"finish_reason":null}]}

                data: {"model":"llama","choices":[{"index":0,"delta":{},"finish_reason":"length"}],"x_groq":{"id":"req_1","usage":{"prompt_tokens":5,"completion_tokens":2}}}


                """,
            tokens: ["A", "B"], finishReason: "length", usage: [5, 2], model: "llama"),
        GoldenStream(
            name: "comments, a mark, other choices, events that are no chunks, growing usage",
            text: """
                \u{FEFF}: OPENROUTER PROCESSING

                event: message
                data: {"choices":[{"index":1,"delta":{"content":"not me"}},{"delta":{"content":"me"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}

                data: {"hello":1}

                data:

                data: {"choices":[{"index":0,
                data: "delta":{"content":" too"},"finish_reason":"eos"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}

                data: [DONE]

                data: {"choices":[{"index":0,"delta":{"content":"late"}}]}


                """,
            tokens: ["me", " too"], finishReason: "stop", usage: [3, 2], model: nil),
        GoldenStream(
            name: "a refusal, and a reason that promises a call where there is none",
            text: """
                data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"refusal":"I "}}]}

                data: {"choices":[{"index":0,"delta":{"refusal":"cannot."}}]}

                data: {"choices":[{"index":0,"delta":{},"finish_reason":"function_call"}]}


                """,
            tokens: ["I ", "cannot."], finishReason: "stop", usage: nil, model: nil),
    ]
}
