import JSON
import Testing

@testable import JSONWebTokens

/// The examples that the standards publish.
@Suite struct PublishedVectorTests {
    private static let claims =
        "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

    /// rfc-editor.org/rfc/rfc7515, appendices A.1 to A.3 (A.1 is RFC 7519, section 3.1, too), and RFC 8037, appendix A.4.
    static let signed: [(name: String, key: String, token: String)] = [
        (
            "RFC 7515 A.1",
            #"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}"#,
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\(claims).dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        ),
        (
            "RFC 7515 A.2",
            #"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0"#
                + "Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
                + "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_"
                + #"h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#,
            "eyJhbGciOiJSUzI1NiJ9.\(claims)."
                + "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdb"
                + "F9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383"
                + "LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWy"
                + "wlVmtVrBp0igcN_IoypGlUPQGe77Rw"
        ),
        (
            "RFC 7515 A.3",
            #"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","#
                + #""y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#,
            "eyJhbGciOiJFUzI1NiJ9.\(claims)."
                + "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
        ),
        (
            "RFC 8037 A.4", #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
        ),
    ]

    @Test(arguments: signed.indices)
    func `each published signature holds, under its own key only`(_ index: Int) throws {
        let vector = Self.signed[index]
        let payload = try JSONWebToken(vector.token).payload(signedBy: keySet(vector.key))
        #expect(Base64URL.encode(payload) == vector.token.split(separator: ".")[1], "\(vector.name)")
        for (other, another) in Self.signed.enumerated() where other != index {
            #expect(throws: TokenFault.self) {
                try JSONWebToken(vector.token).payload(signedBy: keySet(another.key))
            }
        }
    }

    @Test(arguments: signed.indices)
    func `a published token changed in any one character does not hold`(_ index: Int) throws {
        let (_, key, token) = Self.signed[index]
        let keys = try keySet(key)
        let bytes = Array(token.utf8)
        for place in bytes.indices {
            var changed = bytes
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            #expect(throws: TokenFault.self) {
                try JSONWebToken(String(decoding: changed, as: UTF8.self)).payload(signedBy: keys)
            }
            #expect(throws: TokenFault.self) {
                try JSONWebToken(String(decoding: bytes[..<place], as: UTF8.self)).payload(signedBy: keys)
            }
        }
    }

    @Test func `the claims of the example of RFC 7519 are read, and it ended in 2011`() throws {
        let (_, key, token) = Self.signed[0]
        let keys = try keySet(key)
        // It names nobody but its issuer.
        let rules = TokenRules(issuer: "joe", userClaim: "iss")
        #expect(try rules.check(token, keys: keys, now: 1_300_819_379).user == "joe")
        #expect(try rules.check(token, keys: keys, now: 1_300_819_409).expiresAt == 1_300_819_380)
        #expect(throws: TokenFault(.claims, "The token has expired.")) {
            try rules.check(token, keys: keys, now: 1_300_819_410)
        }
    }

    /// RFC 7515, appendices A.4 (ES512) and A.5 (RFC 7519, section 6.1, too), and RFC 7519, appendices A.1 and A.2 (encrypted).
    @Test(arguments: [
        "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA."
            + "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2Y"
            + "BJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn",
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.",
        "eyJhbGciOiJSU0ExXzUiLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.QR1Owv2ug2WyPBnbQrRARTeEk9kDO2w8qDcjiHnSJflSdv1iNqhWXaKH4MqAkQtM"
            + ".AxY8DCtDaGlsbGljb3RoZQ.MKOle7UQrG6nSxTLX6Mqwt0orbHvAKeWnDYvpIAeZ72deHxz3roJDXQyhxx0wKaMHDjUEOKIwrtkHthpqEanSBN"
            + "YHZgmNOV7sln1Eu9g3J8.fiK51VwhsxJ-siBMR-YFiA",
    ])
    func `an unsigned, an encrypted and an ES512 example are refused under every key`(_ token: String) throws {
        for (_, key, _) in Self.signed {
            #expect(throws: TokenFault.self) { try JSONWebToken(token).payload(signedBy: keySet(key)) }
        }
    }
}
