import Substrings

/// What `--help` prints.
enum Help {
    static let text = """
        chat-fcgi \(version): a chat-streaming backend behind the web server you have

        usage: chat-fcgi                   serve FastCGI on descriptor 0 (spawn-fcgi, cgi-fcgi) or LISTEN_FDS (systemd),
                                           or answer one CGI request, whichever way it was started
               chat-fcgi serve             open the socket and serve
                  [--config F] [--listen unix:PATH | tcp:HOST:PORT] [--socket-mode 0660]
               chat-fcgi chat [MESSAGE]    talk to an agent in the terminal: noah, tutor, desk, desk.analyst …, or a persona; with a
                  [--agent noah] [--session ID] [--json]
                  [--url U] [--token T]    server at U, whose token is also taken from $CHAT_FCGI_TOKEN, or, without U, with this
                  [--user NAME] [--config F]
                                           machine's own configuration and data, as the user NAME
               chat-fcgi sessions [ID]     a user's conversations, or what was said in one
                  [--limit 50] [--json] [--url U] [--token T] [--user NAME] [--config F]
               chat-fcgi top               streams, rates and providers of a running installation, again and again
                  [--url U] [--every 2] [--count N] [--json]
               chat-fcgi config show       the configuration file; with --effective every key with the value that holds
                  [--effective] [--config F]
               chat-fcgi config explain [KEY]
                  [--config F]             what a key means and what holds, such as limits.streams; without KEY every key
               chat-fcgi check             read the configuration as serve would and tell what would run
                  [--config F]
               chat-fcgi doctor            try a running installation through its web server: says what is well, what is not,
                  [--url U] [--token T]    and how to fix it. U is http://127.0.0.1:8080 when left out, and then the
                  [--config F] [--deep]    configuration and the data folder are looked at too; with --deep the databases are
                  [--cacert FILE] [--json] read from end to end; FILE has the certificate of a web server that made its own
               chat-fcgi catalog import FILE
                  [--format gutenberg | goodbooks | goodreads | csv] [--config F]
                                           read books into the catalogue; .gz as it is; safe to run again and while serving
               chat-fcgi catalog stats     what the catalogue holds
                  [--json] [--config F]
               chat-fcgi token --user ID   print a bearer token for scripts and tests
                  [--ttl 1h] [--config F]
               chat-fcgi key create --name NAME
                  [--streams 200] [--requests-per-minute 0] [--tokens-per-day 0] [--acts-for-users] [--config F]
                                           print a key for a program, once; with --acts-for-users it names its users (X-User)
               chat-fcgi key list          what keys there are and may take
                  [--json] [--config F]
               chat-fcgi key revoke NAME   take one back
                  [--config F]
               chat-fcgi user export ID    print everything stored about a user, as JSON Lines
               chat-fcgi user delete ID    remove it, and end the user's tokens
               chat-fcgi user logout ID    end all tokens of a user, as after a theft; with the issuer's, until it gives new ones
                  [--config F]
               chat-fcgi usage             the tokens that answers took, by provider and user, or of one user by day
                  [--days 30] [--user ID] [--json] [--config F]
               chat-fcgi backup DIR        copy conversations, catalogue, token secret and configuration into the new folder DIR,
                  [--config F]             checked, while serving; DIR must not be there, or be empty: DIR=backups/$(date +%F)
               chat-fcgi restore DIR       put such a copy into the data folder, which must be empty
                  [--config F]
               chat-fcgi salvage DIR       read what can be read of a damaged store into the new folder DIR, which restore takes
                  [--config F]
               chat-fcgi migrate           bring the store's tables up to this version
                  [--config F]
               chat-fcgi COMMAND --help    what is said here of one command
               chat-fcgi --version | --help

        The configuration is one JSON5 file: --config F, else $CHAT_FCGI_CONFIG, else ./chat-fcgi.json5,
        else /etc/chat-fcgi/chat-fcgi.json5, else defaults. docs/configuration.md lists every key.

        Exit codes: 0 well, 64 usage, 65 bad input file, 69 unavailable, 73 not made, 74 input or output failed,
        78 bad configuration, 128 + N ended by signal N.
        """

    /// What is said of a command, and where the configuration is looked for; everything, where there is no command of that name.
    static func text(of command: String?) -> String {
        guard let command else { return text }
        let paragraphs = text.parts(separatedBy: "\n\n")
        var lines: [Substring] = []
        var isMeant = false
        for line in paragraphs[1].split(separator: "\n") {
            let entry = line.dropFirst(7)
            if entry.hasPrefix("chat-fcgi ") { isMeant = entry.dropFirst(10).prefix { $0 != " " } == command }
            if isMeant { lines.append(line) }
        }
        guard let first = lines.first else { return text }
        lines[0] = "usage: " + first.dropFirst(7)
        if lines.contains(where: { $0.contains("--config F") }) { lines += ["", paragraphs[2]] }
        return lines.joined(separator: "\n") + "\n\nchat-fcgi --help lists every command."
    }
}

/// The program's version, as `--version` and /healthz tell it.
let version = "0.1.0"
