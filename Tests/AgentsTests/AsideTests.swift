import Chat
import Testing

@testable import Agents
@testable import Ownership

/// What is no wish for a book.
@Suite struct AsideTests {
    /// A line each: what it is, two letters of the language, a bar, the message.
    private static let messages = CareNeeds.lines(
        """
        data.en|how do I delete my data?
        data.en|delete everything you know about me
        data.en|what data do you store?
        data.en|can I export my conversations?
        data.en|what do you know about me?
        data.en|who can read my messages?
        data.en|is this chat private?
        data.en|How can I erase my history
        data.en|do you save my chats?
        human.en|can I talk to a human
        human.en|Can I speak to a real person please?
        human.en|I want to speak to someone
        human.en|connect me with a librarian
        human.en|how do I contact support?
        human.en|is there anyone there?
        buying.en|where can I buy it?
        buying.en|Where can I buy this book?
        buying.en|where do I get it
        buying.en|Can I order it here?
        buying.en|do you sell books?
        buying.en|how can I download it?
        buying.en|Can I borrow it from the library?
        buying.en|give me a link to buy it
        buying.en|where can I buy The Stranger?
        buying.en|is it available on kindle?
        buying.en|where to buy it
        price.en|what does it cost
        price.en|how much is it?
        price.en|How much does it cost?
        price.en|what's the price?
        price.en|is this service free?
        price.en|do I have to pay?
        news.en|what's the weather
        news.en|what's the weather like in Paris?
        news.en|will it rain tomorrow?
        news.en|what time is it?
        news.en|what day is it today
        news.en|tell me the news
        news.en|who won the match yesterday
        news.en|what is the stock price of Apple?
        knowledge.en|who is the president
        knowledge.en|Who is the president of France?
        knowledge.en|what is the capital of Peru?
        knowledge.en|how tall is Mount Everest?
        knowledge.en|who invented the telephone?
        knowledge.en|how many people live in China?
        knowledge.en|why is the sky blue?
        code.en|write me code
        code.en|write a python script
        code.en|fix my code
        code.en|how do I reverse a list in Python
        ending.en|tell me the ending
        ending.en|how does it end?
        ending.en|How does Emma end?
        ending.en|does she die at the end?
        ending.en|who is the killer?
        ending.en|what happens at the end?
        opening.en|how does it begin
        opening.en|what is the first line?
        opening.en|what's the opening line of Moby Dick?
        opening.en|quote me a passage
        opening.en|read it to me
        identity.en|are you an AI?
        identity.en|are you a robot
        identity.en|am I talking to a human?
        identity.en|who are you?
        identity.en|what's your name?
        identity.en|who made you?
        identity.en|are you ChatGPT?
        capability.en|what can you do?
        capability.en|how can you help me?
        capability.en|help
        capability.en|what can I ask?
        capability.en|how does this work?
        greeting.en|hi
        greeting.en|hello there
        greeting.en|good morning
        thanks.en|thanks!
        thanks.en|thank you so much
        farewell.en|bye
        wellbeing.en|how are you?
        calculation.en|what is 12 times 12
        calculation.en|calculate 15 percent of 80
        translation.en|translate this into German
        translation.en|how do you say hello in Spanish?
        medical.en|what should I take for a headache?
        medical.en|should I see a doctor?
        legal.en|can I sue my landlord?
        legal.en|is it legal to record a call?
        money.en|should I buy bitcoin?
        writing.en|write me an essay about whales
        writing.en|tell me a joke
        task.en|book a flight to Rome
        task.en|play some music
        task.en|recommend a restaurant
        task.en|what's a good recipe for pancakes
        account.en|I forgot my password
        account.en|how do I log in?
        data.ge|wie lösche ich meine Daten?
        data.ge|Wie kann ich meine Daten loeschen?
        data.ge|welche Daten speichert ihr?
        human.ge|kann ich mit einem Menschen sprechen?
        buying.ge|wo kann ich das kaufen?
        buying.ge|Wo bekomme ich es?
        buying.ge|Wo kann ich das Buch ausleihen?
        price.ge|was kostet es?
        price.ge|Was kostet das Buch?
        news.ge|wie ist das Wetter?
        news.ge|Wie wird das Wetter morgen in Berlin?
        knowledge.ge|wer ist Präsident?
        knowledge.ge|Was ist die Hauptstadt von Peru?
        code.ge|schreib mir ein Programm
        code.ge|schreib mir Code in Python
        ending.ge|wie geht es aus?
        ending.ge|Verrate mir das Ende
        ending.ge|wie endet das Buch?
        opening.ge|wie fängt es an?
        opening.ge|wie lautet der erste Satz?
        identity.ge|bist du eine KI?
        identity.ge|Bist du ein Mensch?
        identity.ge|wer bist du?
        capability.ge|was kannst du?
        greeting.ge|Guten Tag
        greeting.ge|hallo
        thanks.ge|danke
        thanks.ge|vielen Dank!
        farewell.ge|tschüss
        wellbeing.ge|wie geht es dir?
        translation.ge|übersetze das ins Englische
        calculation.ge|was ist 3 mal 15
        calculation.ge|was ist 30 mal 15
        medical.ge|was hilft gegen Kopfschmerzen?
        data.fr|comment supprimer mes données ?
        data.fr|quelles données gardez-vous ?
        human.fr|puis-je parler à un humain ?
        human.fr|je veux parler à quelqu'un
        buying.fr|où puis-je l'acheter ?
        buying.fr|où acheter ce livre ?
        price.fr|combien ça coûte ?
        price.fr|quel est le prix ?
        news.fr|quel temps fait-il ?
        news.fr|quelle heure est-il ?
        knowledge.fr|qui est le président ?
        knowledge.fr|quelle est la capitale du Pérou ?
        code.fr|écris-moi du code
        ending.fr|comment ça finit ?
        ending.fr|raconte-moi la fin
        opening.fr|comment ça commence ?
        opening.fr|quelle est la première phrase ?
        identity.fr|es-tu une IA ?
        identity.fr|tu es un robot ?
        identity.fr|qui es-tu ?
        capability.fr|que peux-tu faire ?
        greeting.fr|bonjour
        greeting.fr|Salut !
        thanks.fr|merci beaucoup
        farewell.fr|au revoir
        wellbeing.fr|ça va ?
        translation.fr|traduis cette phrase en anglais
        data.sp|¿cómo borro mis datos?
        data.sp|¿qué datos guardan?
        human.sp|¿puedo hablar con una persona?
        buying.sp|¿dónde puedo comprarlo?
        buying.sp|¿dónde lo compro?
        price.sp|¿cuánto cuesta?
        news.sp|¿qué tiempo hace?
        news.sp|¿qué hora es?
        knowledge.sp|¿quién es el presidente?
        knowledge.sp|¿cuál es la capital de Perú?
        code.sp|escríbeme código
        ending.sp|¿cómo termina?
        ending.sp|cuéntame el final
        opening.sp|¿cómo empieza?
        opening.sp|¿cuál es la primera frase?
        identity.sp|¿eres una IA?
        identity.sp|¿quién eres?
        capability.sp|¿qué puedes hacer?
        greeting.sp|hola
        greeting.sp|buenos días
        thanks.sp|gracias
        farewell.sp|adiós
        wellbeing.sp|¿cómo estás?
        translation.sp|traduce esto al inglés
        ending.en|does she die at the end
        ending.en|does she die in the end?
        ending.en|does she die?
        ending.en|does he survive?
        ending.en|do they die at the end?
        """)

    @Test(arguments: messages)
    func `is known by its words, in four languages`(line: String) throws {
        let parts = line.split(separator: "|", maxSplits: 1)
        let found = try #require(Aside.read(String(parts[1])))
        #expect("\(found.aside.rawValue).\(found.language.rawValue.prefix(2).lowercased())" == parts[0])
    }

    private static let wishes = CareNeeds.lines(
        #"""
        books about buying a house
        a book about data
        humans and robots novel
        a novel about presidents
        weather disasters fiction
        A history of prices
        thrillers with a surprise ending
        books with a happy ending
        tell me books with a sad ending
        a novel that begins on a train
        which book has the best opening line
        where can I find books about dragons?
        something about artificial intelligence
        novels about robots that are human
        the biography of a president
        who was Napoleon? a biography please
        books on how to code in Python
        a Python programming book
        a translation of the Iliad
        Code Name Verity
        The Weather Project
        Data by Star Trek
        I, Robot
        Are You There God? It's Me, Margaret
        How to Win Friends and Influence People
        What to Expect When You're Expecting
        Who Moved My Cheese?
        Where the Wild Things Are
        Where the Crawdads Sing
        How Green Was My Valley
        Are you my mother?
        The Price of Salt
        Thank You, Jeeves
        Goodbye to All That
        Hello, Goodbye
        The Long Goodbye
        Good Morning, Midnight
        What's Eating Gilbert Grape
        The Human Stain
        Human Acts
        Ask the Dust
        The End of the Affair
        Howards End
        Never Let Me Go
        How It Ends
        In the Beginning
        First Love
        Where can I start with Proust?
        how do I start with Russian literature?
        what do you have by Agatha Christie?
        do you have Dune?
        who wrote Dracula?
        what is Dracula about?
        is Ulysses worth reading?
        how long is Middlemarch?
        when was Emma published?
        I want to learn about money and investing, which books?
        cookbooks
        recipes from Italy, a cookbook
        a book about the stock market
        a play about divorce
        legal thrillers
        medical thrillers
        a novel in which a doctor is the hero
        ghost stories
        something short
        more like that
        the second one
        not that one
        crime
        Russian novels
        surprise me
        a good book
        I'm bored, give me something funny
        vampires
        love
        war and peace
        1984
        poems about winter
        what should I read next?
        can you recommend a novel?
        help me find a book for my dad
        I need help choosing a gift, he likes history
        what can you recommend?
        what else did she write?
        who are the best crime writers?
        which classics should everyone read?
        how about something by Austen
        what are good books for a ten year old
        I like robots
        I love weather stories
        dragons and magic
        true crime
        capital by Karl Marx
        Das Kapital
        The King
        Code
        explain Ulysses
        Romane über Roboter
        ein Buch über das Wetter
        Bücher über Präsidenten
        Krimis aus Schweden
        ein Buch über Datenschutz
        Der Mensch erscheint im Holozän
        Wie der Stahl gehärtet wurde
        Was kostet die Welt, ein Roman
        etwas Lustiges von Wodehouse
        Liebesromane
        Wo die wilden Kerle wohnen
        Hallo, ich suche einen Krimi
        Danke, aber lieber ein Roman ohne Liebe
        un roman sur un robot
        des livres sur la météo
        un polar avec une fin surprenante
        Bonjour tristesse
        Bonjour, je cherche un roman policier
        Au revoir là-haut
        romans de Balzac
        quelque chose comme Dracula
        una novela sobre robots
        libros sobre el clima
        Hola, busco una novela de misterio
        El precio de la sal
        La casa de los espíritus
        novelas de Isabel Allende
        El presidente, de Asturias
        Señor Presidente novela
        Hi, I'm looking for a novel about Mars
        Thanks! Now something scary by a woman
        thank you, something else?
        Hello! Any good sci-fi?
        what do you know about Jane Austen?
        tell me about Emma
        what happens in Emma?
        what is that book where a man becomes an insect
        what's the book that starts with "Call me Ishmael"?
        Which novel starts with a storm?
        a novel whose hero dies at the end
        does Dracula have a sequel?
        something about medicine in the Middle Ages
        books like The Martian
        I have read everything by Verne
        I want to cry
        recommend me something for a long flight
        I have a fever, something light to read
        my headache is killing me, an easy audiobook
        it's raining outside, a cosy mystery please
        a book on how to invest money
        should I buy Ulysses or Emma?
        Where did Hemingway live? books set there
        """#)

    @Test(arguments: wishes)
    func `is not seen in a wish`(message: String) {
        #expect(Aside.read(message) == nil)
    }

    @Test(arguments: messages)
    func `gets a sentence or two and no books, and no taste is noted`(line: String) async throws {
        let talk = Talk()
        let reply = try await talk.say(String(line.split(separator: "|", maxSplits: 1)[1]))
        #expect(reply.books.isEmpty && !reply.text.isEmpty && reply.text.count < 600)
        #expect(try await talk.preferences.preferences(of: UserID(rawValue: "reader")).isEmpty)
    }

    @Test func `is answered with the nearest thing Noah can do, in the language of the message`() async throws {
        #expect(try await Talk().say("how do I delete my data?").text.contains("DELETE /api/v1/me"))
        #expect(try await Talk().say("wie lösche ich meine Daten?").text.contains("löscht es"))
        #expect(try await Talk().say("can I talk to a human").text.contains("I am a program"))
        #expect(try await Talk().say("où puis-je l'acheter ?").text.contains("gutenberg.org"))
        #expect(try await Talk().say("¿quién es el presidente?").text.contains("solo sé de libros"))
        let talk = Talk()
        let first = try await talk.say("ghost stories")
        let buying = try await talk.say("where can I buy it?")
        #expect(buying.text.contains(first.titles[0]) || buying.text.contains("gutenberg.org"))
        // And the conversation goes on from the books before it.
        #expect(try await !talk.say("something shorter").books.isEmpty)
    }

    @Test func `a language model is told what to say about the service, and gets no findings`() async throws {
        let model = ListeningModel()
        let companion = BookCompanion(
            model: model, recommender: StarterCatalog.recommender, preferences: MemoryPreferences())
        let turn = TurnContext(
            user: UserID(rawValue: "u"), session: SessionID(rawValue: "s"), userMessageID: Identifiers.message(),
            replyID: Identifiers.message(), text: "how do I delete my data?", history: [], createdAt: .now())
        _ = try await companion.reply(to: turn, into: RecordingSink())
        let request = try #require(model.request)
        let data = try #require(request.messages.dropLast().last?.content)
        #expect(request.instructions.contains("what FINDINGS has as the answer"))
        #expect(data.contains("the answer: ") && data.contains("DELETE /api/v1/me") && !data.contains("1. "))
    }

    @Test(
        arguments: [
            "The Quantum Gardener of Vladivostok", "\"The Glass Octopus\"", "Who wrote The Physics of Teacups?",
            "tell me about \"Seven Physicists and a Goat\"", "Do you have The Moonlit Accountant?",
            "I loved The Glass Octopus. Something similar?", "something like \"The Physics of Teacups\"",
        ])
    func `a title that the catalogue does not have is said to be unknown, and its words are not searched for`(
        text: String
    ) async throws {
        let reply = try await Talk().say(text)
        #expect(reply.books.isEmpty, "\(reply.titles)")
        #expect(reply.text.contains("I have no book called"), "\(reply.text)")
    }

    @Test(
        arguments: [
            "The War of the Worlds", "Middlemarch", "Ghost Stories", "Russian Novels", "Science Fiction",
            "The French Revolution",
            "novels set in New Orleans", "Something like Frankenstein", "Jane Austen",
        ])
    func `known titles, names and subjects in capitals are no invented titles`(text: String) async throws {
        #expect(try await !Talk().say(text).text.contains("I have no book called"))
    }
}
