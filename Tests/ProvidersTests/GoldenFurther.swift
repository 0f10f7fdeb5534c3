import Chat

/// Streams with calls of tools and with reasoning.
extension GoldenStream {
    private static func events(_ chunks: String..., end: String = "\n\n") -> String {
        chunks.map { "data: \($0)" + end }.joined()
    }

    static let further: [GoldenStream] = [
        GoldenStream(
            name: "OpenAI: two calls of tools, their arguments in pieces",
            text: events(
                #"{"id":"c1","object":"chat.completion.chunk","model":"gpt-4o","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"weather","arguments":""}}],"refusal":null},"finish_reason":null}],"usage":null}"#,
                #"{"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]},"finish_reason":null}],"usage":null}"#,
                #"{"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"\"Zürich\"}"}}]},"finish_reason":null}],"usage":null}"#,
                #"{"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_b","type":"function","function":{"name":"time","arguments":""}}]},"finish_reason":null}],"usage":null}"#,
                #"{"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]},"finish_reason":null}],"usage":null}"#,
                #"{"id":"c1","model":"gpt-4o","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":null}"#,
                #"{"id":"c1","model":"gpt-4o","choices":[],"usage":{"prompt_tokens":80,"completion_tokens":31,"total_tokens":111}}"#,
                "[DONE]"),
            tokens: [], finishReason: "tool_calls", usage: [80, 31], model: "gpt-4o",
            calls: [
                ToolCall(id: "call_a", name: "weather", arguments: #"{"city":"Zürich"}"#),
                ToolCall(id: "call_b", name: "time", arguments: "{}"),
            ]),
        GoldenStream(
            name: "DeepSeek: reasoning before the answer, lines kept alive by comments",
            text: ": keep-alive\n\n"
                + events(
                    #"{"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning_content":""},"finish_reason":null}]}"#,
                    #"{"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"Hm, "},"finish_reason":null}]}"#
                )
                + ": keep-alive\n\n"
                + events(
                    #"{"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":null,"reasoning_content":"9.11…"},"finish_reason":null}]}"#,
                    #"{"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":"9.8","reasoning_content":null},"finish_reason":null}]}"#,
                    #"{"id":"d","model":"deepseek-reasoner","choices":[{"index":0,"delta":{"content":"","reasoning_content":null},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":40,"total_tokens":52,"prompt_cache_hit_tokens":0,"completion_tokens_details":{"reasoning_tokens":35}}}"#,
                    "[DONE]"),
            tokens: ["9.8"], finishReason: "stop", usage: [12, 40], model: "deepseek-reasoner",
            reasoning: ["Hm, ", "9.11…"]),
        GoldenStream(
            name: "Mistral: content in parts, thinking among them, and a whole call in one piece",
            text: events(
                #"{"id":"m","object":"chat.completion.chunk","model":"magistral-medium","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}"#,
                #"{"id":"m","model":"magistral-medium","choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Let me"},{"type":"text","text":" see"}]}]},"finish_reason":null}]}"#,
                #"{"id":"m","model":"magistral-medium","choices":[{"index":0,"delta":{"content":[{"type":"text","text":"A "},{"type":"reference","reference_ids":[1]},{"type":"text","text":"B"}]},"finish_reason":null}]}"#,
                #"{"id":"m","model":"magistral-medium","choices":[{"index":0,"delta":{"content":"","tool_calls":[{"id":"D681PevKs","function":{"name":"find","arguments":"{\"q\": 1}"},"index":0}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":94,"total_tokens":120,"completion_tokens":26}}"#,
                "[DONE]"),
            tokens: ["A ", "B"], finishReason: "tool_calls", usage: [94, 26], model: "magistral-medium",
            reasoning: ["Let me", " see"],
            calls: [ToolCall(id: "D681PevKs", name: "find", arguments: #"{"q": 1}"#)]),
        GoldenStream(
            name: "OpenRouter: comments, reasoning, and the upstream's own reason",
            text: ": OPENROUTER PROCESSING\r\n\r\n: OPENROUTER PROCESSING\r\n\r\n"
                + events(
                    #"{"id":"gen-1","provider":"Anthropic","model":"anthropic/claude","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"","reasoning":"So","reasoning_details":[{"type":"reasoning.text","text":"So"}]},"finish_reason":null,"native_finish_reason":null,"logprobs":null}]}"#,
                    #"{"id":"gen-1","model":"anthropic/claude","choices":[{"index":0,"delta":{"role":"assistant","content":"Yes","reasoning":null},"finish_reason":null,"native_finish_reason":null}]}"#,
                    #"{"id":"gen-1","model":"anthropic/claude","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"length","native_finish_reason":"max_tokens"}]}"#,
                    #"{"id":"gen-1","model":"anthropic/claude","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],"usage":{"prompt_tokens":7,"completion_tokens":3,"cost":0.1}}"#,
                    "[DONE]", end: "\r\n\r\n"),
            tokens: ["Yes"], finishReason: "length", usage: [7, 3], model: "anthropic/claude", reasoning: ["So"]),
        GoldenStream(
            name: "Groq: a call in one piece, usage in x_groq and again in its own chunk",
            text: events(
                #"{"id":"g","model":"llama-3.3","choices":[{"index":0,"delta":{"role":"assistant","content":null},"logprobs":null,"finish_reason":null}],"x_groq":{"id":"req_1"}}"#,
                #"{"id":"g","model":"llama-3.3","choices":[{"index":0,"delta":{"tool_calls":[{"id":"call_1","type":"function","function":{"name":"find","arguments":"{\"q\":\"x\"}"},"index":0}]},"finish_reason":null}]}"#,
                #"{"id":"g","model":"llama-3.3","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"x_groq":{"id":"req_1","usage":{"queue_time":0.1,"prompt_tokens":20,"completion_tokens":9,"total_tokens":29}}}"#,
                #"{"id":"g","model":"llama-3.3","choices":[],"usage":{"prompt_tokens":20,"completion_tokens":9}}"#,
                "[DONE]"),
            tokens: [], finishReason: "tool_calls", usage: [20, 9], model: "llama-3.3",
            calls: [ToolCall(id: "call_1", name: "find", arguments: #"{"q":"x"}"#)]),
        GoldenStream(
            name: "llama.cpp: id and name in every piece, stop as the reason, timings",
            text: events(
                #"{"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1,"id":"l","model":"qwen.gguf","system_fingerprint":"b1","object":"chat.completion.chunk"}"#,
                #"{"choices":[{"finish_reason":null,"index":0,"delta":{"tool_calls":[{"index":0,"id":"x1","type":"function","function":{"name":"find","arguments":"{"}}]}}],"model":"qwen.gguf"}"#,
                #"{"choices":[{"finish_reason":null,"index":0,"delta":{"tool_calls":[{"index":0,"id":"x1","type":"function","function":{"name":"find","arguments":"}"}}]}}],"model":"qwen.gguf"}"#,
                #"{"choices":[{"finish_reason":"stop","index":0,"delta":{}}],"model":"qwen.gguf"}"#,
                #"{"choices":[],"model":"qwen.gguf","usage":{"completion_tokens":8,"prompt_tokens":30,"total_tokens":38},"timings":{"prompt_n":1,"predicted_per_second":20.5}}"#,
                "[DONE]"),
            tokens: [], finishReason: "tool_calls", usage: [30, 8], model: "qwen.gguf",
            calls: [ToolCall(id: "x1", name: "find", arguments: "{}")]),
        GoldenStream(
            name: "vLLM: usage with every chunk, reasoning under two names, an empty reason, a stop_reason",
            text: events(
                #"{"id":"v","object":"chat.completion.chunk","model":"Qwen/Qwen3","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}],"usage":{"prompt_tokens":9,"total_tokens":9,"completion_tokens":0}}"#,
                #"{"id":"v","model":"Qwen/Qwen3","choices":[{"index":0,"delta":{"reasoning":"hm","reasoning_content":"hm"},"finish_reason":""}],"usage":{"prompt_tokens":9,"total_tokens":10,"completion_tokens":1}}"#,
                #"{"id":"v","model":"Qwen/Qwen3","choices":[{"index":0,"delta":{"content":"ok"},"finish_reason":null}],"usage":{"prompt_tokens":9,"total_tokens":11,"completion_tokens":2}}"#,
                #"{"id":"v","model":"Qwen/Qwen3","choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop","stop_reason":151645}],"usage":{"prompt_tokens":9,"total_tokens":12,"completion_tokens":3}}"#,
                #"{"id":"v","model":"Qwen/Qwen3","choices":[],"usage":{"prompt_tokens":9,"total_tokens":12,"completion_tokens":3}}"#,
                "[DONE]"),
            tokens: ["ok"], finishReason: "stop", usage: [9, 3], model: "Qwen/Qwen3", reasoning: ["hm"]),
        GoldenStream(
            name: "calls without numbers, the last one without an id",
            text: events(
                #"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{"}}]}}]}"#,
                #"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"}"}}]}}]}"#,
                #"{"choices":[{"delta":{"tool_calls":[{"function":{"name":"g","arguments":"{}"}}]}}]}"#,
                #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#),
            tokens: [], finishReason: "tool_calls", usage: nil, model: nil,
            calls: [
                ToolCall(id: "a", name: "f", arguments: "{}"), ToolCall(id: "call_?", name: "g", arguments: "{}"),
            ]),
        GoldenStream(
            name: "a call of a function in the old form",
            text: events(
                #"{"choices":[{"delta":{"function_call":{"name":"f","arguments":"{"}}}]}"#,
                #"{"choices":[{"delta":{"function_call":{"arguments":"}"}}}]}"#,
                #"{"choices":[{"delta":{},"finish_reason":"function_call"}]}"#),
            tokens: [], finishReason: "tool_calls", usage: nil, model: nil,
            calls: [ToolCall(id: "call_?", name: "f", arguments: "{}")]),
    ]
}
