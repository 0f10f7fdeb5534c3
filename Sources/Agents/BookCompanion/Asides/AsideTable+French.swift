extension AsideTable {
    static let french = WordingSource(
        classes: """
            données: données compte historique conversation conversations messages profil informations discussion discussions
            ça: ça ca cela celui-ci les le la lacheter lavoir lemprunter
            """,
        wordings: """
            data:
            supprimer|effacer|exporter|télécharger|voir|récupérer|supprime|efface|exporte|oublie ~2 mes|mon|ma|toutes|tout ~2 $données|.
            quelles ~1 données ~4 .|gardes|gardez|stockées|conservées|collectez|enregistrées
            que|quoi ~1 sais|savez|gardes|retiens ~2 de|sur moi
            mes données
            < rgpd|confidentialité >

            human:
            parler|discuter|échanger ~2 à|a|avec ~2 humain|personne|quelqu|quelquun|conseiller|conseillère|bibliothécaire|être|vrai|vraie|agent
            vrai|vraie|véritable humain|personne
            service client|clients|clientèle
            contacter ~2 quelquun|support|vous|responsable|.
            numéro de téléphone

            account:
            mot de passe
            me connecter|minscrire .

            price:
            combien ~1 ça|ca|cela|coute|coûte|est|il ~3 coute|coûte|.
            quel est ~2 prix|tarif ~4 .
            cest|est ~3 gratuit|payant .
            dois je payer

            buying:
            où|ou ~3 lacheter|acheter|trouver|lemprunter|emprunter|commander|télécharger|le|me|procurer ~2 ?acheter ~1 ça|ca|cela|ce|.|le ~1 .|livre
            où|ou ~2 puis|peut|on|je ~2 lacheter|acheter|emprunter|commander|télécharger|trouver ~5 .
            je ~2 veux|voudrais|peux ~2 lacheter|lemprunter|le ?commander|acheter .
            vendez|vends|livrez|prêtez|prêtes ~3 .|livres
            peut|puis|peux ~2 lacheter|lemprunter|acheter|emprunter|commander ~3 .|ici|ça

            ending:
            comment ~3 finit|termine|fini|terminé|terminer|finir ~4 .
            raconte|dis|donne|révèle|cest|quelle ~3 fin|dénouement ~1 .|du|de
            qui meurt
            qui est ~2 tueur|assassin|meurtrier

            opening:
            comment ~2 commence|débute ~4 .
            première|premières|dernière|dernières phrase|phrases|ligne|lignes|page
            incipit
            cite|lis ~2 passage|extrait|.

            medical?:
            jai ~1 mal|fièvre|grippe|rhume|toux|migraine ~5 .
            que|quoi ~2 prendre ~2 contre|pour
            dois je ~1 voir|consulter ~1 médecin
            médicament|médicaments ~3 .

            legal?:
            est ce légal|illégal|autorisé
            ai je le droit
            mon ~1 propriétaire|employeur|patron a|peut ~6 .
            conseil juridique|fiscal
            avocat .

            money?:
            dois je ~2 acheter|vendre|investir ~3 actions|bitcoin|or|.
            quelles actions

            translation?:
            traduis|traduire|traduisez|traduction ~6 .
            comment ~1 dit ~1 on ~4 en

            code?:
            écris|programme|code|corrige ~4 code|programme|script|fonction|python|javascript|site

            calculation?:
            combien font|fait # ~2 #
            calcule|résous ~3 .
            racine carrée

            writing?:
            écris|rédige|compose ~3 ~2 poème|lettre|dissertation|mail|email|discours|chanson|cv
            raconte ~2 blague

            news?:
            quel temps|météo ~4 .|il|fait
            météo|meteo
            quelle heure|date ~3 .|il
            quel jour ~3 .|on
            actualités|actualité|nouvelles ~2 .|du
            qui a gagné

            knowledge?:
            qui est|était ~2 président|présidente|roi|reine|pape|ministre|maire|premier ~4 .
            quelle est ~2 capitale|population ~4 .
            capitale de|du
            combien ~1 dhabitants|de|dhabitant ~1 pays|habitants|planètes|jours|en|a ~4 .
            qui a ~1 inventé|découvert|peint|construit
            quelle ~1 est ~1 hauteur|distance|taille
            pourquoi ~1 ~1 ciel|mer|eau ~3 .
            où est|se ~1 trouve ~3 .

            task?:
            réserve|réserver|commande|appelle ~3 vol|table|hôtel|pizza|taxi|billet|chambre
            joue|mets ~2 musique|chanson
            mets ~2 réveil|minuteur
            recette de|du|pour
            dessine ~3 .

            identity?:
            es|êtes tu|vous ~3 ia|humain|humaine|robot|bot|réel|réelle|chatgpt|ordinateur|machine|programme|personne|vrai|vraie|intelligence
            tu|vous es|êtes ~2 ia|humain|robot|bot|machine|programme .
            qui|quoi es|êtes tu|vous
            tu es qui
            comment ~1 tappelles|appelles|vous|te ~1 ?tu ?appelles .
            quel âge
            parle je ~2 à ~2 humain|robot|machine

            capability?:
            que|quoi ~2 peux|sais|fais|pouvez|savez tu|vous ~3 .|faire
            quest ~3 peux|sais|fais ~2 faire|.
            comment ~2 marche|fonctionne|fonctionnes|maider|aider ~2 .
            < aide|aidez|aider ~1 moi|> ~1 >
            parles ~1 tu ~1 français|anglais|allemand|espagnol

            farewell:
            < au revoir ~1 >
            < à|a bientôt|demain|plus ~1 >
            < bonne nuit|journée|soirée|continuation ~1 >
            < adieu|ciao >

            thanks?:
            < ~2 merci ?beaucoup|bien|infiniment|noah|à|a|pour ?noah|toi|vous|ton|votre|tout|le ?aide|conseil|conseils >

            wellbeing?:
            < ~1 ça|ca va ~1 >
            < ~1 comment ~1 ça|ca|vas|allez|va ~2 >

            greeting:
            < bonjour|salut|bonsoir|coucou ?à|a ?bonjour|noah|tous|toi|vous|madame|monsieur >
            """)
}
