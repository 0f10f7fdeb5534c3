import JSON

/// The signature of the thought that led to a call, in the member where Google's OpenAI interface has it
/// (ai.google.dev/gemini-api/docs/openai, ai.google.dev/gemini-api/docs/thought-signatures).
enum GeminiSignature {
    static func extraContent(_ signature: String) -> [UInt8] {
        (["google": ["thought_signature": .string(signature)]] as JSONValue).encoded
    }

    static func signature(in extraContent: [UInt8]) -> String? {
        try? JSONReader().withDocument(extraContent) { $0["google"]?["thought_signature"]?.string }
    }
}
