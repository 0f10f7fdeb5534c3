/// What kind of thing the reader wants from Noah, as far as the words alone tell.
enum Ask: Sendable, Equatable {
    /// Books to read.
    case recommend
    /// Facts about a book that the message names.
    case about(Set<BookAspect>)
    /// The title of a book that the message describes.
    case identify
    case greeting
    case thanks
    case farewell
    /// Who Noah is and what he can do.
    case help
    case wellbeing
    /// Something that takes a language model.
    case beyond(ModelTask)
}

/// What may be asked about a book.
enum BookAspect: Sendable, Hashable {
    case author, content, year, length, language, worth, rating, availability
}

/// What only a language model can do.
enum ModelTask: Sendable, Equatable {
    case translation, writing, retelling, code, calculation, news, opinion

    /// For an answer: "Translating".
    var label: String {
        switch self {
        case .translation: "Translating"
        case .writing: "Writing a text"
        case .retelling: "Retelling a book in detail"
        case .code: "Programming"
        case .calculation: "Calculating"
        case .news: "Knowing what goes on in the world today"
        case .opinion: "A longer interpretation"
        }
    }
}

/// Tells from a message's words what is asked.
enum AskReader {
    static func read(_ tokens: [Token]) -> Ask {
        guard !tokens.isEmpty else { return .recommend }
        let core = tokens.drop { opening.contains($0.folded) }
        let coreTokens = Array(core)
        if let task = modelTask(coreTokens, all: tokens) { return .beyond(task) }
        if let talk = smallTalk(tokens, core: coreTokens) { return talk }
        if identification.first(in: tokens) != nil { return .identify }
        let aspects = aspects(tokens)
        return aspects.isEmpty ? .recommend : .about(aspects)
    }

    // MARK: - Small talk

    private static func smallTalk(_ tokens: [Token], core: [Token]) -> Ask? {
        // Small talk is short; a greeting before a wish is only a greeting.
        guard tokens.count <= 9 else { return nil }
        var found: Ask?
        var covered = 0
        var index = 0
        while index < tokens.count {
            if let (ask, length) = talk.match(at: index, of: tokens) {
                if found == nil || found == .greeting { found = ask }
                covered += length
                index += length
            } else {
                if filler.contains(tokens[index].folded) { covered += 1 }
                index += 1
            }
        }
        return covered == tokens.count ? found : nil
    }

    private static let talk = PhraseTable<Ask>([
        (
            .greeting,
            "hello;hi;hey;good morning;good evening;good afternoon;good day;greetings;howdy;hello there;hi there;hallo;bonjour;hola;moin"
        ),
        (
            .thanks,
            """
            thanks;thank you;thanks a lot;thank you very much;many thanks;cheers;thx;great;perfect;wonderful;lovely;brilliant;awesome;cool;\
            sounds good;sounds great;that helps;that helped;thats great;thats perfect;nice;excellent;good idea;ill try that;ill read it;\
            i will read it;ill take it;ok;okay;alright
            """
        ),
        (.farewell, "bye;goodbye;good night;see you;see you later;farewell;ciao;so long;bye bye;until next time"),
        (
            .help,
            """
            help;help me;who are you;what are you;what can you do;what do you do;how do you work;what is this;whats this;what can i ask;\
            what can i ask you;how does this work;are you a robot;are you human;are you an ai;are you a bot;are you real;whats your name;\
            what is your name;what do you know;where do your books come from;are you a language model;are you chatgpt
            """
        ),
        (
            .wellbeing,
            "how are you;how are you doing;how are things;whats up;how do you do;hows it going;how is it going"
        ),
    ])

    private static let filler: Set<String> = [
        "noah", "there", "so", "very", "much", "you", "today", "again", "for", "now", "dear", "and", "all",
    ]
    private static let opening: Set<String> = [
        "please", "can", "could", "would", "will", "you", "hi", "hello", "hey", "noah", "ok", "okay", "so", "now",
        "kindly", "just", "and", "then",
        "well",
    ]

    // MARK: - What takes a language model

    private static func modelTask(_ core: [Token], all tokens: [Token]) -> ModelTask? {
        guard !core.isEmpty else { return nil }
        if isArithmetic(tokens) { return .calculation }
        let asksForBooks = tokens.contains { bookWords.contains($0.stem) }
        if let (task, length) = imperatives.match(at: 0, of: core) {
            // "Write me a list of books about whales" wants books.
            let isAboutBooks = core.dropFirst(length).prefix(4).contains {
                ["list", "books", "novels", "recommendations", "suggestions", "titles"].contains($0.folded)
            }
            if !isAboutBooks || task == .translation || task == .retelling { return task }
        }
        if !asksForBooks, let found = anywhere.first(in: tokens) { return found.value }
        return nil
    }

    /// "What is 17 * 23?": two numbers and hardly a word.
    private static func isArithmetic(_ tokens: [Token]) -> Bool {
        let numbers = tokens.filter { Int($0.folded) != nil }.count
        let words = tokens.filter { Int($0.folded) == nil && !arithmetic.contains($0.folded) }.count
        return numbers >= 2 && words == 0
    }

    private static let arithmetic: Set<String> = [
        "what", "is", "whats", "calculate", "compute", "times", "plus", "minus", "divided", "by", "x", "the", "sum",
        "of", "and", "how", "much",
        "equals",
    ]
    private static let bookWords: Set<String> = [
        "book", "novel", "story", "read", "reading", "author", "poem", "play", "title", "recommend", "recommendation",
        "literature", "fiction",
    ]
    private static let imperatives = PhraseTable<ModelTask>([
        (.translation, "translate;translate this;how do you say;how do i say;what does"),
        (
            .writing,
            """
            write;write me;write a;write an;compose;draft;rewrite;rephrase;proofread;correct this;make up;invent;continue the story;\
            finish this story;tell me a joke;tell me a story;sing
            """
        ),
        (
            .retelling,
            """
            summarise;summarize;give me a summary of;give me a detailed summary;retell;explain the plot;explain the ending;\
            what happens at the end of;how does it end;quote;list the chapters;analyse;analyze;interpret;compare;write an essay;\
            give me a chapter by chapter
            """
        ),
        (
            .code,
            "code;program;debug;fix this code;write code;write a function;write a program;write a script;implement"
        ),
        (.calculation, "calculate;compute;solve;integrate;differentiate;convert"),
        (.news, "what time is it;what day is it;who won;whats the weather;what is the weather;hows the weather"),
        (
            .opinion,
            "explain;discuss;argue;debate;what do you think about;what do you think of;whats your opinion;what is your opinion"
        ),
    ])
    private static let anywhere = PhraseTable<ModelTask>([
        (
            .news,
            "the weather;weather today;weather tomorrow;the news;todays news;latest news;stock price;exchange rate;football score;election result"
        ),
        (
            .code,
            "python code;python script;javascript;sql query;in python;in swift;in java;regular expression;stack trace;compiler error"
        ),
        (.calculation, "square root;the derivative;the integral;equation"),
        (.translation, "translate this;translate the;translation of this"),
    ])

    // MARK: - About a book

    private static func aspects(_ tokens: [Token]) -> Set<BookAspect> {
        var aspects: Set<BookAspect> = []
        var index = 0
        while index < tokens.count {
            if let (aspect, length) = aspectPhrases.match(at: index, of: tokens) {
                aspects.insert(aspect)
                index += length
            } else {
                index += 1
            }
        }
        for index in tokens.indices {
            // "Should I read Ulysses?" asks about it; "What should I read after Ulysses?" does not.
            guard let (_, length) = judgement.match(at: index, of: tokens), index + length < tokens.count else {
                continue
            }
            let next = tokens[index + length]
            if index == 0, next.isCapitalized || next.quote != nil || next.folded == "it" { aspects.insert(.worth) }
        }
        // "What's Oblomov about?": the question's two ends stand apart.
        if let first = tokens.firstIndex(where: { ["whats", "what"].contains($0.folded) }) {
            for index in tokens.indices.dropFirst(first + 2) where tokens[index].folded == "about" {
                let ends = index + 1 == tokens.count || tokens[index + 1].breakBefore >= .comma
                let between = tokens[first..<index]
                if ends, !between.contains(where: { openWords.contains($0.folded) }) { aspects.insert(.content) }
            }
        }
        return aspects
    }

    private static let judgement = PhraseTable<Bool>([(true, "should i read;would i like;would i enjoy;should we read")]
    )

    /// Words that make "What … about?" an open question: "What novels are there about …".
    private static let openWords: Set<String> = [
        "books", "novels", "stories", "other", "else", "should", "can", "do", "would", "you",
    ]

    private static let aspectPhrases = PhraseTable<BookAspect>([
        (
            .author,
            "who wrote;who is the author of;who was the author of;author of;whos the author of;written by whom;who is it by"
        ),
        (
            .content,
            """
            what is it about;whats it about;what it is about;what its about;what happens in;tell me about;tell me more about;the plot of;\
            plot of;the story of about;what kind of book is;what sort of book is;describe;more about;what do you know about;information about;\
            info on;introduce me to
            """
        ),
        (
            .year,
            "when was;when did;how old is;what year was;what year did;which year was;publication date of;first published"
        ),
        (.length, "how long is;how many pages;is it long;how long does it take to read"),
        (
            .language,
            "what language was;which language was;what language is;original language of;written in what language"
        ),
        (
            .worth,
            """
            worth reading;is it worth;any good;is it good;is it hard to read;is it difficult;\
            what do people think of;how good is
            """
        ),
        (.rating, "how is it rated;rated;rating;ratings;rating of;what rating;how do readers rate"),
        (.availability, "do you have;have you got;do you know;have you read;is there a copy of"),
    ])

    private static let identification = PhraseTable<Bool>([
        (
            true,
            """
            what is that book;whats that book;what is the book;whats the book;what book is it;which book is it;whats the name of the book;\
            what is the name of the book;whats the title of the book;what is the title of the book;name of that book;title of that book;\
            what is that novel;whats that novel;what is that story;whats that story;what was that book;what was the book;which book has;\
            which novel has;trying to remember a book;cant remember the title;cannot remember the title;cant remember the name;\
            dont remember the title;forgot the title;forgotten the title;forgot the name;i once read a book;what was it called;\
            whats it called;what is it called;what was that story;what is the novel;whats the novel;in which book;in which novel
            """
        )
    ])
}
