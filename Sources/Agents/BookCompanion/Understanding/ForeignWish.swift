/// Wishes in German, French and Spanish: the words that matter are put into English, in which everything else is read.
enum ForeignWish {
    struct Translated: Equatable {
        var text: String
        var language: MessageLanguage
        /// What was recognised of the wish, in the reader's words.
        var understood: [String] = []
    }

    private static let maximumWords = 40

    /// Nil for a message that is in none of these languages, or has no word of a wish that is known here.
    static func read(_ message: String) -> Translated? {
        let words = message.split { !($0.isLetter || $0.isNumber || $0 == "-") }.map(String.init)
        if let followUp = followUp(words) { return followUp }
        guard (2...maximumWords).contains(words.count) else { return nil }
        let folded = words.map { Folding.fold($0) }
        let counts = tables.map { table in (table, folded.count { table.functionWords.contains($0) }) }
        guard let (table, count) = counts.max(by: { $0.1 < $1.1 }), count * 4 >= folded.count else { return nil }
        let english = folded.count { englishWords.contains($0) }
        guard count > english else { return nil }
        var text: [String] = []
        var understood: [String] = []
        var found = false
        var index = 0
        while index < words.count {
            if let (meaning, length) = table.meaning(at: index, of: folded) {
                text.append(meaning)
                let said = words[index..<(index + length)].joined(separator: " ")
                if !["no", "like", "about"].contains(meaning), !["no", "like"].contains(text.dropLast().last ?? "") {
                    understood.append(said)
                }
                // "Krieg und Frieden" has two words that are known here and is a title.
                found = found || kinds.contains(meaning) || meaning == "like"
                index += length
            } else {
                found =
                    found || cues.contains(folded[index])
                    || index > 0 && books.contains(folded[index]) && articles.contains(folded[index - 1])
                if !table.functionWords.contains(folded[index]) { text.append(words[index]) }
                index += 1
            }
        }
        guard found, !text.isEmpty else { return nil }
        return Translated(text: text.joined(separator: " "), language: table.language, understood: understood)
    }

    /// A short message that goes on from a list, every word of which is known: "etwas Kürzeres", "qui l'a écrit ?", "otra más larga".
    private static func followUp(_ words: [String]) -> Translated? {
        guard (1...8).contains(words.count) else { return nil }
        let folded = words.flatMap { Folding.words($0) }
        return tables.lazy.compactMap { table in
            table.followUp(folded).map { Translated(text: $0, language: table.language) }
        }.first
    }

    /// Whether a message is in a language that is not read here: in another script, or with the small words of one.
    static func isOtherLanguage(_ message: String) -> Bool {
        let letters = message.unicodeScalars.filter(\.properties.isAlphabetic)
        let foreign = letters.count { $0.value > 0x24F && !(0x1E00...0x1EFF).contains($0.value) }
        if foreign * 2 > letters.count { return true }
        let words = Folding.words(message)
        guard words.count >= 3 else { return false }
        let known = words.count { englishWords.contains($0) || StopWords.contains($0) }
        let others = words.count { otherWords.contains($0) }
        return others >= 2 && others > known && others * 4 >= words.count
    }

    /// Small words of Italian, Portuguese, Dutch, the Scandinavian languages, Polish, Czech and Turkish that are none of a language that is read.
    private static let otherWords: Set<String> = [
        "di", "che", "cerco", "vorrei", "libri", "romanzo", "romanzi", "per", "favore", "uno", "della",
        "dei", "sono",
        "puoi", "consigliarmi", "consiglia", "qualcosa", "leggere", "sul", "sulla", "avventure",
        "um", "uma", "livro", "livros", "quero", "queria", "nao", "com", "ler",
        "voce", "pode",
        "recomenda", "procuro", "algum",
        "een", "het", "boek", "boeken", "ik", "zoek", "wil", "graag", "lezen", "over", "van", "met", "kunt", "aanraden",
        "niet", "iets",
        "jag", "vill", "ha", "bok", "bocker", "att", "lasa", "jeg", "vil", "gerne", "bog", "lese",
        "efter",
        "szukam", "ksiazki", "ksiazka", "chce", "prosze", "powiesc", "cos", "hledam", "knihu", "chci", "prosim",
        "bir", "kitap", "istiyorum", "okumak", "hakkinda", "oner",
    ]

    /// "Ein Buch über …", "un libro sobre …"; a title has its own articles ("Das Buch der Unruhe").
    private static let books: Set<String> = ["buch", "bucher", "livre", "livres", "libro", "libros"]
    private static let articles: Set<String> = [
        "ein", "gutes", "gute", "welches", "welche", "einige", "paar", "un", "des", "bon", "bons", "quel", "quels",
        "que", "unos", "buen",
        "buenos", "algun", "cual", "mon", "mi", "mein",
    ]

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

    // MARK: - Tables

    private struct Table {
        var language: MessageLanguage
        var functionWords: Set<String>
        /// By the first folded word: the phrase's words, and what they are in English.
        var phrases: [String: [(words: [String], meaning: String)]]
        /// The same for what is said about a list that was shown.
        var followUps: [String: [(words: [String], meaning: String)]]

        init(_ language: MessageLanguage, functionWords: String, phrases: String, followUps: String) {
            self.language = language
            self.functionWords = Set(functionWords.split(whereSeparator: \.isWhitespace).map { Folding.fold($0) })
            self.phrases = Self.phrases(phrases)
            self.followUps = Self.phrases(followUps)
        }

        private static func phrases(_ text: String) -> [String: [(words: [String], meaning: String)]] {
            var phrases: [String: [(words: [String], meaning: String)]] = [:]
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: "=", omittingEmptySubsequences: false)
                for phrase in parts[0].split(separator: ",") {
                    let words = Folding.words(phrase)
                    guard let first = words.first else { continue }
                    phrases[first, default: []].append((words, String(parts[1])))
                }
            }
            for key in phrases.keys { phrases[key]?.sort { $0.words.count > $1.words.count } }
            return phrases
        }

        /// In English; nil when a word is not one of a follow-up.
        func followUp(_ words: [String]) -> String? {
            var text: [String] = []
            var index = 0
            while index < words.count {
                if let phrase = followUps[words[index]]?.first(where: { words[index...].starts(with: $0.words) }) {
                    if !phrase.meaning.isEmpty { text.append(phrase.meaning) }
                    index += phrase.words.count
                } else if functionWords.contains(words[index]) {
                    index += 1
                } else {
                    return nil
                }
            }
            return text.isEmpty ? nil : text.joined(separator: " ")
        }

        func meaning(at index: Int, of words: [String]) -> (String, Int)? {
            let known = (phrases[words[index]] ?? []) + (followUps[words[index]] ?? [])
            for phrase in known where words[index...].starts(with: phrase.words) {
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
                guter neue neues neuen aber doch nur etwas meine mein meinen wer welche welches welchen soll sollte
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
                mittelalter=the middle ages
                einsamkeit=loneliness
                jahre alt,jahre,jährige,jährigen,jähriger=year old
                pferde,pferd=horses
                drachen,drache=dragons
                piraten,seeräuber=pirates
                vampire,vampir=vampires
                hexen,hexe=witches
                zauberer,magie,zauberei=magic
                geister,gespenster=ghosts
                zeitreise,zeitreisen=time travel
                roboter=robots
                weltraum,weltall,raumfahrt=space
                zukunft=the future
                insel,inseln=castaways
                berge,bergsteigen=mountaineering
                wüste=the desert
                schule,internat=school
                gefängnis=prison
                rache=revenge
                mord,morde=murder
                ehe=marriage
                sklaverei=slavery
                revolution=revolution
                französische revolution,französischen revolution=the french revolution
                napoleon=napoleon
                ersten weltkrieg,erster weltkrieg,erste weltkrieg=the first world war
                zweiten weltkrieg,zweiter weltkrieg,zweite weltkrieg=the second world war
                antike,altes rom,alten rom,rom=ancient rome
                ägypten=egypt
                griechenland=ancient greece
                japan=japan
                china=china
                indien=india
                afrika=africa
                russland=russia
                paris=paris
                london=london
                wissenschaft,naturwissenschaft=popular science
                physik=physics
                mathematik=mathematics
                psychologie=psychology
                politik=politics
                wirtschaft=economics
                religion=religion
                weihnachten=christmas
                kochen=cooking
                musik=music
                kunst=art history
                gärten,garten=gardens
                ritter,burgen=knights
                wikinger=vikings
                dystopie,dystopien=dystopia
                satire=satire
                detektiv,detektive=detectives
                spione,spion,spionageroman=spy novel
                märchenhaft,fantastisch,fantastische=fantasy
                tiere,tier=animals
                frauen=women
                kinder=children
                düster,düstere,düsteres=dark
                gemütlich,gemütliche,gemütliches=cosy
                moderne,moderner,modernes=modern
                italienische,italienischer,italienischen=italian
                spanische,spanischer,spanischen=spanish
                amerikanische,amerikanischer,amerikanischen=american
                nicht zu lang,nicht so lang=not too long
                nicht=not
                rätsel,mysteriös,geheimnisvoll,geheimnisvolle,geheimnisvolles=mystery
                """,
            followUps: """
                kürzer,kürzeres,kürzere,kürzeren,kürzerer,was kürzeres,etwas kürzeres=something shorter
                länger,längeres,längere,längeren,was längeres,etwas längeres,dickeres=something longer
                älter,älteres,ältere=something older
                neuer,neueres,neuere,moderner,moderneres,aktueller=something newer
                lustiger,lustigeres=something funnier
                spannender,spannenderes=something more exciting
                mehr davon,noch mehr,weitere,noch eins,noch eines,noch welche,noch einige,weitere vorschläge,mehr=more
                etwas anderes,was anderes,andere,anderes,andere bücher=something else
                das nicht,die nicht,keins davon,keines davon,nichts davon,gefällt mir nicht=not that one
                das erste,den ersten,die erste,das erste buch=the first one
                das zweite,den zweiten,die zweite,das zweite buch=the second one
                das dritte,den dritten,die dritte=the third one
                das vierte=the fourth one
                das letzte,das letzte buch=the last one
                wer hat es geschrieben,wer hat das geschrieben,von wem ist das,von wem ist es,wer ist der autor,wer ist die autorin=who wrote it
                wer hat=who wrote
                geschrieben=
                wie lang ist es,wie lang ist das,wie dick ist es,wie viele seiten hat es=how long is it
                worum geht es,worum geht es da,worum geht es darin,wovon handelt es,um was geht es=what is it about
                von wann ist es,wann ist es erschienen,wann wurde es geschrieben=when was it written
                erzähl mir mehr,mehr darüber,erzähl mehr davon=tell me more about it
                das kürzeste=the shortest
                das längste=the longest
                das älteste=the oldest
                das neueste=the newest
                womit soll ich anfangen,welches zuerst,welches soll ich zuerst lesen=which should i start with
                kenne ich schon,schon gelesen,habe ich schon gelesen,hab ich schon gelesen,kenn ich=i have read it
                ähnliche,sowas wie das erste=more like that
                """),
        Table(
            .french,
            functionWords: """
                je j mais cherche voudrais veux aimerais ai envie un une des du de d la le les l me moi toi tu peux pouvez vous recommande
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
                moyen âge,moyen-âge=the middle ages
                solitude=loneliness
                ans=year old
                chevaux,cheval=horses
                dragons,dragon=dragons
                pirates,pirate=pirates
                vampires,vampire=vampires
                sorcières,sorcière=witches
                magie,magiciens=magic
                voyage dans le temps,voyages dans le temps=time travel
                robots=robots
                espace=space
                avenir,futur=the future
                montagne,montagnes=mountaineering
                désert=the desert
                école=school
                prison=prison
                vengeance=revenge
                meurtre,meurtres=murder
                mariage=marriage
                esclavage=slavery
                révolution française=the french revolution
                révolution=revolution
                première guerre mondiale=the first world war
                seconde guerre mondiale,deuxième guerre mondiale=the second world war
                rome antique,rome=ancient rome
                grèce antique,grèce=ancient greece
                égypte=egypt
                japon=japan
                chine=china
                inde=india
                afrique=africa
                russie=russia
                paris=paris
                londres=london
                science,sciences=popular science
                physique=physics
                mathématiques=mathematics
                psychologie=psychology
                politique=politics
                économie=economics
                religion=religion
                noël=christmas
                cuisine=cooking
                musique=music
                jardins,jardin=gardens
                chevaliers=knights
                dystopie,dystopies=dystopia
                espionnage=spy novel
                animaux,animal=animals
                femmes=women
                enfants=children
                sombre,sombres=dark
                moderne,modernes=modern
                italien,italienne,italiens=italian
                espagnol,espagnole,espagnols=spanish
                américain,américaine,américains=american
                pas trop long,pas trop longue=not too long
                mystère,mystères,énigme,énigmes=mystery
                """,
            followUps: """
                plus court,plus courte,plus courts,plus courtes=something shorter
                plus long,plus longue,plus longs,plus longues=something longer
                plus ancien,plus ancienne,plus vieux=something older
                plus récent,plus récente,plus moderne,plus nouveau=something newer
                plus drôle=something funnier
                d autres,encore,encore un,encore d autres,d autres suggestions,un autre,une autre,davantage=more
                autre chose,quelque chose d autre=something else
                pas celui-là,pas celui là,pas ça,aucun,ça ne me plaît pas=not that one
                le premier,la première,le 1er=the first one
                le deuxième,la deuxième,le second,la seconde=the second one
                le troisième,la troisième=the third one
                le dernier,la dernière=the last one
                qui l a écrit,qui a écrit ça,qui est l auteur,c est de qui,de qui est-ce=who wrote it
                qui a écrit=who wrote
                c est long,combien de pages=how long is it
                de quoi parle-t-il,de quoi ça parle,ça parle de quoi,de quoi s agit-il,de quoi parle le livre=what is it about
                de quand date-t-il,quand a-t-il été écrit,c est de quand=when was it written
                dis-m en plus,dites-m en plus,parle-m en=tell me more about it
                le plus court=the shortest
                le plus long=the longest
                le plus ancien=the oldest
                le plus récent=the newest
                par lequel commencer,lequel lire en premier=which should i start with
                déjà lu,je l ai déjà lu,je l ai lu,je le connais=i have read it
                """),
        Table(
            .spanish,
            functionWords: """
                pero busco quiero quisiera me gustaría un una unos unas el la los las de del y o en para por algo libro libros leer que qué
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
                edad media=the middle ages
                soledad=loneliness
                años,año=year old
                niño,niña=children
                caballos,caballo=horses
                dragones,dragón=dragons
                piratas,pirata=pirates
                vampiros,vampiro=vampires
                brujas,bruja=witches
                magia,magos=magic
                viajes en el tiempo,viaje en el tiempo=time travel
                robots=robots
                espacio=space
                futuro=the future
                montañas,montaña=mountaineering
                desierto=the desert
                escuela=school
                cárcel,prisión=prison
                venganza=revenge
                asesinato,asesinatos=murder
                matrimonio=marriage
                esclavitud=slavery
                revolución francesa=the french revolution
                revolución=revolution
                primera guerra mundial=the first world war
                segunda guerra mundial=the second world war
                antigua roma,roma=ancient rome
                antigua grecia,grecia=ancient greece
                egipto=egypt
                japón=japan
                china=china
                india=india
                áfrica=africa
                rusia=russia
                parís=paris
                londres=london
                ciencia,ciencias=popular science
                física=physics
                matemáticas=mathematics
                psicología=psychology
                política=politics
                economía=economics
                religión=religion
                navidad=christmas
                cocina=cooking
                música=music
                jardines=gardens
                caballeros=knights
                distopía,distopías=dystopia
                espías=spy novel
                animales=animals
                mujeres=women
                niños=children
                oscuro,oscura=dark
                moderno,moderna=modern
                italiano,italiana=italian
                española,español=spanish
                americano,americana=american
                no muy largo,no muy larga=not too long
                misterio,novela de misterio,novelas de misterio,novelas de intriga,intriga=mystery
                """,
            followUps: """
                más corto,más corta,más cortos,más cortas,más breve=something shorter
                más largo,más larga,más largos,más largas=something longer
                más antiguo,más antigua,más viejo=something older
                más nuevo,más nueva,más reciente,más moderno,más moderna=something newer
                más divertido,más divertida=something funnier
                otra más corta,otro más corto=something shorter
                otra más larga,otro más largo=something longer
                otra,otro,otras,otros,más,algunos más,algunas más,otra más,otro más=more
                otra cosa,algo diferente,algo distinto=something else
                ese no,esa no,ninguno,ninguna,no me gusta=not that one
                el primero,la primera,el primer libro=the first one
                el segundo,la segunda=the second one
                el tercero,la tercera=the third one
                el último,la última=the last one
                quién lo escribió,quién la escribió,de quién es,quién es el autor=who wrote it
                quién escribió=who wrote
                cuántas páginas tiene,es largo,es larga,qué tan largo es=how long is it
                de qué trata,de qué va,sobre qué trata=what is it about
                de cuándo es,cuándo se escribió,cuándo fue escrito=when was it written
                cuéntame más,dime más=tell me more about it
                el más corto,la más corta=the shortest
                el más largo,la más larga=the longest
                el más antiguo=the oldest
                el más nuevo,el más reciente=the newest
                por cuál empiezo,con cuál empiezo,cuál leo primero=which should i start with
                ya lo he leído,ya lo leí,ya la leí,ya lo conozco=i have read it
                """),
    ]
}
