extension CareNeeds {
    static let german = lines(
        """
        ich will nicht mehr leben
        ich bring mich um
        Ich will mich umbringen
        ich will sterben
        Ich möchte sterben
        ich moechte nicht mehr leben
        ich kann nicht mehr
        Ich halte das nicht mehr aus
        ich habe Selbstmordgedanken
        Alle wären ohne mich besser dran
        ich habe keinen Grund mehr zu leben
        Ich ritze mich
        mein Mann schlägt mich
        mein mann schlaegt mich
        Mein Vater fasst mich an
        ich werde zu Hause geschlagen
        er droht, mich umzubringen
        ich habe Angst nach Hause zu gehen
        meine Freundin will sich das Leben nehmen
        Mein Sohn ritzt sich
        ich habe zu viele Tabletten genommen
        mein Kind hat Putzmittel getrunken
        Er atmet nicht mehr
        ich übergebe mich nach jedem Essen
        ich will meinen Chef umbringen
        ich will nicht mehr
        wie bringe ich mich um
        Ich möchte einfach nicht mehr da sein
        ich denke ständig an Suizid
        Ich will mir das Leben nehmen
        hab keine Lust mehr zu leben
        ich ritz mich wieder
        Mein Mann schlägt mich und die Kinder
        mein onkel fasst mich an
        Ohne mich wären alle besser dran
        Ich springe heute von der Brücke
        ich habe 40 tabletten geschluckt
        Meine Freundin will sich umbringen, was soll ich tun?
        mein vater hat gedroht mich umzubringen
        Ich wurde vergewaltigt
        ich bring ihn um
        Ich hab seit Tagen nichts gegessen und breche alles wieder aus
        Ich habe keine Lust mehr zu leben
        ich wäre lieber tot
        Ich wünschte, ich wäre nie geboren
        ich mag nicht mehr leben
        Ich sehe keinen Sinn mehr im Leben
        ich will einfach nur tot sein
        ich will mir was antun
        Ich tue mir etwas an
        mein Freund hat mich geschlagen
        mein Vater verprügelt mich
        Mein Stiefvater missbraucht mich
        mein Bruder will sich umbringen
        ich denke an Selbstmord
        ich möchte mich selbst verletzen
        alles ist sinnlos, ich mache Schluss
        ich habe eine Überdosis genommen
        Meine Mutter ist bewusstlos
        Ich brauche einen Krankenwagen
        mein Ex bedroht mich
        ich hab angst vor meinem mann
        ich esse seit Tagen nichts mehr
        mein Nachbar schlägt sein Kind
        ich will jemanden umbringen
        ich werde gemobbt und will nicht mehr leben
        wie kann ich mich schmerzlos umbringen
        Ich will tot sein
        ich hab keinen Bock mehr auf dieses Leben
        Mein Leben hat keinen Sinn mehr
        Ich denke jeden Tag daran, mich umzubringen
        ich werde mich heute abend umbringen
        mein Freund würgt mich
        mein Opa hat mich unten angefasst
        Ich bin vergewaltigt worden
        mein Vater schlägt meine Mutter
        meine beste Freundin hat Suizidgedanken
        Mein Baby atmet nicht
        ich habe 20 Schlaftabletten genommen
        ich will meinen Bruder umbringen
        Ich will nicht mehr am Leben sein
        Suizid Hotline bitte
        Nummer der Telefonseelsorge
        Krisentelefon
        Hilfetelefon Gewalt gegen Frauen
        meine Freundin sagt, sie bringt sich um
        ein Freund von mir will nicht mehr leben
        ich habe seit einer Woche nichts gegessen, weil ich meinen Körper hasse
        ich hasse meinen Körper und esse nichts mehr
        Ich stecke mir nach dem Essen den Finger in den Hals
        Ich will nicht mehr da sein
        ich habe keine Kraft mehr zu leben
        ich denke jeden Tag daran mich umzubringen
        meine Tochter ritzt sich
        mein Kumpel hat geschrieben dass er nicht mehr leben will
        mein Mann hat mich gewürgt
        mein Onkel hat mich angefasst
        ich erbreche nach jedem Essen
        ich habe Angst vor dem Essen
        Wo finde ich ein Krisentelefon?
        Suizidprävention Telefonnummer
        """)

    static let french = lines(
        """
        je veux mourir
        j'ai envie de mourir
        je vais me tuer
        je veux me suicider
        J'ai des pensées suicidaires
        je ne veux plus être là
        je n'ai plus envie de vivre
        je n'en peux plus
        ma vie n'a plus de sens
        je me coupe les veines
        mon mari me frappe
        Mon père me touche
        il me bat tous les soirs
        j'ai peur de rentrer à la maison
        je suis victime de violences conjugales
        mon ami veut se suicider
        ma fille se scarifie
        j'ai pris trop de médicaments
        mon bébé ne respire plus
        je me fais vomir
        je vais tuer mon mari
        comment me suicider sans douleur
        j'ai envie d'en finir
        je pense au suicide tous les jours
        je vais me pendre
        Mon copain me frappe
        je ne veux plus vivre
        ca sert a rien de vivre
        j'ai avalé toute une boîte de somnifères
        mon beau-père me touche la nuit
        Ma fille dit qu'elle veut mourir
        je me scarifie
        il menace de me tuer
        tout le monde irait mieux sans moi
        j'ai été violée
        je veux me tuer
        je veux en finir
        je veux mettre fin à mes jours
        je n'ai plus aucune raison de vivre
        je voudrais ne jamais me réveiller
        je me fais du mal
        mon père me bat
        Mon mari m'a frappée hier
        il m'a violée
        mon oncle m'a touchée
        j'ai peur de mon mari
        mon ex me harcèle et me menace
        ma mère a fait une overdose
        j'ai besoin d'une ambulance
        ma soeur est anorexique et ne mange plus
        mon frère a essayé de se pendre
        j'ai mal à la poitrine et au bras gauche
        la vie ne vaut pas la peine d'être vécue
        personne ne me regretterait
        j veux mourir
        jveux crever
        je suis battue par mon compagnon
        je veux disparaître
        je pense à me suicider
        j'ai plus envie de vivre
        ma vie ne vaut rien, je veux en finir
        mon copain m'a étranglée
        mon beau-père m'a violée
        mon père bat ma mère
        ma meilleure amie veut mourir
        j'ai avalé 20 comprimés
        j'ai envie de tuer mon patron
        j'en peux plus de vivre
        Je ne veux plus être en vie
        numéro suicide écoute svp
        ligne d'écoute suicide
        mon amie dit qu'elle va se tuer
        ma copine veut mettre fin à ses jours
        je n'ai rien mangé depuis une semaine, je déteste mon corps
        je déteste mon corps et je ne mange plus
        je n'ai plus la force de vivre
        je pense tous les jours à me tuer
        ma fille se scarifie
        mon copain a dit qu'il allait se pendre
        mon mari m'a étranglée
        mon oncle me touche
        je vomis après chaque repas
        j'ai peur de manger
        numéro contre les violences conjugales
        quel est le numéro de prévention du suicide
        """)

    static let spanish = lines(
        """
        quiero morirme
        quiero morir
        me quiero matar
        Me quiero morir
        voy a suicidarme
        no quiero seguir viviendo
        no tengo razones para vivir
        ya no puedo más
        mi marido me pega
        mi padre me toca
        mi padrastro abusa de mi
        mi novio me amenaza con matarme
        tengo miedo de volver a casa
        mi amiga quiere suicidarse
        mi hijo se autolesiona
        he tomado demasiadas pastillas
        mi bebé no respira
        me provoco el vómito después de comer
        quiero matar a mi jefe
        quiero hacerme daño
        como puedo quitarme la vida
        me corto los brazos
        ya no quiero vivir
        quiero acabar con mi vida
        me voy a tirar de un puente
        pienso en suicidarme
        Mi novio me pega
        mi tio me toca
        me tomé todas las pastillas
        todos estarían mejor sin mí
        mi hija se corta los brazos
        no le veo sentido a la vida
        me violaron anoche
        dice que me va a matar
        me estoy autolesionando
        no quiero vivir
        no quiero vivir mas
        quiero suicidarme
        estoy pensando en el suicidio
        quisiera estar muerta
        ojalá no despertara
        no le veo sentido a vivir
        mi esposo me golpea
        me pega mi marido
        mi padre me pegaba y ahora mi novio también
        mi abuelo me tocó
        tengo miedo de mi marido
        me amenaza de muerte
        mi hermano quiere matarse
        mi madre tomó veneno
        llevo días sin comer
        necesito una ambulancia
        quiero desaparecer
        la vida no vale la pena
        estoy cansada de vivir
        me hago cortes en los brazos
        me violo mi tio
        quiero acabar con todo
        no quiero estar vivo
        pienso en matarme
        mi pareja me maltrata
        mi padre me viola
        mi marido me dijo que me va a matar
        mi mejor amiga se quiere morir
        tomé 20 pastillas
        me quiero suicidar
        nadie me extrañaría
        ya no aguanto más esta vida
        No quiero estar viva
        teléfono contra el suicidio por favor
        número de la línea de prevención del suicidio
        teléfono de la esperanza
        mi amiga dice que se va a matar
        mi amiga me dijo que se quiere matar
        mi hermana dice que se va a quitar la vida
        no he comido en una semana porque odio mi cuerpo
        odio mi cuerpo y no como nada
        no tengo fuerzas para seguir viviendo
        pienso todos los días en matarme
        mi hija se corta
        mi compañero dice que se quiere suicidar
        mi marido me intentó estrangular
        mi tío me toca por la noche
        vomito después de cada comida
        tengo miedo a comer
        número contra la violencia de género
        """)
}
