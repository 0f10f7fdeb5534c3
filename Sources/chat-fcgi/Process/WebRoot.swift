import Configuration
import Glibc

/// What the web server shows to everybody, as far as it tells a CGI process.
enum WebRoot {
    /// Refuses to run with files where anybody could fetch them: the token secret makes its reader any user.
    ///
    /// Apache tells in `CONTEXT_DOCUMENT_ROOT` what `DOCUMENT_ROOT` does not know: `/~me/` is shown from a folder of that user's.
    /// - Throws: `CommandFailure` 78 for the log, which says what to move.
    static func refusePrivateFiles(of settings: Settings) throws {
        let roots = ["DOCUMENT_ROOT", "CONTEXT_DOCUMENT_ROOT"].compactMap { (name: String) -> String? in
            getenv(name).flatMap { Folder.resolved(String(cString: $0)) }
        }
        var privates = [("the data folder", settings.dataDirectory)]
        if let database = settings.databasePath { privates.append(("the store", database)) }
        if case .file(let path, _) = settings.source { privates.append(("the configuration", path)) }
        for (name, path) in privates {
            guard let real = Folder.resolved(path), roots.contains(where: { isWithin(real, $0) }) else { continue }
            throw CommandFailure(
                .configuration,
                "\(name) \(real) lies where the web server shows it, so anybody could fetch it. Move it out of there "
                    + "(shared-host/README.md draws where), and remove token-secret if it lay there before: a new one is made, and "
                    + "all earlier tokens end")
        }
    }

    private static func isWithin(_ path: String, _ root: String) -> Bool {
        // A server whose root is / shows nothing that could be told apart.
        root != "/" && Folder.isWithin(path, root)
    }
}
