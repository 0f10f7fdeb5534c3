/// Which headings and subdivisions (Library of Congress Subject Headings) and which bookshelves (Project Gutenberg) make a
/// work of which genre. A line a genre; headings are parted by semicolons and compared folded.
enum GenreHeadings {
    static let text = """
        science fiction: science fiction; time travel; life on other planets; human-alien encounters; space ships; \
            interplanetary voyages; extraterrestrial beings; martians; space colonies; robots; interstellar travel; \
            space flight to the moon; robotics; science fiction by women; precursors of science fiction; \
            astounding stories; fr science fiction; sci-fi; scifi; sciencefiction; speculative fiction; space opera; \
            cyberpunk; space flight to mars; space warfare; time machine; androids
        fantasy: fantasy fiction; fantasy literature; fantasy; imaginary places; magic; wizards; dragons; \
            arthurian romances; arthurian legends; high fantasy; epic fantasy; urban fantasy; category fantasy; \
            oz (imaginary place); fairies
        dystopia: dystopias; dystopia; dystopian; dystopian fiction; totalitarianism
        utopia: utopias; utopia; utopian fiction; utopian literature
        alternate history: alternative histories (fiction); alternate history; alternate histories; \
            imaginary histories
        cyberpunk: cyberpunk; cyberpunk fiction
        magical realism: magic realism (literature); magical realism; magic realism
        gothic: gothic fiction; gothic novels; gothic; gothic revival (literature); gothic fiction (literary genre)
        horror: horror tales; horror; horror fiction; paranormal fiction; vampires; werewolves; monsters; \
            occult fiction; supernatural; dracula, count (fictitious character); horror stories; ghost stories
        ghost story: ghost stories; ghosts; haunted houses; ghost stories, english; ghost stories, american; \
            haunted places
        detective fiction: detective and mystery stories; detective and mystery stories, english; \
            detective and mystery stories, american; mystery fiction; mystery and detective stories; \
            private investigators; detective fiction; mystery; mysteries; holmes, sherlock (fictitious character); \
            detective; whodunit; detectives; cozy mystery
        crime: murder; crime; criminals; crime fiction; crime nonfiction; true crime; trials (murder); thieves; \
            swindlers and swindling; noir fiction; gangsters; outlaws; category: crime, thrillers and mystery; \
            crime thriller
        thriller: thriller; thrillers; suspense fiction; suspense; thrillers (fiction); mystery thriller
        spy fiction: spy stories; spies; espionage; spy fiction; spy thriller; secret service
        western: western stories; western; westerns; cowboys; ranch life; dime novels, american west
        adventure: adventure stories; adventure; adventure and adventurers; category: adventure; treasure troves; \
            castaways; shipwrecks; survival; pirates; pirates, buccaneers, corsairs, etc.; shipwreck survival; \
            action and adventure fiction; quests (expeditions); adventure fiction; action adventure; adventurers; \
            voyages, imaginary; rescues
        sea: sea stories; seafaring life; sailors; ship captains; whaling; whales; ocean travel; sailing; pirates; \
            shipwrecks; mutiny; naval battles; sea; voyages around the world; whaling ships; submarines (ships); ocean; \
            seamen; whaling stories; naval fiction; great britain. royal navy; merchant marine; castaways
        war: war stories; war; war fiction; world war, 1914-1918; world war, 1939-1945; world war i; world war ii; \
            us civil war; soldiers; military fiction; boer war; category: history - warfare; war poetry; \
            napoleonic wars, 1800-1815; campaigns; battles; regimental histories; naval operations; aerial operations; \
            military history; south african war, 1899-1902; peninsular war, 1807-1814; civil war, 1861-1865; \
            napoleonic(bookshelf); fr guerres; trojan war
        historical fiction: historical fiction; category: historical novels; historical novels; it romanzi storici; \
            historical romance; fiction historical; biographical fiction
        romance: love stories; romance fiction; romance; category: romance; romantic fiction; courtship; \
            mate selection; love; contemporary romance; chick lit; paranormal romance
        satire: satire; satire, english; political satire; verse satire, english; satirical literature; parodies; \
            picaresque literature
        picaresque: picaresque literature; picaresque
        humour: humorous stories; humor; humour; category: humour; wit and humor; comic; humorous fiction; \
            humorous poetry; punch; humorous stories, english; humorous stories, american; fr humour; it umorismo; \
            caricatures and cartoons; english wit and humor; american wit and humor; funny; parodies, imitations, etc.
        coming of age: bildungsromans; coming of age; bildungsroman; coming-of-age; coming of age stories
        literary fiction: literary fiction; literary
        domestic fiction: domestic fiction; families; family life; married people; family saga; domestic relations
        psychological fiction: psychological fiction; psychological thriller; psychological novel; \
            stream of consciousness fiction
        political fiction: political fiction; political novels
        epistolary: epistolary fiction; epistolary novel; epistolary
        epic: epic poetry; epic literature; epic poetry, greek; epic poetry, latin; epics; \
            epic poetry, english (old); epic poetry, finnish; epic
        tragedy: tragedies (drama); tragedies; tragedy; greek drama (tragedy); english drama (tragedy)
        comedy: comedy plays; comedies; comedy; greek drama (comedy); english drama (comedy); farces; \
            english drama comedy
        fairy tale: fairy tales; fairy tale; children's myths, fairy tales, etc.; fairies; fr contes; fairytales
        folklore: folklore; tales; legends; category: mythology, legends & folklore; it folklore; folk tales; \
            indian mythology; trickster; nursery rhymes; folk literature; fr contes
        mythology: mythology; mythology, greek; mythology, classical; mythology, norse; myths; \
            category: mythology, legends & folklore; gods; children's myths, fairy tales, etc.; mythology, roman; \
            heroes (mythology)
        fables: fables; fable; aesop's fables; fables, greek
        children's: juvenile fiction; juvenile literature; juvenile poetry; juvenile drama; children's stories; \
            children's literature; children's fiction; category: children & young adult reading; children's book series; \
            children's picture books; children's poetry; children's history; picture books for children; \
            children's books; childrens; kids; children's instructional books; children's verse; children's religion; \
            children's biography; children's periodicals; nursery rhymes; fr jeunesse; de kinderbuch; \
            it letteratura per ragazzi; pt infantil e juvenil; school stories; children's stories, english; \
            children's periodicals, american; children's anthologies; picture books; middle grade
        young adult: young adult; ya; young adult fiction; teen; young adult fantasy; young-adult
        comics: comics; comic books, strips, etc.; graphic novels; graphic novel; manga; caricatures and cartoons; \
            wit and humor, pictorial
        short stories: short stories; category: short stories; short stories, american; short stories, english; \
            short stories, french; short stories, finnish; short stories, hungarian; short stories, russian; \
            short stories, german; short stories, italian; fr nouvelles; it racconti; pt contos; short story; \
            short-stories; novellas; detective and mystery stories, short
        poetry: poetry; category: poetry; poems; juvenile poetry; children's poetry; ballads; ballads, english; \
            sonnets; sonnets, english; epic poetry; epic poetry, greek; epic poetry, latin; fr poesie; de lyrik; \
            pt poesia; it poesia; children's verse; narrative poetry; songs; nursery rhymes; love poetry; \
            humorous poetry; war poetry; verse; elegies; epic poetry, english (old)
        drama: drama; plays; category: plays; dramas; comedy plays; tragedies (drama); historical drama; \
            one-act plays; one act plays; domestic drama; fr theatre; de drama; it teatro in prosa; it teatro in versi; \
            pt teatro; tragedies; comedies; monologues; melodramas; verse drama; juvenile drama; \
            domestic drama, english; screenplays; english drama (comedy); farces
        opera: operas; opera; librettos
        novel: category: novels; novels; it romanzi; pt romance; de prosa; novel; epistolary fiction; dime novels
        essays: essays; english essays; american essays; category: essays, letters & speeches; \
            speeches, addresses, etc.; french essays
        letters: correspondence; letters; personal correspondence
        diary: diaries; diary; journals; diarists; category: journals (personal)
        memoir: personal narratives; autobiography; autobiographies; memoirs; memoir; slave narratives; \
            reminiscences; fr biographie, memoires, journal intime, correspondance; childhood and youth; \
            personal narratives, confederate; personal narratives, british; autobiographical; personal memoirs; \
            pepys, samuel, 1633-1703
        biography: biography; biographies; category: biographies; children's biography; it biografie; pt biografia; \
            autobiography; fr biographie, memoires, journal intime, correspondance; biography autobiography; diarists; \
            autobiographies
        history: history; category: history - modern (1750+); category: history - american; \
            category: history - european; category: history - other; category: history - british; \
            category: history - warfare; category: history - religious; category: history - early modern (c. 1450-1750); \
            category: history - ancient; category: history - royalty; category: history - medieval; middle ages; \
            antiquities; it storia; pt historia; fr histoire; history, modern; history, ancient; world history; \
            colonies; discovery and exploration; category: history - schools & universities; court and courtiers; \
            american history; world war i
        travel: description and travel; travel; category: travel writing; voyages and travels; guidebooks; \
            voyages around the world; fr voyages et pays; it viaggi; women's travel journals; travelers; \
            discoveries in geography; travelogue; travel writing
        exploration: discovery and exploration; explorers; discoveries in geography; exploration; arctic regions; \
            antarctica; pt navegacoes e exploracoes
        nature: natural history; category: nature; birds; animals; trees; outdoor life; botany; nature; \
            animal behavior; insects; plants; wild flowers; animals-wild-mammals; animals-wild-birds; mammals; fishes; \
            outdoor books; nature study
        popular science: science; category: science - biology; category: science - earth; \
            category: science - physics; astronomy; category: science - chemistry; evolution; evolution (biology); \
            geology; physics; chemistry; biology; zoology; paleontology; popular science; fr sciences et techniques; \
            scientific american; popular works; natural history; meteorology; it scienza; pt ciencia e tecnica; \
            relativity (physics)
        science: science
        mathematics: mathematics; category: mathematics; geometry; arithmetic; algebra; \
            logic, symbolic and mathematical; geometry, non-euclidean
        technology: technology; category: engineering & technology; inventions; engineering; railroads; aeronautics; \
            electricity; manufacturing; mechanical engineering; machinery; design and construction; automobiles; \
            steam-engines; radio; photography
        medicine: medicine; category: health & medicine; diseases; health and hygiene; hygiene; physiology; nursing; \
            surgery; health; therapeutic use; category: drugs; medical care
        psychology: psychology; category: psychiatry; psychoanalysis; mental illness; psychology, pathological
        philosophy: philosophy; category: philosophy & ethics; ethics; metaphysics; philosophers; \
            knowledge, theory of; aesthetics; logic; philosophy, ancient; fr philosophie, religion et morale; \
            it filosofia; stoics; free thought; philosophy and religion
        religion: religion; category: religion; christian life; theology; jesus christ; christianity; \
            church history; sermons; congregational churches; christian fiction; missions; catholic church; islam; \
            judaism; buddhism; hinduism; latter day saints; category: history - religious; church of england; doctrines; \
            bible. new testament; religious fiction; religious; sermons, english; mysticism; prayers and devotions; \
            it religione e spiritualita; religious life; christian; bible
        spirituality: spiritualism; spiritual life; theosophy; mysticism; occultism; new thought; fr occultisme; \
            spiritual
        political thought: political science; political thought; state, the; democracy; liberty; political theory; \
            socialism; anarchism; utopias
        politics: political science; politics; category: politics; politics and government; socialism; anarchism; \
            communism; democracy; fr politique; foreign relations; women's rights; suffrage; it scienze politiche; \
            pt politica e sociedade; slavery
        economics: economics; category: economics; category: business; business; finance; money; commerce; wealth; \
            capitalism
        sociology: sociology; category: sociology; social problems; social conditions; fr peuples et societes; \
            working class; social classes
        anthropology: category: archaeology & anthropology; anthropology; ethnology; archaeology; antiquities; \
            prehistoric peoples
        education: education; category: teaching & education; study and teaching; fr education et enseignement; \
            textbooks; readers
        law: law; category: law & criminology; copyright; trials, litigation, etc.; legal status, laws, etc.; \
            british law; united states law
        language: category: language & communication; grammar; english language; french language; dictionaries; \
            language and languages; esperanto; language education
        literary criticism: history and criticism; criticism and interpretation; criticism, interpretation, etc.; \
            literary criticism; in literature; contemporary reviews; books and reading; stories, plots, etc.
        journalism: journalism; category: journalism; newspapers; reportage; reporters and reporting
        art: art; category: art; painting; painters; masterpieces in colour; drawing; sculpture; fr peinture; \
            fr beaux-arts
        architecture: architecture; category: architecture; cathedrals
        music: music; category: music; musicians; composers; fr musique; it musica; songs and music
        theatre: theater; actors; theatre
        cooking: cooking; category: cooking & drinking; cookbooks and cooking; cooking, american; cooking, english; \
            recipes; it cucina
        crafts: crafts; knitting; crocheting; patterns; woodwork; sewing; needlework; lace and lace making
        gardening: horticulture; gardening (general); vegetable gardening; flower gardening; gardens
        sport: category: sports; sports; hunting; fishing; games; football; baseball
        self-help: success; self-help; conduct of life (handbooks); personal development; self-culture; self help
        reference: category: encyclopedias; encyclopedias and dictionaries; reference; dictionaries; indexes; \
            bibliography; catalogs; almanacs; handbooks, manuals, etc.; cia world factbooks; publishers' catalogs; \
            quotations; directories
        periodicals: periodicals; illustrated periodicals; category: journals; american periodicals; magazines
        classics: category: classics of literature; best books ever listings; harvard classics; classics; classic; \
            classical literature; classic literature; classical antiquity
        fiction: fiction; juvenile fiction; category: novels; tales; children's fiction; christmas stories; \
            didactic fiction; legal stories; autobiographical fiction; christian fiction; school stories; \
            dialect fiction; category: science-fiction & fantasy; category: romance; category: historical novels; \
            category: short stories
        non-fiction: nonfiction; non-fiction; de sachbuch
        """
}
