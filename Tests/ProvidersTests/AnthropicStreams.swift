import Chat

@testable import Providers

enum AnthropicStreams {
    static let all = [text, tools, thinking, foreign, crlf]

    static let text = RecordedAnswer(
        name: "text with pings, escapes and a cache",
        stream: """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":12,"cache_creation_input_tokens":100,"cache_read_input_tokens":1000,"output_tokens":2}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: ping
            data: {"type": "ping"}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Gr\\u00fc"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"ße \\ud83d\\ude00\\n"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}

            event: message_stop
            data: {"type":"message_stop"}


            """,
        text: ["Grü", "ße 😀\n"], usage: [1112, 15], model: "claude-sonnet-4-5-20250929")

    static let tools = RecordedAnswer(
        name: "tool calls in pieces, one without arguments, one that is the provider's own",
        stream: """
            data: {"type":"message_start","message":{"model":"claude","usage":{"input_tokens":5,"output_tokens":1}}}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"Let "}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"me see."}}

            data: {"type":"content_block_stop","index":0}

            data: {"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{}}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"query\\":\\"x\\"}"}}

            data: {"type":"content_block_stop","index":1}

            data: {"type":"content_block_start","index":2,"content_block":{"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[{"type":"web_search_result","title":"X"}]}}

            data: {"type":"content_block_stop","index":2}

            data: {"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}

            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}

            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\\"city\\": \\"Z\\\\u00fc"}}

            data: {"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"rich\\"}"}}

            data: {"type":"content_block_stop","index":3}

            data: {"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"toolu_2","name":"clock","input":{}}}

            data: {"type":"content_block_stop","index":4}

            data: {"type":"message_delta","delta":{"stop_reason":"tool_use"},"usage":{"input_tokens":7,"cache_read_input_tokens":null,"output_tokens":40}}

            data: {"type":"message_stop"}


            """,
        text: ["Let ", "me see."],
        calls: [
            ToolCall(id: "toolu_1", name: "weather", arguments: #"{"city": "Z\u00fcrich"}"#),
            ToolCall(id: "toolu_2", name: "clock", arguments: "{}"),
        ],
        finishReason: .toolCalls, usage: [7, 40], model: "claude")

    static let thinking = RecordedAnswer(
        name: "thoughts, their signature, hidden thoughts, citations, the limit",
        stream: """
            event: message_start
            data: {"type":"message_start","message":{"model":"claude","usage":{"input_tokens":3,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm, "}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"é."}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"EqQB"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"Emw="}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: content_block_start
            data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"Yes"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"type":"char_location","cited_text":"x"}}}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":9}}

            event: message_stop
            data: {"type":"message_stop"}


            """,
        text: ["Yes"], reasoning: "Hm, é.", finishReason: .length, usage: [3, 9], model: "claude")

    static let foreign = RecordedAnswer(
        name: "a mark, comments, unknown events and blocks, events that are none, no end",
        stream: """
            \u{FEFF}: hello

            event: message_begins_soon
            data: {"type":"message_begins_soon","in":3}

            data: {"type":"content_block_start","index":0,"content_block":{"type":"hologram","shape":[1]}}

            data: {"type":"content_block_delta","index":0,"delta":{"type":"hologram_delta","shape":[2]}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"me"}}

            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":7}}

            data: {"hello":1}

            data: {"type":"content_block_delta",
            data: "index":1,"delta":{"type":"text_delta","text":" too"}}

            data: {"type":"message_delta","delta":{"stop_reason":"because"},"usage":{"output_tokens":9}}


            """,
        text: ["me", " too"], malformedEvents: 2)

    static let crlf = RecordedAnswer(
        name: "CRLF, and what comes after the end",
        stream: [
            #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"all"}}"#, "",
            #"data: {"type":"message_delta","delta":{"stop_reason":"end_turn"}}"#, "",
            #"data: {"type":"message_stop"}"#, "",
            #"data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"late"}}"#, "", "",
        ].joined(separator: "\r\n"),
        text: ["all"])
}
