extension CareTable {
    static let french = WordingSource(
        classes: """
            veux: veux voudrais vais aimerais préfère préférerais souhaite
            agresseur: il elle ils mari conjoint copain copine compagnon compagne petit-ami papa père maman mère beau-père beaupère pere \
            belle-mère oncle tante frère frères soeur cousin grand-père ex parents prof coach entraineur prêtre patron voisin mec gens \
            quelqu fils femme époux type on homme ami pote beau quelquun
            proche: ami amie copain copine pote frère soeur fils fille enfant bébé mère maman père papa mari femme compagnon compagne coloc \
            voisin voisine collègue élève cousin cousine nièce neveu ex oncle tante mamie papi camarade gosse petit petite
            frappe: frappe frappent frappé frapper bat battent battu battue battre tape tapent gifle cogne étrangle violente viole violé \
            violée violer agresse agressé agressée maltraite maltraitent maltraité maltraitée menace menacé menacée tabasse tabassé harcèle \
            harcelé brutalise abuse abusé frappait battait
            cachets: cachets cachet médicaments médocs somnifères pilules doliprane comprimés paracétamol antidépresseurs anxiolytiques
            """,
        wordings: """
            idiom:
            me frappe que|dans|par
            mourir|meurs|meurt|mort|morte|crever|crève de ~1 rire|faim|soif|honte|ennui|lennui|envie|denvie|chaud|froid|peur|trouille|fatigue|sommeil|curiosité|joie|jalousie
            meurs|meurt|mourir denvie|dennui|dimpatience
            à|a mourir de|dennui
            mourir dennui|denvie|moins
            mourir|crever idiot|bête
            plutôt mourir que
            tuer|tue le temps|lennui|ennui
            tue|tuent|tuez moi de|si
            me tue ?à|de la|ce|cette|tâche|au|travail|attente
            se tue à|au
            me tuer à|au
            bat|battent|battu|battue|battre me|nous|mon|ma aux|au|à échecs
            me|nous bat|battent|frappe aux|au|à|toujours ?à|aux|par
            frappe|frappé par le|la|son|cette|ce|sa
            me frappe ~1 dans|cest|que ce|cette|le
            en|den finir avec ce|cette|le|la|les|mes|mon|ces lecture|livre|pavé|roman|liste|tome|série|devoirs|procrastination|visa|paperasse
            en|den finir avec ce|cette|les|mes|ces
            touche|touché|touchée|touchent par
            livre|roman|histoire|film|texte|poème|fin ma|me|mavait|mont touche|touché|touchée
            plus envie de lire|vivre|travailler à|en|dans|avec
            mort|mourir sur|dans|à|de|en le|nil|venise|roman|crédit
            nen peux plus dattendre|de|du|des ce|cette|roman|visa|livre|rire|chaleur
            veux|vouloir|veut plus vivre à|en|dans|chez|avec
            me coupe ~1 les|la|le|du|en cheveux|parole|faim|souffle|appétit|doigt|cuisinant
            me coupe|couper du
            coup de foudre
            crise de rire|nerfs|fou

            despair:
            plus|pas ~2 force|envie|courage|goût de vivre
            je|jen ~1 veux|voudrais|souhaite plus|pas être|rester en vie|vivant|vivante
            je|j|jai|jaimerais ~2 $veux|envie|aimerais|dois|mérite|espère|besoin ~3 mourir|crever|morte|mort|disparaitre|disparaître|claquer !de|dans|à|sur|en|riche|idiot
            jaimerais|jespère ~2 mourir|mort|morte|crever|disparaitre !de
            ^ $veux|envie ?de mourir|crever !de|dans|à
            laissez|laisse ?moi mourir|crever
            j|je|jaurais ~2 préfère|préférerais|préféré|voudrais|aimerais ~2 être|etre mort|morte
            jaurais ~2 préféré|voulu ~2 naitre|né|née|mourir
            me|men|jme suicider|tuer|pendre|suicide|flinguer|buter|noyer|empoisonner|foutre|mutiler|scarifier|ouvrir|supprimer !à|au|le|un|une|la|de ?en ?lair
            me|men foutre en lair
            je|j ~2 me|m ~1 suicide|tue|pends|scarifie|mutile|coupe|flingue|bute|taillade|blesse ~1 .|les|la|ce|demain|volontairement|encore
            me ~1 scarifie|mutile|scarifier|mutiler|scarifié|taillade
            me coupe|ouvre|ouvrir|taillader les|mes veines|bras|poignets|cuisses
            mouvrir|ouvrir les veines
            m faire|fais du mal
            me faire|fais|fait du mal .|exprès|volontairement|ce|a
            envie|vais|veux|voudrais|pense|penser|temps|à|besoin|prêt|prête ~1 den|d|en finir .|avec la vie|cette vie|ce soir|tout|mes|pour
            den|en finir ~1 avec|.|ce|maintenant ~1 vie|.|soir|tout|moi|jours
            mettre ~1 fin ~2 mes|ma|à jours|vie
            mettre fin à ma|mes
            môter|môte|môterai|ôter la vie
            me ôter la vie
            $veux|veut|envie|peux|voulais|aimerais|aime ~1 plus ~1 vivre|exister|être|etre|continuer|réveiller|respirer|lutter !à|en|dans|chez|de|le|là|mon|mes|avec|au|la|seul|seule
            $veux|veut|envie|peux ~1 plus ~1 être|etre là|la|ici|vivant|vivante|de
            plus envie|gout|goût|force|raison|raisons|volonté|courage|rien ~2 vivre|continuer|me ?lever !à|en|dans
            aucune|pas|plus|sans|nai ~1 ~1 raison|raisons|envie|but|sens ~1 de vivre|continuer|exister
            ne ~1 réveiller|réveille plus|jamais
            plus|jamais|pas me réveiller .|demain|jamais|plus
            dormir|mendormir ~2 ~2 réveiller|réveille ~1 .|plus|jamais
            à|a quoi|rien ~1 bon|sert ~1 vivre|la|continuer !quoi
            sert ?à|a rien|plus de|d vivre|la|continuer|exister
            vie ~2 vaut|mérite ~2 plus|pas ~1 peine|.|coup|dêtre
            vie ~1 na|a|nas|plus ~2 plus|aucun|pas|de sens
            dégoût|dégout|marre|fatigué|fatiguée|lassé|ras ~2 de ~1 vivre|vie|exister|lexistence|tout|cette
            ras le bol de vivre|la
            tout ~1 monde ~3 mieux ~1 sans moi
            mieux|heureux|heureuse|tranquille ~1 sans moi
            mieux ~1 ~2 si jétais|je|jtais ~2 mort|morte|là|existais|disparaissais|plus
            personne ~3 ~2 manquerais|remarquerait|regretterait|pleurerait|manquerai ~4 .|mort|morte|si|je|disparaissais
            je ~2 manquerais|manque ~1 ~1 à personne
            pense|penser|pensées|penses|songe|idées|envie|envies|tentative|tentatives|songé ~3 suicide|suicidaires|suicider|mourir|mort|suicidaire !dans|de|chez
            je|jsuis ~3 suicidaire
            suicidaire|suicidaires .
            je|jai ~4 tenter|tenté|faire|commettre|tente ~1 ~1 suicide|suicider
            faire|commettre une|un tentative|suicide ?de ?suicide .
            comment|façon|moyen|manière ~4 me|se|mourir ~2 suicider|tuer|pendre|douleur|souffrir|rapidement !dans|le|au
            comment|façon|moyen|manière ~2 mourir ~1 sans|rapidement|vite|facilement|souffrir
            combien ~2 $cachets ~5 mourir|mortelle|mortel|tuer|fatal
            je|jvais ~3 sauter|jeter|saute|jette ~3 ~2 pont|toit|fenêtre|balcon|train|métro|rails|falaise
            me ~1 jeter|jette ~3 ~2 pont|toit|fenêtre|balcon|train|métro|rails|vide
            lettre|mot dadieu|adieu ~3 écrit|écris|laissé|.
            adieu ~1 tout|tous|le|monde|cruel|la ?le ~1 monde|.|vie
            je|jen ~2 nen|en peux plus .|de vivre|cette vie|la vie
            nen|en peux plus de vivre|la|cette
            je ~3 supporte ~1 plus ~1 vivre|vie|existence|moi
            ne|je ~1 mérite pas ~1 vivre
            ma vie ~1 finie|terminée|foutue|merde
            je suis ~2 fardeau|boulet ~1 pour
            jai ~1 avalé|pris ~3 ~2 pour ?en mourir|finir|tuer
            aucune|plus|pas ~1 issue|espoir|avenir ~1 pour|.|du moi|tout|.
            < suicide|suicidaire|scarification|automutilation >
            je ~2 pas ~1 continuer ~1 vivre|comme|ainsi

            despair?:
            suicide ~2 écoute|numéro|ligne|hotline|téléphone|prévention|aide
            numéro|ligne|téléphone|hotline|aide ~3 suicide|suicidaire
            sos amitié|suicide
            je|jen ~2 nen|en peux plus
            je ~1 abandonne|abandonner .
            ma vie ~2 sens .
            je veux que ~2 sarrête|arrête|finisse
            je vais mourir .

            friend:
            mon|ma|notre|une|un|mes ~1 $proche ~5 suicider|suicidaire|suicide|mourir|scarifie|mutile|suicidé|suicidée|jours|finir|taillade !de|dans
            mon|ma|notre|une|un|mes ~1 $proche ~5 se|sest ~1 tuer|pendre|tué|tuée|pendu|pendue|jeter !de|à|sur
            mon|ma ~1 $proche ~5 veut|envie|peut ~1 plus ~1 vivre|être
            mon|ma ~1 $proche ~3 anorexique|boulimique|mange ~1 .|plus|rien|pas
            mon|ma ~1 $proche ~2 en danger

            violence:
            $agresseur ?qui ?ne ?arrête ~2 me|nous|ma|m|mas $frappe !aux|au|à|par
            mon|ma|notre|nos ~1 $agresseur|voisins ~2 $frappe sa|son|ses ~1 $proche|enfants|gosses|femme|mère !aux|au
            $agresseur ~3 $frappe ma|mon|mes|notre|nos ~1 $proche|enfants|gosses|femme|mère !aux|au
            $frappe mes|nos|ma|mon enfants|mère|soeur|frère|fille|fils|gosses
            me|nous ~1 $frappe ~1 .|tous|souvent|quand|avec|chaque|sur|depuis|encore|et|violemment|fort
            jai|je ~3 été|ete|suis|étais|fais|me ~2 violé|violée|battu|battue|agressé|agressée|abusé|abusée|frappé|frappée|violenter|agresser|frapper|battre|violer|harceler|menacé|menacée|étranglé|étranglée|séquestré|séquestrée !aux|au
            me suis fait|faite violer|agresser|frapper|battre|toucher|tabasser
            ma|mas violé|violée|frappé|frappée|battu|battue|étranglé|étranglée|agressé|agressée|tabassé|tabassée|menacé|menacée|tapé|giflé !aux|au
            $agresseur ~2 me|ma|mas|nous touche|touché|touchée|touchait|tripote|caresse|touchent !par|avec|profondément|beaucoup
            me|ma touche|tripote|touché|touchée|caresse ~2 nuit|seins|sexe|intimes|fesses|entre|là|partout|sous
            me|nous force|oblige|forcé|forcée|obligée ~3 sexe|coucher|rapports|sexuels|déshabiller|épouser|marier|trucs
            mariage forcé
            vient ~2 dans ma chambre|mon ~3 nuit|lit|soir
            $agresseur ~4 menace|menacé|menacée|dit|veut|va|essayé|essaie|jure|voulu|jurait ~4 tuer|frapper|égorger|planter|buter|étrangler !dans|le
            menace|menacé|menacée de|d me|nous|ma
            veut|va|vont me|nous tuer|frapper|buter .
            peur ~2 de|du mon|ma|lui|rentrer|mes ~1 mari|père|copain|ex|conjoint|maison|chez|beau|parents|mère|.|oncle|frère
            peur ~2 rentrer ~2 chez|maison
            peur pour ma|mes vie|enfants|sécurité
            je ~3 en danger
            pas en sécurité chez|à|ici|maison
            $agresseur ~2 menferme|enferme|séquestre|enfermé|enfermée|menfermer ~1 ~1 .|dans|chez|moi|à
            me|ma|mas séquestre|enferme|enfermé|enfermée|séquestré|séquestrée
            menferme
            me laisse pas|plus ~1 sortir|partir
            a|avec un|une couteau|arme|pistolet|fusil ~3 porte|menace|moi|.|main
            victime ~1 de|dinceste|violences|viol|viols|abus ~1 violences|violence|viol|conjugales|abus|.|conjugale
            violences|violence conjugales|conjugale|familiales|sexuelles ~2 chez|moi|je|subis|à
            je|jai ~2 subis|subi|subie ~3 violences|violence|viol|abus|attouchements|coups|inceste
            mon|ma|un|une|cet ~1 $proche ~3 est|a|se|fait|été ~1 ~1 battu|battue|abusé|abusée|violé|violée|frapper|frappé|frappée|maltraité|maltraitée|maltraiter|harcelé|harcelée !aux|au
            on|quelqu|quelquun ~2 me suit|harcèle|surveille|menace
            attouchements

            violence?:
            numéro|ligne|téléphone|hotline ~4 violences|violence|viol|conjugales
            il me fait|fais ~1 mal|peur
            je ~2 peur de|du lui

            harm:
            je|j|jai ~2 $veux|envie|vais|aimerais|besoin|dois ~2 tuer|frapper|poignarder|égorger|buter|étrangler|empoisonner|planter|blesser ~1 mon|ma|mes|quelqu|quelquun|des|les|tout|lui|cette|ce|ces|eux !rayon
            je|j|jai ~2 $veux|envie|vais|aimerais ~2 le|la|les|de ~1 tuer|poignarder|buter|égorger|frapper|planter .|ce|avec
            $veux|vais|envie ~2 faire ~1 ~1 mal ~1 à|aux ~1 quelqu|quelquun|mon|ma|mes|gens|autres|eux
            comment tuer|empoisonner mon|ma|mes|quelqu|quelquun !dans
            faire un massacre
            tirer sur ~2 gens|tout|lycée|école|classe

            emergency:
            jai|je|il|elle|$proche ~3 pris|avalé ~1 dix|quinze|vingt|trente|quarante|cinquante|cent ~2 $cachets
            jai|je|il|elle|$proche|a ~2 pris|avalé|avale|ingéré|bu|avalée|prends ~3 trop|toute|boite|boîte|tous|plein|plaquette|entière|tout ~4 $cachets
            jai|je|il|elle|$proche|a ~2 pris|avalé|avale ~1 ## ~2 $cachets
            jai|je|il|elle|$proche|a ~2 pris|avalé|ingéré|bu ~3 javel|poison|détergent|pile|produit|mort|débouche
            overdose ~1 .|de $cachets|aide
            fait|fais|faire une|un overdose|avc|infarctus|crise ?cardiaque
            je|il|elle|$proche|jai ~4 crise cardiaque
            crise|arrêt cardiaque .|aidez|vite
            $proche|il|elle|bébé ~2 ne ~1 respire|réveille|bouge|répond ~1 plus|pas
            respire|réveille plus|pas
            narrive|arrive ~2 ~1 respirer
            je ~2 narrive|arrive|peux ~1 pas|plus|à ~1 respirer !de
            $proche|il|elle|bébé ~3 inconscient|inconsciente|évanoui|évanouie|sétouffe|étouffe
            saigne|saignes|saignement ~3 beaucoup|arrête|fort|abondamment|partout
            mal|douleur|douleurs|poids ~2 poitrine|thorax|cœur|coeur
            besoin|appelez|appeler|appelle|envoyez ~3 ambulance|samu|pompiers|police|secours|urgences
            dune|une ambulance
            il y a le ?le feu chez|dans
            feu ~1 chez moi
            quelqu|quelquun ~3 entrer|entré|rentre ~2 chez moi

            eating:
            je ~2 me|mes ~2 vomir|vomis
            me fais|fait|faire vomir
            je|jai ~3 vomis|vomi ~3 après|chaque|tout|repas|mange
            je|jai ~3 mangé|mange|avalé ~1 ~1 ~1 rien depuis|pendant # jours|semaine
            rien mangé depuis|pendant
            pas mangé depuis ~2 jours|semaine
            je|jsuis ~2 anorexique|boulimique
            je|jai ~3 lanorexie|anorexie|boulimie|boulimique ?. .
            déteste|hais mon|ma corps|reflet ~1 .|et|je|tellement
            ne mange|manger plus|rien .|depuis|et|parce
            peur de manger|grossir
            je me|m affame|laisse ~2 ~1 mourir
            jarrête|arrêté|arrêter ~1 manger .
            je maffame
            """)
}
