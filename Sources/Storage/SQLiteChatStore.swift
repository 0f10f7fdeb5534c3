public import Chat
public import SQLite

/// Conversations and preferences in one SQLite file. Several processes may use the same file.
///
/// Every write is committed and synced before its call returns; writes that come at the same time share one sync. Reads
/// run beside the writer on threads of their own.
public final class SQLiteChatStore: ChatStore {
    /// What the store takes on before it refuses.
    public struct Limits: Sendable {
        /// Threads that read, each with a connection.
        public var readers = 2
        /// Reads, and writes, that may wait; more are refused as overloaded.
        public var queued = 4_096

        public init() {}
    }

    /// The tables of a store, for who copies one.
    public static let schema = ChatSchema.schema

    let writer: DatabaseWriter
    let readers: DatabaseReaders
    let indexCleaner: IndexCleaner

    /// Opens or makes the database and brings its tables up to date. Blocks: call it at start.
    ///
    /// - Parameter path: of the file, such as `var/chat.db`; its folder must exist.
    /// - Throws: `StoreError`, with words for the operator: the file or its folder cannot be written, belongs to another
    ///   program, or was written by a newer version of this one.
    public init(path: String, limits: Limits = Limits()) throws(StoreError) {
        do {
            var writing = DatabaseWriter.Limits()
            writing.queued = limits.queued
            writer = try DatabaseWriter(path: path, schema: ChatSchema.schema, limits: writing)
            readers = try DatabaseReaders(path: path, threads: limits.readers, queued: limits.queued)
        } catch {
            throw StoreError(error)
        }
        indexCleaner = IndexCleaner(writer: writer)
    }

    /// Finishes what waits and closes the file. Later calls throw `StoreError` `unavailable`.
    public func close() async {
        await indexCleaner.close()
        await readers.close()
        await writer.close()
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        do {
            return try await writer.write(body)
        } catch {
            throw StoreError(error)
        }
    }

    func writeUnsynced<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        do {
            return try await writer.writeUnsynced(body)
        } catch {
            throw StoreError(error)
        }
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (Connection) throws -> Result
    ) async throws(StoreError) -> Result {
        do {
            return try await readers.read(body)
        } catch {
            throw StoreError(error)
        }
    }
}

extension StoreError {
    /// The store's view of what the database reported.
    init(_ error: any Error) {
        switch error {
        case let error as StoreError:
            self = error
        case let error as DatabaseError:
            self.init(kind: error.reason == .overloaded ? .overloaded : .unavailable, detail: error.description)
        case let error as SQLiteError:
            let kind: Kind
            switch error.code.primary {
            case .busy, .locked, .protocol, .interrupted: kind = .overloaded
            case .full, .readOnly, .io, .corrupt, .notADatabase, .cannotOpen, .noMemory: kind = .unavailable
            default: kind = .fault
            }
            self.init(kind: kind, detail: error.description)
        default:
            self.init(kind: .fault, detail: "\(error)")
        }
    }
}
