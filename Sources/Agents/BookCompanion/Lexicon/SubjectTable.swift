/// What books are about and where they play, in readers' words and in the catalogue's.
///
/// A line: name | kind | what a reader may say; … | the catalogue's terms; … | terms that speak against it; …
/// A term that begins with "~" may be part of a longer one. The name is said by readers and a term as well.
enum SubjectTable {
    static let lines = """
        mars|topic|martian; martians; red planet|mars; ~mars; martians
        the moon|topic|moon; lunar|moon; ~moon
        space|topic|outer space; space travel; spaceship; spaceships; planets; galaxy; interplanetary; astronaut; \
        astronauts; stars and planets|space ships; interplanetary voyages; life on other planets; outer space; \
        space flight; space colonies; interstellar travel; ~space; aliens
        aliens|topic|alien; extraterrestrial; extraterrestrials; alien invasion; invasion from space|aliens; \
        martians; imaginary wars and battles; life on other planets; first contact
        time travel|topic|time traveller; time traveler; time machine; travel through time|time travel; time machine
        robots|topic|robot; android; androids; artificial intelligence; thinking machines|robots; robotics; \
        androids; artificial intelligence
        mad scientists|topic|mad scientist; man-made creature; artificial life; creating life; forbidden science; \
        science gone wrong|scientists; frankenstein; ~frankenstein; monsters; experiments; human experimentation; \
        artificial life
        monsters|topic|monster; creature; creatures|monsters; ~monsters; sea monsters
        vampires|topic|vampire|vampires; ~dracula; ~vampire
        werewolves|topic|werewolf|werewolves
        witches|topic|witch; witchcraft; warlocks|witches; witchcraft; ~witch
        magic|topic|magical; wizard; wizards; sorcery; sorcerers; spells; enchantment; school of magic|magic; \
        wizards; ~magic; magicians; enchantment
        dragons|topic|dragon|dragons; ~dragons
        fairies|topic|fairy; elves; goblins; faerie|fairies; elves; goblins
        pirates|topic|pirate; buccaneers; buccaneer; corsairs; privateers|pirates; ~pirates; buccaneers
        castaways|topic|castaway; desert island; stranded; marooned; shipwrecked; robinsonade; uninhabited island; \
        desert islands|castaways; shipwrecks; islands; survival; shipwreck survival; desert islands; robinson \
        crusoe; ~robinson crusoe
        shipwreck|topic|shipwrecks; ship wreck|shipwrecks; ~shipwreck
        whaling|topic|whale; whales; whalers; whaler; whale hunting|whaling; whales; whaling ships; ~whaling
        sailing ships|topic|sailing ship; sailing; yachts; yachting; life aboard; life at sea; sailors; seamen; tall ships; before the mast; \
        windjammers; clippers; sailor|seafaring; sailors; ship captains; sailing ships; sea; merchant marine; \
        ocean travel; sailing
        the navy|topic|navy; naval; royal navy; nelson; nelsons navy; midshipman; midshipmen; fighting sail; man \
        of war; frigate; frigates; age of sail; naval fiction; naval stories|naval; ~navy; naval battles; sea; \
        great britain. royal navy; midshipmen; ~nelson; napoleonic wars; sailors; seafaring; royal navy
        submarines|topic|submarine; under the sea; undersea|submarines; ~submarine
        polar exploration|topic|polar; polar expeditions; polar expedition; arctic; antarctic; antarctica; north \
        pole; south pole; ice and snow; northwest passage|arctic regions; antarctica; ~antarctic; ~arctic; north \
        pole; south pole; ~polar; polar regions
        mountaineering|topic|mountain climbing; climbing; mountaineers; mountains; everest; alps|mountaineering; \
        mountains; ~mountaineering; alps; ~alps
        the desert|topic|desert; deserts; sahara; bedouin|deserts; sahara; ~desert; arabian peninsula; bedouins
        the jungle|topic|jungle; rainforest; amazon|jungles; jungle; amazon river; amazon river region; tarzan
        africa|topic|african; safari|africa; ~africa; african
        india|topic|indian; raj; british india; mughal|india; ~india; bengal
        china|topic|chinese|china; ~china; chinese
        japan|topic|japanese; samurai; geisha|japan; ~japan; samurai
        egypt|topic|egyptian; ancient egypt; pharaohs; pyramids; mummies|egypt; ~egypt; mummies; pharaohs
        ancient rome|topic|roman empire; rome; romans; ancient romans; roman; caesar; gladiators|rome; ~rome; \
        romans; roman empire
        ancient greece|topic|ancient greeks; classical greece; greeks; greece|greece; ~greek; \
        ~greece; trojan war; athens; greek drama; ancient greece
        greek myths|topic|greek myth; greek mythology; greek legends; greek gods; trojan war; odysseus; orestes; \
        medea; oedipus|mythology, greek; greek drama; ~greek drama; mythology; trojan war; ~greek mythology; \
        ~greek; greece
        norse myths|topic|norse mythology; norse; vikings; viking; sagas; icelandic sagas|vikings; sagas; ~sagas; \
        mythology, norse; ~norse; iceland; ~icelandic
        king arthur|topic|arthurian; arthur; round table; camelot; merlin; knights of the round table|arthurian \
        romances; arthur, king; ~arthur; ~arthurian; grail; merlin
        knights and castles|topic|knights; knight; castles; chivalry; middle ages; medieval life; set in the \
        middle ages; crusades; crusaders|knights and knighthood; middle ages; ~knights; crusades; chivalry; \
        ~crusade; ~medieval; knights
        russia|topic|moscow; petersburg; tsar; tsars; set in russia|russia; ~russia; saint petersburg; moscow
        france|topic|set in france|france; ~france
        paris|topic|parisian|paris; ~paris
        london|topic|victorian london; londoners|london; ~london
        england|topic|english countryside; set in england; english country house|england; ~england
        scotland|topic|highlands; scottish highlands; edinburgh; jacobite; jacobites|scotland; ~scotland; \
        jacobites; highlands
        ireland|topic|dublin|ireland; ~ireland; dublin
        italy|topic|venice; florence; naples; set in italy; renaissance italy|italy; ~italy; venice; florence; rome
        spain|topic|madrid; set in spain; conquistadors|spain; ~spain
        germany|topic|berlin; set in germany|germany; ~germany
        new york|topic|manhattan; old new york|new york; ~new york
        the south seas|topic|south seas; pacific islands; polynesia; tahiti; samoa|oceania; tahiti; ~islands of \
        the pacific; polynesia; samoa
        australia|topic|australian; outback; bush life|australia; ~australia; bushrangers
        canada|topic|canadian|canada; ~canada
        mexico|topic|mexican|mexico; ~mexico
        the gold rush|topic|gold rush; klondike; yukon; alaska; gold fever; goldfields; prospectors; frozen \
        north|gold mines and mining; klondike river valley; yukon; alaska; ~klondike; ~yukon; ~alaska; ~gold \
        discoveries; sled dogs
        the seasons|topic|autumn; winter; spring season; springtime; seasons|seasons; autumn; winter; spring; ~autumn; ~winter; ~spring
        the wild west|topic|wild west; old west; frontier; cowboys; cowboy; gunslingers; ranch; sheriff; \
        outlaws|western; cowboys; ranch life; frontier and pioneer life; west; american west
        pioneers|topic|pioneer; pioneer life; prairie; settlers; homestead; homesteaders|frontier and pioneer \
        life; pioneers; prairie; farm life
        native americans|topic|native american; american indians; indians of north america|native americans; \
        ~indians of
        the french revolution|topic|french revolution; revolutionary france; guillotine; reign of terror; marie \
        antoinette; robespierre|french revolution; ~revolution, 1789; ~reign of terror; marie antoinette; \
        robespierre; ~vendee; scarlet pimpernel
        the american revolution|topic|american revolution; revolutionary war; war of independence|american \
        revolution; ~american revolution
        the american civil war|topic|civil war; american civil war; us civil war|american civil war; ~civil war; \
        us civil war
        the russian revolution|topic|russian revolution; bolsheviks; bolshevik|russian revolution; soviet union; \
        communism
        the first world war|topic|first world war; world war i; world war one; great war; wwi; ww1; trenches; \
        western front|world war i; ~world war i; first world war
        the second world war|topic|second world war; world war ii; world war two; wwii; ww2; nazi; nazis; \
        holocaust; blitz|world war ii; holocaust; ~world war ii; second world war
        napoleon|topic|napoleonic; napoleonic wars; waterloo; bonaparte|napoleon; napoleonic wars; ~napoleon; \
        waterloo
        tudor england|topic|tudor; tudors; henry viii; elizabethan; anne boleyn|elizabeth i; henry viii; ~tudors; \
        tudors; ~henry viii
        slavery|topic|slave; slaves; enslaved; enslaved people; been enslaved; slave narrative; slave narratives; \
        abolition; abolitionists|slavery; slaves; enslaved persons; ~slaves; slave narratives; abolitionists; \
        fugitive slaves; ~enslaved; african americans; underground railroad
        race|topic|racism; african american; black american; black americans; harlem; harlem renaissance|african \
        americans; race relations; ~african american; racially mixed people; harlem; racism
        orphans|topic|orphan; foundling; foundlings|orphans; foundlings
        school stories|topic|boarding school; schooldays; school story; schoolgirls; schoolboys; school|schools; \
        school stories; boarding schools; schoolboys; schoolgirls; students; school
        university life|topic|university; oxford; cambridge; college; campus novel|universities and colleges; \
        college students; ~oxford; college stories; education
        horses|topic|horse; ponies; pony; riding|horses; ~horses; horsemanship; ponies
        dogs|topic|dog; wolves; wolf|dogs; wolves; ~dogs; wolfdogs; sled dogs
        cats|topic|cat; kittens|cats; ~cats
        animals|topic|animal; animal stories; wildlife; beasts; talking animals; creatures of the wild|animals; \
        ~animals; rabbits; bears; mice; foxes; animal behavior
        birds|topic|bird; birdwatching; ornithology|birds; ~birds
        bees|topic|bee; beekeeping|bees; bee culture
        insects|topic|insect; giant insect; beetles; bugs; ants; butterflies|insects; beetles; metamorphosis; \
        ~insects; ants
        gardens|topic|garden; plants; flowers|gardening; gardens; plants; flowers; ~gardens
        loneliness|topic|lonely; solitude; isolation|loneliness; solitude; ~loneliness; isolation
        country life|topic|countryside; village life; village; rural; rural life; country village; farm; farms; \
        farming; small town; provincial life|country life; villages; farm life; pastoral fiction; city and town \
        life; ~villages; ~country life; pastoral
        high society|topic|high society; aristocracy; aristocrats; upper class; upper classes; manners; novel of \
        manners; comedy of manners; balls; drawing rooms; regency|upper class; aristocracy; manners and customs; \
        social classes; social life and customs; ~aristocracy; ~nobility; courtship; mate selection; social class; \
        manners; society
        poverty|topic|poor; slums; working class; the poor; unemployment; strikes; factory; industrial; \
        mills|poverty; poor; working class; slums; social problems; ~labor; industrialists; textile workers
        money|topic|wealth; greed; fortune; bankers; finance; speculation; misers|money; wealth; capitalists and \
        financiers; inheritance and succession; rich people; misers; ambition
        marriage|topic|married life; unhappy marriage; husbands and wives; wives; wedding|married people; \
        marriage; married women; mate selection; husbands; ~marriage
        adultery|topic|infidelity; affair; affairs; love triangle|adultery; triangles; ~adultery
        love and courtship|topic|courtship; suitors; matchmaking; first love|courtship; love; mate selection; \
        romance
        family|topic|families; sisters; brothers; siblings; father and son; mothers and daughters; parents; family \
        saga; generations|families; sisters; brothers; siblings; family; parent and child; fathers and daughters; \
        fathers and sons; mothers and daughters; domestic fiction; cousins; motherhood; fatherhood
        friendship|topic|friends; companions|friendship; ~friendship; best friends
        girls|topic|girl; daughters; heroine|girls; young women; ~girls; childhood
        boys|topic|boy; lads|boys; ~boys
        women's lives|topic|women; womens lives; feminism; feminist; womens rights; suffrage; suffragette; \
        suffragettes; independent woman; new woman; strong women; strong heroine; female lead; strong female lead; strong female; \
        female protagonist; female main character; female hero|women; feminism; women's rights; \
        suffrage; sex role; ~women; young women; married women; feminists; women's lives
        same-sex love|topic|gay; lesbian; queer; lgbt; lgbtq; homosexuality|gay men; lesbians; homosexuality; ~gay
        revenge|topic|vengeance; retribution; avenging|revenge; false imprisonment; ~revenge; jealousy
        betrayal|topic|treachery; traitor; traitors; intrigue; plots; conspiracy; conspiracies|betrayal; \
        conspiracies; intrigue; traitors; political intrigue; treason; revenge; deception
        guilt|topic|conscience; remorse; sin; redemption; atonement|guilt; redemption; sin; conscience; ~redemption
        murder|topic|murders; killer; killing; serial killer; poison; poisoning|murder; murderers; serial \
        murderers; ~murder; poisoning; crime
        prison|topic|prisoner; prisoners; jail; imprisonment; escape; gulag; convicts|prisons; prisoners; \
        imprisonment; escapes; convicts; ~prisoners; prison
        heists and thieves|topic|heist; thief; thieves; burglar; burglars; con man; con men; swindlers; \
        gentleman thief|thieves; swindlers and swindling; burglars; rogues; criminals; gentleman thief; ~thieves
        madness|topic|insanity; mad; asylum; mental illness; breakdown; obsession|mental illness; psychiatric \
        hospitals; insanity; mentally ill; obsession; ~mentally ill; madness
        doubles|topic|doppelganger; double; split personality; dual personality; double life|doppelgangers; \
        multiple personality; self-experimentation in medicine; ~doubles; impostors; double life; identity
        dreams|topic|dream; sleep|dreams; ~dreams
        death|topic|dying; grief; mourning; mortality|death; grief; bereavement; terminally ill; ageing
        the devil|topic|devil; satan; faust; hell; demon; demons|devil; faust; demonology; hell; ~devil
        christmas|topic|xmas; christmas stories|christmas stories; christmas; ~christmas
        hunting|topic|hunters; big game|hunting; big game hunting; ~hunting
        fishing|topic|angling; anglers; trout|fishing; ~fishing
        railways|topic|railway; trains; railroad; railroads|railroads; ~railroad; railroad travel
        flying|topic|aviation; airplanes; aeroplanes; pilots; balloons; airships|flying; balloons; air pilots; \
        airships; ~flight
        doctors|topic|doctor; physician; physicians; surgeons; hospital; hospitals; nurses|physicians; doctors; \
        hospitals; medicine; ~physicians; disease
        clergy|topic|priest; priests; vicar; vicars; clergyman; clergymen; cathedral town; bishops; monks; nuns; \
        convent|clergy; priests; ~clergy; monks; nuns; barsetshire
        artists|topic|artist; painter; painters; bohemians; bohemia; bohemian; sculptors|artists; painters; \
        bohemianism; ~artists; art
        musicians|topic|musician; composer; composers; singers; opera singer|musicians; composers; singers; music; \
        ~music
        the stage|topic|actors; actresses; actress; theatre people; stage life; circus|actors; actresses; theater; \
        theatre; circus
        writers and books|topic|about writers; about authors; novelists; books about books; journalists; journalist; newspapers; \
        bookshop; bookshops|authors; authorship; journalists; books and reading; booksellers; newspapers; books; \
        writing
        law and courts|topic|lawyer; lawyers; courtroom; trial; trials; court case; judges|lawyers; trials; law; \
        legal stories; ~trials; court; justice
        politics|topic|political; politicians; parliament; elections; government; power|political fiction; \
        politics; politicians; politics and government; legislators
        totalitarianism|topic|dictatorship; big brother; tyranny; police state; oppression|totalitarianism; \
        dystopia; dictators; ~totalitarian
        revolution|topic|revolutions; rebellion; uprising; uprisings; revolutionaries; rebels; anarchists; \
        anarchism|revolutions; revolutionaries; ~revolution; anarchists; insurgency; revolution
        spies|topic|spy; secret agent; secret agents; secret service; cold war|spies; espionage; spy stories; \
        secret service; cold war
        detectives|topic|detective; sleuth; sleuths; inspector; private eye; private investigator; amateur \
        detective|private investigators; detective fiction; police; ~detective; sherlock holmes; detectives
        locked rooms|topic|locked room; impossible crime; country house murder|detective fiction; murder; country \
        homes
        treasure|topic|treasure hunt; buried treasure; hidden treasure; treasure map; lost gold|treasure troves; \
        ~treasure; pirates; treasure
        lost worlds|topic|lost world; lost race; lost civilization; lost civilisation; dinosaurs; prehistoric; \
        hollow earth; inside the earth; subterranean|prehistoric animals; dinosaurs; lost continents; \
        ~prehistoric; earth; ~lost; civilization, subterranean; ~underground; atlantis
        the end of the world|topic|apocalypse; apocalyptic; post apocalyptic; end of the world; last man; \
        survivors|end of the world; ~apocalyptic; regression; epidemics; ~catastrophes; \
        apocalypse
        epidemics|topic|plague; plagues; pandemic; epidemic; pestilence|plague; epidemics; plagues; ~plague; disease; quarantine
        the future|topic|future; futuristic; far future; future society; world of tomorrow|future; two thousand, \
        a. d; ~future; utopia; dystopia; time travel; science fiction
        invisibility|topic|invisible; invisible man|invisibility; invisible persons
        talking to the dead|topic|seance; spiritualism; mediums; the occult; occult; supernatural; paranormal; \
        haunting; haunted|paranormal fiction; occult; ghosts; ghost stories; spiritualism; supernatural; \
        occultism; ~occult
        haunted houses|topic|haunted house; old dark house; mansion; mansions|haunted houses; ghost stories; \
        gothic; country homes
        evolution|topic|darwin; darwinism; natural selection; origin of species|evolution; natural selection; \
        ~evolution; popular science; science
        geology|topic|age of the earth; rocks; fossils; volcanoes; dinosaurs and fossils|geology; paleontology; \
        earth; volcanoes; ~geology; popular science; science
        astronomy|topic|astronomers; the stars; cosmos; cosmology; universe; comets; telescopes|astronomy; stars; \
        cosmology; ~astronomy
        physics|topic|relativity; quantum; einstein; atoms; time and space|physics; relativity; ~physics; quantum \
        theory; science
        chemistry|topic|chemists; alchemy; elements|chemistry; alchemy; ~chemistry
        mathematics|topic|maths; math; geometry; numbers; logic puzzles; fourth dimension|mathematics; geometry; \
        fourth dimension; ~geometry; ~mathematics
        medicine|topic|medical; diseases; anatomy|medicine; diseases; ~medicine; disease
        psychology|topic|psychoanalysis; freud; the mind; unconscious; human mind|psychology; psychoanalysis; ~psychology
        the brain|topic|brain; brains; neuroscience; neurology; neurologist; consciousness; memory|brain; neuroscience; neurology; \
        neuropsychology; ~brain; memory; consciousness
        the climate|topic|climate change; global warming; climate crisis; environment; ecology; pollution|climatic changes; climate; \
        global warming; environment; ecology; ~climate; conservation
        economics|topic|economy; capitalism; markets; trade|economics; wealth; capitalism; ~economics
        socialism|topic|communism; marxism; marx; labour movement; class struggle|socialism; communism; \
        ~socialism; working class
        stoicism|topic|stoic; stoics; marcus aurelius; seneca|stoics; stoicism; ethics; philosophy
        buddhism|topic|buddha; zen; eastern philosophy; taoism; tao|buddhism; ~buddhism; taoism; hinduism
        christianity|topic|christian; church; faith; jesus; saints; gospel|christianity; christian life; jesus; \
        christian fiction; ~christian; church history
        judaism|topic|jewish; jews; jewish life|jews; judaism; ~jewish
        islam|topic|muslim; muslims; islamic; arabian nights|islam; ~islam; muslims; arabs
        ethics|topic|moral philosophy; morality; how to live; good life; meaning of life|ethics; conduct of life; \
        philosophy; life
        education|topic|teaching; teachers; teacher; learning|education; teachers; ~education
        cooking|topic|cookbook; cookbooks; cookery; recipes; food|cooking; ~cooking; ~cookery; food
        art history|topic|painting; sculpture; paintings; art|art; painting; ~painting; art history
        architecture|topic|buildings; cathedrals|architecture; ~architecture
        music|topic|opera; symphonies; concerts|music; ~music; opera
        sports|topic|sport; cricket; baseball; football; boxing; golf|sports; baseball; football; cricket; boxing; \
        ~sports; golf; sport
        war at sea|topic|naval warfare; sea battles; naval battles|naval battles; naval; ~naval
        explorers|topic|explorer; exploration; expedition; expeditions; discovery; voyages of \
        discovery|exploration; explorers; discovery and exploration; ~expedition; voyages and travels; journey
        walking|topic|hiking; walks; pilgrimage; pilgrims|walking; pilgrims and pilgrimages; ~walking
        wilderness|topic|wild nature; outdoors; woods; forests; forest; nature writing; solitude|wilderness areas; \
        outdoor life; nature; forests; natural history; wilderness survival; ~wilderness; ~outdoor; survival
        immigrants|topic|immigrant; immigration; emigrants; exile; exiles|immigrants; emigration and immigration; \
        ~immigrants; exiles; migration
        disability|topic|blind; deaf; illness; sickness; invalids|people with disabilities; blind; ~disabilities; \
        sick
        war poetry|topic|war poems; war poets|war poetry; world war i
        letters in novels|topic|epistolary; told in letters; in letters|epistolary fiction; letters; epistolary
        the sea|topic|sea; ocean; oceans; nautical; maritime; seafaring; ship; ships|sea; seafaring; sailors; \
        ocean; sea stories
        """
}
