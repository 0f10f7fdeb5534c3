extension CareTable {
    /// Violence, harm, emergencies, hunger.
    static let englishDanger = WordingSource(
        classes: englishClasses,
        wordings: """
            violence:
            ^ dad|mum|mom|daddy|mummy|stepdad ~1 $hit mum|mom|me|us|dad|my|him|her !at|in|by|with|to
            i ~1 hiding ~5 he|husband|dad|him|father|boyfriend|drunk
            hands|hand around|on my neck|throat
            forced himself|herself|themselves|themself ~1 me
            $abuser ~2 stalking|stalks|stalked|harassing|harasses|blackmails|blackmailing|grooming me|us
            pointed|points|pulled|aimed|held|holds|put ~2 gun|knife|weapon ~2 me|us|my
            threatening|threatens|threatened|threat|blackmails|blackmailing ~5 nudes|pictures|photos|videos|intimate
            knife|gun|weapon|axe ~6 me|my|door|house|us|outside
            $abuser ?has|have|had|is|was|keeps|keep|kept|will|would|started|does|did|often|regularly|always|tries|tried|physically|sexually|was|had|been|likes ?to $hit me|us !at|to|off|out|as
            $abuser ~2 $hit ~1 my|our face|head|arm|ribs|stomach|children|kids|mum|mom|mother|sister|brother|baby|son|daughter
            my|our|next|the $abuser ~2 $hit my|his|her|our|their|the ~1 $kin|kids|children|dog|babies !at
            i ~3 hit|beaten|abused|raped|molested|assaulted|stalked|threatened|strangled|choked|attacked|groped|trafficked|drugged|blackmailed|kidnapped|slapped|punched|kicked by ~2 my|him|her|them|$abuser|stranger|colleague|$kin
            i ~2 raped|molested|trafficked|gangraped
            being|getting|gets|get|been beaten|abused|raped|molested|stalked|trafficked|groomed !by ?a ?this ?the ?book
            i ~3 being|get|getting ~1 beaten|abused|raped|hit|stalked|threatened|blackmailed|followed|strangled|bullied|harassed|assaulted
            raped|molested me
            rapes|rape|abused|molests|abuses|abusing|raping me
            sexually ?assaulted|abused|harassed|touched|abuse me|by
            i ~2 sexually abused|assaulted|harassed
            $family ~2 touch|touches|touched|touching|gropes|fondles|rubs me !deeply|by|profoundly|so|with|a|to
            touch|touches|touched|touching me|my ~2 down|private|privates|inappropriately|sexually|where|breasts|body|bum|at|when|under
            $family ~2 makes|made|make|forces|forced|forcing|force me ~2 do|touch|undress|sleep|have|perform|watch|strip ~2 sexual|sex|naked|him|her|porn|things|clothes
            forces|forced|forcing ~1 me ~3 sex|marriage|marry
            forced marriage|to marry ~3 me|my|i
            $family ~1 comes|came|sneaks ~1 into|in|to my room|bed|bedroom !with|to ?read
            $abuser ~2 threatens|threatened|threatening|threat|said|says|tried|trying|swears|swore|promised|told ~5 kill|hurt|shoot|stab|murder|strangle|beat|rape me|us|my
            $abuser ~2 wants|going|will|would|is|about|plans|might|could ~2 kill|murder|shoot|stab|strangle|beat|rape|hurt me|us
            will|going|wants|tried|trying to kill me .
            going ?to kill me .
            afraid|scared|terrified|frightened ~3 my|for ~1 husband|boyfriend|partner|dad|father|stepdad|stepfather|ex|wife|girlfriend|uncle|life|safety|mum|mom|mother|brother|stalker
            afraid|scared|terrified|frightened ~1 to|of|going go|going|be|being ?go ?back home|house
            not|never|un ~1 safe ~1 at home|here|with|around
            i ~3 in danger|unsafe
            i ~3 not ~1 safe .
            my home|house is not safe
            $abuser ~3 locked|locks|lock|keeps|kept|holds|holding|tied me|us ~3 in|up|prisoner|hostage|captive|against|inside|here|basement|room|house|phone
            held|holding me ~1 hostage|captive|against|prisoner
            $abuser ~1 will|would|does not let me|us leave|out|go|see
            i ~3 in|with ~1 abusive|violent relationship|marriage|home|husband|partner|boyfriend|household
            my ~1 $abuser ~2 abusive|violent|hits|beats|aggressive !at|film|books|in
            i ~4 victim|survivor|experiencing|suffering|suffer|experience|facing ~2 domestic|sexual|physical|child|family violence|abuse|assault
            domestic|sexual violence|abuse ~2 at|in|from|by ~1 home|house|my|me
            my|our|a ~1 $kin|neighbours|neighbors|child ~3 being|gets|is|was|getting|been ~1 abused|beaten|hit|raped|molested|groomed|neglected|threatened|assaulted !at|in|by
            my|our|a ~1 $kin ~3 abused|beaten|hit|raped|molested by ~2 $abuser
            neighbour|neighbours|neighbor|neighbors ~3 $hit|hitting|beating ~2 $kin|kids|children
            child|kid ~2 is in danger
            someone|somebody|man|he|they ~1 following|stalking|chasing me !on
            someone|somebody|he|stranger ~3 outside|at my ~1 door|house|window|flat
            someone|somebody|he|stranger|burglar ~3 break|breaking|broke|broken in|into ~2 my|now|.|house
            i ~3 being blackmailed|trafficked
            $abuser ~3 nudes|naked|photos ~6 threatens|blackmail|threatening|leak

            violence?:
            rape|abuse|domestic|violence|sexual ~2 hotline|helpline|lifeline|hotlines|helplines|crisis|shelter
            $abuser|there ~3 has|have|with|got ~1 a|his|her ~1 knife|gun|weapon|axe|machete
            someone|somebody|man|he|they ~1 watching me
            hits|beats|beaten|beating me
            i ~2 abused|assaulted|attacked|bullied ~3 child|kid|.|school|yesterday|night|work
            $abuser hurt|hurting|bullied|bully me !with|by
            $abuser ~2 going|will|gonna ~1 kill me
            i ~2 scared|afraid of him|her
            i ~2 being|get|getting bullied

            harm:
            voices ~3 tell|telling|say|saying ~4 kill|hurt|stab|die|jump
            kill|stab|shoot|murder him|her|them|everyone|someone ~9 knife|gun|weapon
            i ~2 have ~1 gun|knife|weapon|bomb ~4 kill|shoot|stab|school
            i ~3 want|going|need|urge|about|planning|plan|plans|thinking|thought|thoughts|feel|might|will|wanna|dream|ready|decided|afraid|tempted|fantasize|fantasizing ~4 kill|killing|murder|murdering|stab|stabbing|shoot|shooting|strangle|strangling|hurt|hurting|harm|beat|attack|poison|choke|rape|smother|drown|punch|slap|hit ~1 him|her|them|people|someone|somebody|everyone|everybody|kids|children|others|that|those|you !off
            i ~3 want|going|need|urge|about|planning|plan|thinking|thoughts|feel|might|will|wanna|ready|decided|afraid|tempted ~4 kill|killing|murder|murdering|stab|shoot|strangle|hurt|hurting|harm|beat|attack|poison|choke|rape|smother|drown|hit|shake|slap|punch my|our|his|the|this ~2 $kin|boss|teacher|classmates|coworkers|colleagues|parents|family|kids|children|bullies|landlord|neighbours|neighbors|manager|pastor
            i ~2 could|can not ~2 stop hurting|hitting|beating|shaking my ~2 $kin|kids|children
            i ~2 hurt|hit|shook|stabbed|beat|strangled|killed|shot|poisoned my|him|her|someone|a|them ~2 $kin|child|kids|someone|person|today|tonight|just|now|him !at
            i ~3 killed|stabbed|shot someone|somebody|him|her|them .
            want|going|plan|planning|ready ~1 to shoot|blow|bomb|burn|attack|bring ~3 school|church|mosque|synagogue|office|work|mall|class|classroom|house|hospital
            bring|take|taking|bringing ~1 gun|knife|weapon|bomb ~1 to school|work|class|church
            how ~3 kill|poison|murder|strangle my ~2 $kin|boss|teacher|neighbour|neighbor|landlord|parents|family
            ^ want|going|wanna ?to kill|stab|murder|hurt him|her|them|someone|somebody|people|everyone !off
            make|making ~1 them|him|her|everyone pay|suffer ~4 die|kill|gun|knife|blood
            hear|hearing voices ~5 kill|hurt|harm

            harm?:
            how ~3 kill|poison|murder|strangle someone|somebody|person|people|human|him|her !in|off
            how ~2 to ~1 make|build a ~1 bomb
            i ~3 hate ~4 enough ~1 kill

            emergency:
            $kin ~3 chest pain|pains|hurts
            i ~2 taken|took the $pills .
            i|he|she|$kin ~2 taken|took|swallowed|popped ~1 ten|fifteen|twenty|thirty|forty|fifty|sixty|hundred ~2 $pills
            he|she|baby|$kin ~3 not responding
            throat ~1 closing|swelling|swollen
            i|he|she|baby|child|son|daughter|husband|wife|friend|mum|mom|mother|dad|father|grandma|grandpa|grandmother|grandfather|someone|they|man|woman|$kin ~2 having|has !had ~3 heart|stroke|seizure|seizures|anaphylactic|overdosed ?attack|shock|now|today|.
            my chest ~1 hurts|hurt|pain|is
            i ~3 chest|heart pain|pains|pressure
            pain|pressure|tightness in my chest
            i|he|she|baby|$kin ~2 can not ~1 breathe !because|laughing|properly|without|in
            i|he|she|baby|child|$kin|they ~3 not|stopped|isnt breathing
            he|she|baby|$kin ~3 unconscious|unresponsive|collapsed|fainted|convulsing
            he|she|baby|$kin ~2 will|is|does not ~1 wake|waking|responding ~1 .|up|me
            i|he|she|baby|$kin ~3 bleeding ~3 badly|heavily|out|death|lot|stop|everywhere|much|profusely
            i|he|she|baby|$kin ~3 bleeding .
            bleeding will|does not stop
            i|he|she|baby|$kin|kid|toddler ~3 swallowed|swallow|drank|drunk|ate|eaten|ingested|inhaled ~4 bleach|poison|battery|detergent|antifreeze|chemicals|cleaner|petrol|mushrooms|pesticide|drain|magnet|magnets|$pills
            i|he|she|$kin ~2 took|taken|swallowed|popped ~2 all|whole|entire|too|bottle|lots|lot|lot|handful|bunch|pack|packet|box|many ~4 $pills
            i|he|she|$kin ~2 took|taken|swallowed|popped ~1 ## ~3 $pills
            i|he|she|$kin ~3 took|taken|having|had ~1 overdose
            i|he|she|$kin ~2 overdosed|overdosing|oded|od
            accidental|drug|accidentally ~2 overdose|overdosed ?help|.
            need|call|send|get|want ~2 ambulance|paramedics|paramedic
            call|calling ~1 police|911|112|999
            i ~2 need ~1 police
            ambulance please|now|.
            i|he|she|baby|$kin ~2 choking
            severe|having|allergic ~2 allergic reaction|anaphylaxis
            $kin|he|she ~2 drowning|electrocuted|poisoned .
            i ~2 bitten by|poisoned ~2 snake|dog|someone
            house|flat|kitchen|room|apartment ~1 is|on on fire
            left arm is|feels|hurts|goes numb|tingling|.
            i ~2 going into labour|labor
            fell|fallen|fall down|from|off ~5 ~3 unconscious|moving|move|bleeding

            emergency?:
            i am ~1 dying .
            i ~2 poisoned|bleeding|fainting
            heart attack now|help|.
            ^ help ~1 me ~3 emergency|die|dying|danger

            eating:
            throwing|throw up my ~1 food|meals
            i ~2 throw|throwing|vomit|puke ?up everything|all ~2 eat|.
            eat|eating ~2 # calories
            make|making|made|makes myself ~1 throw|sick|vomit|puke|vomiting
            i ~4 throw|throwing|threw|vomit|vomiting|puke|puking ~2 ?everything ?food ?it ~2 after|every|whenever ~3 meal|meals|eat|eating|food|dinner
            i ~4 purge|purging|purged|binging|bingeing !my|files|the
            i ~3 starve|starving|starved myself
            starve|starving|starved myself
            i ~3 not ~1 eaten|eat|eating|ate ?anything|properly|food ?in|for|since ~2 day|days|week|weeks|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday !because ?of
            i ~3 eaten|ate|eat|eating nothing|nearly|barely|hardly ?nothing ?anything for|in|since|because|and
            i ~6 stopped eating !meat|sugar|gluten|bread|at|out|carbs|dairy|animals|chocolate|chips|junk|in|with
            i ~2 want to stop eating
            i ~3 afraid|scared|terrified of|to eat|eating|food|gaining
            i ~2 anorexic|bulimic
            i ~3 anorexia|bulimia|eating disorder|is|.|again|and
            live on # calories
            i ~4 laxatives ~3 weight|thin|lose
            i ~4 can not|stop ~1 stop throwing|vomiting|purging|binging|starving|puking ?up ~1 .|after|every|and|because|when
            eat|eating|eaten|ate ~6 feel|felt|look ~1 fat|disgusting|huge
            i ~3 too|so fat ~4 eat|eaten|food|die

            eating?:
            only # calories
            hate|hates|hating|loathe|despise|disgusted|repulsed ~1 my ?own body|weight|reflection .|and|so|because|anymore
            hate|loathe|disgusted ~1 how ~1 i ~1 look ~1 .|so|and
            """)
}
