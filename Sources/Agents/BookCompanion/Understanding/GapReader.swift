/// Reads conditions that no catalogue here can check, so that the answer can say so instead of passing over them.
enum GapReader {
    /// What the answer says of each condition found.
    static func read(_ tokens: [Token]) -> [String] {
        var found: [String] = []
        for index in tokens.indices {
            if let (gap, _) = phrases.match(at: index, of: tokens), !found.contains(gap) { found.append(gap) }
        }
        return found
    }

    private static let phrases = PhraseTable<String>([
        (
            "whether an author is a woman or a man",
            """
            by women;by a woman;women writers;women authors;woman writer;woman author;female author;female authors;female writer;\
            female writers;written by women;written by a woman;by female authors;by men;male authors
            """
        ),
        (
            "where an author's family comes from",
            "black authors;black writers;by black authors;authors of colour;authors of color;writers of colour;writers of color"
        ),
        (
            "in which shape a book can be had, or where",
            "audiobook;audiobooks;audio book;audio books;on kindle;for kindle;ebook;e book;paperback;hardcover;in stock;at the library;in print"
        ),
        (
            "what came out in the last few years",
            """
            new releases;newest releases;latest releases;just published;just came out;published this year;bestseller list;\
            bestsellers list;coming out soon
            """
        ),
        ("which books are comics", "graphic novel;graphic novels;manga;comics;comic books;comic book"),
        (
            "how a book is written",
            "purple prose;snappy dialogue;witty dialogue;long descriptions;good dialogue;much dialogue;writing style;beautiful prose;simple language;plain language"
        ),
        ("what a book costs", "cheap;for free;free to download;price;how much does;discount;under 10 euros"),
        (
            "what was made into a film",
            "made into a film;made into a movie;film adaptation;movie adaptation;with a film;netflix"
        ),
        (
            "which prizes a book won",
            "prize winning;award winning;booker prize;pulitzer;nobel prize;hugo award;prize winner;prize winners"
        ),
    ])
}
