extension AsideTable {
    static let spanish = WordingSource(
        classes: """
            datos: datos cuenta historial conversación conversaciones mensajes perfil información chats
            lo: lo la los las esto eso este ese
            """,
        wordings: """
            data:
            borrar|borro|borra|eliminar|elimino|elimina|exportar|exporto|descargar|ver|olvida|borren|descargo ~2 mis|mi|todos|todo ~2 $datos|.
            qué|que datos|información ~4 .|guardas|guardan|almacenan|recopilan
            qué|que ~1 sabes|guardas|recuerdas ~2 de|sobre mí|mi
            mis datos
            < rgpd|privacidad >

            human:
            hablar|hablo|conversar|comunicarme|contactar ~2 con|a ~3 humano|persona|alguien|agente|bibliotecario|bibliotecaria|operador|real|soporte
            persona|humano real
            atención al cliente
            servicio al cliente
            número|numero de teléfono|telefono

            account:
            contraseña
            iniciar sesión
            registrarme|registrarse .

            price:
            cuánto|cuanto ~2 cuesta|cuestan|vale|valen|cobra|cobran ~4 .
            qué|que precio
            es ~2 gratis|gratuito .
            tengo que pagar

            buying:
            dónde|donde ~4 comprarlo|comprarla|comprar|compro|encontrarlo|encuentro|conseguirlo|consigo|pedirlo|descargarlo|descargar|prestado ~4 .
            quiero|puedo|quisiera ~1 comprarlo|comprarla|comprar|pedirlo|descargarlo ~2 .|$lo|aquí|este
            venden|vendes|prestan|prestas|envían|envias ~3 .|libros
            lo|la puedo ~1 comprar|pedir|descargar|leer ~3 .|aquí

            ending:
            cómo|como ~1 termina|acaba|terminó|acabó ~4 .
            cuéntame|cuentame|dime|revela|cuál|cual|dame ~3 final|desenlace ~1 .|de|del
            quién|quien muere
            quién|quien es ~2 asesino
            qué|que pasa al final

            opening:
            cómo|como ~1 empieza|comienza ~4 .
            primera|primeras|última|últimas frase|frases|línea|líneas|linea|lineas|página
            cita|léeme|leeme ~3 .|fragmento|pasaje

            medical?:
            me duele|duelen ~5 .
            tengo ~1 fiebre|gripe|tos|catarro|migraña|resfriado ~5 .
            qué|que ~1 tomo|tomar ~1 para|contra
            debo ~2 médico|medico

            legal?:
            es ~1 legal|ilegal ~5 .
            mi ~1 casero|jefe|arrendador puede|me ~6 .
            abogado .
            qué|que derechos tengo
            consejo|asesoría legal|fiscal

            money?:
            debo|debería|compro|invierto|vendo ~3 acciones|bitcoin|oro|.
            en qué|que acciones

            translation?:
            traduce|traducir|tradúceme|traduceme|traducción ~6 .
            cómo|como se dice

            code?:
            escribe|programa|escríbeme|haz|corrige ~4 código|codigo|programa|script|función|python|javascript|web

            calculation?:
            cuánto|cuanto es|son # ~2 #
            calcula|resuelve ~3 .
            raíz cuadrada

            writing?:
            escribe|escríbeme|escribeme|redacta|componme ~3 ~2 poema|carta|correo|discurso|canción|redacción|email
            cuéntame|cuentame|dime ~2 chiste

            news?:
            qué|que tiempo ~2 hace|hará|hara ~4 .
            clima|pronóstico ~3 .|hoy|mañana|en
            va a llover|nevar
            qué|que hora|día|dia|fecha ~2 es ~2 .
            noticias ~2 .|de|hoy
            quién|quien ganó|gano|ha

            knowledge?:
            quién|quien es|fue ~2 presidente|presidenta|rey|reina|papa|ministro|alcalde ~4 .
            cuál|cual es ~2 capital|población|moneda ~4 .
            capital de
            cuántos|cuantos|cuántas habitantes|países|paises|planetas|días ~4 .
            quién|quien ~1 inventó|descubrió|pintó|construyó|invento|descubrio
            cuánto|cuanto mide|pesa
            por qué|que ~1 ~1 cielo|mar|agua ~3 .
            dónde|donde está|queda ~3 .

            task?:
            reserva|resérvame|pide|pídeme|llama ~3 vuelo|mesa|hotel|pizza|taxi|billete|habitación
            pon|reproduce ~2 música|canción|alarma|musica
            receta de|para
            dibuja|dibújame ~3 .

            identity?:
            eres ~3 ia|humano|humana|robot|bot|real|chatgpt|ordenador|computadora|máquina|maquina|programa|persona|inteligencia
            quién|quien|qué|que eres
            cómo|como te llamas
            cuántos años tienes
            hablo|hablando con ~2 humano|robot|máquina|persona|bot

            capability?:
            qué|que ~1 puedes|sabes|haces ~2 .|hacer
            cómo|como ~1 funciona|funcionas|puedes|ayudas|ayudarme ~3 .
            < ayuda|ayúdame|ayudame ~1 >
            hablas ~1 español|inglés|francés|alemán

            farewell:
            < adiós|adios|chao|chau ~1 >
            < hasta luego|mañana|pronto|la ~1 >
            < buenas noches ~1 >
            < nos vemos ~1 >

            thanks?:
            < ~2 gracias ?noah|por ?la|tu|todo|su ?ayuda >

            wellbeing?:
            < ~2 qué|que tal ~2 >
            < ~1 cómo|como estás|estas|va|te ~2 >

            greeting:
            < hola|saludos|buenas|buenos ?días|dias|buenas|tardes|noches ?noah|amigo|tardes|noches >
            """)
}
