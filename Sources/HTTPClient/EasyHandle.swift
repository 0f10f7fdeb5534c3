import CCurl
import Glibc
import Scheduling

/// libcurl's handle of one exchange, with what it points to. Used on the client's thread only.
///
/// libcurl's callbacks get a pointer to this object, so it must outlive its place in the multi handle; the loop that
/// made it keeps it until then.
final class EasyHandle {
    let pointer: UnsafeMutableRawPointer
    let transfer: Transfer
    /// Where it is under way.
    var multi: MultiHandle?
    private var headers: UnsafeMutablePointer<curl_slist>?
    /// A large body, which libcurl fetches from here, piece by piece, and of which it keeps no copy.
    private var body: RequestBody
    /// A small body. libcurl sends it together with the head, and needs no buffer of its own for it, which has 16 KiB.
    private var smallBody: UnsafeMutableBufferPointer<UInt8>?
    private var head = ResponseHeadParser()
    private let maximumResponseBytes: Int
    private var receivedBytes = 0
    /// Milliseconds without a byte of the body, before the first and after it; nil is no limit.
    private let firstByteLimit: Int?
    private let silenceLimit: Int?
    /// The receiver needs nothing more: what still comes is dropped.
    private var isSatisfied = false
    private var lastHeard = MonotonicTime.now()
    private var isPaused = false
    private let allowsLinkLocal: Bool
    /// An address was not called because it is link-local.
    private var hasRefusedAddress = false
    /// No socket was opened, because the process has too few descriptors left.
    private var lacksDescriptors = false

    /// Nil when libcurl is out of memory or refuses an option.
    init?(_ request: HTTPRequest, for transfer: Transfer, options: HTTPClient.Options) {
        guard let pointer = curl_easy_init() else { return nil }
        self.pointer = pointer
        self.transfer = transfer
        maximumResponseBytes = request.maximumResponseBytes
        firstByteLimit = request.firstByteTimeoutMilliseconds
        silenceLimit = request.silenceTimeoutMilliseconds
        allowsLinkLocal = request.allowsLinkLocal
        body = RequestBody(request.segments)
        if request.method == .post, body.count <= Self.maximumSmallBody { smallBody = body.take() }
        guard configure(request, options) else { return nil }
    }

    deinit {
        curl_easy_cleanup(pointer)
        curl_slist_free_all(headers)
        smallBody?.deallocate()
    }

    /// What the exchange came to, in our terms.
    func outcome(_ code: CURLcode) -> Result<Void, HTTPClientError> {
        guard code != CURLE_OK else { return .success(()) }
        if code == CURLE_COULDNT_CONNECT, hasRefusedAddress {
            let detail = "the server's address is link-local, or that of a cloud's metadata service"
            return .failure(HTTPClientError(kind: .refusedAddress, detail: detail))
        }
        if code == CURLE_COULDNT_CONNECT, lacksDescriptors {
            let detail = "the process has no descriptor left for a call; see ulimit -n"
            return .failure(HTTPClientError(kind: .noDescriptor, detail: detail))
        }
        var systemError = 0
        ccurl_get_long(pointer, CURLINFO_OS_ERRNO, &systemError)
        var connectTime: curl_off_t = 0
        ccurl_get_offset(pointer, CURLINFO_PRETRANSFER_TIME_T, &connectTime)
        return .failure(HTTPClientError(code, systemError: Int32(systemError), isConnected: connectTime > 0))
    }

    private func configure(_ request: HTTPRequest, _ options: HTTPClient.Options) -> Bool {
        var isAccepted = true
        func check(_ code: CURLcode) { if code != CURLE_OK { isAccepted = false } }
        func set(_ option: CURLoption, _ value: Int) { check(ccurl_set_long(pointer, option, value)) }
        func set(_ option: CURLoption, _ value: String) { check(ccurl_set_string(pointer, option, value)) }

        set(CURLOPT_URL, request.url)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_HTTP_VERSION, request.usesHTTP2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1)
        // Signals belong to the program; libcurl would use SIGALRM in name lookups.
        set(CURLOPT_NOSIGNAL, 1)
        // The empty string is "no proxy, whatever the environment says" (httpoxy, CVE-2016-5385: a web server may
        // put a client's header into HTTP_PROXY).
        set(CURLOPT_PROXY, options.proxy ?? "")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_USERAGENT, options.userAgent)
        set(CURLOPT_BUFFERSIZE, options.receiveBufferBytes)
        // Over TLS libcurl copies what it sends into this buffer and keeps it for as long as the exchange: 64 KiB a
        // stream by default. This is the least it takes.
        set(CURLOPT_UPLOAD_BUFFERSIZE, 16_384)
        set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeoutMilliseconds)
        set(CURLOPT_TIMEOUT_MS, request.totalTimeoutMilliseconds ?? 0)
        // A peer whose machine is gone sends nothing, not even a reset.
        set(CURLOPT_TCP_KEEPALIVE, 1)
        set(CURLOPT_TCP_KEEPIDLE, 30)
        set(CURLOPT_TCP_KEEPINTVL, 15)
        if let file = options.certificateAuthorityFile { set(CURLOPT_CAINFO, file) }

        var lines = request.headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        if request.method == .post {
            set(CURLOPT_POST, 1)
            check(ccurl_set_offset(pointer, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            if let smallBody {
                check(ccurl_set_pointer(pointer, CURLOPT_POSTFIELDS, smallBody.baseAddress))
            } else {
                check(ccurl_set_read_callback(pointer, readCallback))
                check(ccurl_set_pointer(pointer, CURLOPT_READDATA, Unmanaged.passUnretained(self).toOpaque()))
                check(ccurl_set_seek_callback(pointer, seekCallback))
                check(ccurl_set_pointer(pointer, CURLOPT_SEEKDATA, Unmanaged.passUnretained(self).toOpaque()))
            }
            // libcurl asks for 100-continue before large bodies; servers that ignore it cost a second.
            lines.append("Expect:")
        }
        if request.method != .get, request.method != .post { set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        for line in lines {
            guard let longer = curl_slist_append(headers, line) else { return false }
            headers = longer
        }
        check(ccurl_set_list(pointer, CURLOPT_HTTPHEADER, headers))

        let context = Unmanaged.passUnretained(self).toOpaque()
        check(ccurl_set_open_socket_callback(pointer, openSocketCallback))
        check(ccurl_set_pointer(pointer, CURLOPT_OPENSOCKETDATA, context))
        check(ccurl_set_write_callback(pointer, CURLOPT_HEADERFUNCTION, headerCallback))
        check(ccurl_set_pointer(pointer, CURLOPT_HEADERDATA, context))
        check(ccurl_set_write_callback(pointer, CURLOPT_WRITEFUNCTION, bodyCallback))
        check(ccurl_set_pointer(pointer, CURLOPT_WRITEDATA, context))
        return isAccepted
    }

    /// A header line has come. Gives back how many bytes were taken; fewer than came ends the exchange.
    fileprivate func receive(headerLine: UnsafeRawBufferPointer) -> Int {
        switch head.take(String(decoding: headerLine, as: UTF8.self)) {
        case .more: return headerLine.count
        case .complete: return answer(transfer.receive(head.head), to: headerLine.count)
        case .tooLarge:
            transfer.finish(
                .failure(
                    HTTPClientError(
                        kind: .tooLarge,
                        detail: "the response's headers are larger than \(ResponseHeadParser.maximumBytes) bytes")))
            return 0
        }
    }

    fileprivate func receive(body bytes: UnsafeRawBufferPointer) -> Int {
        guard !isSatisfied else { return bytes.count }
        lastHeard = .now()
        releaseSentBody()
        guard receivedBytes + bytes.count <= maximumResponseBytes else {
            let detail = "the response is larger than \(maximumResponseBytes) bytes"
            transfer.finish(.failure(HTTPClientError(kind: .tooLarge, detail: detail)))
            return 0
        }
        let reception = transfer.receive(bytes.bytes)
        if reception != .pause { receivedBytes += bytes.count }
        return answer(reception, to: bytes.count)
    }

    /// Opens a socket for libcurl, which has looked up the address: a name that leads to a link-local address is seen
    /// here as well (CWE-918, cwe.mitre.org/data/definitions/918.html).
    fileprivate func openSocket(for address: UnsafePointer<curl_sockaddr>) -> curl_socket_t {
        // The process keeps its last descriptors for other things than calls.
        guard !Descriptors.areScarce(sparing: Descriptors.sparedByCalls) else {
            lacksDescriptors = true
            errno = EMFILE
            return ccurl_socket_bad()
        }
        if !allowsLinkLocal {
            var bytes = [UInt8](repeating: 0, count: 16)
            let count = Int(ccurl_address_bytes(address, &bytes))
            if NetworkAddress(bytes.prefix(count)).isLinkLocalOrMetadata {
                hasRefusedAddress = true
                errno = EACCES
                return ccurl_socket_bad()
            }
        }
        Descriptors.opened()
        return socket(
            address.pointee.family, address.pointee.socktype | ccurl_socket_close_on_exec(), address.pointee.protocol)
    }

    /// What a callback of libcurl gives back.
    private func answer(_ reception: HTTPReception, to count: Int) -> Int {
        switch reception {
        case .taken: return count
        case .enough:
            isSatisfied = true
            transfer.finish(.success(()))
            return count
        case .pause:
            isPaused = true
            return ccurl_write_pause()
        case .abort:
            transfer.finish(.failure(.cancelled))
            return 0
        }
    }

    /// Receives on after a pause.
    func resume() {
        isPaused = false
        lastHeard = .now()
        curl_easy_pause(pointer, ccurl_pause_nothing())
    }

    /// What the patrol is to do about this exchange.
    enum Patience {
        case lasts
        /// The server has been silent for longer than the request allows.
        case isOver(HTTPClientError)
        /// The receiver was satisfied, and the response had its time to end by itself.
        case isNotNeeded
    }

    static let timeToEndMilliseconds = 500

    /// What libcurl sends with the head at once (MAX_INITIAL_POST_SIZE in its lib/http.c).
    private static let maximumSmallBody = 64 * 1024

    func patience(at now: MonotonicTime) -> Patience {
        let silence = now.milliseconds(since: lastHeard)
        if isSatisfied { return silence >= Self.timeToEndMilliseconds ? .isNotNeeded : .lasts }
        guard !isPaused else { return .lasts }
        if let error = transfer.patience(at: now) { return .isOver(error) }
        guard let limit = receivedBytes == 0 ? firstByteLimit : silenceLimit, silence >= limit else { return .lasts }
        return .isOver(HTTPClientError(kind: .timeout, detail: "the server sent nothing for \(limit) ms"))
    }

    /// Frees the request's body once it is sent and answered, because a stream of tokens lasts long and the body is a
    /// whole conversation.
    ///
    /// libcurl reads it again only to repeat a request on a fresh connection, which it does only while nothing at all
    /// of the response has come (lib/transfer.c, Curl_retry_request), or for redirects and authentication, which are off.
    private func releaseSentBody() {
        guard body.count > 0, !body.isReleased else { return }
        var sent: curl_off_t = 0
        ccurl_get_offset(pointer, CURLINFO_SIZE_UPLOAD_T, &sent)
        guard sent >= body.count else { return }
        body.release()
        if smallBody != nil {
            ccurl_set_pointer(pointer, CURLOPT_POSTFIELDS, nil)
            smallBody?.deallocate()
            smallBody = nil
        }
    }

    fileprivate func send(into buffer: UnsafeMutableRawBufferPointer) -> Int { body.read(into: buffer) }

    fileprivate func rewindBody(to offset: Int) -> Bool { body.rewind(to: offset) }
}

/// Gives a request's body piece by piece.
private struct RequestBody {
    /// Of all pieces.
    let count: Int
    private var segments: [ArraySlice<UInt8>]
    /// The piece that comes next, and the bytes of it that were given.
    private var place = (segment: 0, offset: 0)
    private(set) var isReleased = false

    init(_ segments: [ArraySlice<UInt8>]) {
        self.segments = segments
        count = segments.reduce(0) { $0 + $1.count }
    }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if isReleased { return ccurl_read_abort() }
        var given = 0
        while given < buffer.count, place.segment < segments.count {
            let segment = segments[place.segment]
            let length = min(buffer.count - given, segment.count - place.offset)
            segment.withUnsafeBytes { bytes in
                UnsafeMutableRawBufferPointer(rebasing: buffer[given...])
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[place.offset..<(place.offset + length)]))
            }
            given += length
            place.offset += length
            if place.offset == segment.count { place = (place.segment + 1, 0) }
        }
        return given
    }

    /// False when it cannot be given again, because it was let go.
    mutating func rewind(to offset: Int) -> Bool {
        guard !isReleased, (0...count).contains(offset) else { return false }
        place = (0, offset)
        while place.segment < segments.count, place.offset >= segments[place.segment].count {
            place = (place.segment + 1, place.offset - segments[place.segment].count)
        }
        return true
    }

    /// Gives all of it away in one piece; the caller deallocates it.
    mutating func take() -> UnsafeMutableBufferPointer<UInt8> {
        let whole = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, count))
        _ = read(into: UnsafeMutableRawBufferPointer(whole))
        segments = []
        return whole
    }

    mutating func release() {
        segments = []
        isReleased = true
    }
}

private let readCallback: curl_read_callback = { buffer, size, count, context in
    Unmanaged<EasyHandle>.fromOpaque(context!).takeUnretainedValue()
        .send(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private let seekCallback: curl_seek_callback = { context, offset, origin in
    let isDone =
        origin == SEEK_SET
        && Unmanaged<EasyHandle>.fromOpaque(context!).takeUnretainedValue().rewindBody(to: Int(offset))
    return isDone ? ccurl_seek_ok() : ccurl_seek_fail()
}

/// As libcurl opens a socket itself, unless the process needs its last descriptors.
private let openSocketCallback: curl_opensocket_callback = { context, _, address in
    guard let address else { return ccurl_socket_bad() }
    return Unmanaged<EasyHandle>.fromOpaque(context!).takeUnretainedValue().openSocket(for: address)
}

private let headerCallback: curl_write_callback = { bytes, size, count, context in
    Unmanaged<EasyHandle>.fromOpaque(context!).takeUnretainedValue()
        .receive(headerLine: UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let bodyCallback: curl_write_callback = { bytes, size, count, context in
    Unmanaged<EasyHandle>.fromOpaque(context!).takeUnretainedValue()
        .receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
}
