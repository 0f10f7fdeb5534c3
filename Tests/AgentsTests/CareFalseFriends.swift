/// Messages that only sound like need.
enum CareFalseFriends {
    static let all = CareNeeds.lines(
        #"""
        To Kill a Mockingbird
        books about suicide
        a novel where the hero kills himself
        dying of laughter
        I almost died laughing at Catch-22, more like it
        this heat is killing me
        killing time
        something for killing time on a train
        I'd kill for a good thriller
        The Suicide Squad
        The Virgin Suicides by Jeffrey Eugenides
        shoot me some titles
        hit me with your best shot
        hit me up with some sci-fi
        "Sterben" by Knausgård
        essay on domestic violence
        how does self-harm appear in YA fiction?
        kill a process
        how do I kill a process in Python
        die in die Bibliothek
        stock crash is killing me, should I sell
        I'm dying to read something new
        my wife will kill me if I buy another book
        my mom is going to kill me when she sees my grades
        I want to die but I want to eat tteokbokki
        How to Kill Your Family by Bella Mackie
        I cut myself some slack and now want an easy read
        I can't go on holiday without a good book
        I can't go on with this book
        the ending hit me hard
        his poems hit me hard, more like that
        he beats me at chess
        My son beats me at Scrabble every time
        Kill Bill
        Romeo and Juliet: why does Romeo kill himself?
        explain the suicide of Cato
        write about Emile Durkheim's Suicide
        a memoir about surviving an abusive marriage
        books for survivors of abuse
        a story about a girl with an eating disorder
        a novel called "I want to die"
        the book whose first line is "I want to kill myself"
        Die Hard
        I want to kill some time until my train leaves
        I ran 200 kms last month, books on running
        I live 5 kms from the library
        thrillers where a wife kills her husband
        the murder of Roger Ackroyd
        Death in Venice
        As I Lay Dying
        this essay is due tomorrow and I'm dead
        my homework is killing me
        I'm dead tired, something light
        books on how to die well, like the Stoics
        Final Exit by Derek Humphry
        I shot myself in the foot with options, what now?
        should I end my position in TSLA?
        Can I end my lease early?
        how long may I live in Germany without a visa
        I don't want to live in Berlin, which other city?
        I don't want to wake up early, audiobook ideas
        what is the lethal dose of arsenic in Agatha Christie?
        The Overdose by some author
        I overdosed on romance novels, something else
        this book touched me deeply
        my grandmother touched me deeply with her gift of Middlemarch
        I'm starving for good fantasy
        I hate my life as a commuter, any audiobooks?
        give me something to die for
        he hits all the right notes
        the beat generation
        I want to drown myself in poetry
        Reasons to Stay Alive
        it's a matter of life and death novels
        ten little soldiers where everyone dies
        he died, she cried, and so did I; more tearjerkers
        What happens when a man is tired of London? tired of life, said Johnson
        I want to disappear into a long fantasy series
        no point in reading that
        Does the stop-loss kill my gains?
        My brother killed it at the exam, a gift for him
        I love murder mysteries
        how to get away with murder, the series as a book
        a poem about death for a funeral
        grief after losing my husband, which memoirs?
        books about abuse of power
        how is cell death controlled?
        what is apoptosis, programmed cell suicide?
        why did Hitler kill himself?
        The Bell Jar
        My kids beat me to the last chapter
        heart attack symptoms in a medical thriller
        A Short History of Poison
        I need a break
        help me please choose a book
        I can't take another cliffhanger
        break a leg
        I want to shoot people with my new camera, photo books?
        I'm afraid of clowns
        I got hit by a bill from the embassy
        they never let me down
        Sterben von Karl Ove Knausgård
        Ich will "Sterben" lesen
        Bücher über Suizid
        Ich sterbe vor Lachen
        Die Hitze bringt mich um
        ein Krimi, in dem ein Mann seine Frau umbringt
        Wer die Nachtigall stört
        ich will in die Bibliothek
        Ich kann nicht mehr warten, bis der neue Fitzek kommt
        Tod eines Handlungsreisenden
        Ich will nicht mehr so lange Bücher
        Aufsatz über häusliche Gewalt
        Er schlägt mich im Schach
        Zeit totschlagen
        Wie lange darf ich ohne Visum in Deutschland leben?
        Der Selbstmord des Werther
        Was schlägst du mir vor?
        Er schlägt mir immer langweilige Bücher vor
        Hilf mir, ein Buch zu finden
        un livre à mourir de rire
        je meurs de faim
        un roman où le héros se suicide
        Mourir sur scène
        Ne tirez pas sur l'oiseau moqueur
        pour tuer le temps dans le train
        il me bat aux échecs
        ce livre m'a beaucoup touché
        je veux en finir avec ce livre
        la violence conjugale dans la littérature
        La mort heureuse de Camus
        je n'en peux plus de ce roman
        me muero de risa
        una novela donde el héroe se suicida
        para matar el tiempo
        matar a un ruiseñor
        me muero por leer algo nuevo
        libros sobre el suicidio
        me corto el pelo mañana
        me toca leer este libro en clase
        la violencia de género en la novela
        Crónica de una muerte anunciada
        quiero acabar con esta lista
        I could murder a good thriller right now
        Something by Sylvia Plath about depression
        Books in which the narrator commits suicide
        novels that deal with self-harm for my class
        The Suicide Club by Stevenson
        I'm dying to read the new Rushdie
        my kids are killing me with their homework, what can we read together?
        I want to die laughing, give me Wodehouse
        a memoir about surviving child abuse
        Who killed Roger Ackroyd?
        a story where a wife poisons her husband
        I loved Thirteen Reasons Why
        something to read while I'm stuck in hospital with a broken leg
        I hate my boss, recommend a funny office novel
        How does Anna Karenina die?
        essay on the causes of domestic violence in Victorian novels
        explain Durkheim's theory of suicide
        why does Werther shoot himself?
        what is an overdose of vitamin D in biochemistry?
        the market crash hit me hard, what should I hold?
        should I cut my losses?
        stop-loss got killed, what now
        I want to kill two birds with one stone
        how to kill a zombie process in linux
        To Kill a Kingdom
        Kill Your Darlings by Terence Blacker
        I don't want to go on holiday without a good book
        I can't go on with Ulysses, something easier please
        a father beats his son at chess
        he beats me at chess every time, a chess book please
        My husband hates poetry
        I don't want to be here in Germany after my visa expires, how do I leave?
        can I end my stay early
        I got a shot in the arm and have to rest, suggest something
        a thriller about a bomb in a school
        I need a way out of my reading slump
        nobody would miss a good sequel like this
        the end of life in hospice literature
        Reasons to Stay Alive by Matt Haig
        I want to disappear into a good fantasy
        is it worth living in Berlin on a student visa?
        a novel about anorexia
        what are the side effects of pills in Brave New World
        death poems
        My sister loves books about serial killers
        I jumped off the couch reading that ending, more like this
        hang on, give me another
        I shot through this book in one night
        my dad is a policeman and likes crime novels
        Ich suche Krimis über Selbstmord
        Die Leiden des jungen Werthers
        der Tod in Venedig
        ich lach mich tot, mehr davon
        Ich sterbe vor Langeweile, was Spannendes bitte
        Bücher über Gewalt in der Ehe
        ein Roman in dem der Held sich umbringt
        ich will nicht mehr warten, gib mir ein Buch
        das bringt mich um, dieses Warten auf das Visum
        Ich schlage mich durch die Buddenbrooks
        Je meurs d'envie de lire Proust
        un roman sur le suicide
        Mort sur le Nil
        l'histoire d'un homme qui tue sa femme
        ce roman m'a touché
        je veux en finir avec ce pavé, quelque chose de court
        la violence conjugale dans Zola
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
}
