// An HTTP client over libcurl: many exchanges on one thread, answers given on as they come.

import CCurl
import Glibc

extension HTTPClientError {
    /// libcurl's code in our terms. `systemError` is the errno of the failed call, 0 when there is none.
    init(_ code: CURLcode, systemError: Int32, isConnected: Bool) {
        var detail = String(cString: curl_easy_strerror(code))
        if code == CURLE_OPERATION_TIMEDOUT {
            detail = isConnected ? "the whole exchange took longer than allowed" : "connecting took longer than allowed"
        } else if systemError != 0 {
            detail += ": " + String(cString: strerror(systemError))
        }
        self.init(kind: Self.kind(of: code), detail: detail, code: Int(code.rawValue))
    }

    private static func kind(of code: CURLcode) -> Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_COULDNT_CONNECT, CURLE_PROXY, CURLE_INTERFACE_FAILED: .connect
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_RECV_ERROR, CURLE_SEND_ERROR, CURLE_GOT_NOTHING, CURLE_PARTIAL_FILE, CURLE_HTTP2, CURLE_HTTP2_STREAM:
            .reset
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_NOTFOUND, CURLE_SSL_SHUTDOWN_FAILED,
            CURLE_SSL_CRL_BADFILE, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            .tls
        case CURLE_URL_MALFORMAT: .invalidRequest
        case CURLE_FILESIZE_EXCEEDED: .tooLarge
        default: .protocol
        }
    }
}
