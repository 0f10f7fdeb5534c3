/// Series and characters by which people call a run of books.
struct Series: Sendable, Equatable {
    /// As people call it.
    var name: String
    /// The name as a title's key.
    var key: String
    var author: String
    /// Beginnings of its volumes' titles, folded, where they do not begin with the series' name.
    var titles: [String]
}

/// A line: name; other name | author | volumes; …
enum SeriesTable {
    static let lines = """
        Harry Potter; Hogwarts|J.K. Rowling|fantastic beasts; the tales of beedle; quidditch
        The Lord of the Rings; Lord of the Rings; Middle-earth|J.R.R. Tolkien|the fellowship of the ring; the two towers; the return of the king; the hobbit and the lord
        Narnia; The Chronicles of Narnia|C.S. Lewis|the lion, the witch; prince caspian; the voyage of the dawn; the silver chair; the horse and his boy; the magician's nephew; the last battle; the chronicles of narnia
        Discworld|Terry Pratchett|
        Earthsea|Ursula K. Le Guin|a wizard of earthsea; the tombs of atuan; the farthest shore; tehanu
        A Song of Ice and Fire; Game of Thrones|George R.R. Martin|a game of thrones; a clash of kings; a storm of swords; a feast for crows; a dance with dragons
        The Wheel of Time|Robert Jordan|
        His Dark Materials|Philip Pullman|the golden compass; northern lights; the subtle knife; the amber spyglass
        The Hunger Games; Hunger Games|Suzanne Collins|catching fire; mockingjay
        Twilight|Stephenie Meyer|new moon; eclipse; breaking dawn
        Percy Jackson|Rick Riordan|the lightning thief; the sea of monsters; the titan's curse; the battle of the labyrinth; the last olympian
        A Series of Unfortunate Events|Lemony Snicket|
        Sherlock Holmes|Arthur Conan Doyle|the adventures of sherlock; the memoirs of sherlock; the return of sherlock; the hound of the baskervilles; a study in scarlet; the sign of the four; the valley of fear; his last bow; the case-book of sherlock
        Hercule Poirot; Poirot; Miss Marple|Agatha Christie|
        Lord Peter Wimsey; Peter Wimsey|Dorothy L. Sayers|
        Father Brown|G. K. Chesterton|the innocence of father; the wisdom of father
        Maigret; Inspector Maigret|Georges Simenon|
        Philip Marlowe|Raymond Chandler|
        Arsène Lupin; Lupin|Maurice Leblanc|
        Raffles|E. W. Hornung|
        Fu Manchu; Fu-Manchu|Sax Rohmer|
        James Bond|Ian Fleming|casino royale; goldfinger; moonraker; live and let die
        Jack Reacher|Lee Child|
        Jeeves; Bertie Wooster; Wooster; Jeeves and Wooster; Blandings|P. G. Wodehouse|
        Hornblower; Horatio Hornblower|C.S. Forester|
        Aubrey-Maturin; Aubrey and Maturin; Jack Aubrey|Patrick O'Brian|
        Sharpe; Richard Sharpe|Bernard Cornwell|
        Flashman|George MacDonald Fraser|
        Tarzan|Edgar Rice Burroughs|
        Barsoom; John Carter|Edgar Rice Burroughs|a princess of mars; the gods of mars; the warlord of mars; thuvia
        Oz|L. Frank Baum|
        Barchester; Barsetshire; Palliser|Anthony Trollope|
        Rougon-Macquart|Émile Zola|
        La Comédie humaine; Human Comedy|Honoré de Balzac|
        Leatherstocking|James Fenimore Cooper|
        The Musketeers; D'Artagnan|Alexandre Dumas|
        Foundation series|Isaac Asimov|
        Outlander|Diana Gabaldon|
        Dresden Files; Harry Dresden|Jim Butcher|
        Swallows and Amazons series|Arthur Ransome|
        Famous Five; Secret Seven|Enid Blyton|
        Nancy Drew|Carolyn Keene|
        Hardy Boys|Franklin W. Dixon|
        Redwall|Brian Jacques|
        Little House|Laura Ingalls Wilder|
        Cthulhu|H. P. Lovecraft|
        """

    static let all: [Series] = lines.split(separator: "\n").flatMap { line -> [Series] in
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 3 else { return [] }
        let titles = fields[2].split(separator: ";").map { Folding.titleKey(String($0)) }.filter { !$0.isEmpty }
        return fields[0].split(separator: ";").map { name in
            let name = String(name.drop { $0 == " " })
            return Series(name: name, key: Folding.titleKey(name), author: String(fields[1]), titles: titles)
        }
    }

    static let phrases = PhraseTable<Series>(all.map { ($0, $0.name) })

    /// Whether a title belongs to the series.
    ///
    /// - Parameter key: of the title, see `Folding.titleKey`.
    static func contains(_ series: Series, titleKey key: String) -> Bool {
        key.utf8.starts(with: series.key.utf8) || series.titles.contains { key.utf8.starts(with: $0.utf8) }
    }
}
