import Chat

extension Problem {
    /// As much is stored of the user as may be.
    static func quotaReached(_ quota: QuotaReached) -> Problem {
        let what =
            switch quota.kind {
            case .conversations: "conversations"
            case .messages: "messages and replies"
            case .bytes: "bytes of messages and replies"
            }
        return Problem(
            status: 507, code: "storage_quota_reached",
            detail:
                "\(quota.used) of \(quota.allowed) \(what) are stored for you. Delete conversations that you no longer need: "
                + "GET /api/v1/chat/sessions lists them, DELETE /api/v1/chat/sessions/{session_id} removes one, and "
                + "DELETE /api/v1/me everything.")
    }
}
