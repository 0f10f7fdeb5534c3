import Glibc

/// Finds books by what happens in them: the words of the summaries, titles and subjects of the well-known works that have a summary.
struct PlotIndex: Sendable {
    private struct Posting: Sendable {
        var work: Int32
        var weight: Float
    }

    private let postings: [String: [Posting]]
    private let documents: Int

    /// - Parameter works: in the order of the shelf; those without a summary are passed over.
    init(_ works: [Work]) {
        var postings: [String: [Posting]] = [:]
        var documents = 0
        for (place, work) in works.enumerated() {
            guard let summary = work.entry.summary else { continue }
            documents += 1
            var stems: [String: Float] = [:]
            for subject in work.entry.subjects { for stem in Self.stems(subject) { stems[stem] = 0.7 } }
            for stem in Self.stems(work.entry.title) + Self.stems(summary) { stems[stem] = 1 }
            for (stem, weight) in stems {
                postings[stem, default: []].append(Posting(work: Int32(place), weight: weight))
            }
        }
        self.postings = postings
        self.documents = documents
    }

    /// The share of what the words say that each work has, 0 to 1, by the work's place on the shelf.
    func matches(_ words: [String]) -> [Int: Double] {
        var found: [Int: Double] = [:]
        var total = 0.0
        for word in Set(words.map(Self.stem)) {
            var best: [Int32: Float] = [:]
            for posting in postings[word] ?? [] { best[posting.work] = posting.weight }
            for other in PlotWords.alike[word] ?? [] {
                for posting in postings[other] ?? [] {
                    best[posting.work] = max(best[posting.work] ?? 0, posting.weight * 0.7)
                }
            }
            // How rare the word itself is; words that tell the same only help to find it.
            let holders = postings[word]?.count ?? max(1, best.count)
            let rarity = log(Double(documents + 1) / (Double(holders) + 0.5))
            guard rarity > 0 else { continue }
            total += rarity
            for (work, weight) in best { found[Int(work), default: 0] += rarity * Double(weight) }
        }
        guard total > 0 else { return [:] }
        return found.mapValues { $0 / total }
    }

    static func stems(_ text: String) -> [String] {
        Folding.words(text).filter { !StopWords.contains($0) || PlotWords.telling.contains($0) }.map(stem)
    }

    /// A word without the endings of verbs and plurals: "hunted", "hunting" and "hunts" are "hunt".
    static func stem(_ word: String) -> String {
        var stem = Substring(Folding.stem(word))
        for ending in ["ing", "ed"] where stem.hasSuffix(ending) && stem.utf8.count > ending.utf8.count + 2 {
            stem = stem.dropLast(ending.count)
            let last = Array(stem.utf8.suffix(2))
            if last.count == 2, last[0] == last[1], !"ls".utf8.contains(last[0]) { stem = stem.dropLast() }
            break
        }
        if stem.utf8.count > 3, stem.last == "e" { stem = stem.dropLast() }
        return String(stem)
    }
}

/// Words that tell the same in a plot.
enum PlotWords {
    /// Words that say nothing in a wish and something in a plot.
    static let telling: Set<String> = [
        "man", "woman", "old", "little", "big", "night", "day", "one", "books", "last", "first", "work",
    ]

    /// By the stem of each word, the stems of the others of its line.
    static let alike: [String: [String]] = {
        var alike: [String: [String]] = [:]
        for line in groups.split(separator: "\n") {
            let stems = line.split(separator: " ").map { PlotIndex.stem(String($0)) }
            for stem in stems {
                alike[stem, default: []] += stems.filter { $0 != stem && alike[stem]?.contains($0) != true }
            }
        }
        return alike
    }()

    private static let groups = """
        boy lad schoolboy schoolboys son child youth young
        girl daughter child young schoolgirl
        kid kids child children boys girls
        man gentleman fellow
        woman lady wife
        teenager teen youth adolescent boy girl young
        mother mum mom parent
        father dad parent
        brother brothers sibling siblings
        sister sisters sibling siblings
        orphan orphaned foundling
        old elderly aged ageing
        employer master boss house
        governess teacher tutor nanny
        rich wealthy millionaire fortune wealth
        poor poverty penniless destitute
        mad madman insane insanity madness lunatic crazy secret
        monastery abbey convent monks cloister
        monk friar priest
        priest pastor vicar clergyman parson
        murder murders killing killed kill kills deaths dead death murdered corpse stabbed
        murderer killer assassin
        die dies death dead dying
        detective investigator sleuth inspector policeman
        police policeman detective
        doctor physician surgeon
        lawyer attorney solicitor barrister
        spaceship ship spacecraft rocket
        space planet planets moon stars
        computer machine robot android
        rogue evil deadly
        robot robots android androids artificial machine
        alien aliens martian martians creature extraterrestrial
        tv television televised
        fight fights battle war
        wanders wander spends roams walks
        phony phonies phoney
        corpse corpses dead bodies body parts
        builds build creates makes gives
        watching eye watches spies
        lawyer solicitor attorney barrister
        game games contest
        island isle desert
        stranded castaway marooned shipwrecked wrecked cast
        lifeboat boat raft
        boat ship raft vessel
        sail sails sailor sailing voyage ship
        captain skipper commander
        fisherman fish fishing catches
        fish marlin shark
        whale whaling whales
        dog dogs wolf sled
        horse horses mare pony stallion
        rabbit rabbits hare
        animal animals beast beasts pigs creatures
        pig pigs hog swine
        farm farming farmer farmers
        insect beetle bug vermin
        turns turned transformed changed wakes becomes metamorphosis
        wakes wake awakes finds
        hole underground rabbit burrow
        strange curious odd rude
        creature creatures monster being
        monster creature being beast
        creates makes made builds
        castle mansion house manor
        attic room secret house
        haunted ghost ghosts spirit spirits haunting
        vampire vampires undead count
        magic magical magician wizard witch
        wizard wizards magician sorcerer
        school college academy
        train railway express
        snow snowbound ice winter frozen
        plague epidemic pestilence disease
        town city village
        city town london paris
        future dystopia totalitarian
        government state regime party
        burn burns burned burning fire
        books book library reading
        fireman firemen burn
        society world state people
        war wars battle soldier soldiers
        soldier soldiers troops army
        revolution revolt rebellion rising
        prison prisoner jail imprisoned imprisonment
        prisoner convict captive imprisoned
        escape escapes flees runs fled
        revenge vengeance avenge accounts
        love loves beloved affair
        affair adultery lover unfaithful
        marry marriage married wedding marries weds
        wedding marriage bride
        divorce marriage
        party parties ball dance
        lost missing vanished vanishes disappearance gone
        disappears vanishes missing vanished disappearance
        treasure gold fortune map
        pirate pirates buccaneer
        letter letters scarlet
        servant servants maid butler
        butler servant
        painting portrait picture
        portrait picture painting
        young youth
        stays remains keeps
        dwarf dwarves dwarfs
        journey travel travels quest voyage trip
        quest journey search
        ring rings
        friend friends companion companions
        friendship friend friends
        enemy enemies rival
        slave slaves slavery enslaved
        black negro african
        trial court accused lawyer
        innocent falsely unjustly
        accused accusation charge
        thief thieves steals burglar
        steals stolen theft thief
        time future past
        machine invention inventor engine
        inventor invention inventions
        scientist science professor doctor student
        invisible unseen
        double doppelganger twin
        identity self
        king kings prince throne
        queen queens
        jungle forest wild wilderness
        desert sahara sand
        mountain mountains alps
        river rivers stream mississippi
        sea ocean seas oceans
        pacific ocean sea
        survive survival survives
        apocalypse end world
        catholic church faith
        bishop priest cathedral
        poet poems poetry
        writer author novelist
        journalist reporter newspaper
        actor actress stage theatre
        family families relations
        inherits inheritance heir heiress
        heir heiress inherits
        suicide kills
        hunger starving starves
        hunts hunt hunted hunting chase chases pursuit
        chases hunts pursued
        blind blindness
        deaf mute silent
        ill sick illness disease dying tuberculosis sanatorium
        hospital ward asylum clinic
        asylum ward hospital insane
        spy spies agent
        bomb bombing bomber bombardier
        pilot airman flyer
        paris french france
        russian russia moscow petersburg
        american america
        english england
        german germany nazi
        nazi nazis german germany
        jewish jew jews
        indian india
        scottish scotland scot highland
        irish ireland dublin
        italian italy rome venice
        greek greece
        spanish spain
        african africa nigeria congo
        swedish sweden
        afghan afghanistan kabul
        mexican mexico
        guided guides leads led
        trainee pupil student apprentice
        writes write wrote letters
        rebels rebel revolt disobedient
        feud feuding hate hates enemies
        lovers lover love
        tales tale stories story
        seduced seduces wronged ruined
        grows grow grown growing
        swims whale shark
        hunchback bellringer crippled
        gypsy gipsy dancer
        general soldier lord
        parties guests host
        chinese china
        japanese japan
        monkey ape apes
        ape apes monkey
        whisky drink drunk drunken alcohol
        drunk drunken drink
        money fortune wealth
        debt debts money
        miser misers money greedy
        christmas eve
        """
}
