import Chat
import JSON
import Testing

@testable import Providers

/// What is known of models by their names.
@Suite struct KnownModelTests {
    @Test(
        arguments: [
            ("gpt-4o-mini", true), ("openai/gpt-4.1", true), ("ft:gpt-4o-mini:acme", true),
            ("gpt-4o-search-preview", false),
            ("gpt-5", false), ("gpt-5.2-chat", false), ("openai/gpt-5-mini", false), ("o1", false), ("o3-mini", false),
            ("o4-mini", false), ("claude-haiku-4-5", true), ("anthropic/claude-sonnet-4.5", true),
            ("claude-opus-4-6", true), ("claude-opus-4-7", false), ("claude-opus-4-8", false), ("claude-opus-5", false),
            ("claude-opus-4-20250514", true), ("claude-3-7-sonnet-latest", true), ("gemini-2.0-flash", true),
            ("models/gemini-3-pro-preview", false), ("gemini-2.5-flash", false), ("meta-llama/Llama-3.3-70B", true),
            ("deepseek-chat", true), ("deepseek-reasoner", false), ("qwen3-235b-a22b-thinking", false),
            ("my-model", false),
            ("", false),
        ])
    func `whether an agent sets a temperature of its own`(_ model: String, _ takes: Bool) {
        #expect(KnownModels.takesTemperature(model) == takes)
        var own = ModelRequest.question
        own.temperature = 0.2
        own.isAgentsOwn = true
        #expect(own.fitting(model, kind: "openai").temperature == (takes ? 0.2 : nil))
        #expect(own.fitting(model, kind: "ollama").temperature == 0.2)
        // A client's is the client's.
        own.isAgentsOwn = false
        #expect(own.fitting(model, kind: "openai").temperature == 0.2)
    }

    @Test func `a model that thinks unasked has room for it beside an agent's limit`() {
        var own = ModelRequest.question
        own.maximumOutputTokens = 900
        own.isAgentsOwn = true
        for (model, limit) in [("gpt-5", 9_092), ("gemini-2.5-flash", 9_092), ("gpt-4o", 900), ("m", 900)] {
            #expect(own.fitting(model, kind: "openai").maximumOutputTokens == limit)
        }
    }

    @Test(
        arguments: [
            ("claude-3-haiku-20240307", nil, nil, 4_096), ("claude-3.5-sonnet", nil, nil, 8_192),
            ("claude-haiku-4-5", nil, nil, 64_000), ("claude-opus-4-1", nil, nil, 32_000),
            ("anthropic/claude-opus-4", nil, nil, 32_000), ("claude-sonnet-4-20250514", nil, nil, 64_000),
            ("claude-opus-4-7", nil, "high", 128_000), ("claude-3-haiku-20240307", 9_000, nil, 4_096),
            ("claude-haiku-4-5", 9, nil, 9), ("claude-new", nil, nil, 4_096), ("claude-new", nil, "high", 64_000),
            ("claude-new", 9_000, "high", 9_000), ("m", nil, "none", 4_096),
        ] as [(String, Int?, String?, Int)])
    func `Anthropic's limit is the model's own where it is known, and never above it`(
        _ model: String, _ asked: Int?, _ effort: String?, _ expected: Int
    ) throws {
        var request = ModelRequest.question
        request.maximumOutputTokens = asked
        request.options = ModelRequest.Options()
        request.options?.reasoningEffort = effort
        let body = try JSONValue(parsing: AnthropicRequest(request, model: model, streams: true).encoded.bytes)
        #expect(body["max_tokens"]?.integerValue == Int64(expected))
    }

    @Test(
        arguments: [
            ("gemini-3-pro-preview", "none", "low"), ("gemini-3-pro-preview", "minimal", "low"),
            ("gemini-3-pro-preview", "medium", "high"), ("gemini-3.1-pro-preview", "medium", "medium"),
            ("gemini-3-flash", "minimal", "minimal"), ("gemini-3-flash", "none", "minimal"),
            ("gemini-3-flash", "medium", "medium"), ("gemini-3-flash", "xhigh", "high"),
            ("gemini-flash-latest", "max", "high"),
            ("gemini-2.5-pro", "none", "128"), ("gemini-2.5-flash", "none", "0"),
            ("gemini-2.5-flash", "xhigh", "24576"),
        ])
    func `Gemini gets words and numbers that it knows`(_ model: String, _ effort: String, _ expected: String) throws {
        var request = ModelRequest.question
        request.options = ModelRequest.Options()
        request.options?.reasoningEffort = effort
        let body = try JSONValue(parsing: GeminiRequest(request, model: model).encoded.bytes)
        let thinking = body["generationConfig"]?["thinkingConfig"]
        let told = thinking?["thinkingLevel"]?.stringValue ?? thinking?["thinkingBudget"]?.integerValue.map(String.init)
        #expect(told == expected)
    }

    @Test(
        arguments: [("low", "low"), ("max", "max"), ("xhigh", "high"), ("whatever", "high")])
    func `Anthropic gets words for the effort that it knows`(_ effort: String, _ expected: String) throws {
        var request = ModelRequest.question
        request.options = ModelRequest.Options()
        request.options?.reasoningEffort = effort
        let body = try JSONValue(
            parsing: AnthropicRequest(request, model: "claude-opus-4-6", streams: true).encoded.bytes)
        #expect(body["output_config"]?["effort"]?.stringValue == expected)
    }
}
