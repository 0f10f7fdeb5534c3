import Configuration
import Glibc

/// Tries to fetch the token secret as anybody on the network could, where the data folder came to lie below a folder that the web
/// server shows: at every address that ends as the folder's path does.
enum DoctorExposure {
    /// Folders of the path that are tried; a deeper one is not shown by any web server one would set up.
    private static let maximumDepth = 12

    static func examine(_ settings: Settings, _ client: DoctorClient, _ report: inout DoctorReport) async {
        guard let real = realpath(settings.dataDirectory, nil) else { return }
        defer { free(real) }
        let folders = String(cString: real).split(separator: "/").suffix(maximumDepth)
        for start in folders.indices.reversed() + [folders.endIndex] {
            let address = "/" + (folders[start...] + ["token-secret"]).joined(separator: "/")
            guard address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x25 && $0 != 0x3F && $0 != 0x23 }) else {
                continue
            }
            // A web server that is not there has been told of already.
            guard let answer = try? await client.ask(.get, address) else { return }
            // Pages that a web server shows for every address are no secret.
            if answer.status == 200, answer.body.count == 32, answer.mediaType != "text/html" {
                return report.fail(
                    "secret",
                    "\(client.base)\(address) gives the token secret to everybody; its reader can be any user",
                    fix:
                        "move the data folder out of what the web server shows, remove token-secret and restart (all tokens end then)"
                )
            }
        }
        report.ok("secret", "the web server does not show the data folder")
    }
}
