extension CareTable {
    static let german = WordingSource(
        classes: """
            will: will möchte würde mag wollte werde sollte muss könnte darf
            täter: er sie mann ehemann freund freundin partner partnerin papa vater vati mama mutter mutti stiefvater stiefmutter onkel \
            tante bruder brüder schwester cousin opa ex eltern trainer lehrer pfarrer chef nachbar vermieter typ jemand leute kerl sohn \
            mitschüler mitbewohner verlobter frau
            nah: freund freundin kumpel bruder schwester sohn tochter kind baby mutter mama vater papa mann frau partner partnerin \
            mitbewohner mitbewohnerin nachbar nachbarin kollege kollegin mitschüler mitschülerin cousin cousine nichte neffe oma opa ex \
            tante onkel schüler schülerin
            schlägt: schlägt schlagen geschlagen schlug verprügelt prügelt verprügeln tritt würgt gewürgt misshandelt missbraucht \
            vergewaltigt bedroht bedrohen vermöbelt quält ohrfeigt haut belästigt begrapscht boxt
            tabletten: tabletten pillen schlaftabletten schmerzmittel paracetamol ibuprofen medikamente schlafmittel antidepressiva
            sich: sich
            """,
        wordings: """
            idiom:
            nichts gutes|leckeres|warmes|süsses ~1 gegessen
            sterbe|sterben|stirb|gestorben vor|aus ~1 langeweile|hunger|lachen|neugier|scham|hitze|lachens|ungeduld|durst|spannung|aufregung|glück
            lach|lache|lachen mich|uns tot|kaputt|schlapp
            tot lachen|gelacht|langweilen
            sterben von|lesen|knausgard|knausgaard
            will sterben lesen
            lieber sterben als
            sterben|tod im|in|eines|auf roman|krimi|venedig|handlungsreisenden|buch
            umbringt|umbringen sich der|die|das|ein|eine
            bringt|bringen mich um das|den|mein|dieses|diese|die|geld
            das|dies|hitze|arbeit|warten|stress|hausaufgaben|mathe|visum|uni|job|chef bringt|macht mich um|fertig
            bring|bringe|bringst mich um die|den|das|meine
            zeit totschlagen|totzuschlagen
            schlage|schlag mich durch
            schlägt|schlagen mich|uns|ihn|sie ~1 im|beim|in schach|tennis|spiel|fussball|karten|skat
            schlägt|schlagen ?mich|mir|uns vor
            schlägt mir|mich ein|das|den|auf
            fasst mich|sich kurz
            angefasst|berührt mich das|der roman|buch|tief
            nicht mehr leben ohne|in|mit|bei
            nicht mehr da sein ~2 bin|wenn|wegen|uni
            kann nicht mehr warten|lachen|lesen|schlafen
            springen|springe ~2 zum|nächsten|kapitel
            tritt mich in|aus
            schneide|ritze mich beim
            das leben nehmen leicht
            ende machen mit ~2 buch|roman

            despair:
            ich ~4 von|vom|aus ~2 brücke|dach|hochhaus|balkon|fenster ~1 springen|springe|stürzen
            wie ~1 kann|könnte ~1 ich|man ~3 sterben ~1 ohne|schmerzlos|schnell|.
            wie ~1 sterbe ich ~1 ohne|schmerzlos|schnell|am
            telefonseelsorge|krisentelefon|sorgentelefon|krisendienst|suizidhotline|suizidprävention|selbstmordhotline
            nicht|nimmer mehr|länger ~1 am leben sein|bleiben
            nicht am leben sein
            ich ~1 wäre|waer ~2 tot|gestorben
            kein|keine|keinen ~1 bock|lust ~2 auf ~1 leben
            mir ~1 was|etwas antun|anzutun|angetan
            tue|tu|tun mir ~1 etwas|was an
            alles|leben ~1 sinnlos|hoffnungslos|aussichtslos .
            ich mache|mach schluss ~1 .|heute
            ich $will ~3 sterben|tot|verrecken|krepieren !von|lesen|vor|wie|als|im|für
            ^ $will ~1 sterben|tot ?sein .
            wäre|waer ?ich ~2 tot|gestorben .
            ich ~2 wäre ~1 tot|besser|lieber ~1 tot|gestorben
            wünsche|wünschte|wünsch ~3 tot|gestorben|nie|geboren|aufwachen
            bring|bringe|brächte ich mich ~2 um
            ich bring|bringe|brings ~1 mich ~3 um
            ich ~4 mich ~2 umbringen|umzubringen|umbring|umgebracht|töten|erhängen|aufhängen|erschiessen|ertränken|vergiften|vergifte|erhänge|erschiesse|ritzen|umbringe
            mich ~1 umbringen|umzubringen|umbring|aufhängen|erhängen|erschiessen
            ich ~2 ritz|ritze|schneid|schneide|verletz|verletze|verbrenn|verbrenne mich ?selbst ~1 .|wieder|selbst|selber|jeden|arm|abends
            mich ~2 ritzen|ritze|selbst|selber ~2 ritzen|verletzen|verletze|ritze|schneiden|verbrennen
            geritzt
            ich ~2 mich ~1 selbst|selber verletzt|verletzen
            ich ~4 das|mein leben nehmen|beenden|genommen
            mir ~1 das|mein leben nehmen|zu|beenden
            mein|meinem|dem|allem leben ?ein ende setzen|machen|bereiten|beenden
            leben beenden|wegwerfen .
            mein|das leben ~1 beenden .|heute
            allem|dem|schluss ?ein ?ende machen|setzen !buch|mit|roman
            ich mach|mache ~1 schluss ~1 leben|allem
            nicht mehr|länger ~1 leben|weiterleben|existieren|aufwachen|atmen .|will|möchte|kann|wollen|weil|so|und
            nicht mehr|länger ~1 leben|weiterleben|existieren|aufwachen !in|bei|ohne|mit
            mag|will|möchte|kann nicht|nimmer|ned mehr ~1 leben|weiterleben|aufwachen|sein
            nicht mehr da|hier|dasein sein .|will|möchte
            nicht mehr dasein|existieren
            ich ~1 nicht mehr .
            ich ~1 so nicht mehr|weitermachen
            ich kann|halte|halt ~2 nicht ~1 mehr aus|weiter|leben|weitermachen .
            nicht ~1 mehr weiter ~1 .|leben
            ich ~3 nicht ~1 mehr aus .
            ertrage ~4 nicht mehr
            keine|keinen|kein ~1 lust|grund|sinn|kraft|willen|bock|wert|ausweg|hoffnung ~2 leben|weiterleben|sehe|mehr|existieren|lebens !auf|lesen
            ohne|keinen lebenswillen|lebensmut|lebenssinn
            sehe|seh|finde ~1 keinen|kein|keine ~1 sinn|ausweg|grund|zukunft|hoffnung
            leben ~2 keinen|kein|sinnlos|wertlos|nicht ~2 sinn|lebenswert|mehr|wert|.
            wozu|warum|wofür ~1 ~1 leben|weiterleben .
            lebensmüde
            ohne mich ~3 besser|glücklicher|leichter
            besser|glücklicher|leichter dran|ohne ohne|mich ?mich
            besser ~1 ~2 wenn ich ~2 tot|weg|nicht|nie
            niemand|keiner|keinem|niemandem ~1 würde|wird|vermisst|merkt|vermissen ~2 mich ~1 vermissen|.
            niemand|keiner|keinem|niemandem ~4 ~2 wenn ich ~2 tot|weg|sterbe|sterben|nicht
            denke|denk|gedanken|nachgedacht|überlege|plane|denken ~5 suizid|selbstmord|tod|sterben|umzubringen|umbringen|selbsttötung !im|bei|in|von|roman
            suizidgedanken|selbstmordgedanken|todesgedanken|suizidal|suizidgefährdet|selbstmordgefährdet
            ich ~4 selbstmord|suizid|selbstverletzung begehen|begehe|machen|versucht
            selbstmord|suizid begehen|begeh|machen .|will|möchte|heute
            wie ~2 bringt|bringe|bring|kann|begehe ~2 sich|mich|man|selbstmord|suizid ~3 um|umbringen|selbstmord|suizid
            wie|schnellste|schmerzlose|beste|einfachste|leichteste ~3 schmerzlos|methode|art|weg ~2 sterben|sterbe|suizid|selbstmord|umzubringen|umbringen
            wie ~2 ~1 schmerzlos ~1 sterben|umbringen
            wie viele ~2 $tabletten ~5 sterben|tödlich|tot|umbringen|überdosis
            ich ~4 springe|spring|springen|gesprungen ~2 ~2 brücke|dach|fenster|hochhaus|zug|balkon|bahn|gleise
            mich ~3 vor|von|aus|unter ~3 zug|brücke|dach|auto|bahn|fenster|lkw ~1 werfen|stürzen|schmeissen|werfe|.
            pulsadern|handgelenke aufschneiden|aufschlitzen|aufgeschnitten|aufschlitze|schneiden
            abschiedsbrief ~2 geschrieben|schreibe|fertig|schreiben
            lebt|leb|lebe wohl ~1 ihr|welt|alle
            will ~1 einschlafen ~3 nie|nicht ~1 mehr|wieder aufwachen
            nie|nicht ~1 mehr|wieder aufwachen
            hasse mein leben|mich
            ich ~3 des|vom lebens müde|leid
            ich verdiene ~2 nicht ~1 leben
            ich ~4 last für
            < selbstmord|suizid|suizidal|lebensmüde|ritzen >
            mag|will|möchte nicht mehr .
            ich verschwinde ~1 für .
            alles|es|das hat keinen sinn|zweck mehr|.

            despair?:
            suizid|selbstmord|krise|krisen ~2 hotline|nummer|telefon|telefonnummer|hilfe|helpline
            hotline|nummer|telefonnummer|hilfe ~3 suizid|selbstmord|suizidgedanken
            ich ~1 aufgeben .
            es soll|muss ~1 aufhören .
            ich ~3 nicht|nimmer mehr .

            friend:
            mein|meine|meiner|ein|eine|unser|unsere ~1 $nah ~5 bringt|brächte|brachte sich ~2 um
            ein|eine ~1 $nah ~6 nicht mehr leben|weiterleben
            mein|meine ~1 $nah ~4 sich ~1 etwas|was antun|an
            mein|meine|unser|unsere|ne|eine ~1 $nah ~5 sich ~3 umbringen|umbringt|töten|ritzt|umzubringen|umgebracht|ritzen|aufhängen|verletzt !beim|im
            mein|meine|unser|unsere|ne|eine ~1 $nah ~5 sich ~1 das leben
            mein|meine|unser|unsere ~1 $nah ~4 sterben|tot|suizid|selbstmord|suizidgedanken|suizidal|umbringen|ritzt !im|in|von|vor
            mein|meine|unser|unsere ~1 $nah ~5 nicht mehr leben|weiterleben|aufwachen
            mein|meine ~1 $nah ~3 magersüchtig|magersucht|bulimie|isst ~1 .|nichts|nicht|mehr
            mein|meine ~1 $nah ~2 in gefahr

            violence:
            der|die|unsere nachbar|nachbarin|nachbarn ~1 $schlägt ~1 kind|kinder|frau|baby|sohn|tochter|hund
            $täter ~3 $schlägt ~2 mich|uns !vor|auf|im|beim
            $täter ~2 mich|uns ~3 $schlägt !vor|beim|im
            $schlägt mich|uns !vor|im|beim|in|auf|das|ein
            werde|wurde|bin|werd ~4 $schlägt|angefasst|verfolgt|gestalkt|belästigt|erpresst|gemobbt|vergewaltigt !von ?dem ?roman
            ich ~3 vergewaltigt|missbraucht|misshandelt|genötigt
            vergewaltigt mich|worden
            mein|meine|unser|unsere ~1 $täter|nachbarn ~3 $schlägt ~3 mutter|mama|kind|kinder|schwester|bruder|frau|sohn|tochter|hund|ihn|sie|uns|mich !im|beim
            mein|meine|unser|unsere ~1 $täter|nachbarn|nachbar ~2 mutter|mama|kind|kinder|schwester|bruder|frau|sohn|tochter ~1 $schlägt !im|beim
            $täter ~2 fasst|fassen|fasste|grapscht|begrapscht|berührt|streichelt mich ~4 an|unten|intim|überall|nachts|dort|.
            $täter|hat ~2 mich ~3 angefasst|begrapscht|unsittlich|berührt ~1 .|dort|wo|unten
            zwingt|zwingen|gezwungen mich|uns ~3 sex|sexuell|heiraten|sachen|auszuziehen|anzufassen
            mich ~3 zu sex|sexuellen gezwungen|zwingen|zwingt
            kommt ~3 nachts ~2 in mein zimmer|bett
            $täter ~5 gedroht|droht|drohen ~3 umzubringen|mich|töten|umbringen|mir|uns
            $täter ~4 mich|uns ~2 umbringen|töten|umzubringen|erschiessen|abstechen|umbringt|verprügeln
            droht|bedroht ~1 mir|mich|uns !im
            angst ~2 vor ~1 meinem|meinen|meiner|ihm ~1 mann|vater|freund|ex|stiefvater|eltern|bruder|mutter|onkel|partner|.
            angst ~2 nach hause
            ich ~3 nicht sicher zuhause|hause|daheim|mehr
            zu|zuhause|daheim hause ~2 nicht sicher
            ich ~3 in gefahr
            sperrt|eingesperrt|gefangen|festgehalten ~1 mich|uns|er|werde|.
            mich ~2 eingesperrt|gefangen|festgehalten
            lässt mich nicht ~1 raus|gehen|weg|weggehen
            hat|mit ~1 ein|einem|eine|einer ~1 messer|pistole|waffe|gewehr ~3 mich|tür|bedroht|uns|.
            häusliche|sexuelle|häuslicher|sexueller gewalt ~2 bei|zuhause|erlebe|mir|erfahren|erfahre|durch
            ich ~4 opfer ~1 von häuslicher|sexueller|gewalt
            mein|meine|ein ~1 $nah ~3 missbraucht|geschlagen|misshandelt|vergewaltigt|belästigt
            jemand ~1 verfolgt|stalkt|beobachtet mich
            kind|nachbarskind|kinder|baby ~3 geschlagen|misshandelt|missbraucht|verprügelt

            violence?:
            hilfetelefon|frauenhaus|frauennotruf|opfertelefon
            ich ~2 angst ~1 ihm|er|mann
            tut mir weh .
            tun mir weh .

            harm:
            ich $will|bring|bringe|könnte|werd|töte|stech ~1 ihn|sie|jemanden|jemand|alle|die|meinen|meine|leute|menschen ~3 umbringen|um|töten|erstechen|abstechen|erschiessen|schlagen|verprügeln|vergiften|ab|wehtun !die|das
            ich ~4 jemanden|jemand|menschen|leute ~1 umbringen|töten|verletzen|wehtun|erschiessen|umzubringen|erstechen
            ich ~5 meinen|meine|meinem|meiner ~1 $nah|chef|kinder|lehrer|mitschüler|eltern ~1 umbringen|töten|erstechen|erschiessen|schlagen|vergiften|wehtun|verletzen|etwas|umzubringen
            ich bring|bringe ~1 ihn|sie|meinen|meine ~2 um
            ich töte ~1 ihn|sie|meinen|meine|jemanden
            amok ~1 laufen|lauf
            amoklauf ~3 schule|planen|plane|machen

            emergency:
            ich|er|sie|kind|baby|$nah ~3 ## ~2 $tabletten
            ich|er|sie|kind|baby|$nah ~4 zu|alle|ganze|viele|packung|schachtel|überdosis|zuviel ~4 $tabletten|genommen|geschluckt
            ich|er|sie|kind|baby|$nah ~3 zwanzig|dreissig|vierzig|fünfzig|hundert ~2 $tabletten
            überdosis ~2 genommen|geschluckt|.
            ich|er|sie|kind|baby|$nah ~4 herzinfarkt|schlaganfall !buch|roman
            $nah|er|sie|ich ~3 bewusstlos|ohnmächtig|leblos
            $nah|er|sie|baby ~2 atmet nicht|nicht mehr
            atmet nicht
            wacht nicht ~1 auf
            bekomme|krieg|kriege|bekomm keine luft
            ich|er|sie|$nah ~3 blutet|blute|verblutet|verblute
            $nah|kind|baby|ich|er|sie ~4 verschluckt|getrunken|geschluckt ~1 putzmittel|batterie|gift|.
            $nah|kind|baby|ich|er|sie ~3 putzmittel|batterie|gift|bleiche|reiniger|spülmittel|rohrreiniger ~2 verschluckt|getrunken|geschluckt|gegessen
            brauche|brauchen|ruft|ruf|rufen|holt ~3 krankenwagen|notarzt|rettungswagen|polizei
            schmerzen in|im ~2 brust|arm
            brustschmerzen
            vergiftet .
            es brennt bei|in|im ~2 uns|wohnung|haus|küche
            jemand ~2 bricht|eingebrochen|bricht ~2 ein
            erstickt|ersticke .

            eating:
            ich esse ~1 seit ~2 tagen|wochen|woche|tag|montag ~2 nichts|nicht|kaum|nix
            ich ~4 übergebe|erbreche|kotze|übergeben|erbrechen|kotzen ~2 mich|alles|nach|essen|jedem|mahlzeit
            ich ~2 breche|brech ~4 wieder aus|essen
            nach jedem|dem|jeder essen|mahlzeit ~4 übergebe|erbreche|kotze|kotzen|übergeben|finger
            ich ~4 seit ~2 tagen|wochen|woche|tag|montag ~2 nichts|nicht|nix ~2 gegessen|esse
            seit ~2 tagen ~2 nichts|nix ~1 gegessen
            ich ~3 magersüchtig|bulimisch|bulimie|magersucht|essstörung|ess
            nichts ~1 gegessen|esse ~4 weil|körper|fett|dick
            esse ~1 nichts|nix|kaum mehr|noch .|weil|und
            stecke|steck mir ~5 finger ~2 hals
            hasse|verabscheue|ekel|ekle ~1 mein|meinen|meinem|vor ~1 körper !double
            hungere mich|weiter|seit
            angst ~1 vorm|vor ~1 essen|zunehmen
            """)
}
