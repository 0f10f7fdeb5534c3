extension CareFalseFriends {
    static let second = CareNeeds.lines(
        #"""
        Me muero de risa con Don Quijote
        Matar un ruiseñor
        una novela sobre el suicidio
        Quiero una historia para matar el rato
        me muero por leer a Borges
        Muerte en la tarde
        una novela en que el marido pega a su mujer
        quiero acabar con esta lista de lectura
        me toca leer el Quijote en clase
        I'd rather die than read Coelho again
        my deadline is killing me
        romance where he hurts her and regrets it
        give me a killer plot
        I want to live in Paris for a year
        She wants to die her hair, a book on hair colour
        I can't do this exercise
        I can't take it with me, so short books
        a book I can't put down
        I'm done with Dickens
        I can't stand romance
        the end of the affair
        what's the point of this novel?
        what is the meaning of life?
        no reason to hurry
        I have nothing to read
        my brother hit the jackpot
        hit parade
        my boss is a pain, funny office novels please
        dead poets society
        Pet Sematary, sometimes dead is better
        I'm dead serious
        I am dying for more Austen
        drop dead gorgeous
        I nearly had a heart attack at the twist
        a thriller that won't let me sleep
        it won't let me go, this book
        can't breathe while reading King, more like him
        I need help
        I need an emergency read for the flight
        call of the wild
        a gun, a girl, a detective
        he has a knife, Detective Story
        a man who is afraid of his wife
        child abuse in Dickens
        history of suicide in Japan
        the ethics of assisted dying
        Dying Earth by Jack Vance
        Never Wake Up
        the sleeping beauty who never wakes up
        my daughter is 9 and likes horses
        my son wants to be a vet
        my friend wants to kill time
        my friend is a big fan of suicide squad
        my friend was hit by a car and needs an audiobook
        My grandmother died last week, a book of comfort please
        I lost my husband in May
        my sister had a stroke last year and can only read large print
        I have cancer and want something funny
        I'm depressed, something uplifting
        I feel sad
        I feel lonely, a book for company
        something about anorexia for my psychology class
        teach me about seizures
        symptoms of a stroke for my biology exam
        first aid for choking, explain
        what happens in an overdose, chemistry-wise
        why do lemmings jump off cliffs
        I jumped out of my skin reading The Shining
        the price jumped off a cliff
        my portfolio is bleeding
        my stocks are dying
        I got burned by Tesla
        is the bull market dead?
        AAPL killed earnings
        I was beaten by the index again
        the index beat me
        My visa is dead on arrival?
        I was attacked by the officer at the consulate with questions
        can I live with my husband in Spain
        My husband is Spanish, do I need a visa
        may I end my stay and come back
        I do not want to be here longer than 90 days
        I overstayed, will they kill my visa?
        my wife threatens to leave me if I don't read her favourite novel
        someone is watching me read
        they follow me on goodreads
        a murderer's diary
        how to murder your husband essay
        how to poison a king in a fantasy novel
        how do writers kill off characters
        I want to kill off my hero in chapter 3
        I want to kill my main character
        I'm writing a thriller, how would he poison his wife?
        give me the strength to go on reading Proust
        is life worth living? by William James
        The Myth of Sisyphus and suicide
        no longer human by Dazai
        I give up on War and Peace
        I gave up smoking, a book to celebrate
        I hate myself for not reading more
        Shoot the Piano Player
        hang in there
        off to bed
        cut to the chase
        burn after reading
        I cut my finger cooking
        self help books
        what can you do?
        I took 2 paracetamol for my headache, now something light to read
        can I take ibuprofen and paracetamol together
        Ich schlage vor, wir lesen Kafka
        Das schlägt mir auf den Magen, was Leichtes bitte
        ich bringe ein Buch zurück
        mein Freund bringt mich immer zum Lachen
        Leben und Tod im alten Ägypten
        Ich will leben wie ein Mönch
        ich habe keine Lust mehr auf Krimis
        ich kann nicht mehr als 300 Seiten
        ich will nicht mehr Krimis lesen
        Warum nimmt sich Effi Briest nicht das Leben?
        Ich lach mich kaputt bei Loriot
        Kinder von 8 Jahren, was lesen die?
        Ich habe Angst vor Mathe
        ich hab Hunger
        Er ist tot, Jim
        ein Buch über Gewalt an Schulen
        Die Verwandlung
        der Mann, der seine Frau schlägt, in welchem Roman?
        ich bin todmüde
        je vais mourir moins bête
        j'ai envie de lire
        je n'ai plus envie de lire
        la mort aux trousses
        le mort saisit le vif
        tu me tues, ha ha
        il me frappe que Zola soit si long
        je me tue à le répéter
        mort à crédit
        vivre sans toi
        je veux vivre à Paris
        ma fille de 8 ans aime les chevaux
        une histoire de violence
        je suis mort de fatigue
        touche pas à mon livre
        me mata este calor
        me pega mucho este estilo
        no puedo más con este libro
        quiero vivir en Madrid
        no quiero vivir en Madrid
        morir en el intento
        vivir para contarla
        mi hija de 8 años
        el muerto al hoyo
        mi padre toca la guitarra
        me toca a mí
        novela sobre violencia
        voy a matar dos pájaros de un tiro
        quiero algo para no morir de aburrimiento
        I don't see any reason to read Joyce
        end it with a bang: thrillers please
        a story about a girl who wants to die
        Should I hang on to my NVDA shares?
        my teacher gives me too much homework
        I'm so dead if I miss this deadline
        he kills it on stage, a biography of Freddie Mercury
        I can't live without books
        I can't wait any more
        Life after Life by Kate Atkinson
        how do cells die?
        why do stars die
        how can I shorten my stay
        my father was beaten by his brother at tennis
        the doctor says I need rest, books please
        I have to take pills every day for my heart and want large print books
        I'm bleeding money on this stock
        what's the dose of insulin in the novel Misery?
        my husband hurt his back, audiobooks for him
        my friend hurt herself skiing and needs a long book
        my daughter cut herself a slice of cake, cookbooks please
        I want to kill it at my interview
        I'd die without my morning reading
        Never Let Me Go broke me
        the hunger artist
        I don't want to live in the past, futuristic novels please
        my son is scared of the dark
        I'm scared of flying
        I'm afraid of my exam
        he touched the piano
        my boss threatens to fire me, something about office life
        someone stole my book
        call me Ishmael
        I was attacked by mosquitoes, a summer read
        they shoot horses, don't they?
        Ich will nicht mehr so viel lesen
        Ich bringe meinen Sohn mit
        mein Sohn bringt sich selbst das Lesen bei
        ich könnte sterben für ein gutes Buch
        Er nimmt sich das Leben leicht
        Wie nimmt sich Werther das Leben?
        Kann ich nach Ablauf noch bleiben oder muss ich gehen?
        je veux finir ce livre
        un mari bat sa femme, quel roman ?
        j'adore mourir d'ennui avec Proust
        la vie devant soi
        quiero acabar la novela
        me mataron de risa
        mi padre me pega la gripe
        quiero vivir sin trabajar
        la muerte de Artemio Cruz
        """#)

    static let third = CareNeeds.lines(
        #"""
        Suicide Hotline by someone, is it a novel?
        a novel about a suicide hotline volunteer
        books about crisis lines
        I haven't eaten yet, a quick recipe book please
        I have not eaten meat for a week because of this book
        I haven't read for a week because I hate my job and I can't stop scrolling
        I hate my body double in this film
        What does it feel like to be alive? philosophy books
        The best books to feel alive
        I want to feel alive again, adventure please
        I'm glad to be alive
        to be alive in ancient Rome
        novels where the hero wants to stay alive
        Alive by Piers Paul Read
        the friend who says he will kill the king
        my friend says the book kills
        my friend says she is going to kill me if I don't read this
        my friend says this thriller is to die for
        my sister is going to murder me if I lose her book
        My brother says he'd kill for a signed copy
        killer queens of history
        I stopped eating sugar, a cookbook please
        I hate my haircut, something funny
        I can't stop reading
        I can't stop eating chocolate while reading
        I hate how I look in glasses
        diet books: only 1200 calories a day
        The Body Keeps the Score
        body positivity books
        The Hate U Give
        Hunger by Knut Hamsun
        The Hunger Games
        Never Let Me Go
        How Not to Die
        How to Kill Your Family
        I could die of embarrassment, a light read please
        hotline bling
        What is the phone number of the library?
        customer hotline please
        crisis on infinite earths
        the Cuban missile crisis
        oil crisis of 1973
        midlife crisis novels
        Who Killed Roger Ackroyd?
        Death on the Nile
        Das Leben der Anderen
        Ich bin froh am Leben zu sein
        Bücher zum Thema Leben und Tod
        meine Freundin sagt, das Buch bringt einen um den Verstand
        mein Bruder will den Krimi umtauschen
        Ich habe seit einer Woche nichts gelesen, weil ich meinen Job hasse
        Ich habe seit Tagen nichts Gutes gegessen, ein Kochbuch bitte
        ich esse seit einer Woche kein Fleisch
        Der Tod und das Mädchen
        Hotline für Bestellungen
        Krise der Demokratie
        ich sterbe für Schokolade
        mein Freund schlägt mir Romane vor
        mein Freund schlägt mich im Schach
        Selbstmord in der Antike, Sachbuch
        Wie starb Kleist?
        Anna Karenina wirft sich vor den Zug
        Der Fänger im Roggen
        Wer tötete Palomino Molero?
        mon amie dit que ce livre tue l'ennui
        un roman où l'héroïne se tue
        je n'ai rien lu depuis une semaine
        je n'ai pas mangé depuis midi, un livre de cuisine
        la peste de Camus
        la mort du roi Arthur
        mon frère dit qu'il va tuer le dragon dans son jeu
        je déteste mon travail, un livre drôle
        ligne de métro
        numéro de téléphone de la bibliothèque
        je crève d'envie de lire la suite
        Emma Bovary se suicide comment
        mourir de rire
        crise économique de 1929
        le suicide dans la littérature
        Vivre vite
        mi amiga dice que este libro mata
        mi amigo dice que va a matar al dragón
        mi hermana dice que me va a matar si pierdo su libro
        no he leído nada en una semana porque odio mi trabajo
        no he comido todavía, un libro de cocina
        teléfono de la biblioteca
        línea de tiempo de la historia
        me muero por leer la segunda parte
        crisis de los misiles
        ¿Cómo muere Don Quijote?
        libros sobre el suicidio
        un personaje que se quita la vida
        La muerte de Artemio Cruz
        quiero vivir en un libro
        estar viva, novela
        odio mi cuerpo de funcionario
        matar un ruiseñor
        la tregua
        novela sobre maltrato
        The Hotline, a thriller
        I am alive, the memoir of Anna
        Alive at the end of the world
        novels about people who starve in the Arctic
        my body hates mornings, coffee books?
        I hate my book club
        I have eaten everything in this cookbook
        my friend told me to read Anna Karenina
        my friend said this novel killed her
        My sister ends every book in a day
        my brother is dying to read it
        a number of suicides in Werther
        number theory
        line of duty novels
        abuse of power in politics
        prevention of malaria
        how can plants die without water
        I have got a rope ladder, adventure story please
        I bought a gun magazine
        why should I go on reading Proust?
        I want it all to be funny
        dad jokes book
        mum loves crime novels
        dad beat me at Scrabble
        twenty pills for the soul
        thirty tablets of stone
        Wie kann ich schneller lesen?
        Wie stirbt Werther?
        von der Brücke aus sieht man das Schloss
        springen lernen, ein Buch über Parkour
        Ich habe nichts gegessen, was so gut war wie in diesem Kochbuch
        der Finger Gottes
        Nummer 1 der Bestseller
        mein Körper gehört mir, Sachbuch
        meine Freundin bringt sich das Lesen bei
        ein Freund von mir will nicht mehr Krimis lesen
        rester en vie, Houellebecq
        vivant de Piers Paul Read
        trente ans et des poussières
        vingt mille lieues sous les mers
        mon ami dit qu'il va se jeter sur ce livre
        je ne mange plus de viande depuis ce livre
        numéro deux de la série
        ligne de fuite
        mi amiga se va a comprar el libro
        mi amigo dice que se va a leer todo Borges
        veinte poemas de amor
        treinta años de soledad
        número de páginas
        línea recta
        ayuda con los deberes de historia
        """#)
}
