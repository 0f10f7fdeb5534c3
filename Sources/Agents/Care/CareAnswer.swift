/// What somebody in need is told: short, and the same from every agent.
enum CareAnswer {
    static func text(for need: CareReader.Need) -> String {
        [opening(need), steps(need), directory(in: need.language), closing(in: need.language)].joined(separator: "\n\n")
    }

    /// Where to find help, for the end of a language model's answer.
    static func notice(in language: MessageLanguage) -> String {
        let numbers = emergencyNumbers(in: language)
        return switch language {
        case .english:
            """
            If anyone is in danger now, call the emergency number: \(numbers). Helplines in your country: \
            findahelpline.com or befrienders.org.
            """
        case .german:
            """
            Wenn jetzt jemand in Gefahr ist, wähl den Notruf: \(numbers). Hilfetelefone in deinem Land: \
            findahelpline.com oder befrienders.org.
            """
        case .french:
            """
            Si quelqu'un est en danger maintenant, appelle les urgences : \(numbers). Lignes d'écoute dans ton pays \
            : findahelpline.com ou befrienders.org.
            """
        case .spanish:
            """
            Si alguien está en peligro ahora, llama a emergencias: \(numbers). Líneas de ayuda en tu país: \
            findahelpline.com o befrienders.org.
            """
        }
    }

    static func instructions(for need: CareReader.Need) -> String {
        """
        The last message may come from someone in need (\(subject(need.kind))). This comes before any other task. Answer in \
        \(need.language.rawValue), or in the language of the message if it is another one, in at most 120 words.
        Be warm, calm and direct. Take the message seriously; do not judge, diagnose, argue or promise. Name the emergency number \
        (112 in Europe, 911 in the US and Canada, otherwise the local one), encourage them to go to or call someone near whom they \
        trust, and name the directories of helplines findahelpline.com and befrienders.org. Ask whether they are safe right now.
        Say nothing about methods or amounts. Recommend no books, give no lesson, no advice on money or visas.
        If the conversation shows plainly that it was meant otherwise (a title, a figure of speech), say so in one sentence, ask what \
        they would like, and name the directories all the same.
        """
    }

    private static func subject(_ kind: CareKind) -> String {
        switch kind {
        case .emergency: "a medical or other emergency"
        case .harm: "thoughts of hurting others"
        case .violence: "violence, abuse or threats"
        case .friend: "worry about someone who may be suicidal or in danger"
        case .eating: "an eating disorder"
        case .despair: "suicide or self-harm"
        }
    }

    // MARK: - Sentences

    private static func emergencyNumbers(in language: MessageLanguage) -> String {
        switch language {
        case .english: "112 in Europe, 911 in the US and Canada, or your local number"
        case .german: "112 in Europa, 911 in den USA und Kanada, oder die Nummer bei dir"
        case .french: "112 en Europe, 911 aux États-Unis et au Canada, ou le numéro local"
        case .spanish: "112 en Europa, 911 en Estados Unidos y gran parte de América, o el número local"
        }
    }

    private static func opening(_ need: CareReader.Need) -> String {
        switch (need.language, need.kind) {
        case (.english, .emergency): "This sounds like an emergency. Please get help now, before you read on."
        case (.english, .harm):
            """
            I'm glad you said this instead of keeping it to yourself. Thoughts like these can be frightening, and \
            there are people who can help before anyone gets hurt.
            """
        case (.english, .violence):
            "I'm so sorry this is happening. It is not your fault, and nobody has the right to hurt you or anyone else."
        case (.english, .friend): "I'm sorry, that must be frightening. It is good that you are looking out for them."
        case (.english, .eating):
            """
            I'm sorry you are going through this, and I'm glad you said it. It is not a weakness, and people do get \
            better with help.
            """
        case (.english, .despair):
            """
            I'm really sorry that you are in so much pain, and I'm glad you told me. You don't have to go through \
            this alone.
            """

        case (.german, .emergency): "Das klingt nach einem Notfall. Bitte hol jetzt Hilfe, bevor du weiterliest."
        case (.german, .harm):
            """
            Gut, dass du das sagst und nicht für dich behältst. Solche Gedanken können Angst machen, und es gibt \
            Menschen, die helfen, bevor jemand verletzt wird.
            """
        case (.german, .violence):
            """
            Es tut mir sehr leid, dass das passiert. Es ist nicht deine Schuld, und niemand darf dir oder anderen \
            wehtun.
            """
        case (.german, .friend): "Das tut mir leid, das macht sicher Angst. Gut, dass du auf diesen Menschen achtest."
        case (.german, .eating):
            """
            Es tut mir leid, dass es dir so geht, und es ist gut, dass du es sagst. Das ist keine Schwäche, und mit \
            Hilfe kann es besser werden.
            """
        case (.german, .despair):
            """
            Es tut mir sehr leid, dass es dir so schlecht geht, und es ist gut, dass du es sagst. Du musst damit \
            nicht allein bleiben.
            """

        case (.french, .emergency):
            """
            Cela ressemble à une urgence. Demande de l'aide maintenant, avant de lire la suite.
            """
        case (.french, .harm):
            """
            C'est bien de le dire au lieu de le garder pour toi. Ces pensées peuvent faire peur, et des personnes \
            peuvent aider avant que quelqu'un soit blessé.
            """
        case (.french, .violence):
            """
            Je suis vraiment désolé de ce qui se passe. Ce n'est pas ta faute, et personne n'a le droit de te faire \
            du mal, ni à d'autres.
            """
        case (.french, .friend): "Je suis désolé, cela doit faire peur. C'est bien que tu veilles sur cette personne."
        case (.french, .eating):
            """
            Je suis désolé que tu vives cela, et c'est bien d'en parler. Ce n'est pas une faiblesse, et avec de \
            l'aide on peut aller mieux.
            """
        case (.french, .despair):
            """
            Je suis vraiment désolé que tu souffres autant, et c'est bien de l'avoir dit. Tu n'as pas à traverser \
            cela sans aide.
            """

        case (.spanish, .emergency): "Esto parece una emergencia. Por favor, pide ayuda ahora, antes de seguir leyendo."
        case (.spanish, .harm):
            """
            Qué bien que lo digas en vez de guardártelo. Estos pensamientos pueden dar miedo, y hay personas que \
            pueden ayudar antes de que alguien salga herido.
            """
        case (.spanish, .violence):
            """
            Siento mucho lo que está pasando. No es culpa tuya, y nadie tiene derecho a hacerte daño, ni a ti ni a \
            otras personas.
            """
        case (.spanish, .friend): "Lo siento, tiene que dar mucho miedo. Es bueno que cuides de esa persona."
        case (.spanish, .eating):
            """
            Siento que estés pasando por esto, y me alegra que lo digas. No es una debilidad, y con ayuda se puede \
            mejorar.
            """
        case (.spanish, .despair):
            "Siento mucho que sufras tanto, y me alegra que lo hayas dicho. No tienes que pasar por esto sin ayuda."
        }
    }

    private static func steps(_ need: CareReader.Need) -> String {
        let numbers = emergencyNumbers(in: need.language)
        return switch (need.language, need.kind) {
        case (.english, .emergency):
            """
            Call the emergency number: \(numbers). Say where you are and what happened, stay on the line, and ask \
            someone near you to stay too. If something was swallowed, keep the packet and ask them about poison \
            control.
            """
        case (.english, .harm):
            """
            Please put distance between you and the other person, and anything that could be used as a weapon. Call \
            someone you trust and ask them to be with you. If you might act on it, call the emergency number now: \
            \(numbers).
            """
        case (.english, .violence):
            """
            If anyone is in danger now, call the emergency number: \(numbers). If you can, go to a safe place or to \
            someone near you whom you trust: a friend, a neighbour, a teacher, a doctor.
            """
        case (.english, .friend):
            """
            If they are in danger now, call the emergency number: \(numbers), and don't leave them alone. Ask them \
            directly how they are, listen, and bring in someone near whom you both trust.
            """
        case (.english, .eating):
            """
            Please talk to a doctor or to someone near you whom you trust. If you faint, have chest pain or cannot \
            keep water down, call the emergency number: \(numbers).
            """
        case (.english, .despair):
            """
            If you might act on it, or have already hurt yourself, call the emergency number now: \(numbers). Please \
            go to someone near you, or call them, and ask them to stay with you: a friend, someone in your family, a \
            neighbour, a doctor.
            """

        case (.german, .emergency):
            """
            Wähl den Notruf: \(numbers). Sag, wo du bist und was passiert ist, bleib am Telefon und bitte jemanden \
            in der Nähe, bei dir zu bleiben. Wurde etwas geschluckt, behalte die Packung und frag nach dem \
            Giftnotruf.
            """
        case (.german, .harm):
            """
            Bitte geh auf Abstand zu der anderen Person und zu allem, was eine Waffe sein könnte. Ruf jemanden an, \
            dem du vertraust, und bitte ihn zu kommen. Wenn du es tun könntest, wähl jetzt den Notruf: \(numbers).
            """
        case (.german, .violence):
            """
            Wenn jetzt jemand in Gefahr ist, wähl den Notruf: \(numbers). Wenn du kannst, geh an einen sicheren Ort \
            oder zu jemandem in deiner Nähe, dem du vertraust: Freunde, Nachbarn, eine Lehrerin, ein Arzt.
            """
        case (.german, .friend):
            """
            Wenn jetzt Gefahr besteht, wähl den Notruf: \(numbers), und lass diesen Menschen nicht allein. Frag \
            offen, wie es geht, hör zu, und hol jemanden dazu, dem ihr beide vertraut.
            """
        case (.german, .eating):
            """
            Bitte sprich mit einer Ärztin, einem Arzt oder jemandem in deiner Nähe, dem du vertraust. Wenn du \
            ohnmächtig wirst, Schmerzen in der Brust hast oder kein Wasser bei dir behältst, wähl den Notruf: \
            \(numbers).
            """
        case (.german, .despair):
            """
            Wenn du es tun könntest oder dich schon verletzt hast, wähl jetzt den Notruf: \(numbers). Bitte geh zu \
            jemandem in deiner Nähe oder ruf an, und bitte darum, dass jemand bei dir bleibt: Freunde, Familie, \
            Nachbarn, eine Ärztin.
            """

        case (.french, .emergency):
            """
            Appelle les urgences : \(numbers). Dis où tu es et ce qui s'est passé, reste en ligne, et demande à une \
            personne proche de rester avec toi. Si quelque chose a été avalé, garde l'emballage et demande le centre \
            antipoison.
            """
        case (.french, .harm):
            """
            Éloigne-toi de l'autre personne et de tout ce qui pourrait servir d'arme. Appelle quelqu'un de confiance \
            et demande-lui de venir. Si tu risques de passer à l'acte, appelle maintenant les urgences : \(numbers).
            """
        case (.french, .violence):
            """
            Si quelqu'un est en danger maintenant, appelle les urgences : \(numbers). Si tu peux, va dans un lieu \
            sûr ou chez une personne proche en qui tu as confiance : un ami, une voisine, un enseignant, un médecin.
            """
        case (.french, .friend):
            """
            En cas de danger immédiat, appelle les urgences : \(numbers), et ne laisse pas cette personne seule. \
            Demande-lui franchement comment elle va, écoute, et fais venir quelqu'un de confiance.
            """
        case (.french, .eating):
            """
            Parle à un médecin ou à une personne proche en qui tu as confiance. En cas de malaise, de douleur dans \
            la poitrine ou si tu ne gardes plus l'eau, appelle les urgences : \(numbers).
            """
        case (.french, .despair):
            """
            Si tu risques de passer à l'acte ou si tu t'es déjà fait du mal, appelle maintenant les urgences : \
            \(numbers). Va voir ou appelle une personne proche et demande-lui de rester avec toi : un ami, quelqu'un \
            de ta famille, une voisine, un médecin.
            """

        case (.spanish, .emergency):
            """
            Llama a emergencias: \(numbers). Di dónde estás y qué ha pasado, no cuelgues y pide a alguien cercano \
            que se quede contigo. Si se ha tragado algo, guarda el envase y pregunta por el centro de toxicología.
            """
        case (.spanish, .harm):
            """
            Por favor, aléjate de la otra persona y de todo lo que pueda servir de arma. Llama a alguien de \
            confianza y pídele que venga. Si podrías llegar a hacerlo, llama ahora a emergencias: \(numbers).
            """
        case (.spanish, .violence):
            """
            Si alguien está en peligro ahora, llama a emergencias: \(numbers). Si puedes, ve a un lugar seguro o con \
            alguien cercano en quien confíes: una amiga, un vecino, una profesora, un médico.
            """
        case (.spanish, .friend):
            """
            Si hay peligro ahora, llama a emergencias: \(numbers), y no dejes sola a esa persona. Pregúntale con \
            franqueza cómo está, escúchala y busca a alguien cercano de confianza.
            """
        case (.spanish, .eating):
            """
            Por favor, habla con un médico o con alguien cercano en quien confíes. Si te desmayas, te duele el pecho \
            o no retienes ni el agua, llama a emergencias: \(numbers).
            """
        case (.spanish, .despair):
            """
            Si podrías llegar a hacerlo o ya te has hecho daño, llama ahora a emergencias: \(numbers). Ve con \
            alguien cercano o llámale y pídele que se quede contigo: una amiga, alguien de tu familia, un vecino, un \
            médico.
            """
        }
    }

    private static func directory(in language: MessageLanguage) -> String {
        switch language {
        case .english:
            """
            There are helplines that listen at any hour, in confidence. You find yours at findahelpline.com or \
            befrienders.org.
            """
        case .german:
            """
            Es gibt Hilfetelefone, bei denen zu jeder Zeit jemand vertraulich zuhört. Du findest sie über \
            findahelpline.com oder befrienders.org.
            """
        case .french:
            """
            Des lignes d'écoute répondent à toute heure, en confiance. Tu les trouves sur findahelpline.com ou \
            befrienders.org.
            """
        case .spanish:
            """
            Hay líneas de ayuda que escuchan a cualquier hora, en confianza. Encuentras la tuya en findahelpline.com \
            o befrienders.org.
            """
        }
    }

    private static func closing(in language: MessageLanguage) -> String {
        switch language {
        case .english: "I'm a program, so I can't be with you the way a person can. Please talk to one now."
        case .german:
            """
            Ich bin ein Programm und kann nicht so für dich da sein wie ein Mensch. Bitte sprich jetzt mit einem.
            """
        case .french:
            """
            Je suis un programme et je ne peux pas être là comme une personne. Parle à quelqu'un maintenant, s'il te \
            plaît.
            """
        case .spanish: "Soy un programa y no puedo acompañarte como una persona. Por favor, habla con alguien ahora."
        }
    }
}
