import HTTPClient
import Testing

@testable import Providers

/// What is withheld from errors.
@Suite struct SecretsTests {
    @Test func `a refusal that quotes a header's key without the scheme before it is withheld`() {
        var options = ProviderOptions(provider: "p", baseURL: "https://p.example")
        options.headers = [HTTPHeader("Authorization", "Bearer sk-verysecret"), HTTPHeader("X-Title", "short one")]
        let report = ProviderReport(message: "Incorrect API key provided: sk-verysecret", status: 401)
        let error = report.modelError(provider: "p", secrets: options.secrets)
        #expect(error.kind == .unauthorized)
        #expect(!error.detail.contains("sk-very"))
        let plain = ProviderReport(message: "no such one", status: 404)
        #expect(plain.modelError(provider: "p", secrets: options.secrets).detail.contains("no such one"))
    }
}
