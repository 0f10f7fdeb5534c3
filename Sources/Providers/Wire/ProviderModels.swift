public import HTTPClient

/// Makes a model of each kind of provider.
public enum ProviderModels {
    /// OpenAI, and who speaks like it: Groq, DeepSeek, Mistral, OpenRouter, llama.cpp, vLLM, LM Studio.
    public static func openAI(_ options: ProviderOptions, client: HTTPClient) -> any RemoteModel {
        ProviderModel(OpenAIFormat(baseURL: options.baseURL, apiKey: options.apiKey), options, client: client)
    }

    /// - Parameter apiVersion: a date; nil takes the last version that is no preview.
    public static func azure(
        _ options: ProviderOptions, apiVersion: String? = nil, client: HTTPClient
    ) -> any RemoteModel {
        ProviderModel(
            AzureFormat(baseURL: options.baseURL, apiKey: options.apiKey, apiVersion: apiVersion), options,
            client: client)
    }

    /// Anthropic's Messages API; `baseURL` is https://api.anthropic.com.
    public static func anthropic(_ options: ProviderOptions, client: HTTPClient) -> any RemoteModel {
        ProviderModel(AnthropicFormat(baseURL: options.baseURL, apiKey: options.apiKey), options, client: client)
    }

    /// Google's Gemini API; `baseURL` is https://generativelanguage.googleapis.com.
    public static func gemini(_ options: ProviderOptions, client: HTTPClient) -> any RemoteModel {
        ProviderModel(GeminiFormat(baseURL: options.baseURL, apiKey: options.apiKey), options, client: client)
    }

    /// Ollama's own interface; `baseURL` is http://127.0.0.1:11434.
    public static func ollama(_ options: ProviderOptions, client: HTTPClient) -> any RemoteModel {
        ProviderModel(OllamaFormat(baseURL: options.baseURL, apiKey: options.apiKey), options, client: client)
    }
}
