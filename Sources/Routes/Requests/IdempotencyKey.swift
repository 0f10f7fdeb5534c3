import Chat

extension Exchange {
    /// The request's `Idempotency-Key`; one that cannot be is added to the body's mistakes.
    func idempotencyKey(_ body: inout BodyFields) -> String? {
        let key = request.header("Idempotency-Key")
        if let key, !Identifiers.isAcceptable(key) {
            body.reject("Idempotency-Key", "must be 1 to 128 of A-Z a-z 0-9 . _ : -")
        }
        return key
    }
}
