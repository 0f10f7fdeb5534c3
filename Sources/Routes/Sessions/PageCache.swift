import Chat
import Synchronization

/// Pages of histories as they were written last: a conversation is opened again more often than something is said in it.
final class PageCache: Sendable {
    struct Place: Hashable {
        var user: UserID
        var session: SessionID
        var limit: Int
        var cursor: HistoryCursor
    }

    private struct Page {
        var version: SessionVersion
        var body: [UInt8]
    }

    private struct State {
        var latest: [Place: Page] = [:]
        /// Bytes of the bodies in `latest`.
        var bytes = 0
        /// What `latest` was before it was full; what is not asked for meanwhile goes with it.
        var earlier: [Place: Page] = [:]
    }

    private let state = Mutex(State())
    /// Of each of the two.
    private let maximumBytes: Int

    /// - Parameter maximumBytes: of all bodies together.
    init(maximumBytes: Int) { self.maximumBytes = maximumBytes / 2 }

    /// The body of a page; nil when there is none of this version.
    func page(at place: Place, _ version: SessionVersion) -> [UInt8]? {
        state.withLock { state in
            if let page = state.latest[place] { return page.version == version ? page.body : nil }
            guard let page = state.earlier.removeValue(forKey: place), page.version == version else { return nil }
            keep(page, at: place, in: &state)
            return page.body
        }
    }

    /// - Parameter version: what the conversation was at, or before, when the page was read.
    func keep(_ body: [UInt8], at place: Place, _ version: SessionVersion) {
        guard body.count <= maximumBytes / 8 else { return }
        state.withLock { keep(Page(version: version, body: body), at: place, in: &$0) }
    }

    private func keep(_ page: Page, at place: Place, in state: inout State) {
        if state.bytes + page.body.count > maximumBytes {
            state.earlier = state.latest
            state.latest = [:]
            state.bytes = 0
        }
        state.bytes += page.body.count - (state.latest[place]?.body.count ?? 0)
        state.latest[place] = page
    }
}
