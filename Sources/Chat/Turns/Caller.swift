/// For whom language models are asked: a turn, and whose it is.
///
/// A turn may ask several times, for a plan and for its answer, and agents need not know whose turn it is; so this goes along
/// with the task instead of through every request.
public struct Caller: Sendable, Equatable {
    public var turn: MessageID
    public var user: UserID

    public init(turn: MessageID, user: UserID) {
        self.turn = turn
        self.user = user
    }

    /// Of the task's turn; nil outside of any.
    @TaskLocal public static var current: Caller?
}
