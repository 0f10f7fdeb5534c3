import Chat
import FCGIApp

extension Exchange {
    /// The request's `Idempotency-Key`; one that cannot be is added to the body's mistakes. Where the client sent none, the one of a
    /// web server that asks another process when this one does not answer (nginx/cluster_locations.conf).
    /// - Parameter bytes: those of a string of the body.
    func idempotencyKey(
        _ body: inout BodyFields, bytes: (String) -> ArraySlice<UInt8> = { Array($0.utf8)[...] }
    ) -> IdempotencyKey? {
        guard let name = request.header("Idempotency-Key") ?? request.variable("CHAT_FCGI_REQUEST_KEY") else {
            return nil
        }
        guard Identifiers.isAcceptable(name) else {
            body.reject("Idempotency-Key", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
            return nil
        }
        let path = request.path.split(atByte: "/").joined(separator: "/")
        return IdempotencyKey(
            name, fingerprint: RequestFingerprint.of(path: path, body.object, bytes: bytes))
    }
}
