import HTTPClient
import Testing

/// The whole body of a response.
func body(of stream: HTTPResponseStream) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    while let more = try await stream.next() { bytes += more }
    return bytes
}

/// What a response gave before it failed, and why it failed; nil when it ended well.
func failure(of stream: HTTPResponseStream) async -> (got: [UInt8], error: HTTPClientError?) {
    var bytes: [UInt8] = []
    do throws(HTTPClientError) {
        while let more = try await stream.next() { bytes += more }
        return (bytes, nil)
    } catch {
        return (bytes, error)
    }
}

/// Why a request got no response; nil when it got one.
func refusal(_ client: HTTPClient, _ request: HTTPRequest) async -> HTTPClientError? {
    do throws(HTTPClientError) {
        _ = try await client.stream(request)
        return nil
    } catch {
        return error
    }
}
