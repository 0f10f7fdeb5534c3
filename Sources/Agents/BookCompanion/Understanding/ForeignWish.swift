/// Wishes in German, French and Spanish: the words that matter are put into English, in which everything else is read.
enum ForeignWish {
    struct Translated: Equatable {
        var text: String
        var language: MessageLanguage
    }

    private static let maximumWords = 40

    /// Nil for a message that is in none of these languages, or has no word of a wish that is known here.
    static func read(_ message: String) -> Translated? {
        let words = message.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
        guard (2...maximumWords).contains(words.count) else { return nil }
        let folded = words.map { Folding.fold($0) }
        let counts = tables.map { table in (table, folded.count { table.functionWords.contains($0) }) }
        guard let (table, count) = counts.max(by: { $0.1 < $1.1 }), count * 4 >= folded.count else { return nil }
        let english = folded.count { englishWords.contains($0) }
        guard count > english else { return nil }
        var text: [String] = []
        var found = false
        var index = 0
        while index < words.count {
            if let (meaning, length) = table.meaning(at: index, of: folded) {
                text.append(meaning)
                // "Krieg und Frieden" has two words that are known here and is a title.
                found = found || kinds.contains(meaning)
                index += length
            } else {
                found = found || cues.contains(folded[index])
                if !table.functionWords.contains(folded[index]) { text.append(words[index]) }
                index += 1
            }
        }
        return found && !text.isEmpty ? Translated(text: text.joined(separator: " "), language: table.language) : nil
    }

    /// Words by which something is wished for.
    private static let cues: Set<String> = [
        "suche", "such", "suchen", "empfiehl", "empfehlen", "mochte", "cherche", "voudrais", "recommande",
        "recommander", "conseille",
        "conseiller", "propose", "aimerais", "busco", "quiero", "quisiera", "recomienda", "recomiendame", "recomiendas",
        "dame",
    ]
    /// Kinds of books: who names one wishes for it.
    private static let kinds: Set<String> = [
        "detective novel", "thriller", "love story", "for children", "for young adults", "science fiction", "fantasy",
        "historical novel",
        "ghost stories", "horror", "fairy tales", "poetry", "plays", "short stories", "biography", "travel",
        "adventure", "non-fiction",
        "essays", "novel", "classic",
    ]

    /// What stands before an answer in English to such a wish.
    static func opening(in language: MessageLanguage) -> String {
        switch language {
        case .german: "Hier sind meine Vorschläge; ohne Sprachmodell kann ich sie nur auf Englisch beschreiben. "
        case .french: "Voici mes suggestions ; sans modèle de langue, je ne peux les décrire qu'en anglais. "
        case .spanish: "Aquí van mis propuestas; sin modelo de lenguaje solo puedo describirlas en inglés. "
        case .english: ""
        }
    }

    // MARK: - Tables

    private struct Table {
        var language: MessageLanguage
        var functionWords: Set<String>
        /// By the first folded word: the phrase's words, and what they are in English.
        var phrases: [String: [(words: [String], meaning: String)]]

        init(_ language: MessageLanguage, functionWords: String, phrases text: String) {
            self.language = language
            self.functionWords = Set(functionWords.split(whereSeparator: \.isWhitespace).map { Folding.fold($0) })
            phrases = [:]
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: "=", omittingEmptySubsequences: false)
                for phrase in parts[0].split(separator: ",") {
                    let words = Folding.words(phrase)
                    guard let first = words.first else { continue }
                    phrases[first, default: []].append((words, String(parts[1])))
                }
            }
            for key in phrases.keys { phrases[key]?.sort { $0.words.count > $1.words.count } }
        }

        func meaning(at index: Int, of words: [String]) -> (String, Int)? {
            for phrase in phrases[words[index]] ?? [] where words[index...].starts(with: phrase.words) {
                return (phrase.meaning, phrase.words.count)
            }
            return nil
        }
    }

    /// Words by which a message is English after all.
    private static let englishWords: Set<String> = [
        "the", "a", "of", "and", "with", "like", "about", "for", "i", "is", "want", "book", "books", "read",
        "something", "by", "me",
    ]

    private static let tables = [
        Table(
            .german,
            functionWords: """
                ich suche such suchen möchte will würde gern gerne hätte bitte mir mich du kannst empfiehl empfehlen empfehle gib zeig kennst hast
                ein eine einen einem einer eines der die das den dem des und oder von vom zu zum zur in im auf aus für fürs mal was etwas lesen lese
                lies buch bücher es ist sind nicht zu sehr auch noch mehr es gibt gibt haben hab habe brauche brauch lust einige paar gute gutes guten
                guter neue neues neuen meine mein meinen wer welche welches welchen soll sollte
                """,
            phrases: """
                krimi,krimis,kriminalroman,kriminalromane,detektivroman,detektivgeschichte=detective novel
                thriller=thriller
                liebesroman,liebesromane,liebesgeschichte,liebesgeschichten=love story
                kinderbuch,kinderbücher,für kinder=for children
                jugendbuch,jugendbücher,für jugendliche=for young adults
                science fiction,zukunftsroman=science fiction
                fantasy,fantasyroman=fantasy
                historischer roman,historische romane,historischen roman=historical novel
                gruselgeschichte,gruselgeschichten,geistergeschichte,geistergeschichten=ghost stories
                horror,horrorroman=horror
                märchen=fairy tales
                gedichte,gedicht,lyrik=poetry
                theaterstück,theaterstücke,drama,dramen=plays
                kurzgeschichten,kurzgeschichte,erzählungen,erzählung=short stories
                biografie,biographie,biografien=biography
                reisebericht,reiseberichte,reisebuch=travel
                abenteuer,abenteuerroman,abenteuergeschichte=adventure
                sachbuch,sachbücher=non-fiction
                philosophie=philosophy
                geschichte=history
                roman,romane=novel
                klassiker=classic
                krieg=war
                liebe=love
                tod=death
                meer=the sea
                katzen,katze=cats
                hunde,hund=dogs
                freundschaft=friendship
                familie=family
                wale,wal=whales
                natur=nature
                russische,russischer,russischen,russisches=russian
                französische,französischer,französischen,französisches=french
                englische,englischer,englischen=english
                deutsche,deutscher,deutschen,deutsches=german
                auf deutsch=in German
                auf französisch=in French
                auf englisch=in English
                kurz,kurze,kurzer,kurzes,kurzen=short
                lang,lange,langer,langes,langen=long
                lustig,lustige,lustiger,lustiges,lustigen,witzig,witziges=funny
                traurig,traurige,trauriger,trauriges,traurigen=sad
                spannend,spannende,spannender,spannendes,spannenden=exciting
                gruselig,gruselige,gruseliges=scary
                ähnlich wie,so wie,wie=like
                über=about
                ohne,kein,keine,keinen=no
                """),
        Table(
            .french,
            functionWords: """
                je j cherche voudrais veux aimerais ai envie un une des du de d la le les l me moi toi tu peux pouvez vous recommande
                recommander recommandez conseille conseiller conseillez propose quelque chose livre livres lire à au aux et ou en dans pour
                s il plaît qui que est sont avez as connais bon bonne bons bonnes mon ma mes quel quelle quels quelles donne donnez
                """,
            phrases: """
                roman policier,romans policiers,polar,polars=detective novel
                roman d amour,romans d amour,histoire d amour,histoires d amour=love story
                roman historique,romans historiques=historical novel
                roman d aventures,romans d aventures,aventure,aventures=adventure
                science fiction=science fiction
                fantasy,fantastique=fantasy
                histoires de fantômes,histoire de fantômes,fantômes=ghost stories
                horreur,roman d horreur=horror
                thriller,thrillers=thriller
                contes de fées,contes=fairy tales
                poésie,poèmes,poème=poetry
                pièce de théâtre,pièces de théâtre,théâtre=plays
                nouvelles=short stories
                biographie,biographies=biography
                récit de voyage,récits de voyage=travel
                pour enfants,pour les enfants,livre pour enfants=for children
                pour adolescents=for young adults
                essai,essais=essays
                philosophie=philosophy
                histoire=history
                roman,romans=novel
                classique,classiques=classic
                guerre=war
                amour=love
                mort=death
                mer=the sea
                chats,chat=cats
                chiens,chien=dogs
                amitié=friendship
                famille=family
                baleines=whales
                nature=nature
                russe,russes=russian
                anglais,anglaise,anglaises=english
                allemand,allemande,allemands=german
                français,française,françaises=french
                en français=in French
                en anglais=in English
                court,courte,courts,courtes=short
                long,longue,longs,longues=long
                drôle,drôles=funny
                triste,tristes=sad
                passionnant,passionnante,captivant=exciting
                comme=like
                sur=about
                sans,pas de=no
                """),
        Table(
            .spanish,
            functionWords: """
                busco quiero quisiera me gustaría un una unos unas el la los las de del y o en para por algo libro libros leer que qué
                recomienda recomiéndame recomiendas recomendar puedes dame mi mis tienes hay es son a al buen buena buenos buenas alguna
                algún algunos cuál cuáles te lo
                """,
            phrases: """
                novela policíaca,novela policiaca,novelas policíacas,novela negra,novelas negras=detective novel
                novela de amor,novelas de amor,historia de amor,historias de amor,novela romántica,novelas románticas=love story
                novela histórica,novelas históricas=historical novel
                novela de aventuras,novelas de aventuras,aventuras=adventure
                ciencia ficción=science fiction
                fantasía=fantasy
                historias de fantasmas,cuentos de fantasmas,fantasmas=ghost stories
                terror,novela de terror,novelas de terror,miedo=horror
                cuentos de hadas=fairy tales
                poesía,poemas,poema=poetry
                teatro,obra de teatro,obras de teatro=plays
                cuentos,relatos,cuento=short stories
                biografía,biografías=biography
                viajes,libro de viajes=travel
                para niños,infantil,infantiles=for children
                para jóvenes,juvenil=for young adults
                ensayo,ensayos=essays
                filosofía=philosophy
                historia=history
                novela,novelas=novel
                clásico,clásicos=classic
                guerra=war
                amor=love
                muerte=death
                mar=the sea
                gatos,gato=cats
                perros,perro=dogs
                amistad=friendship
                familia=family
                ballenas=whales
                naturaleza=nature
                rusa,ruso,rusas,rusos=russian
                francesa,francés,francesas=french
                inglesa,inglés,inglesas=english
                alemana,alemán,alemanas=german
                en español=in Spanish
                en inglés=in English
                corto,corta,cortos,cortas,breve=short
                largo,larga,largos,largas=long
                divertido,divertida,divertidos,divertidas=funny
                triste,tristes=sad
                emocionante,emocionantes=exciting
                como,parecido a,parecida a=like
                sobre=about
                sin=no
                """),
    ]
}
