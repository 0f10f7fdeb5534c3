/// Answers requests. This is all that an application has to be.
public protocol Responder: Sendable {
    /// Answers `request` through `writer`, and returns when the answer is out or cannot go out any more.
    ///
    /// A writer that is dropped before `finish` closes the connection in the middle, which the web server reports to its
    /// client as a bad gateway or a cut stream.
    func respond(to request: consuming Request, writer: consuming ResponseWriter) async
}
