// The agents' documents: Markdown files and a full-text index over their sections.

import Chat
import SQLite

/// Compares the files with what the index knows of them.
struct FolderScan: Sendable {
    static let maximumFiles = 2_000
    static let maximumDepth = 8
    /// Entries of one folder, those that are no documents included.
    private static let maximumEntries = 10_000

    let folders: [KnowledgeFolder]

    /// A file that is new or has changed.
    struct ChangedFile: Sendable {
        var agent: String
        /// Within the agent's folder.
        var path: String
        var fullPath: String
    }

    struct Result: Sendable {
        var changed: [ChangedFile] = []
        /// Documents of the index whose files are not there any more.
        var gone: [Int64] = []
        var problems: [KnowledgeProblem] = []
    }

    private struct Known {
        var id: Int64
        var stamp: AgentFile.Stamp
        var isSettled: Bool
    }

    func run(_ connection: Connection) throws -> Result {
        var result = Result()
        var count = 0
        for agent in Set(folders.map(\.agent)).sorted() {
            var known: [String: Known] = [:]
            try connection.forEach(
                "SELECT path, id, size, modified, inode, is_settled FROM documents WHERE agent = ?1", [.text(agent)]
            ) { row in
                known[try row.text(0)] = Known(
                    id: try row.int64(1),
                    stamp: AgentFile.Stamp(
                        size: try row.int64(2), modified: try row.int64(3), inode: try row.int64(4)),
                    isSettled: try row.bool(5))
            }
            for folder in folders where folder.agent == agent {
                list(folder.path, prefix: "", depth: 0, agent: agent, count: &count, into: &result) { path, stamp in
                    // Taken out, so that what remains has gone, and so that a second folder does not hide the first.
                    guard let entry = known.removeValue(forKey: path) else { return true }
                    return !entry.isSettled || entry.stamp != stamp
                }
            }
            result.gone += known.values.map(\.id).sorted()
        }
        return result
    }

    private func list(
        _ folder: String, prefix: String, depth: Int, agent: String, count: inout Int, into result: inout Result,
        hasChanged: (String, AgentFile.Stamp) -> Bool
    ) {
        let entries: [AgentFile.Entry]
        do {
            entries = try AgentFile.entries(of: folder, maximum: Self.maximumEntries)
        } catch {
            result.problems.append(KnowledgeProblem(file: folder, problem: "it is left out: \(error.problem)"))
            return
        }
        for entry in entries {
            let path = prefix + entry.name
            if entry.isFolder {
                if depth < Self.maximumDepth {
                    list(
                        folder + "/" + entry.name, prefix: path + "/", depth: depth + 1, agent: agent, count: &count,
                        into: &result, hasChanged: hasChanged)
                }
                continue
            }
            guard Self.isDocument(entry.name) else { continue }
            guard count < Self.maximumFiles else {
                // Said once.
                if count == Self.maximumFiles {
                    result.problems.append(
                        KnowledgeProblem(
                            file: folder + "/" + entry.name,
                            problem: "this file and those after it are left out: the index holds "
                                + "\(Self.maximumFiles) files; put several into one"))
                    count += 1
                }
                continue
            }
            count += 1
            if hasChanged(path, entry.stamp) {
                result.changed.append(
                    ChangedFile(agent: agent, path: path, fullPath: folder + "/" + entry.name))
            }
        }
    }

    private static func isDocument(_ name: String) -> Bool {
        let name = name.lowercased()
        return name.hasSuffix(".md") || name.hasSuffix(".markdown")
    }
}
