/// Where a place lies, as far as the rule for short stays goes.
struct Place: Sendable, Equatable {
    enum Area: Sendable, Equatable {
        /// Since a day, where that is recent.
        case inside(since: CalendarDay?)
        case outside
        /// Larger than the area, or disputed: it has to be asked about.
        case unclear
    }

    /// As an answer names it: "the United Kingdom".
    var name: String
    var area: Area

    /// What is known of a place that is neither simply inside nor outside.
    var note: String? { PlaceTable.notes[name] }

    static let schengen = Place(name: "the Schengen area", area: .inside(since: nil))
    /// "I was outside", "not in Schengen", "at home".
    static let elsewhere = Place(name: "outside the area", area: .outside)
}

/// States, and places in them, that a message may name: in English, German, French and Spanish.
///
/// The members: Council Decisions (EU) 2022/2451 (Croatia, 1 January 2023) and 2024/210 (Bulgaria and Romania: air and sea on
/// 31 March 2024; Decision (EU) 2024/3212: land on 1 January 2025). Stays in these two count from 31 March 2024 on
/// (https://home-affairs.ec.europa.eu/policies/schengen/border-crossing/short-stay-calculator_en).
enum PlaceTable {
    static let longestName = 4

    /// Folded words, a space between them.
    static let places: [String: Place] = {
        var places: [String: Place] = [:]
        func add(_ table: String, _ area: Place.Area) {
            for line in table.split(separator: "\n") {
                let parts = line.split(separator: "=")
                let place = Place(name: String(parts[0]), area: area)
                for name in parts[1].split(separator: ",") { places[Folding.fold(name)] = place }
            }
        }
        add(members, .inside(since: nil))
        add(croatia, .inside(since: CalendarDay(year: 2023, month: 1, day: 1)))
        add(bulgariaAndRomania, .inside(since: CalendarDay(year: 2024, month: 3, day: 31)))
        add(others, .outside)
        add(unclear, .unclear)
        return places
    }()

    private static let members = """
        Austria=austria,österreich,oesterreich,autriche,vienna,wien,vienne,viena,salzburg,innsbruck,graz,tyrol,tirol
        Belgium=belgium,belgien,belgique,bélgica,brussels,brüssel,bruxelles,bruselas,antwerp,bruges,ghent
        Czechia=czechia,czech republic,the czech republic,tschechien,tchéquie,chequia,prague,prag,praga,brno
        Denmark=denmark,dänemark,danemark,dinamarca,copenhagen,kopenhagen,copenhague,aarhus
        Estonia=estonia,estland,estonie,tallinn,tallin
        Finland=finland,åland,aland,åland islands,finnland,finlande,finlandia,helsinki,lapland
        France=france,frankreich,francia,paris,parís,lyon,marseille,nice,bordeaux,toulouse,strasbourg,lille,cannes,provence,normandy,brittany,corsica,alsace,calais,montpellier,nantes,grenoble
        Germany=germany,deutschland,allemagne,alemania,berlin,munich,münchen,muenchen,hamburg,frankfurt,cologne,köln,koeln,stuttgart,düsseldorf,leipzig,dresden,heidelberg,bavaria,bayern,bonn,hannover,büsingen,nuremberg,bremen,aachen
        Greece=greece,griechenland,grèce,grecia,athens,athen,athènes,atenas,thessaloniki,crete,kreta,santorini,rhodes,corfu,mykonos
        Hungary=hungary,ungarn,hongrie,hungría,budapest
        Iceland=iceland,island,islande,islandia,reykjavik
        Italy=italy,italien,italie,italia,rome,rom,roma,milan,mailand,milano,venice,venedig,venise,florence,florenz,naples,neapel,turin,sicily,sizilien,sardinia,tuscany,toskana,bologna,palermo,verona,pisa,genoa,trieste,livigno,campione d italia,capri,amalfi,cinque terre
        Latvia=latvia,lettland,lettonie,letonia,riga
        Liechtenstein=liechtenstein,lichtenstein,vaduz
        Lithuania=lithuania,litauen,lituanie,lituania,vilnius,kaunas
        Luxembourg=luxembourg,luxemburg,luxemburgo
        Malta=malta,malte,valletta
        the Netherlands=netherlands,the netherlands,holland,niederlande,pays bas,países bajos,holanda,amsterdam,rotterdam,the hague,den haag,utrecht,eindhoven
        Norway=norway,norwegen,norvège,noruega,oslo,bergen,tromsø,tromso
        Poland=poland,polen,pologne,polonia,warsaw,warschau,varsovie,varsovia,krakow,kraków,gdansk,wroclaw
        Portugal=portugal,lisbon,lissabon,lisbonne,lisboa,porto,algarve,faro,madeira,azores
        Slovakia=slovakia,slowakei,slovaquie,eslovaquia,bratislava
        Slovenia=slovenia,slowenien,slovénie,eslovenia,ljubljana
        Spain=spain,spanien,espagne,españa,madrid,barcelona,barcelone,valencia,ceuta,melilla,lanzarote,fuerteventura,menorca,kanarische inseln,îles canaries,islas canarias,seville,sevilla,malaga,málaga,mallorca,majorca,ibiza,tenerife,canary islands,the canary islands,canaries,gran canaria,alicante,bilbao,granada,marbella,andalusia,catalonia
        Sweden=sweden,schweden,suède,suecia,stockholm,gothenburg,malmö,malmo,uppsala
        Switzerland=switzerland,schweiz,suisse,suiza,zurich,zürich,geneva,genf,genève,ginebra,basel,bern,lausanne,lucerne,zermatt
        the Schengen area=schengen area,the schengen area,schengen zone,the schengen zone,schengen states,schengenraum,schengen raum,espace schengen,lespace schengen,espacio schengen,schengen countries,area schengen,zona schengen
        """

    private static let croatia = """
        Croatia=croatia,kroatien,croatie,croacia,zagreb,split,dubrovnik,zadar,istria,pula,rijeka,hvar
        """

    private static let bulgariaAndRomania = """
        Bulgaria=bulgaria,bulgarien,bulgarie,sofia,varna,plovdiv,burgas,bansko,sunny beach
        Romania=romania,rumänien,rumaenien,roumanie,rumania,rumanía,bucharest,bukarest,bucarest,cluj,transylvania,brasov,timisoara
        """

    private static let others = """
        the United Kingdom=uk,u k,the uk,united kingdom,the united kingdom,great britain,britain,england,scotland,wales,northern ireland,großbritannien,grossbritannien,vereinigtes königreich,schottland,grande bretagne,royaume uni,angleterre,écosse,reino unido,inglaterra,gran bretaña,escocia,london,londres,manchester,edinburgh,liverpool,birmingham,glasgow,oxford,cambridge,belfast,bristol,cardiff,leeds,heathrow,gatwick,jersey,guernsey,isle of man
        Ireland=ireland,the republic of ireland,republic of ireland,eire,irland,irlande,irlanda,dublin,cork,galway,limerick
        Cyprus=cyprus,zypern,chypre,chipre,nicosia,larnaca,limassol,paphos,ayia napa,northern cyprus,north cyprus,nordzypern
        Turkey=turkey,türkiye,turkiye,türkei,turquie,turquía,istanbul,estambul,ankara,antalya,izmir,bodrum,cappadocia
        the United States=usa,u s a,u s,the usa,the us,united states,the united states,america,vereinigte staaten,états unis,estados unidos,eeuu,new york,los angeles,miami,chicago,san francisco,boston,california,florida,texas,washington,hawaii,seattle,las vegas,houston
        Albania=albania,albanien,albanie,tirana,saranda
        Serbia=serbia,serbien,serbie,belgrade,belgrad,novi sad
        Montenegro=montenegro,monténégro,podgorica,kotor,budva
        North Macedonia=north macedonia,macedonia,nordmazedonien,mazedonien,macédoine,skopje,ohrid
        Bosnia and Herzegovina=bosnia,bosnien,bosnie,bosnia and herzegovina,sarajevo,mostar
        Kosovo=kosovo,pristina,prishtina
        the Balkans=western balkans,the western balkans
        Moldova=moldova,moldau,moldavie,chisinau
        Ukraine=ukraine,ucrania,kyiv,kiev,lviv,odesa,odessa
        Belarus=belarus,minsk
        Russia=russia,russland,russie,rusia,moscow,moskau,st petersburg,saint petersburg
        Georgia=georgia,georgien,géorgie,tbilisi,batumi
        Armenia=armenia,armenien,yerevan
        Azerbaijan=azerbaijan,baku
        Andorra=andorra,andorre
        Morocco=morocco,marokko,maroc,marruecos,marrakech,marrakesh,casablanca,tangier,agadir
        Tunisia=tunisia,tunesien,tunisie,túnez,tunis
        Algeria=algeria,algerien,algérie,argelia,algiers
        Egypt=egypt,ägypten,égypte,egipto,cairo,hurghada,sharm el sheikh
        Israel=israel,tel aviv,jerusalem
        Jordan=jordan,jordanien,amman,petra
        Lebanon=lebanon,beirut,beyrouth
        the United Arab Emirates=uae,the uae,emirates,dubai,abu dhabi
        Qatar=qatar,doha
        Saudi Arabia=saudi arabia,riyadh,jeddah
        Iran=iran,tehran
        Iraq=iraq,baghdad,erbil
        Pakistan=pakistan,karachi,lahore,islamabad
        India=india,indien,inde,delhi,new delhi,mumbai,bangalore,goa,chennai,hyderabad,kolkata
        Nepal=nepal,kathmandu
        Sri Lanka=sri lanka,colombo
        Bangladesh=bangladesh,dhaka
        China=china,chine,beijing,peking,shanghai,guangzhou,shenzhen,hong kong,hongkong,macau
        Taiwan=taiwan,taipei
        Japan=japan,japon,japón,tokyo,tokio,osaka,kyoto
        South Korea=south korea,korea,seoul,südkorea,busan
        Thailand=thailand,thaïlande,tailandia,bangkok,phuket,chiang mai
        Vietnam=vietnam,hanoi,saigon,ho chi minh city
        Indonesia=indonesia,indonesien,bali,jakarta,lombok
        Malaysia=malaysia,kuala lumpur,penang
        Singapore=singapore,singapur,singapour
        the Philippines=philippines,the philippines,manila,cebu
        Australia=australia,australien,australie,sydney,melbourne,perth,brisbane
        New Zealand=new zealand,neuseeland,auckland,wellington
        Canada=canada,kanada,canadá,toronto,vancouver,montreal,ottawa,calgary,quebec
        Mexico=mexico,mexiko,mexique,méxico,cancun,mexico city
        Brazil=brazil,brasilien,brésil,brasil,sao paulo,rio,rio de janeiro
        Argentina=argentina,argentinien,argentine,buenos aires
        Chile=chile,chili,santiago
        Peru=peru,perú,pérou,lima,cusco
        Colombia=colombia,kolumbien,colombie,bogota,medellin
        Ecuador=ecuador,quito
        Cuba=cuba,kuba,havana
        Costa Rica=costa rica
        Panama=panama
        the Dominican Republic=dominican republic,the dominican republic,punta cana
        South Africa=south africa,südafrika,afrique du sud,sudáfrica,cape town,johannesburg
        Kenya=kenya,kenia,nairobi
        Nigeria=nigeria,lagos,abuja
        Ghana=ghana,accra
        Ethiopia=ethiopia,addis ababa
        Tanzania=tanzania,zanzibar
        Senegal=senegal,dakar
        Mauritius=mauritius
        the Seychelles=seychelles
        the Maldives=maldives,malediven,the maldives
        Kazakhstan=kazakhstan,almaty,astana
        Uzbekistan=uzbekistan,tashkent,samarkand
        Africa=africa,afrika
        Asia=asia,asien
        South America=south america,südamerika
        North America=north america
        Greenland=greenland,grönland
        the Faroe Islands=faroe islands,the faroe islands,faroes
        Guadeloupe=guadeloupe
        Martinique=martinique
        Réunion=réunion,la réunion,reunion island
        French Guiana=french guiana,guyane,guyane française,französisch guayana,guayana francesa,cayenne
        Mayotte=mayotte
        New Caledonia=new caledonia,nouvelle calédonie,noumea
        French Polynesia=french polynesia,polynésie française,tahiti,bora bora
        Saint Martin=saint martin,st martin,sint maarten
        Saint Barthélemy=saint barthélemy,saint barts,st barts
        Saint Pierre and Miquelon=saint pierre and miquelon
        Aruba=aruba
        Curaçao=curaçao,curacao
        Bonaire=bonaire
        Cambodia=cambodia,kambodscha,cambodge,camboya,phnom penh,siem reap
        Laos=laos,vientiane
        Myanmar=myanmar,burma,yangon
        Mongolia=mongolia,mongolei,mongolie,ulaanbaatar
        Bolivia=bolivia,bolivien,bolivie,la paz
        Uruguay=uruguay,montevideo
        Paraguay=paraguay
        Venezuela=venezuela,caracas
        Guatemala=guatemala
        Jamaica=jamaica,jamaika,jamaïque
        the Bahamas=bahamas,the bahamas
        Barbados=barbados
        Bermuda=bermuda
        Puerto Rico=puerto rico
        Fiji=fiji,fidschi
        Oman=oman,muscat
        Kuwait=kuwait
        Bahrain=bahrain
        Syria=syria,syrien,damascus
        Libya=libya,libyen,tripoli
        Afghanistan=afghanistan,kabul
        Kyrgyzstan=kyrgyzstan,bishkek
        Uganda=uganda,kampala
        Rwanda=rwanda,ruanda,kigali
        Cameroon=cameroon,kamerun,cameroun
        the Ivory Coast=ivory coast,côte d ivoire,abidjan
        Namibia=namibia,windhoek
        Botswana=botswana
        Zimbabwe=zimbabwe,harare
        Zambia=zambia,sambia
        Madagascar=madagascar,madagaskar
        Cape Verde=cape verde,kap verde,cap vert,cabo verde
        """

    private static let unclear = """
        Europe=europe,europa,european union,the european union,eu,the eu,ue,lue,la ue,unión europea,union européenne,l europe,leurope,eurozone,continental europe,mainland europe,the continent
        the Balkans=the balkans,balkans,balkan
        Gibraltar=gibraltar
        Monaco=monaco,monte carlo
        San Marino=san marino
        the Vatican=vatican,the vatican,vatican city
        Svalbard=svalbard,spitsbergen
        """

    /// Regulation (EU) 2016/399 binds none of them; how days there are counted is told by their neighbours' practice.
    static let notes: [String: String] = {
        let open =
            "has no border checks with its neighbour in the area, so there is no exit stamp, and days there are in practice "
            + "counted as days in"
        return [
            "Monaco": "Monaco is not a Schengen state, but \(open) France.",
            "San Marino": "San Marino is not a Schengen state, but \(open) Italy.",
            "the Vatican": "The Vatican is not a Schengen state, but \(open) Italy.",
            "Gibraltar":
                "Gibraltar is British and not in the Schengen area, so days there have not counted; an agreement of the EU and the United "
                + "Kingdom is to end the checks at its land border, so ask its border authority from when on that holds.",
            "Svalbard":
                "Svalbard is Norwegian, but not in the Schengen area: days there do not count. The way there through mainland Norway does.",
        ]
    }()
}
