import Chat
import Glibc
import Scheduling

/// Shows the other processes on this machine that this one lives, by a file it holds locked, and tells which of them are gone.
///
/// The kernel lets go of a process's locks when it ends, however it ends (flock(2)), so a killed worker is noticed within a
/// second. Its silence in the store tells the same later, and also of a worker that is frozen or on another machine; where
/// locks do not work, such as on some network file systems, that alone is relied on.
final class WorkerPresence: Sendable {
    private let folder: String
    private let worker: WorkerID
    private let descriptor: Int32

    /// - Parameter dataFolder: of the installation; the files lie in its `workers`.
    init(of worker: WorkerID, dataFolder: String) {
        self.worker = worker
        folder = Self.folder(in: dataFolder)
        try? Folder.make(folder)
        // Locked before it has its name: nobody sees it unlocked and takes this process for dead.
        let (name, made) = (Self.path(of: worker, in: folder), "\(folder)/.\(worker.rawValue)")
        let descriptor = open(made, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        if descriptor >= 0 { FileOwner.inherit(descriptor, at: made) }
        if descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0 {
            rename(made, name)
            self.descriptor = descriptor
        } else {
            if descriptor >= 0 {
                unlink(made)
                close(descriptor)
            }
            self.descriptor = -1
        }
    }

    /// Workers that ended without a word. Each is told until `forget`.
    func gone() -> [WorkerID] {
        Self.files(in: folder).filter { !Self.isLocked($0.path) && $0.worker != worker }.map(\.worker)
    }

    // MARK: - Figures

    /// Whether another process uses the data folder, or did so a moment ago.
    var hasOthers: Bool { Self.files(in: folder).contains { $0.worker != worker } }

    /// Shows the others this process's figures: `GET /metrics`, which one of them answers, is about all.
    func publish(_ figures: String) {
        let (made, name) = ("\(folder)/.\(worker.rawValue)\(Self.figuresSuffix)", figuresPath(of: worker))
        unlink(made)
        // Renamed when it is whole: nobody reads half of it. What cannot be written now is written next time.
        guard (try? SmallFile.write(Array(figures.utf8), to: made, isSynced: false)) != nil else { return }
        rename(made, name)
    }

    /// What other living processes have published.
    func figuresOfOthers() -> [String] {
        Self.files(in: folder).filter { $0.worker != worker && Self.isLocked($0.path) }.compactMap { file in
            (try? SmallFile.read(figuresPath(of: file.worker))).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    private static let figuresSuffix = ".metrics"

    private func figuresPath(of worker: WorkerID) -> String { "\(folder)/\(worker.rawValue)\(Self.figuresSuffix)" }

    /// Where they lie. It stays when all have left.
    static func folder(in dataFolder: String) -> String { dataFolder + "/workers" }

    /// How many processes on this machine use a data folder now.
    static func living(in dataFolder: String) -> Int {
        files(in: folder(in: dataFolder)).count { isLocked($0.path) }
    }

    private static func files(in folder: String) -> [(path: String, worker: WorkerID)] {
        Folder.names(in: folder).filter { $0.hasSuffix(suffix) && $0.first != "." }.map { name in
            (folder + "/" + name, WorkerID(rawValue: String(name.dropLast(suffix.count))))
        }
    }

    /// The worker's turns are ended.
    func forget(_ other: WorkerID) {
        unlink(figuresPath(of: other))
        unlink(Self.path(of: other, in: folder))
    }

    /// This process ends in good order.
    func leave() {
        unlink(figuresPath(of: worker))
        guard descriptor >= 0 else { return }
        unlink(Self.path(of: worker, in: folder))
        close(descriptor)
    }

    private static let suffix = ".lock"

    private static func path(of worker: WorkerID, in folder: String) -> String {
        "\(folder)/\(worker.rawValue)\(suffix)"
    }

    private static func isLocked(_ path: String) -> Bool {
        let other = open(path, O_RDWR | O_CLOEXEC)
        guard other >= 0 else { return true }
        defer { close(other) }
        return flock(other, LOCK_EX | LOCK_NB) != 0
    }
}
