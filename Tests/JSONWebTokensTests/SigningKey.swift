import CCrypto

@testable import JSONWebTokens

/// An issuer's private key, made anew for each run.
final class SigningKey: @unchecked Sendable {
    // Unchecked: nothing is changed after `init`.
    private let key: OpaquePointer?
    private let secret: [UInt8]
    let algorithm: SignatureAlgorithm

    init(_ algorithm: SignatureAlgorithm, bits: Int32 = 2048) {
        self.algorithm = algorithm
        guard algorithm != .hs256 else {
            key = nil
            secret = Hashing.randomBytes(32)
            return
        }
        secret = []
        let type =
            switch algorithm {
            case .rs256, .ps256: EVP_PKEY_RSA
            case .es256: EVP_PKEY_EC
            default: EVP_PKEY_ED25519
            }
        let context = EVP_PKEY_CTX_new_id(type, nil)
        defer { EVP_PKEY_CTX_free(context) }
        precondition(EVP_PKEY_keygen_init(context) == 1)
        if type == EVP_PKEY_RSA { precondition(EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1) }
        if type == EVP_PKEY_EC {
            precondition(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(context, NID_X9_62_prime256v1) == 1)
        }
        var made: OpaquePointer?
        precondition(EVP_PKEY_keygen(context, &made) == 1)
        key = made
    }

    deinit { EVP_PKEY_free(key) }

    /// The public key as an issuer publishes it; of HS256 the secret.
    func jwk(id: String? = nil, more: String = "") -> String {
        let members =
            switch algorithm {
            case .hs256: #""kty":"oct","k":"\#(Base64URL.encode(secret))""#
            case .rs256, .ps256:
                #""kty":"RSA","alg":"\#(algorithm.rawValue)","n":"\#(number("n"))","e":"\#(number("e"))""#
            case .es256: #""kty":"EC","crv":"P-256","x":"\#(point(1..<33))","y":"\#(point(33..<65))""#
            case .eddsa: #""kty":"OKP","crv":"Ed25519","x":"\#(Base64URL.encode(rawPublicKey))""#
            }
        return "{\(members)\(id.map { #","kid":"\#($0)""# } ?? "")\(more)}"
    }

    /// The modulus, as bytes that everybody knows.
    var publicBytes: [UInt8] { Base64URL.decode(number("n")) ?? [] }

    func token(_ header: String, _ claims: String) -> String {
        let text = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Array(claims.utf8))
        return text + "." + Base64URL.encode(sign(Array(text.utf8)))
    }

    /// A token as the issuer makes them.
    func token(_ claims: String) -> String { token(#"{"alg":"\#(algorithm.rawValue)"}"#, claims) }

    func sign(_ text: [UInt8]) -> [UInt8] {
        if algorithm == .hs256 { return Hashing.authenticationCode(of: text, under: secret) }
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        precondition(
            EVP_DigestSignInit(context, &keyContext, algorithm == .eddsa ? nil : EVP_sha256(), nil, key) == 1)
        if algorithm == .ps256 {
            precondition(EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1)
            precondition(EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, RSA_PSS_SALTLEN_DIGEST) == 1)
        }
        var length = 0
        precondition(EVP_DigestSign(context, nil, &length, text, text.count) == 1)
        var signature = [UInt8](repeating: 0, count: length)
        precondition(EVP_DigestSign(context, &signature, &length, text, text.count) == 1)
        signature.removeLast(signature.count - length)
        return algorithm == .es256 ? Self.raw(signature) : signature
    }

    private static func raw(_ der: [UInt8]) -> [UInt8] {
        der.withUnsafeBufferPointer { buffer in
            var place = buffer.baseAddress
            let value = d2i_ECDSA_SIG(nil, &place, buffer.count)
            defer { ECDSA_SIG_free(value) }
            var bytes = [UInt8](repeating: 0, count: 64)
            bytes.withUnsafeMutableBufferPointer { bytes in
                precondition(BN_bn2binpad(ECDSA_SIG_get0_r(value), bytes.baseAddress, 32) == 32)
                precondition(BN_bn2binpad(ECDSA_SIG_get0_s(value), bytes.baseAddress! + 32, 32) == 32)
            }
            return bytes
        }
    }

    private func number(_ name: String) -> String {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return "" }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
        BN_bn2bin(number, &bytes)
        return Base64URL.encode(bytes)
    }

    private func point(_ range: Range<Int>) -> String {
        var bytes = [UInt8](repeating: 0, count: 65)
        var length = 0
        precondition(EVP_PKEY_get_octet_string_param(key, "pub", &bytes, bytes.count, &length) == 1 && length == 65)
        return Base64URL.encode(Array(bytes[range]))
    }

    private var rawPublicKey: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var length = 32
        precondition(EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1)
        return bytes
    }
}

func keySet(_ keys: String...) throws -> JSONWebKeySet {
    try JSONWebKeySet(Array("{\"keys\":[\(keys.joined(separator: ","))]}".utf8), allowsSecrets: true)
}
