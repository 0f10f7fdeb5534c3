import Chat
import Testing

@testable import Agents

/// Works made ready for comparisons.
@Suite struct WorkTests {
    private func entry(_ id: String, _ title: String, _ subjects: [String] = []) -> CatalogEntry {
        CatalogEntry(
            id: BookID(rawValue: id), title: title, authors: ["H. G. Wells"], year: 1895, period: 1895...1895,
            languages: ["en"], subjects: subjects, length: nil, summary: nil, rating: nil, popularity: 0.5)
    }

    @Test func `stemmed texts are searched by whole words, one after the other, within one text`() {
        var text = StemmedText()
        text.append("The Time Machine: Two Stories")
        text.append("Émile's ghosts")
        #expect(text.contains(StemmedText.phrase(["time", "machine"])))
        #expect(text.contains(StemmedText.phrase(["two", "story"])))
        #expect(text.contains(StemmedText.phrase(["ghost"])))
        #expect(!text.contains(StemmedText.phrase(["machin"])))
        #expect(!text.contains(StemmedText.phrase(["machine", "time"])))
        #expect(!text.contains(StemmedText.phrase(["story", "emile"])))
    }

    @Test func `a search takes a work from the shelf, and makes it anew once where the catalogue has changed since`()
        throws
    {
        let (old, new) = (entry("st:1", "The Time Machine"), entry("st:1", "The Time Machine, revised"))
        let shelf = Shelf(entries: [old])
        var pool = WorkPool(shelf: shelf)
        #expect(pool.work(for: old) === shelf.work(old.id))
        let changed = pool.work(for: new)
        #expect(changed.entry == new)
        #expect(changed.titleKey == "time machine revised")
        #expect(pool.work(for: new) === changed)
    }

    @Test func `a subject weighs by its rarity, and is known by its folded spelling whether or not the shelf has it`() {
        let shelf = Shelf(entries: [
            entry("st:1", "One", ["fiction", "time-travel"]), entry("st:2", "Two", ["fiction"]),
        ])
        #expect(shelf.terms.weight(of: "fiction") < shelf.terms.weight(of: "time-travel"))
        #expect(shelf.terms.weight(of: "time-travel") < shelf.terms.weight(of: "doppelgängers"))
        #expect(shelf.works[0].hasSubject(folded: "time travel"))
        #expect(Work(entry("st:3", "Three", ["doppelgängers"]), table: shelf.terms).hasSubject(folded: "doppelgangers"))
    }
}
