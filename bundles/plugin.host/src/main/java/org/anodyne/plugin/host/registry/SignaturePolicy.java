package org.anodyne.plugin.host.registry;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose plug-ins a site installs. A jar that was changed after it was signed is refused by all of them.
 *
 * @param trusted fingerprints of certificates, SHA-256, hexadecimal in lower case without separators
 */
record SignaturePolicy(Kind kind, Set<String> trusted) {
    static final SignaturePolicy ANY = new SignaturePolicy(Kind.ANY, Set.of());

    /** What is asked of a jar. */
    enum Kind {
        /** Nothing more. */
        ANY,
        /** That somebody has signed it. */
        SIGNED,
        /** That one of those whose certificates the site has named has signed it. */
        TRUSTED
    }

    SignaturePolicy {
        trusted = Set.copyOf(trusted);
    }

    /**
     * Reads the site's configuration.
     *
     * @param fingerprints with or without colons, in either case
     * @throws IllegalArgumentException when it is no policy; the message is for a person
     */
    static SignaturePolicy of(String kind, List<String> fingerprints) {
        Kind read;
        try {
            read = Kind.valueOf(kind.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "'" + kind + "' is no policy for signatures; write any, signed or trusted", e);
        }
        Set<String> trusted = fingerprints.stream()
                .filter(f -> !f.isBlank())
                .map(f -> f.replace(":", "").strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        for (String fingerprint : trusted) {
            if (!fingerprint.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("'" + fingerprint
                        + "' is no SHA-256 fingerprint of a certificate; keytool -printcert -jarfile JAR shows it");
            }
        }
        return new SignaturePolicy(read, trusted);
    }

    /** Why a jar with this signature is not installed; empty when it is. */
    Optional<String> objection(Signature signature) {
        return switch (kind) {
            case ANY -> Optional.empty();
            case SIGNED ->
                signature.signers().isEmpty()
                        ? Optional.of("it is not signed, and this site installs signed plug-ins only; sign it with"
                                + " jarsigner, or set signatures to any")
                        : Optional.empty();
            case TRUSTED ->
                signature.signers().stream().anyMatch(s -> trusted.contains(s.fingerprint()))
                        ? Optional.empty()
                        : Optional.of(
                                signature.signers().isEmpty()
                                        ? "it is not signed, and this site installs plug-ins of trusted signers only"
                                        : "it is signed by " + signature.text()
                                                + ", whom this site does not trust; add the fingerprint to trusted if it"
                                                + " should");
        };
    }
}
