import SQLite

/// Puts together the works whose records have changed.
///
/// Records of one work find one another by their keys: main title and an author's surname, or an identifier. The outcome
/// depends on the records alone, not on the order in which they came.
struct Merger {
    struct Tally: Equatable {
        var added = 0
        var updated = 0
        /// Works that became part of another one.
        var joined = 0
    }

    private let records: RecordTable
    private let works: WorkTable

    init(connection: Connection, terms: TermTables) {
        records = RecordTable(connection: connection)
        works = WorkTable(connection: connection, terms: terms)
    }

    /// Settles about `limit` changed records, and all that belong with them. Nil when there was none. To be run in a
    /// transaction.
    func settle(limit: Int) throws -> Tally? {
        let seeds = try records.dirty(limit: limit)
        guard !seeds.isEmpty else { return nil }
        let (members, holders) = try closure(of: seeds)
        let groups = Self.groups(members, holders)
        var tally = Tally()
        var kept: Set<Int64> = []
        var planned: [(work: Int64?, group: [RecordTable.Stored])] = []
        for group in groups {
            // The oldest work of the group's goes on, unless another group has it already.
            let work = group.compactMap(\.workID).sorted().first { !kept.contains($0) }
            if let work { kept.insert(work) }
            planned.append((work, group))
        }
        for work in Set(members.compactMap(\.workID)).subtracting(kept).sorted() {
            try works.delete(work)
            tally.joined += 1
        }
        for (work, group) in planned {
            let merged = MergedWork(group.map(\.record))
            let id: Int64
            if let work {
                if try works.update(work, to: merged) { tally.updated += 1 }
                id = work
            } else {
                id = try works.insert(merged)
                tally.added += 1
            }
            for member in group { try records.settle(member.id, inWork: id) }
        }
        return tally
    }

    /// Everything that shares a key, or a former work, with the seeds, directly or over others; and who holds each key.
    private func closure(of seeds: [Int64]) throws -> ([RecordTable.Stored], [String: [Int]]) {
        var members: [RecordTable.Stored] = []
        var known: Set<Int64> = []
        var holders: [String: [Int]] = [:]
        var formerWorks: Set<Int64> = []
        var frontier = seeds
        while let id = frontier.popLast() {
            guard known.insert(id).inserted, let stored = try records.record(id: id) else { continue }
            members.append(stored)
            for key in stored.record.mergeKeys {
                if holders[key] == nil {
                    holders[key] = []
                    frontier.append(contentsOf: try records.records(sharing: key).filter { !known.contains($0) })
                }
            }
            if let work = stored.workID, formerWorks.insert(work).inserted {
                frontier.append(contentsOf: try records.records(ofWork: work).filter { !known.contains($0) })
            }
        }
        members.sort { $0.id < $1.id }
        for (index, member) in members.enumerated() {
            for key in member.record.mergeKeys { holders[key, default: []].append(index) }
        }
        return (members, holders)
    }

    /// Joins the holders of each key and returns the groups in the order of their first record.
    private static func groups(_ members: [RecordTable.Stored], _ holders: [String: [Int]]) -> [[RecordTable.Stored]] {
        var parents = Array(members.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index {
                parents[index] = parents[parents[index]]
                index = parents[index]
            }
            return index
        }
        func join(_ indices: some Sequence<Int>) {
            var first: Int?
            for index in indices {
                let own = root(index)
                if let other = first {
                    let low = min(own, other)
                    parents[max(own, other)] = low
                    first = low
                } else {
                    first = own
                }
            }
        }
        for (key, indices) in holders where indices.count > 1 {
            if key.hasPrefix("#") {
                // Two that name one identifier as theirs (two plays of one volume) are not one work.
                let identifier = key.dropFirst()
                let owners = indices.filter { members[$0].record.identifier == identifier }
                join(indices.count - owners.count > 1 ? owners : indices)
            } else if indices.contains(where: { members[$0].record.isBare }) {
                join(indices)
            } else {
                // "Batman: Year One" and "Batman: The Killing Joke" share a main title only.
                for same in Dictionary(grouping: indices, by: { members[$0].record.fullKey }).values { join(same) }
            }
        }
        var groups: [Int: [RecordTable.Stored]] = [:]
        for index in members.indices { groups[root(index), default: []].append(members[index]) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}
