import FCGIApp
import Testing

@Suite struct RequestTests {
    private func request(_ variables: (String, String)...) -> Request { request(variables) }

    private func request(_ variables: [(String, String)]) -> Request {
        Request(variables: variables.map { (name: $0.0, value: $0.1) }, body: [], bodyState: .complete)
    }

    @Test(arguments: [
        ("", "/api/v1/x", "/api/v1/x"), ("/api/v1/x", "/cgi-bin/chat.cgi", "/api/v1/x"),
        ("", "/api/v1/x/", "/api/v1/x"),
        ("", "", "/"), ("", "/", "/"), ("", "//", "/"),
    ])
    func `the path is PATH_INFO, else SCRIPT_NAME, without a slash at its end`(
        _ info: String, _ script: String, _ path: String
    ) {
        #expect(request(("PATH_INFO", info), ("SCRIPT_NAME", script)).path == path)
    }

    @Test func `what Apache makes an error page of is what the browser asked`() {
        let page = [
            ("REQUEST_METHOD", "GET"), ("PATH_INFO", "/options"), ("REDIRECT_URL", "/v1/models/"),
            ("REDIRECT_REQUEST_METHOD", "OPTIONS"),
        ]
        let asked = request(page + [("REDIRECT_STATUS", "405")])
        #expect([asked.method, asked.path] == ["OPTIONS", "/v1/models"])
        let own = request(page + [("REDIRECT_STATUS", "405"), ("SCRIPT_NAME", "/v1")])
        #expect([own.method, own.path] == ["OPTIONS", "/models"])
        // A rewritten request, not an error.
        let led = request(page + [("REDIRECT_STATUS", "200")])
        #expect([led.method, led.path] == ["GET", "/options"])
    }

    @Test func `headers are found in any case`() {
        #expect(request(("HTTP_LAST_EVENT_ID", "7")).header("last-event-ID") == "7")
        #expect(request(("HTTP_LAST_EVENT_ID", "")).header("Last-Event-ID") == nil)
    }

    @Test(arguments: [
        ("application/json", "application/json"), ("Application/JSON; charset=utf-8", "application/json"),
        ("text/plain ;x=y", "text/plain"),
    ])
    func `the media type is told without its parameters`(_ sent: String, _ type: String) {
        #expect(request(("CONTENT_TYPE", sent)).mediaType == type)
    }
}
