import Testing

@testable import Providers

/// A model's name as it is shown.
@Suite struct ModelNameTests {
    @Test(
        arguments: [
            ("/home/x/models/gemma.gguf", "gemma.gguf"), ("/models/Llama-3.3-70B/", "Llama-3.3-70B"),
            ("models/gemma.gguf", "gemma.gguf"), ("./gemma.GGUF", "gemma.GGUF"), ("../a/gemma", "gemma"),
            ("~/models/gemma", "gemma"), (#"C:\Users\x\gemma.gguf"#, "gemma.gguf"), ("D:/models/gemma", "gemma"),
            (#"\\host\share\gemma"#, "gemma"), ("file:///srv/gemma", "gemma"),
        ])
    func `is no path on the server's disk`(_ name: String, _ shown: String) { #expect(name.withoutFolders == shown) }

    @Test(
        arguments: [
            "gpt-4o", "meta-llama/Llama-3.3-70B-Instruct", "openai/gpt-4o:free", "models/gemini-2.5-flash",
            "accounts/fireworks/models/llama", "ft:gpt-4o:org::id", "hf.co/a/B-GGUF:Q4_K_M", "gemma.gguf", "", "/",
        ])
    func `is kept where it is none`(_ name: String) { #expect(name.withoutFolders == name) }
}
