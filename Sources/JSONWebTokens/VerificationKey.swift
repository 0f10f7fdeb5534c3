import CCrypto

/// A key that checks signatures of its one algorithm, by OpenSSL.
final class VerificationKey: @unchecked Sendable {
    // Unchecked: both are set once, and nothing changes what the pointer leads to. OpenSSL allows any number of threads to
    // use one EVP_PKEY as long as none modifies it (docs.openssl.org/3.0/man7/openssl-threads).
    private let key: OpaquePointer?
    private let secret: [UInt8]
    let algorithm: SignatureAlgorithm

    /// Moduli that are taken. Smaller ones can be factored; larger ones cost a checker more than they give.
    private static let modulusBits = 2048...8192

    private init(_ algorithm: SignatureAlgorithm, key: OpaquePointer?, secret: [UInt8] = []) {
        self.algorithm = algorithm
        self.key = key
        self.secret = secret
    }

    deinit { EVP_PKEY_free(key) }

    /// - Parameter secret: 32 bytes or more (RFC 7518, section 3.2); nil for fewer.
    convenience init?(secret: [UInt8]) {
        guard secret.count >= 32 else { return nil }
        self.init(.hs256, key: nil, secret: secret)
    }

    /// - Parameter algorithm: RS256 or PS256.
    convenience init?(modulus: [UInt8], exponent: [UInt8], _ algorithm: SignatureAlgorithm) {
        guard modulus.count * 8 <= Self.modulusBits.upperBound + 8, exponent.count <= 8,
            let n = BN_bin2bn(modulus, Int32(modulus.count), nil)
        else { return nil }
        defer { BN_free(n) }
        guard let e = BN_bin2bn(exponent, Int32(exponent.count), nil) else { return nil }
        defer { BN_free(e) }
        defer { ERR_clear_error() }
        guard Self.modulusBits.contains(Int(BN_num_bits(n))), BN_is_odd(n) == 1, BN_is_odd(e) == 1, BN_is_one(e) == 0,
            let key = ccrypto_rsa_public_key(n, e)
        else { return nil }
        self.init(algorithm, key: key)
    }

    /// A point of the curve P-256; nil for coordinates of another length and for points that are not on it.
    convenience init?(x: [UInt8], y: [UInt8]) {
        guard x.count == 32, y.count == 32 else { return nil }
        defer { ERR_clear_error() }
        guard let key = ccrypto_p256_public_key([4] + x + y) else { return nil }
        self.init(.es256, key: key)
    }

    convenience init?(ed25519 bytes: [UInt8]) {
        guard bytes.count == 32, let key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, 32) else {
            return nil
        }
        self.init(.eddsa, key: key)
    }

    /// Whether `signature` is this key's over `text`.
    func verifies(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        defer { ERR_clear_error() }
        switch algorithm {
        case .hs256: return Hashing.areEqual(Hashing.authenticationCode(of: text, under: secret), signature)
        case .es256:
            guard let encoded = Self.der(signature) else { return false }
            return verify(encoded, of: text)
        case .rs256, .ps256, .eddsa: return verify(signature, of: text)
        }
    }

    private func verify(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        var keyContext: OpaquePointer?
        // Ed25519 hashes by itself (RFC 8032).
        let digest = algorithm == .eddsa ? nil : EVP_sha256()
        guard EVP_DigestVerifyInit(context, &keyContext, digest, nil, key) == 1 else { return false }
        if algorithm == .ps256 {
            // The salt is as long as the digest (RFC 7518, section 3.5).
            guard EVP_PKEY_CTX_set_rsa_padding(keyContext, RSA_PKCS1_PSS_PADDING) == 1,
                EVP_PKEY_CTX_set_rsa_pss_saltlen(keyContext, RSA_PSS_SALTLEN_DIGEST) == 1
            else { return false }
        }
        return EVP_DigestVerify(context, signature, signature.count, text, text.count) == 1
    }

    /// The two numbers of an ES256 signature (RFC 7518, section 3.4) as OpenSSL takes them.
    private static func der(_ signature: [UInt8]) -> [UInt8]? {
        guard signature.count == 64, let value = ECDSA_SIG_new() else { return nil }
        defer { ECDSA_SIG_free(value) }
        guard let r = BN_bin2bn(Array(signature[..<32]), 32, nil), let s = BN_bin2bn(Array(signature[32...]), 32, nil),
            // Takes both over.
            ECDSA_SIG_set0(value, r, s) == 1
        else { return nil }
        let length = i2d_ECDSA_SIG(value, nil)
        guard length > 0 else { return nil }
        var encoded = [UInt8](repeating: 0, count: Int(length))
        encoded.withUnsafeMutableBufferPointer { buffer in
            var place = buffer.baseAddress
            _ = i2d_ECDSA_SIG(value, &place)
        }
        return encoded
    }
}
