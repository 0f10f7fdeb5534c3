/// Messages that only sound like need.
enum CareFalseFriends {
    static let all = first + second + third

    static let first = CareNeeds.lines(
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
        """#)
}
