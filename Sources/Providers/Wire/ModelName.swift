extension String {
    /// A model's name as it is shown: the last part of a path. Servers that were given no name for a model call it by the place
    /// of its file or folder (llama.cpp without `--alias`, vLLM without `--served-model-name`), which is nobody else's affair.
    ///
    /// A publisher before the name, "meta-llama/Llama-3.3-70B", is part of it.
    package var withoutFolders: String {
        guard isPath, let last = utf8.split(whereSeparator: Self.isSeparator).last else { return self }
        return String(Substring(last))
    }

    private var isPath: Bool {
        guard utf8.contains(where: Self.isSeparator) else { return false }
        // /models/a, ~/models/a, ./a, ../a; C:/models/a; C:\models\a; file:///models/a
        if ["/", "~", "."].contains(where: { hasPrefix($0) }) || utf8.dropFirst().first == UInt8(ascii: ":") {
            return true
        }
        if utf8.contains(UInt8(ascii: "\\")) || lowercased().hasPrefix("file:") { return true }
        return [".gguf", ".ggml", ".bin", ".safetensors", ".pt", ".onnx"].contains { lowercased().hasSuffix($0) }
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\") }
}
