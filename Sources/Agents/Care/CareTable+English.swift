extension CareTable {
    static let englishClasses = """
        kill: kill killing unalive unaliving end offing off hang hanging drown drowning shoot shooting stab stabbing
        abuser: he she they hed hell shell husband hubby wife boyfriend girlfriend bf gf partner dad daddy father mum mom mommy mummy \
        mother stepdad stepfather stepmum stepmom stepmother uncle aunt brother brothers sister cousin grandpa grandfather \
        granddad ex parents coach teacher priest boss landlord neighbour neighbor man guy someone somebody people kids \
        classmates roommate flatmate son hubby fiance spouse carer caregiver stalker
        family: he she dad daddy father stepdad stepfather uncle brother cousin grandpa grandfather granddad teacher coach priest \
        boss man guy mum mom mother stepmum stepmom stepmother aunt babysitter neighbour neighbor someone somebody doctor
        kin: friend bestie mate buddy sister brother son daughter kid child baby mum mom mother dad father wife husband boyfriend \
        girlfriend partner roommate flatmate housemate neighbour neighbor colleague coworker classmate student pupil cousin niece \
        nephew ex uncle aunt grandma grandpa grandmother grandfather stepson stepdaughter toddler bro sis
        hit: hit hits hitting beat beats beating slap slaps slapped slapping punch punches punched punching kick kicks kicked \
        kicking choke chokes choked choking strangle strangles strangled strangling abuse abuses abused abusing rape rapes raped \
        molest molests molested grope gropes groped assaults assaulted burns whips whipped threaten threatens threatened \
        threatening stabbed bullies hurts
        pills: pills pill tablets painkillers paracetamol tylenol ibuprofen aspirin medication meds xanax sleeping antidepressants
        them: him her them people someone somebody everyone everybody myself us
        self: himself herself themselves themself theirself itself
        """

    /// Idioms, and what somebody in need says of themselves or of a friend.
    static let english = WordingSource(
        classes: englishClasses,
        wordings: """
            idiom:
            beaten by ~3 at|in
            bleeding money|cash|edge|heart|hearts
            nearly|almost|gave|gives|give ~2 heart attack|stroke
            nearly|almost died
            die|dying|died laughing
            die|dying|died from|of ~1 laughter|laughing|boredom|shame|embarrassment|curiosity|hunger|thirst|heat|envy|cringe|excitement|joy|happiness|cuteness|anticipation|suspense
            die|dying for
            die for
            die|dying to
            to die for
            die happy|alone
            die hard
            how not to die
            rather die than
            want to die but i want to eat
            die in a fire|game|video|fortnite|minecraft|dream|duel
            kill|killing|kills|kill some|the|more time
            killing time
            kill|killing two birds
            kill|killing for a|some|the|this|that
            killing|kills|killed|kill me with|softly
            kill|killing myself laughing|working|with|by|to|over|trying|for|at
            nearly|almost killed myself laughing|trying|on|with
            kill my darlings|darling|appetite|mood|vibe|buzz|process|position|lawn|weeds|houseplants|plants|plant
            kill him|her|them off
            how to kill your family
            hurt|shoot|beat people|him|her|them with ~2 camera|lens
            shoot|shot myself in the foot
            shoot|shooting people|him|her|them|someone|my ~3 camera|photo|photos|portrait|portraits|film|wedding|video
            drown|drowning|bury|burying myself in
            hang|hanging myself up
            cut|cutting|cuts myself some|off|a|loose|short|in|shaving|out|from|while|cooking|slack
            burn|burning myself out
            hurt|hurting myself skiing|playing|running|climbing|at|while|working|doing|in|during|lifting|jogging
            beat|beats|beating me|him|her|us|them|my at|to
            beat|beats|beating|beat|hit my|his|her|our|their ~2 record|score|deadline|high|target|best
            beat|beats|beating my|his|her|their|our ~2 at|in
            beat|beats|beating|beaten me|him|her|us in|by|with|on ~3 chess|race|game|games|tennis|cards|scrabble|football|points|monopoly|poker|quiz|trivia|smash|goal|inches|minutes|seconds
            hit|hits|hitting me|us up|like|hard|that|deep|differently|with|right ?a|the|another|his|her|some ~1 question|questions|idea|news|list|line|lines|quote|book|books|bill|novel|feels|poem|story|ball|truth|realization|nostalgia|recommendation|recommendations|suggestions|like|hard|that
            hit|hits me up
            hit|hits me that|like|differently|deep
            kicks|kicked|kick me out of the group|chat|team|class|server
            touched|touches|touch me|us deeply|so|profoundly|by|with ~1 book|novel|words|writing|kindness|story|music|gift|poem
            touched|touches me deeply|profoundly
            kill|murder me if|when ~5 lose|lost|break|broke|buy|bought|buying|bring|brought|forget|forgot|late|grades|grade|homework|report|order|ordered|spend|spent|finish|dishes|dog|miss|missed|test|exam|read|books|book
            kill me|us if|when|once|for ~2 sees|see|finds|find|discovers|knows|hears ~4 grades|grade|report|bill|mess|room|price|books|test|exam|car|receipt|shelves|pile
            end it|this with|there|here
            end it all with|by|at|in|on|well|happily
            end my life !right story|story|stories
            life in|into my|his|her|their own hands
            jump|jumped|jumping off ~2 couch|sofa|chair|seat|page|pages|diving|plane|bandwagon|ship
            overdose|overdosed|overdosing|od on ~2 books|romance|caffeine|coffee|sugar|chocolate|cuteness|fantasy|vitamin|vitamins|thrillers|reading|netflix|tv|nostalgia|christmas|cake|ice
            # kms
            many|few|some|several|hundred|thousand|the|of|per kms
            kms from|away|of|to|per|north|south|in
            laugh|laughs|laughed|laughing ~5 can not breathe|stop
            can not breathe laughing|from|because ~2 laughing|laugh|beautiful|good|funny
            live|living in|with|at|here|there|alone|abroad|near|off|by|on|without ~1 a|the|my|germany|france|spain|berlin|paris|parents|city
            go on holiday|vacation|trip|a|the|with|to|reading|about|amazon|line|online|foot|holidays|date|stage|youtube
            do this|it|that without|with|in|by|homework|exercise|problem|question|proof|equation|integral|math|maths
            heart attack grill|novel|book
            gave|gives|give|giving|gave me|him|her a|an ~1 heart|stroke
            want to die|kill myself is|was a|an|the|by
            wish i was|were dead right|sea
            stop breathing exercise
            done with life of|sciences|after|is|science
            tired of life of
            meaning|purpose|point of life is

            despair:
            not ~1 want to be alive !in|with|for|at|when
            not ~1 feel|feeling ?like ?being|be alive ?right ?now .|anymore
            rather|prefer ?to not ~1 be|exist ?alive .|anymore
            being alive ~1 hurts|hurt|hell|pain|exhausting|unbearable|pointless|torture
            reason|point ~4 be|being alive .
            why ~1 ?should i ~2 go|keep|carry ?on living|alive|going .
            life is ~1 not worth ?living ?it .|anymore
            nobody|noone|one|anybody|anyone care|cares ~1 if|whether i ~1 live|die|exist
            got|have the $pills ready
            my life to ~1 over|end|stop
            want to not ~1 exist|be|wake|live
            ^ do not want to live|exist|be ?alive ?here anymore|any|.
            cut|cutting ~1 too deep
            my life|existence ~1 has|have no|not ~1 meaning|purpose|point|value|sense|worth
            life has no meaning|purpose .|anymore
            i ~4 end|ending things tonight|now|today|.|forever
            i ~2 not ~1 see|have|imagine ~2 future ~1 for|.|anymore
            gun|rope|razor|blade|noose|knife ~8 on|for myself
            feel|feeling like dying .
            had enough of|with life|living
            self harm|harming urge|urges|again
            scratch|scratching|bite|biting|hit|hitting|punch|bang myself|my ?head ~2 until|bleed|blood|raw
            tie|make|tying|making ~2 noose
            buy|get|find|order|where ~4 cyanide|nembutal|arsenic|helium|poison ~3 end|die|kill|myself
            nembutal
            sewer slide
            cba|bothered living|existing
            ^ wish i ~2 never|not born|existed|exist|alive|here
            i ~1 should not|never ~1 exist|alive|born
            $kill myself
            $kill|killed my self
            kill|killed|murder me .
            ^ please kill|shoot me
            off|offed|delete|neck|rope|poison|suffocate|electrocute|hung|hanged|shot|stabbed|drowned|killed myself
            end|ending|ended|take|taking|took|finish|finishing my ?own life !to|seriously|into|for|in|story
            end|ending it all
            want|ready|going|rather|wish|about|plan|planning|planned|decided|tempted|try|should ?i ?to end it !with|there|here|at|by|on|in|well|all
            thoughts|thinking|thought of|about ending it !with
            want it all to end|stop
            i ?do ?so ?want|wanna|wish|hope|deserve|long|need|ought|rather|prefer|ready|going|would ?rather|like ?to die !of|from|laughing|in|with|at|for|but|like|hard|as|without
            ^ want|wanna|ready to die !of|from|laughing|with|at|for|but|hard|as
            i ~2 want|wish|prefer|like|rather ?to be dead
            i ~2 want to be gone|with the angels
            i should|could|would|wish ~1 die !of|from|for|laughing|to|if|with|before|without
            let me die
            i|^ wish ?that ?i ?was|were|am dead
            i wish i|that ~2 dead
            i wish i ~2 never|not born|existed|exist|alive|here|wake|woke|woken
            i ~2 better|happier off dead|gone
            i ~1 would|will ?be better dead
            world|everyone|everybody|family|they|people|kids|you|all|mum|mom|parents|friends ~3 better|happier ?off without me
            better|happier|easier ?off if|when i ~2 dead|gone|not|died|disappeared|disappear|die|vanished|around
            better off without me
            nobody|noone|one|anyone|anybody|who|somebody|everyone ~2 miss me .
            nobody|noone|one|anyone|anybody ~3 miss|notice|care|cry|mind ~2 if i ~3 die|died|dead|gone|disappeared|disappear|vanished|killed|exist|existed
            no|any|not|without ~2 reason|point|purpose|will|sense|energy|strength|desire ~3 live|living|alive|existing|exist|life|going|go
            ^ no reason|point|will|purpose ~2 live|living|existing|anymore
            i ~3 nothing|anything ?left to live for
            ^ nothing ?left to live for
            lost the|my will ~1 live !after|reading|because|halfway|when|watching
            what ?is the point ~2 living|life|existing|anymore|alive !is|according|in|for
            see|seeing|find ~2 ?the|no|any|a point|reason|sense|purpose ~1 living|life|anymore|alive|existing|it ?all|future
            life is ~1 not|no|pointless|meaningless|worthless ~1 worth|point|anymore|.
            not worth living
            i ~3 not ~1 want to|be live|living|exist|existing|alive !in|with|at|on|near|next|here|there|and|off|by|without|for|up|under|abroad|alone|together|my
            i ~1 not want to live anymore|any|like|in ?this ?world
            i ~3 no longer|want ~1 want ?to live|exist|be|alive !in|with|a|at|your|the|my|an
            i ~3 not ~1 want to be here|around !in|at|for|when|with|to|and|on|longer|more|than|long|until|past
            i ~3 not ~1 want to be here anymore|any
            ^ not want to be here|alive|live|exist anymore|any|.
            i ~2 not ~1 want to be on this earth|planet|world
            i ~2 not ~1 want to wake up !early|at|before|in|my|the|late|so|a|to|with|and
            i ~2 not want to go on !a|holiday|the|vacation|with|to|about|reading|my|an
            sleep ~3 never|not wake|waking
            never|not wake|waking up again|anymore|tomorrow
            i ~3 want|wish|hope ~5 never|not wake up
            can not go|keep|carry on|going !to|with|about|holiday|vacation|a|the|reading|line|amazon|my|an|this|his|her
            can not go on|living like this|anymore|any
            can not ~1 live|living like|this|anymore|any
            can not ~1 do this|it anymore|any
            can not ~2 bear|stand|take ~2 ?to ?live|life|living|existence|pain|it|this anymore|any|being|living
            can not take ~1 ?it|this|life anymore|any
            i ~4 tired|sick|done|exhausted|fed|bored ?up of|with|from living|existing|life|breathing .
            < tired|sick|done of|with living|existing|life .
            tired|sick|done of|with|from being alive
            i ~2 give|giving|gave|given up on life|living|everything|myself
            want to disappear ?forever .
            want to disappear|vanish forever|from
            i ~3 jump|jumping|throw|throwing|step|stepping ~1 off|from|out|in|under|front|myself ~4 bridge|building|roof|rooftop|balcony|window|train|tracks|cliff|tower|car|cars|truck|bus|traffic|subway|metro
            throw|throwing|threw myself off|under|out|from|in
            slit|slitting|slash|slashing|cut|cutting|open|opening my ~1 wrist|wrists|throat|veins|arm|arms|thighs|skin|leg|legs
            burn|burning|burned|burnt|scratch|scratching|carve|carving my ~1 arm|arms|skin|thigh|thighs|legs|wrist
            i ~4 self harm|harming|harmed|injure|injuring|injury
            i ~4 selfharm*
            ^ self harm|harming|injury again|.
            relapsed|relapse ~3 cutting|selfharm|self
            i ~3 cutting again|myself
            been|started|keep|stop|started cutting .
            cut|cutting|burning|hitting|punching|starving|mutilate|mutilating|choking myself
            want|going|need|urge|like|tempted|tempting|wants to hurt|harm|cut|injure|punish|burn myself
            hurt|hurting|harm|harming|injuring myself ~1 .|again|purpose|feel|tonight|badly|every
            hurt|harm myself
            hurting|harming|injuring myself
            i ~3 overdose
            i ~5 ~2 take|swallow|taking|eat|down all ~4 $pills
            i ~4 take|swallow|taking ~2 whole|entire|bottle|too|handful|bunch|lots ~4 $pills
            overdose on ~2 $pills
            bought|got|saved|saving|hoarding|have ~2 $pills ~6 take|kill|end|die|overdose
            how|what ~1 many|much|number ~5 $pills ~7 die|kill|overdose|dead|end|lethal|fatal
            painless|painlessly|easiest|quickest|best|fastest|quick|easy|surest|least|how|good|simple|ways|way ~4 to|of ~1 die|dying painlessly|without|quickly|peacefully|fast|tonight|.|quick
            how|way|ways|method|methods ~3 kill|killing|hang|end yourself|oneself|yourselves|urself
            how|way|ways|method|methods ~3 end|take|ending your|ur|ones|my ?own life
            how|way|ways|method|methods|want|going|ready|wish|plan|planning|decided|should|tempted|try|tried|trying|wanna|attempt|attempted|about|intend ~3 commit|committing|do|attempt|attempting suicide|sui|sewerslide|toaster
            commit|committing suicide tonight|today|tomorrow|now|soon|because|.
            i ~4 commit|committing|committed|attempt|attempted|attempting|considering|contemplating|contemplate|planning|want|considered|googling|suicide ~2 suicide|sui
            i ~4 thinking|think|thought|thoughts|dream|fantasize|fantasizing|obsessed ~2 suicide|sui|suicidal|dying|death|unaliving|killing !in|of|metal|penalty|valley|note|star|row|by|at|on
            ^ thinking|contemplating|considering ~1 suicide|sui|dying .
            i ~3 suicidal !books|novel|novels|character|characters|poetry|poet|literature
            feeling|feel|felt|being|am|been suicidal
            suicidal|suicide thoughts|ideation|ideations|feelings|urges|attempt|note|letter|plan again|.|every|lately|all|back|today
            have|having|had|get|getting|got|my|these|with|fighting|struggling suicidal|suicide thoughts|ideation|ideations|feelings|urges|plan
            < suicide|suicidal|sui|kms|unalive|sewerslide|selfharm|kys >
            < self harm|harming >
            kms|unalive|ctb|kys
            sui|toaster ?bath myself|tonight|myself|now
            catch|catching the bus forever
            wrote|written|write|writing|leaving|left|sent|have ~2 suicide|goodbye note|letter|message
            goodbye|bye|farewell cruel world
            goodbye|bye|farewell ~1 everyone|forever|all|world ~4 can|sorry|forgive|love|last|over|end|forever
            this is ~1 goodbye|last message|forever|goodbye|.|night|day
            my last day|night|hours on|alive
            i ~3 not deserve ?to live|living|alive|exist|life|breathe
            i ~3 burden to|on|for ~2 everyone|everybody|family|all|them|parents|others|people|friends
            no|only ~1 way out ~1 for|left|of|anymore|.|is ~1 me|death|anymore|this|life|die|dying|.
            leave|leaving|depart|escape this world|life|earth|planet|existence ?behind .
            want|going|ready to leave this world|life|earth
            ready to go .
            unsubscribe|checkout|check ?out from|of life
            can not see|imagine|picture ~1 future|tomorrow|way
            everything is hopeless|pointless
            i ~2 hate being alive
            i ~2 hate my ?own life|existence|. .
            i ~2 hate myself .

            despair?:
            want everything|all|it ?all to be over|finished|gone ?forever .
            bought|got|have ~1 rope|noose|gun|razor|blades ~6 going|ready|tonight|do|plan
            how can|could|do|should i|you|one|we|someone ~1 die ~1 without|painlessly|quickly|fast|peacefully|easily
            how to die ~1 without|painlessly|quickly|fast|peacefully|easily
            if i ~2 want to be here tomorrow|anymore|alive
            suicide|suicidal|crisis|selfharm|samaritans ~2 hotline|helpline|hotlines|helplines|lifeline|line|lines|number|phone|chat|prevention !item
            hotline|helpline|lifeline|number ~3 suicide|suicidal|samaritans|depression|crisis
            i ~1 standing|sitting on|at ~3 bridge|ledge|roof|rooftop|edge|tracks|railing|windowsill
            i ~1 not want to die .
            want it|everything|all ?all to stop|end|over|be .
            want the pain|hurt|suffering|voices to stop|end|go
            make it|the ?pain ?all stop .
            i ~3 give|giving up .
            can not ~1 do this|it .
            can not take it|this .
            kill me ?now .
            i ~3 hopeless|worthless .
            i ~2 going to die .
            how|what ~4 lethal|fatal|deadly ~3 $pills
            he|she ~2 wants|tried|trying|threatened|threatens|attempted|going ?to kill|hang|drown $self
            he|she|they ~2 suicidal|selfharming

            friend?:
            my|our|a ~1 $kin ~9 kill|hang|shoot|hurt|harm|drown $self

            friend:
            my|our ~1 $kin ~6 end it .|all|tonight|now|today
            friend|sister|brother|cousin|colleague|classmate of mine ~6 suicidal|suicide|kill|killing|die|cutting|end|selfharm*
            my|our|a ~1 $kin ~4 wants|want|trying|tried|going|threatens|threatened|threatening|planning|says|said|attempted|about|think|wanted ~6 kill|killing|hang|hanging|shoot|end|hurt|harm|cut|unalive|drown|poison $self
            my|our|a ~1 $kin ~5 shoot|kill|hang|drown|cut|cutting|cuts|harming|hurting|harms|hurts|killed|burns|starving|killing $self !in|by|with|laughing|at|off|on|some|slack|a|short|loose|shaving|cooking|skiing|playing
            my|our|a ~1 $kin ~5 end|ending|take|taking|took his|her|their ?own life|lives
            my|our|a ~1 $kin|she|he ~2 wants|said|says|told|texted|wrote|keeps|talks|talking|writes ~5 die|dead|suicide|suicidal|dying|unalive !in|of|laughing|for
            my|our ~1 $kin ~2 said|says|told|texted|wrote|posted ~8 ~3 not ~1 want to live|be|exist
            my|our ~1 $kin ~2 ?is|was|feels|seems|gets|might|may ?be suicidal
            my|our ~1 $kin ~3 suicidal|suicide|attempted|attempt suicide|thoughts|attempt|note|.
            my|our ~1 $kin ~3 attempted|tried|contemplating|considering|committing|threatening|threatens|commit suicide
            my|our ~1 $kin ~3 self harm|harms|harming|injuring
            my|our ~1 $kin ~3 selfharm*
            my|our ~1 $kin ~3 cutting|cuts|cut her|his|their ~1 arms|arm|wrists|legs
            my|our ~1 $kin ~3 cutting|cuts $self !a|some|off|short|loose|slack|while|shaving|cooking
            my|our ~1 $kin ~3 jump ~2 bridge|building|roof|window|balcony
            my|our ~1 $kin ~4 killed|hanged|shot $self ~1 yesterday|today|tonight|last|this|just|.
            my|our ~1 $kin ~4 not eat|eaten|eating ~4 days|weeks|anything|throws|.
            my|our ~1 $kin ~2 anorexic|bulimic|starving|purging
            $kin|someone|somebody ~2 in|is danger .
            """)
}
