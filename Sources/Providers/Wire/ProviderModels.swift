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
}
