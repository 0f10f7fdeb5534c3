/// The same in German, French and Spanish.
extension AsideAnswer {
    // MARK: - German

    func german() -> [String] {
        switch aside {
        case .data:
            [
                "Aus dem Gespräch heraus kann ich das nicht, aber du kannst es: GET /api/v1/me/export gibt dir alles, was über dich "
                    + "gespeichert ist, und DELETE /api/v1/me löscht es. ",
                "Sonst helfen dir die Betreiber dieser Seite.",
            ]
        case .human:
            [
                "Hier im Gespräch ist kein Mensch, ich bin ein Programm. ",
                "Bei Fragen zur Seite helfen ihre Betreiber; wenn du etwas zum Lesen suchst, frag mich.",
            ]
        case .account:
            [
                "Von Konten und Passwörtern weiß ich nichts; da helfen die Betreiber dieser Seite. ",
                "Ich finde dir Bücher.",
            ]
        case .price:
            [
                "Preise kenne ich nicht, und ich verkaufe nichts. ",
                "Viele ältere Bücher sind bei Project Gutenberg (gutenberg.org) frei, die anderen hat"
                    + " oft die Bibliothek.",
            ]
        case .buying:
            [
                "Ich verkaufe und verleihe nichts und weiß nicht, was es in den Läden gibt. ",
                "Viele ältere Bücher sind bei Project Gutenberg (gutenberg.org) frei; sonst frag im Buchladen oder in der Bibliothek nach "
                    + "\(title ?? "Titel und Autor").",
            ]
        case .ending:
            [
                "Wie Bücher ausgehen, weiß ich nicht: Im Katalog steht höchstens eine Zeile. ",
                "Ich kann dir sagen, worum es geht, oder etwas Ähnliches suchen.",
            ]
        case .opening:
            [
                "Die Texte selbst habe ich nicht, also kann ich nichts daraus vorlesen. ",
                "Viele ältere Bücher stehen frei bei Project Gutenberg (gutenberg.org).",
            ]
        case .medical:
            [
                "Medizinischen Rat kann ich nicht geben; frag bitte in einer Arztpraxis oder Apotheke. ",
                "Ein Buch zum Thema suche ich gern.",
            ]
        case .legal:
            [
                "Rechtsrat kann ich nicht geben; das können Anwälte und Beratungsstellen. ",
                "Ein Buch zum Thema suche ich gern.",
            ]
        case .money: ["Zu Geldanlagen kann ich nicht raten. ", "Ein Buch zum Thema suche ich gern."]
        case .translation:
            [
                "Zum Übersetzen braucht es ein Sprachmodell, und hier antwortet keines. ",
                "Ich kann Bücher in einer Sprache suchen, die du nennst.",
            ]
        case .code:
            [
                "Zum Programmieren braucht es ein Sprachmodell, und hier antwortet keines. ",
                "Ich kann Bücher darüber suchen.",
            ]
        case .calculation:
            [
                "Zum Rechnen braucht es ein Sprachmodell, und hier antwortet keines. ",
                "Ich kann Bücher über Mathematik suchen.",
            ]
        case .writing:
            [
                "Zum Schreiben braucht es ein Sprachmodell, und hier antwortet keines. ",
                "Ich kann dir Gedichte, Erzählungen oder Essays suchen.",
            ]
        case .news:
            [
                "Wetter, Uhrzeit und Nachrichten kenne ich nicht, nur Bücher. ",
                "Soll ich dir eins suchen? Nenn ein Thema oder eine Stimmung.",
            ]
        case .knowledge:
            [
                "Das weiß ich nicht, ich kenne nur Bücher. ",
                "Wenn du eins darüber möchtest, nenn das Thema.",
            ]
        case .task:
            [
                "Das kann ich nicht, ich finde nur Bücher. ",
                "Nenn ein Thema, eine Autorin oder ein Buch, das du mochtest.",
            ]
        case .identity:
            [
                "Ich bin Noah, ein Programm, das Bücher findet: kein Mensch und kein Sprachmodell. ",
                "Mein Katalog hat \(catalogSize) Werke.",
            ]
        case .capability:
            [
                "Ich finde Bücher in einem Katalog von \(catalogSize) Werken und sage, warum sie passen. ",
                "Nenn ein Buch, das du mochtest, einen Autor, ein Thema oder eine Stimmung.",
            ]
        case .farewell: ["Auf Wiedersehen und viel Freude beim Lesen."]
        case .thanks: ["Gern geschehen. ", "Frag wieder, wenn du ein Buch suchst."]
        case .wellbeing: ["Danke, gut. ", "Was möchtest du lesen?"]
        case .greeting:
            [
                "Hallo, ich bin Noah. ",
                "Nenn ein Buch, das du mochtest, einen Autor, ein Thema oder eine Stimmung, und ich finde etwas.",
            ]
        }
    }

    // MARK: - French

    func french() -> [String] {
        switch aside {
        case .data:
            [
                "Je ne peux pas le faire depuis la conversation, mais toi, oui : GET /api/v1/me/export te donne tout ce qui est enregistré sur "
                    + "toi, et DELETE /api/v1/me l'efface. ",
                "Sinon, les responsables de ce site peuvent le faire.",
            ]
        case .human:
            [
                "Il n'y a personne dans cette conversation : je suis un programme. ",
                "Pour le site, contacte ses responsables ; pour une lecture, demande-moi.",
            ]
        case .account:
            [
                "Je ne sais rien des comptes ni des mots de passe ; les responsables de ce site peuvent t'aider. ",
                "Moi, je trouve des livres.",
            ]
        case .price:
            [
                "Je ne connais pas les prix et je ne vends rien. ",
                "Beaucoup de livres anciens sont gratuits sur Project Gutenberg (gutenberg.org), et "
                    + "les bibliothèques prêtent les autres.",
            ]
        case .buying:
            [
                "Je ne vends ni ne prête de livres, et je ne sais pas ce que les librairies ont. ",
                "Beaucoup de livres anciens sont gratuits sur Project Gutenberg (gutenberg.org) ; sinon, demande "
                    + "\(title ?? "le titre et l'auteur") en librairie ou en bibliothèque.",
            ]
        case .ending:
            [
                "Je ne sais pas comment les livres finissent : le catalogue n'en dit qu'une ligne. ",
                "Je peux te dire de quoi parle un livre, ou en chercher un semblable.",
            ]
        case .opening:
            [
                "Je n'ai pas les textes, donc je ne peux rien citer. ",
                "Beaucoup de livres anciens se lisent gratuitement sur Project Gutenberg (gutenberg.org).",
            ]
        case .medical:
            [
                "Je ne peux pas donner de conseil médical ; demande à un médecin ou à un pharmacien. ",
                "Je peux chercher un livre sur le sujet.",
            ]
        case .legal:
            [
                "Je ne peux pas donner de conseil juridique ; un avocat le peut. ",
                "Je peux chercher un livre sur le sujet.",
            ]
        case .money: ["Je ne peux pas te conseiller sur l'argent. ", "Je peux chercher un livre sur le sujet."]
        case .translation:
            [
                "Pour traduire, il faut un modèle de langue, et aucun ne répond ici. ",
                "Je peux chercher des livres dans une langue que tu nommes.",
            ]
        case .code:
            [
                "Pour écrire du code, il faut un modèle de langue, et aucun ne répond ici. ",
                "Je peux chercher des livres sur le sujet.",
            ]
        case .calculation:
            [
                "Pour calculer, il faut un modèle de langue, et aucun ne répond ici. ",
                "Je peux chercher des livres de mathématiques.",
            ]
        case .writing:
            [
                "Pour écrire un texte, il faut un modèle de langue, et aucun ne répond ici. ",
                "Je peux te trouver des poèmes, des nouvelles ou des essais.",
            ]
        case .news:
            [
                "Je ne connais ni la météo, ni l'heure, ni l'actualité : je ne connais que les livres. ",
                "Veux-tu que j'en cherche un ? Nomme un sujet ou une humeur.",
            ]
        case .knowledge:
            [
                "Je ne le sais pas : je ne connais que les livres. ",
                "Si tu en veux un là-dessus, nomme le sujet.",
            ]
        case .task:
            [
                "Cela, je ne le peux pas : je ne fais que trouver des livres. ",
                "Nomme un sujet, un auteur ou un livre que tu as aimé.",
            ]
        case .identity:
            [
                "Je suis Noah, un programme qui trouve des livres : ni une personne, ni un modèle de langue. ",
                "Mon catalogue compte \(catalogSize) œuvres.",
            ]
        case .capability:
            [
                "Je trouve des livres dans un catalogue de \(catalogSize) œuvres et je dis pourquoi "
                    + "ils conviennent. ",
                "Nomme un livre que tu as aimé, un auteur, un sujet ou une humeur.",
            ]
        case .farewell: ["Au revoir, et bonne lecture."]
        case .thanks: ["De rien. ", "Reviens quand tu cherches un livre."]
        case .wellbeing: ["Bien, merci. ", "Que veux-tu lire ?"]
        case .greeting:
            [
                "Bonjour, je suis Noah. ",
                "Nomme un livre que tu as aimé, un auteur, un sujet ou une humeur, et je chercherai.",
            ]
        }
    }

    // MARK: - Spanish

    func spanish() -> [String] {
        switch aside {
        case .data:
            [
                "Desde la conversación no puedo hacerlo, pero tú sí: GET /api/v1/me/export te da todo lo que hay guardado sobre ti, y DELETE "
                    + "/api/v1/me lo borra. ",
                "Si no, pueden hacerlo los responsables de este sitio.",
            ]
        case .human:
            [
                "En esta conversación no hay ninguna persona: soy un programa. ",
                "Para asuntos del sitio, contacta con sus responsables; para leer algo, pregúntame.",
            ]
        case .account:
            [
                "No sé nada de cuentas ni contraseñas; los responsables de este sitio pueden ayudarte. ",
                "Yo encuentro libros.",
            ]
        case .price:
            [
                "No conozco los precios y no vendo nada. ",
                "Muchos libros antiguos son gratis en Project Gutenberg (gutenberg.org), y las "
                    + "bibliotecas prestan los demás.",
            ]
        case .buying:
            [
                "No vendo ni presto libros y no sé qué tienen las librerías. ",
                "Muchos libros antiguos son gratis en Project Gutenberg (gutenberg.org); si no, pide "
                    + "\(title ?? "el título y el autor") en una librería o una biblioteca.",
            ]
        case .ending:
            [
                "No sé cómo terminan los libros: el catálogo solo tiene una línea. ",
                "Puedo decirte de qué trata un libro, o buscar uno parecido.",
            ]
        case .opening:
            [
                "No tengo los textos, así que no puedo citarlos. ",
                "Muchos libros antiguos se leen gratis en Project Gutenberg (gutenberg.org).",
            ]
        case .medical:
            [
                "No puedo dar consejos médicos; pregunta a un médico o en una farmacia. ",
                "Puedo buscar un libro sobre el tema.",
            ]
        case .legal: ["No puedo dar consejos legales; un abogado sí. ", "Puedo buscar un libro sobre el tema."]
        case .money: ["No puedo aconsejarte sobre dinero. ", "Puedo buscar un libro sobre el tema."]
        case .translation:
            [
                "Para traducir hace falta un modelo de lenguaje, y aquí no responde ninguno. ",
                "Puedo buscar libros en el idioma que digas.",
            ]
        case .code:
            [
                "Para programar hace falta un modelo de lenguaje, y aquí no responde ninguno. ",
                "Puedo buscar libros sobre el tema.",
            ]
        case .calculation:
            [
                "Para calcular hace falta un modelo de lenguaje, y aquí no responde ninguno. ",
                "Puedo buscar libros de matemáticas.",
            ]
        case .writing:
            [
                "Para escribir un texto hace falta un modelo de lenguaje, y aquí no responde ninguno. ",
                "Puedo encontrarte poemas, cuentos o ensayos.",
            ]
        case .news:
            [
                "No sé el tiempo, la hora ni las noticias: solo sé de libros. ",
                "¿Busco uno? Dime un tema o un estado de ánimo.",
            ]
        case .knowledge: ["No lo sé: solo sé de libros. ", "Si quieres uno sobre eso, dime el tema."]
        case .task:
            ["Eso no puedo hacerlo: solo encuentro libros. ", "Dime un tema, un autor o un libro que te gustó."]
        case .identity:
            [
                "Soy Noah, un programa que encuentra libros: ni una persona ni un modelo de lenguaje. ",
                "Mi catálogo tiene \(catalogSize) obras.",
            ]
        case .capability:
            [
                "Encuentro libros en un catálogo de \(catalogSize) obras y digo por qué encajan. ",
                "Dime un libro que te gustó, un autor, un tema o un estado de ánimo.",
            ]
        case .farewell: ["Adiós, y buena lectura."]
        case .thanks: ["De nada. ", "Vuelve cuando busques un libro."]
        case .wellbeing: ["Bien, gracias. ", "¿Qué te gustaría leer?"]
        case .greeting:
            [
                "Hola, soy Noah. ",
                "Dime un libro que te gustó, un autor, un tema o un estado de ánimo, y buscaré algo.",
            ]
        }
    }
}
