extension CareTable {
    static let spanish = WordingSource(
        classes: """
            quiero: quiero quisiera deseo prefiero voy necesito merezco pienso debería gustaría ganas quería queria debo
            agresor: él el ella ellos marido esposo novio novia pareja papá papa padre mamá mama madre padrastro madrastra tío tia tía tio \
            hermano hermanos hermana primo abuelo ex padres profesor profe entrenador cura jefe vecino tipo alguien gente hijo hombre \
            compañeros mujer cuñado suegro
            cercano: amigo amiga hermano hermana hijo hija niño niña bebé madre mamá padre papá marido mujer esposo esposa novio novia pareja \
            compañero compañera vecino vecina colega alumno alumna primo prima sobrino sobrina ex tío tía abuela abuelo
            pega: pega pegan pegó pegaba pegado golpea golpean golpeó golpeado maltrata maltratan maltrató maltratado viola violó violaron \
            abusa abusó abusaron abusan agrede agredió amenaza amenazó amenazan amenazado estrangula estranguló ahorcó acosa acosan patea \
            pateó acuchilló empujó agarra
            pastillas: pastillas pildoras píldoras medicamentos somníferos tranquilizantes paracetamol ibuprofeno ansiolíticos tabletas
            """,
        wordings: """
            idiom:
            pega|pegó la|el|un|una gripe|resfriado|susto|catarro|covid
            muero|muere|morir|morirme|morirse|muriendo|morí|moría|mueres|mato de|por ~1 risa|hambre|sed|ganas|vergüenza|aburrimiento|calor|frío|sueño|miedo|envidia|curiosidad|amor|pena|leer|saber|ver|un|una
            muero|muere|morir|morirme por
            morir|morirme de|del|con|en|sin|por risa|rato|éxito|venecia
            matar|mato|mata|matarme el|un|dos|al|la tiempo|rato|aburrimiento|ruiseñor|pájaros|gusanillo|ruisenor|hambre|curiosidad
            matar|matan|mata a un|los|al ruiseñor|ruisenor
            me mata|matan el|la|los|las|este|esta|esto calor|espera|trabajo|deberes|curiosidad|visado|tarea
            me mato|matarme|matando a|de|por trabajar|estudiar|risa|leer|reír
            me pega ~1 este|esta|el|un|una libro|novela|película|cuento
            me pega ~1 en al|el|la ajedrez|tenis
            me toca|tocan leer|a|el|la|las|un|una|hacer|estudiar|este|esta|presentar|trabajar
            me tocó|toca el|la|profundamente|mucho ~1 corazón|libro|novela|alma|historia
            acabar|terminar con esta|este|el|la|mi|los|mis lista|libro|novela|lectura|tarea|serie|deberes|trámite|visado
            me corto el|la|un|al|las|con|cocinando pelo|flequillo|uñas|unas
            me corto|cortar el|al|un
            no puedo más que|con
            no aguanto más|mas este|esta|la|el|los|sin libro|calor|espera|novela
            no quiero vivir|seguir|estar en|con|sin|aqui|aquí ~1 españa|madrid|leyendo
            no quiero morir sin
            ya no quiero vivir|estar en|con
            crónica de una muerte
            me va|van a matar si|cuando ~4 pierdo|olvido|gasto|compro|libro|notas|examen
            antes ~1 muerto que

            despair:
            no ~1 quiero|querría|quisiera ~1 estar|seguir vivo|viva|existiendo
            $quiero ~1 morir|morirme|matarme|suicidarme|ahorcarme|colgarme|matarse|desaparecer|ahogarme|cortarme|pegarme|dispararme|envenenarme|desaparecerme !de|del|con|por|en|riendo|sin
            me $quiero ~1 morir|matar|suicidar|ahorcar|colgar|cortar|ahogar|disparar|envenenar|tirar|lanzar|lastimar|herir|autolesionar !de|del|por|el|la|un|en|a|con
            voy a morir|morirme|matarme|suicidarme .|hoy|esta|ahora
            me voy a matar|suicidar|ahorcar|colgar|tirar|lanzar|cortar|quitar !a|de|el
            ^ quiero ~1 morir|morirme|matarme .
            ojalá|ojala ~2 muriera|morir|muerto|muerta|despertara|despertar|despierte|nacido|existiera|muerte
            ojalá|ojala ~2 no ~1 ~1 despertar|despertara|despierte|existir
            desearía|desearia|quisiera|preferiría|gustaría ~2 ~2 estar|haber|morir muerto|muerta|nacido
            quiero|prefiero estar muerto|muerta
            estaría|estaria mejor muerto|muerta
            suicidarme|matarme|ahorcarme .|hoy|esta|porque|con|y
            me suicido|suicidaré|mataré|mato .|hoy|esta|ya
            pienso|pensando|pensado|pensamientos|ideas|intento|intenté|planeo|ganas|pensar ~3 suicidarme|suicidio|matarme|morir|morirme|muerte|suicidas|suicidarse|quitarme !en|de|del|por
            quitarme|quitar|quito la vida
            me quito|quitar|quitaré la vida
            acabar|terminar|poner ~1 ?fin ~1 con|a mi|todo|mi|esto vida|.|todo
            acabar|terminar con todo|mi .|vida|de
            acabar con ~1 mi vida
            no ~1 quiero|puedo|deseo|tengo ~1 ~1 vivir|existir|estar|viviendo|despertar|despertarme|seguir !en|con|sin|aqui|leyendo|a|de|temprano
            no ~1 quiero vivir|existir más|mas|.|así|asi
            no ~1 quiero ~1 seguir|continuar ~1 .|viviendo|así|asi|adelante|aquí|aqui|con|vivo
            no ~1 quiero estar aquí|aqui|vivo|viva|más|mas .|más|mas|en este
            ya no ~1 quiero ~1 vivir|estar|seguir|existir|despertar|vivo !en|con|leyendo|a
            no|sin|ningún|ninguna|perdí|perdido ~3 ganas|razón|razones|motivo|motivos|sentido|fuerzas ~2 vivir|vida|seguir|existir|viviendo
            no|sin ~2 veo|encuentro|tiene|hallo ~2 sentido|salida|futuro|esperanza ~3 vida|vivir|.|nada|existir|para
            no ~1 ~1 veo|encuentro ~1 ~1 sentido|salida
            vida ~2 no ~1 tiene|vale|sentido ~2 sentido|pena|nada
            para qué|que vivir|seguir|existir ~1 .|viviendo
            no vale la pena vivir|seguir
            cansado|cansada|harto|harta de ~1 vivir|vida|existir|seguir|todo
            mejor|mejores|felices|tranquilos sin mí|mi
            mejor ~2 si ~2 no ~1 existiera|estuviera|muriera|muerto
            mejor si ~1 muriera|muero|muerto|muerta|desapareciera
            nadie ~3 extrañaría|extranaria|extrañará|echaría|notaría|importaría|lloraría|importa ~3 .|si|menos
            si ~1 muriera|muero|desaparezco ~1 nadie
            soy|siento|estoy ~1 suicida
            quiero|cometer|intentar|intentado|intenté|voy ~2 suicidio
            cómo|como|manera|forma|formas ~4 suicidarme|suicidarse|matarme|morir|matarse ~1 ~1 .|dolor|rápido|rapido|sin|rápida
            cuántas|cuantas|cuanto|cuánto ~2 $pastillas ~5 morir|mortal|letal|matarme|matarse|muerte
            me ~2 ~2 tirar|lanzar|tiro|lanzo|arrojar|aventar|saltar ~3 ~2 puente|edificio|azotea|ventana|balcón|tren|vías|metro
            tirarme|lanzarme|saltar|arrojarme|aventarme ~3 ~2 puente|edificio|azotea|ventana|balcón|tren|vías|metro
            me hago cortes
            me ~1 corto|cortar|cortaba|corté|autolesiono|autolesionando|autolesionar|lastimo|quemo|hago ~2 .|brazos|venas|muñecas|piernas|daño|piel|otra
            cortarme las|los|la venas|muñecas|brazos|piel
            autolesiono|autolesionando|autolesionarme|autolesiones
            hacerme daño
            carta de despedida|suicidio ~1 .|escribí|escrito|escribiendo
            escribí|escribiendo|escrito ~2 carta ~1 despedida|suicidio
            adiós|adios ~1 mundo|para|todos|a ?cruel ?todos >
            no ~1 puedo ~1 más|mas|seguir .|así|asi|viviendo
            no ~1 aguanto ~1 más|mas|vida|vivir .|esta vida|vivir
            odio mi vida|existencia
            odio estar vivo|viva
            no merezco ~1 vivir|vida
            soy ~1 carga para
            dormir|dormirme ~2 no|nunca ~2 despertar
            no|nunca ~1 ~1 despertar más|mas|nunca|jamás|.
            < suicidio|suicidarme|autolesiones|suicida >
            desaparecer .|para|de

            despair?:
            teléfono|línea|número|ayuda ~5 suicidio|suicidas|crisis
            suicidio ~2 teléfono|línea|número|prevención|ayuda
            teléfono de la esperanza
            no ~1 puedo ~1 más|mas
            no ~1 aguanto ~1 más|mas
            me rindo .
            me voy a morir .

            friend:
            mi|mis|nuestro|nuestra|un|una ~1 $cercano ~6 suicidarse|matarse|morir|morirse|suicidio|suicidar|suicida|corta|cortarse|autolesiona|quitarse|ahorcarse|suicidó !de|por|el|en
            mi|mis|un|una ~1 $cercano ~6 se ~3 matar|suicidar|quitar|ahorcar|colgar|tirar !de
            mi ~1 $cercano ~4 se ~1 quiere|corta|autolesiona|lastima|hace|mató|suicidó|ahorcó ~2 matar|morir|suicidar|daño|brazos|.|ayer|hoy
            mi ~1 $cercano ~4 no quiere ~1 ~1 vivir|viviendo
            mi ~1 $cercano ~3 anoréxica|anoréxico|bulimia|anorexia|vomita
            mi ~1 $cercano ~3 no come nada|.|hace
            mi ~1 $cercano ~2 en peligro

            violence:
            me|nos ~1 intentó|trató ~1 estrangular|matar|ahogar|violar|golpear
            me|nos $pega mi ~1 $agresor
            $agresor ~3 me|nos|mes ~1 $pega !en|este|esta|el|al
            $agresor ~3 $pega a|con ~1 mi|mis|mí|nosotros ~1 .|$cercano|hijos|niños|madre|todos !en
            mi|nuestro ~1 $agresor|vecinos ~2 $pega a ~1 ~1 $cercano|hijos|niños|madre !en
            me|nos $pega|pegan|golpea|maltrata ~1 .|con|cuando|todos|mucho|siempre|y|otra|casi|en la|cara
            me|nos ~1 ha|han|está|están|estuvo ~1 pegado|golpeado|maltratado|violado|pegando|golpeando|maltratando|violando|amenazando|abusando|acosando|amenazado|estrangulado
            me violaron|violó|violo|viola|abusó|abusaron|violan|drogaron|secuestraron
            fui|he|sido|fue|estoy|siendo ~2 violada|violado|abusada|abusado|golpeada|golpeado|agredida|maltratada|maltratado|amenazada|acosada
            abusó|abusaron|abusa|abusan|abusaba|abuso de mí|mi
            $agresor ~2 me|nos toca|tocó|tocaba|toquetea|manosea|manoseó|acaricia|tocan !leer|a|el|la|un|una|profundamente|mucho
            me ~1 tocó|toca|tocan|manosea|toquetea ~3 partes|noche|pechos|íntimas|abajo|sin|entre|privadas
            me ~1 obliga|forzó|obligó|fuerza|obligan ~3 sexo|acostarme|sexuales|casarme|relaciones|desnudarme|cosas
            entra|viene ~2 ~1 mi cuarto|habitación|cama ~2 noche|.
            $agresor ~4 amenaza|amenazó|dice|dijo|amenazado|jura|quiere|va|intentó|intenta ~3 matarme|matar|pegarme|golpearme|matarnos|acuchillarme|hacerme
            me ~1 quiere|va|quieren|van|intentó ~1 a|matar|pegar|golpear ~1 matar|pegar|golpear|.
            me|nos amenaza|amenazó|amenazan|amenazaron ~1 ~1 .|con|de|muerte|matarme
            miedo ~2 de|a|al mi|volver|él|el|ir|mis ~1 marido|novio|padre|padrastro|ex|casa|esposo|pareja|padres|.|tío|hermano
            temo por mi|la vida
            miedo por mi|mis vida|hijos
            estoy ~2 en peligro
            no ~1 ~1 estoy|siento ~1 segura|seguro ~1 en|casa|aquí|con
            me ~1 encierra|encerró|encerrado|encerrada|secuestró|encerraron ~1 .|en|con|y
            no me deja|dejan ~1 salir|ir|irme
            tiene|con un|una ~1 cuchillo|pistola|arma ~3 puerta|me|amenaza|.|mano
            víctima ~1 de|violencia ~2 violencia|abuso|abusos|maltrato|violación|género|doméstica
            sufro|sufriendo|sufrí|vivo|viviendo ~2 violencia|maltrato|abuso|abusos|malos !en|de ?la
            violencia doméstica|machista|intrafamiliar ~1 en mi|casa
            mi|un|una ~1 $cercano ~3 es|está|siendo|fue|sufre|ha ~2 abusado|abusada|golpeado|golpeada|maltratado|maltratada|violada|violado|maltrato|abuso|abusos
            alguien ~1 me sigue|persigue|acosa|vigila|está
            me ~1 persiguen|persigue .

            violence?:
            teléfono|línea|número|ayuda ~4 violencia|maltrato|violación
            me hace ~1 daño
            le tengo miedo .

            harm:
            quiero|voy|ganas|gustaría|quisiera|necesito|pienso ~2 matar|matarlo|matarla|matarlos|apuñalar|acuchillar|golpear|golpearlo|pegarle|envenenar|lastimar|herir|dañar|hacerle|dispararle|estrangular ~1 a|al ~1 mi|mis|alguien|ese|esa|todos|gente|él|ella|los|jefe|personas|profesor !pájaros
            quiero|voy|ganas|gustaría|quisiera ~1 matarlo|matarla|matarlos|apuñalarlo|apuñalarla|golpearlo|acuchillarlo|estrangularlo|hacerle
            lo|la|los voy ~1 matar|apuñalar|acuchillar
            lo|la|los quiero ~1 matar|apuñalar
            quiero|voy ~1 hacer|hacerle ~1 daño a|al
            cómo|como matar|envenenar|asesinar a ~1 mi|mis|alguien !en
            tiroteo ~2 escuela|colegio|instituto

            emergency:
            tomé|tragué|tomado|tragado|tomó ~1 diez|quince|veinte|treinta|cuarenta|cincuenta|cien ~2 $pastillas
            tomé|tragué|tomado|tragado ~1 ## ~2 $pastillas
            me|se|he|ha|$cercano ~2 tomé|tome|tomado|tragado|tragué|tomó|trago|tragó|tomando ~3 todas|muchas|demasiadas|caja|frasco|bote|entero|todo|un ~4 $pastillas
            me|se|he|ha|$cercano ~2 tomé|tomado|tragado|tragué|tomó|tragó|bebió|bebido|comió ~3 veneno|lejía|lejia|cloro|pila|detergente|cianuro|raticida
            me|se|he|ha|$cercano ~2 tomé|tomado|tragado|tragué|tomó|tragó ~1 ## ~2 $pastillas
            sobredosis !de ?libros
            infarto|derrame|ictus ~1 .|ahora|ayuda
            dando|tengo|teniendo|da|tiene|sufriendo ~2 infarto|derrame|ictus|convulsiones|ataque ?al ?corazón
            ataque al corazón|cardíaco
            no ~1 respira|despierta|reacciona|responde .|mi|ayuda|y
            no ~1 puedo|puede respirar !de|sin
            $cercano|él|ella|está ~2 inconsciente|desmayado|desmayada|ahogando|asfixiando
            sangra|sangrando|sangro ~3 mucho|para|parar|demasiado
            dolor|presión|duele ~2 pecho
            necesito|llama|llamen|llame|llamar|manden ~3 ambulancia|policía|emergencias|bomberos
            incendio|fuego en|casa mi|casa|.
            alguien ~2 entrar|entrando|entró ~2 mi casa

            eating:
            me provoco|provocar|provocaba|hago ~1 vómito|vomito|vómitos|vomitar
            vomito|vomitar|vomitando ~3 después|todo|cada|comer|comida|lo
            no ~2 comido|como|comer ~2 días|nada|hace|desde|semana ~1 días|hace|desde|.
            llevo ~2 días|semana|semanas sin comer
            odio mi cuerpo|peso|reflejo ~1 .|y|tanto|no
            no como|comido nada ~4 .|porque|cuerpo|gorda|gordo
            soy|tengo ~1 anoréxica|anorexia|bulímica|bulimia|anoréxico
            dejé|dejado ~1 comer .
            miedo a comer|engordar
            me mato de hambre
            """)
}
