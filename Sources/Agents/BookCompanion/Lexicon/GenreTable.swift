/// Kinds, forms, moods and audiences of books, in readers' words and in the catalogue's. The form of a line: `SubjectTable`.
enum GenreTable {
    static let lines = """
        science fiction|genre|sci-fi; scifi; sf; science-fiction; speculative fiction; space opera; \
        cyberpunk|science fiction
        fantasy|genre|fantasies; high fantasy; epic fantasy; sword and sorcery; heroic quest; quest|fantasy; \
        magic; imaginary places; quest
        urban fantasy|genre|contemporary fantasy; paranormal|fantasy; urban fantasy; magic|children's
        dystopia|genre|dystopian; dystopias|dystopia; totalitarianism
        utopia|genre|utopian; utopias; ideal society|utopia
        gothic|genre|gothics; gothic novel; gothic novels; gothic fiction|gothic
        horror|genre|horror story; horror stories; horror novel|horror; horror tales; supernatural|humour
        ghost stories|genre|ghost; ghosts; ghost story; phantoms; spectres; hauntings|ghost stories; ghosts; \
        haunted houses; paranormal fiction; ghost story
        detective fiction|genre|detective novel; detective novels; detective story; detective stories; whodunit; \
        whodunits; whodunnit; whodunnits; mystery; mysteries; murder mystery; murder mysteries; crime novel; crime \
        novels; crime fiction; cosy mystery; cozy mystery; classic crime|detective fiction; private investigators; \
        mystery; murder; sherlock holmes
        crime|genre|crimes; true crime; noir; gangsters; underworld; hard-boiled; hardboiled|crime; criminals; \
        detective fiction; murder
        thriller|genre|thrillers; suspense; suspenseful|thriller; suspense; espionage; crime
        espionage|genre|spy story; spy stories; spy novel; spy novels; spy thriller|espionage; spies; thriller; \
        spy fiction
        western|genre|westerns|western; cowboys
        adventure|genre|adventures; adventure story; adventure stories; swashbuckler; swashbuckling; \
        swashbucklers; derring-do|adventure; treasure troves; survival
        sea stories|genre|sea story; seafaring stories; sea novel; sea novels|sea; seafaring
        war stories|genre|war story; war novel; war novels; military fiction; war; battle; battles; soldiers|war; \
        soldiers; violence
        historical fiction|genre|historical novel; historical novels; historical romance; set in the \
        past|historical fiction
        romance|genre|love story; love stories; romantic; romances; romance novel; romance novels; love affair; \
        love; rom-com|romance; love; courtship
        satire|genre|satires; satirical; mocking; parody; parodies; spoof|satire; parodies; humour
        coming of age|genre|growing up; bildungsroman; youth|coming of age
        domestic fiction|genre|family life; household|domestic fiction; families
        psychological fiction|genre|psychological; psychological novel; inner life; stream of \
        consciousness|psychological fiction; psychology; identity
        political fiction|genre|political novel; political novels|political fiction; politics; political thought; \
        power
        magical realism|genre|magic realism; magical realist|magic realism; magical realism
        epic|form|epics; epic poem; epic poems|epic
        tragedy|genre|tragedies; tragic drama|tragedy
        comedy|genre|comedies; comic play; comic plays; stage comedy; farce; farces|comedy; comedy plays; humour; satire
        fairy tales|genre|fairy tale; fairytale; fairytales; once upon a time|fairy tales; fairies; fairy tale
        folklore|genre|folk tales; folktales; folk tale; legend; legends|folklore; legends
        mythology|genre|myths; myth; gods and heroes|mythology; folklore
        fables|genre|fable; animal fables|fable
        short stories|form|short story; novellas and stories; short pieces; short piece; short tales; story \
        collection; anthology; collection of stories; vignettes; sketches|short stories; sketches
        novella|form|novellas; short novel; short novels; short book; short books|novella; novellas
        poetry|form|poem; poems; verse; verses; poet; poets; sonnets; sonnet; ballads; lyric|poetry
        plays|form|play; drama; dramas; dramatist; playwright; playwrights; theatre; theater; stage play; \
        something to stage; to stage; put on; perform; performed; act out; \
        amateur group; amateur dramatics|drama; plays; ~drama; ~plays
        opera|form|libretto; librettos|opera
        novel|form|novels; fiction; longer fiction|novel; fiction
        essays|form|essay; essayist; essayists; columns|essays
        letters|form|correspondence; collected letters|letters
        diaries|form|diary; journal; journals; diarist|diaries; diary
        memoir|form|memoirs; autobiography; autobiographies; first-hand accounts; eyewitness; eyewitness accounts; \
        own story; narratives; personal narrative; personal narratives; true accounts; true account|memoir; \
        biography; personal narratives; autobiography
        biography|form|biographies; life of; lives of; true life|biography
        history|genre|histories; historian; historians; historical account; works of history|history
        travel|genre|travel writing; travel books; travelogue; travelogues; journeys; journey; travels; \
        voyages|travel; exploration; voyages and travels
        exploration|genre|discoveries; explorations|exploration; journey; polar regions
        nature|genre|natural history; nature books; naturalist; naturalists|nature; natural history
        popular science|genre|science; scientific; scientists; science book; science books; science writing; \
        popular science books|popular science; science
        technology|genre|engineering; inventions; inventors; machines; engineers|technology; inventions
        philosophy|genre|philosophical; philosopher; philosophers; metaphysics|philosophy; ethics; free will
        religion|genre|religious; theology; spiritual; spirituality|religion; spirituality
        sociology|genre|social science; anthropology|sociology; anthropology
        literary criticism|genre|criticism; literary history|literary criticism
        self-help|genre|self help; self-improvement; productivity; personal development|self-help; conduct of life
        reference|genre|dictionary; dictionaries; encyclopedia; encyclopaedia|reference
        non-fiction|form|nonfiction; non fiction; true story; true stories; factual; real life; original works; \
        modern account|non-fiction
        classics|mood|classic; great books; canon; old-fashioned; old fashioned; classic literature; literary \
        classics; must-read; must-reads|classics
        children's|audience|children; child; kids; kid; juvenile; seven-year-old; eight-year-old; nine-year-old; \
        ten-year-old; eleven-year-old; twelve-year-old; 7-year-old; 8-year-old; 9-year-old; 10-year-old; \
        11-year-old; 12-year-old; is 7; is 8; is 9; is 10; is 11; is 12; 7 year olds; 8 year olds; 9 year olds; 10 year olds; is seven; is eight; is nine; is ten; is eleven; is twelve; aged seven; aged \
        eight; aged nine; aged ten; aged eleven; aged twelve; childrens book; childrens books; little ones; read \
        aloud; reading aloud; girls books; boys books; classroom; pupils|children's; juvenile
        young readers|audience|son; daughter; grandson; granddaughter; nephew; niece; boy of mine; my boys; my \
        girls; family reading|children's; young adult; fairy tales
        picture books|audience|five-year-old; six-year-old; four-year-old; three-year-old; two-year-old; \
        5-year-old; 6-year-old; 4-year-old; 3-year-old; is 3; is 4; is 5; is 6; is five; is six; is four; is three; aged five; aged six; \
        picture book; bedtime; bedtime story; bedtime stories; toddler; toddlers; \
        preschool; nursery; little kids; first readers|picture books; bedtime; nursery rhymes; toys; ~picture books; fairy tales; fairy tale; ~nursery|young adult; horror; violence; war; slavery; death
        young adult|audience|ya; thirteen-year-old; fourteen-year-old; fifteen-year-old; sixteen-year-old; \
        13-year-old; 14-year-old; 15-year-old; 16-year-old; is 13; is 14; is 15; is 16; is thirteen; is fourteen; is fifteen; teen; teens; teenager; teenagers; teenage; adolescents; young adults|young adult
        grown-ups|audience|grown ups; grownups; adults; adult; grown-up|literary fiction|children's; young adult
        funny|mood|humour; humor; humorous; comic; comical; hilarious; laugh; laughs; laughing; make me laugh; dying of laughter; dying with laughter; \
        die of laughter; die laughing; died laughing; dying laughing; laughed to death; laughter; laughed; laugh out loud; amusing; entertaining; cheer me up; witty; wit; clever; silly; absurd; jokes; \
        light-hearted; lighthearted|humour; comedy; satire; parodies; funny; witty|war; tragedy; horror; \
        periodicals; murder
        gentle|mood|cosy; cozy; comforting; comfort; comfort read; comfort reading; feel-good; feel good; \
        heartwarming; heart-warming; warm; soothing; calm; peaceful; quiet book; quiet read; quiet novel; charming; sweet; wholesome; \
        relaxing; nothing terrible happens; nothing bad happens|domestic fiction; country life; \
        villages; friendship; families; pastoral; humour; gardens; animals; cosy; tender; whimsical; \
        uplifting|horror; murder; war; crime; tragedy; tragic; thriller; death; dark; adultery; suicide; violence; \
        eerie; gothic; revenge
        creepy|mood|scary; frightening; spooky; eerie; chilling; terrifying; unsettling; sinister; uncanny; \
        haunting; nightmare; nightmares; spine-chilling; macabre; hair-raising; scare|horror; ghost stories; \
        gothic; supernatural; ghosts; paranormal fiction; haunted houses; vampires; eerie|humour
        dark|mood|stormy; brooding; gloomy; bleak; grim; moody; wild passion; passionate; tempestuous; dark and \
        stormy; disturbing; doomed love|gothic; tragedy; psychological fiction; revenge; horror; rejection; \
        foundlings; crime; dark; tragic|humour; children's
        sad|mood|depressing; heartbreaking; heart-breaking; tearjerker; tear-jerker; tragic; melancholy; \
        melancholic; make me cry; cry; weepy; misery; miserable; upsetting|tragedy; tragic; melancholy; \
        grief; loss; suicide; death; suffering; dark|humour; comedy
        uplifting|mood|inspiring; inspirational; hopeful; optimistic; life-affirming; happy; cheerful; joyful; \
        happy ending|humour; friendship; success; christian fiction; self-help; children's; uplifting; \
        tender|tragedy; horror
        exciting|mood|gripping; thrilling; page-turner; page turner; fast-paced; fast paced; action; \
        action-packed; unputdownable; breathless; tense; edge of my seat|adventure; thriller; espionage; detective \
        fiction; fast-paced; suspenseful
        thoughtful|mood|book club; bookclub; reading group; reading circle; thought-provoking; thought provoking; profound; deep; intellectual; ideas; reflective; \
        meditative; meaningful|philosophy; psychological fiction; essays; ethics; philosophical; \
        thought-provoking; eye-opening
        lyrical|mood|beautiful; beautifully written; poetic; gorgeous prose; atmospheric; dreamy; \
        dreamlike|poetry; psychological fiction; nature; lyrical; dreamlike
        light|mood|on the beach; at the beach; for the beach; by the pool; for the plane; on the plane; on a plane; for a flight; on a flight; long flight; long train ride; train ride; road trip; waiting room; rainy day; rainy sunday; \
        for the train; on holiday; on my holiday; for my holiday; for the holidays; on vacation; for vacation; for my vacation; summer read; \
        summer reading; my commute; nothing demanding; undemanding; not demanding; nothing heavy; easy; easy read; light reading; beach read; holiday reading; holiday read; fun; page-turning \
        fun|humour; romance; adventure; detective fiction; funny; witty|philosophy; tragedy
        epic sweep|mood|sweeping; huge; sprawling; lots of characters; loads of characters; many characters; big \
        novel; big fat; doorstopper; doorstop; monumental; panoramic; saga; family sagas; vanish into; lose myself \
        in; get lost in; immersive|historical fiction; epic; families; adventure; domestic fiction; revenge; long; \
        suspenseful
        strange|mood|weird; bizarre; surreal; odd; unusual; quirky; experimental; hallucinatory; trippy; \
        kafkaesque; offbeat; nonsense|fantasy; surrealism; horror; nonsense; ~nonsense; psychological fiction; \
        weird fiction; dreamlike; whimsical; magical realism; identity
        mysterious|mood|enigmatic; puzzling; puzzle; twist; twists; plot twist; plot twists; intriguing|detective \
        fiction; mystery; crime; thriller; suspenseful
        serious|mood|weighty; sober; realistic; realism; realist; naturalistic; gritty|realism; social problems; \
        psychological fiction; domestic drama; tragedy; tragic; society; poverty; ethics|humour; comedy
        """
}
