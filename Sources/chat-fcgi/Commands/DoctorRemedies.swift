import HTTPClient
import Substrings

/// How to fix a web server's settings, in the words of that web server.
struct DoctorRemedies {
    private enum Server {
        case nginx, lighttpd, apache, other
    }

    private let server: Server

    /// - Parameter head: of any response of the web server; its `Server` header tells which one it is.
    init(_ head: HTTPResponseStream?) {
        let name = head?.header("Server")?.lowercased() ?? ""
        server =
            name.contains("nginx") || name.contains("openresty")
            ? .nginx : name.contains("lighttpd") ? .lighttpd : name.contains("apache") ? .apache : .other
    }

    /// Events are held back.
    var buffering: String {
        switch server {
        case .nginx:
            "in nginx, remove fastcgi_ignore_headers X-Accel-Buffering, or write fastcgi_buffering off; in the location "
                + "(nginx/fastcgi_chat.conf has it right); where a second nginx stands in front: proxy_buffering off; there"
        case .lighttpd:
            "in lighttpd, write server.stream-response-body = 2 (lighttpd/chat-fcgi.conf has it right); with 0 every "
                + "answer waits for its end"
        case .apache:
            "in Apache, add flushpackets=on to the <Proxy \"fcgi://…\"> of mod_proxy_fcgi, or FcgidOutputBufferSize 0 for "
                + "mod_fcgid"
        case .other:
            "switch off the buffering of responses in what stands between (web server, proxy, content delivery network)"
        }
    }

    /// Events are held back when the client takes compressed answers.
    var compression: String {
        switch server {
        case .nginx: "in nginx, take text/event-stream out of gzip_types (and brotli_types)"
        case .lighttpd: "in lighttpd, take text/event-stream out of deflate.mimetypes"
        case .apache: "in Apache, take text/event-stream out of AddOutputFilterByType DEFLATE"
        case .other: "leave text/event-stream out of what is compressed"
        }
    }

    /// The web server answers, the program does not.
    var program: String {
        "start the program (chat-fcgi serve, or its service) and compare the socket that the web server names with listen in "
            + "the configuration; the web server's user must be able to write to it, and the web server's error log says "
            + "which it is"
    }

    /// The path is the web server's own.
    var routing: String {
        switch server {
        case .nginx: "in nginx, include chat-fcgi.conf in the server block of this address (docs/deployment.md)"
        case .lighttpd: "in lighttpd, include lighttpd/chat-fcgi.conf"
        case .apache, .other:
            "let the web server pass /api/, /stream-chat and /healthz on; docs/deployment.md shows how"
        }
    }

    /// Bodies that are too small or too large.
    var bodies: String {
        switch server {
        case .nginx:
            "in nginx, client_max_body_size in each location: a little above limits.body_bytes, for chat completions above "
                + "limits.completion_body_bytes (nginx/chat-fcgi.conf has 2m and 21m)"
        case .lighttpd: "in lighttpd, server.max-request-size, in KiB (lighttpd/chat-fcgi.conf has it)"
        case .apache:
            "in Apache, the limit by Content-Length of apache/chat-fcgi.conf (LimitRequestBody does not count for a proxy), and "
                + "FcgidMaxRequestLen for mod_fcgid"
        case .other:
            "let the web server take bodies a little larger than limits.body_bytes and limits.completion_body_bytes"
        }
    }

    /// `Proxy` arrives as HTTP_PROXY.
    var proxyHeader: String {
        switch server {
        case .nginx:
            "in nginx, fastcgi_param HTTP_PROXY \"\"; (nginx/fastcgi_chat.conf has it; Debian's fastcgi_params does not)"
        case .apache: "in Apache, RequestHeader unset Proxy early (mod_headers)"
        case .lighttpd, .other: "let the web server drop the header Proxy"
        }
    }

    /// The program is not told that a client has left.
    var clientAbort: String {
        server == .nginx
            ? "in nginx, fastcgi_ignore_client_abort off; (its default, and in nginx/fastcgi_chat.conf); where a second nginx stands in front: "
                + "proxy_ignore_client_abort off;"
            : "let the web server close its connection to the program when the client has left"
    }

    /// Apache looks at its client's connection only when it writes to it.
    var seesLeavingWhenWriting: Bool { server == .apache }

    /// Silent streams are cut.
    var readTimeout: String {
        switch server {
        case .nginx:
            "in nginx, fastcgi_read_timeout 620s; (nginx/fastcgi_chat.conf has it): above stream.heartbeat_ms, and above clocks.total_ms for answers "
                + "that come whole; where a second nginx stands in front: proxy_read_timeout"
        case .lighttpd:
            "in lighttpd, let server.max-write-idle and the read timeout of fastcgi.server be above stream.heartbeat_ms"
        case .apache:
            "in Apache, ProxyTimeout, or timeout= of the <Proxy>, above stream.heartbeat_ms and clocks.total_ms"
        case .other: "let the time limits of what stands between be above stream.heartbeat_ms and clocks.total_ms"
        }
    }

    /// `Last-Event-ID` does not arrive.
    var lastEventID: String {
        server == .nginx
            ? "in nginx, fastcgi_param HTTP_LAST_EVENT_ID $http_last_event_id if_not_empty; (nginx/fastcgi_chat.conf)"
            : "let the web server pass the header Last-Event-ID on"
    }

    /// /readyz can be read from outside.
    var closing: String {
        server == .nginx
            ? "in nginx, put allow 127.0.0.1; deny all; into location /readyz (nginx/chat-fcgi.conf has it)"
            : "let the web server answer /readyz to this machine only"
    }

    /// Pages of the web server stand in the place of the program's errors.
    var interception: String {
        switch server {
        case .nginx:
            "in nginx, fastcgi_intercept_errors off; (its default, and in nginx/fastcgi_chat.conf); where a second nginx stands in front: "
                + "proxy_intercept_errors off;"
        case .lighttpd: "in lighttpd, server.error-intercept = \"disable\""
        case .apache: "in Apache, ProxyErrorOverride Off"
        case .other: "let the web server pass errors on as the program sends them"
        }
    }

    /// The web server's own errors are HTML.
    var errorPages: String {
        server == .nginx
            ? "in nginx, include chat-fcgi.conf and fastcgi_chat.conf, which have error pages of this form"
            : "let the web server's error pages for the API be application/problem+json (RFC 9457)"
    }
}
