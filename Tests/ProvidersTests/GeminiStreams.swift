import Chat

@testable import Providers

enum GeminiStreams {
    static let all = [text, tools, thinking, foreign, crlf]

    static let text = RecordedAnswer(
        name: "text with escapes and growing usage",
        stream: """
            data: {"candidates": [{"content": {"parts": [{"text": "Gr\\u00fc"}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 9,"totalTokenCount": 9},"modelVersion": "gemini-2.0-flash-001","responseId": "r1"}

            data: {"candidates": [{"content": {"parts": [{"text": "ße \\ud83d\\ude00\\n"},{"text": "!"}],"role": "model"},"index": 0,"safetyRatings": [{"category": "HARM_CATEGORY_HATE_SPEECH","probability": "NEGLIGIBLE"}]}],"usageMetadata": {"promptTokenCount": 9,"candidatesTokenCount": 4},"modelVersion": "gemini-2.0-flash-001"}

            data: {"candidates": [{"content": {"parts": [{"text": ""}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 9,"candidatesTokenCount": 6,"totalTokenCount": 15},"modelVersion": "gemini-2.0-flash-001"}


            """,
        text: ["Grü", "ße 😀\n", "!"], usage: [9, 6], model: "gemini-2.0-flash-001")

    static let tools = RecordedAnswer(
        name: "tool calls in two responses, with and without a name of their own",
        stream: """
            data: {"candidates": [{"content": {"parts": [{"text": "Let me see."},{"functionCall": {"name": "weather","args": {"city": "Z\\u00fcrich", "days": [1, 2.5, null]}},"thoughtSignature": "CpQB"}],"role": "model"},"index": 0}]}

            data: {"candidates": [{"content": {"parts": [{"functionCall": {"id": "fc-7","name": "clock"}},{"functionCall": {"name": "weather","args": {}}},{"functionCall": {"args": {}}}],"role": "model"},"finishReason": "STOP","index": 0}],"usageMetadata": {"promptTokenCount": 20,"candidatesTokenCount": 5,"toolUsePromptTokenCount": 3}}


            """,
        text: ["Let me see."],
        calls: [
            ToolCall(id: "call_?", name: "weather", arguments: #"{"city":"Zürich","days":[1,2.5,null]}"#),
            ToolCall(id: "fc-7", name: "clock", arguments: "{}"),
            ToolCall(id: "call_?", name: "weather", arguments: "{}"),
        ],
        finishReason: .toolCalls, usage: [23, 5])

    static let thinking = RecordedAnswer(
        name: "thoughts, their tokens, the limit",
        stream: """
            data: {"candidates": [{"content": {"parts": [{"text": "**Weighing** ","thought": true}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 4,"thoughtsTokenCount": 10},"modelVersion": "gemini-2.5-pro"}

            data: {"candidates": [{"content": {"parts": [{"text": "é","thought": true},{"text": "Yes","thought": false}],"role": "model"},"index": 0}],"usageMetadata": {"promptTokenCount": 4,"candidatesTokenCount": 1,"thoughtsTokenCount": 12},"modelVersion": "gemini-2.5-pro"}

            data: {"candidates": [{"finishReason": "MAX_TOKENS","index": 0}],"usageMetadata": {"promptTokenCount": 4,"candidatesTokenCount": 2,"thoughtsTokenCount": 12},"modelVersion": "gemini-2.5-pro"}


            """,
        text: ["Yes"], reasoning: "**Weighing** é", finishReason: .length, usage: [4, 14], model: "gemini-2.5-pro")

    static let foreign = RecordedAnswer(
        name: "a mark, comments, unknown parts and members, other candidates, events that are none",
        stream: """
            \u{FEFF}: hello

            event: news
            data: {"candidates": [{"content": {"parts": [{"hologram": 1},{"inlineData": {"mimeType": "image/png","data": ""}},{"executableCode": {"code": "1"}},{"text": "me"}]},"mood": "good"},{"index": 1,"content": {"parts": [{"text": "not me"}]}}],"promptFeedback": {"safetyRatings": []}}

            data: {"hello": 1}

            data: [1]

            data: {"usageMetadata": {"promptTokenCount": 1}}

            data: {"candidates": [{"content":
            data:  {"parts": [{"text": " too"}]},"finishReason": "SOMETHING_NEW"}]}


            """,
        text: ["me", " too"], usage: [1, 0], malformedEvents: 2)

    static let crlf = RecordedAnswer(
        name: "CRLF, and usage after the end",
        stream: [
            #"data: {"candidates":[{"content":{"parts":[{"text":"all"}]},"finishReason":"STOP"}]}"#, "",
            #"data: {"candidates":[],"usageMetadata":{"promptTokenCount":2,"candidatesTokenCount":1}}"#, "", "",
        ].joined(separator: "\r\n"),
        text: ["all"], usage: [2, 1])
}
