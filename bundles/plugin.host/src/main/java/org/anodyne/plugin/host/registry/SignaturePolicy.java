package org.anodyne.plugin.host.registry;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anodyne.plugin.host.registry.Signature.Signer;

/**
 * Whose plug-ins a site installs. A jar that was changed after it was signed is refused by all of them.
 *
 * @param trusted fingerprints of certificates, SHA-256, hexadecimal in lower case without separators
 * @param allowExpired whether a trusted certificate still counts after its end
 */
record SignaturePolicy(Kind kind, Set<String> trusted, boolean allowExpired) {
    static final SignaturePolicy ANY = new SignaturePolicy(Kind.ANY, Set.of(), false);

    /** What is asked of a jar. */
    enum Kind {
        /** Nothing more. */
        ANY,
        /** That somebody has signed it; of somebody unknown the time of the certificate says nothing. */
        SIGNED,
        /** That one of those whose certificates the site has named has signed it, and that the certificate is in its time. */
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
    static SignaturePolicy of(String kind, List<String> fingerprints, boolean allowExpired) {
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
        return new SignaturePolicy(read, trusted, allowExpired);
    }

    /**
     * Why a jar with this signature is not installed; empty when it is.
     *
     * @param now by which certificates are in their time or not
     */
    Optional<String> objection(Signature signature, Instant now) {
        return switch (kind) {
            case ANY -> Optional.empty();
            case SIGNED ->
                signature.signers().isEmpty()
                        ? Optional.of("it is not signed, and this site installs signed plug-ins only; sign it with"
                                + " jarsigner, or set signatures to any")
                        : Optional.empty();
            case TRUSTED -> byTrusted(signature, now);
        };
    }

    private Optional<String> byTrusted(Signature signature, Instant now) {
        if (signature.signers().isEmpty()) {
            return Optional.of("it is not signed, and this site installs plug-ins of trusted signers only");
        }
        List<Signer> known = signature.signers().stream()
                .filter(s -> trusted.contains(s.fingerprint()))
                .toList();
        if (known.isEmpty()) {
            return Optional.of("it is signed by " + signature.text()
                    + ", whom this site does not trust; add the fingerprint to trusted if it should");
        }
        // One in its time is enough, whatever the others are.
        List<String> objections = known.stream()
                .map(s -> outOfTime(s, now))
                .flatMap(Optional::stream)
                .toList();
        return objections.size() < known.size() ? Optional.empty() : Optional.of(String.join("; ", objections));
    }

    private Optional<String> outOfTime(Signer signer, Instant now) {
        String whose = "the certificate of " + signer.name() + ", who signed it and whom this site trusts, ";
        if (now.isBefore(signer.from())) {
            // Not what allowExpired is for: more often than not it is this machine's clock.
            return Optional.of(whose + "is not valid before " + signer.from() + ", and it is " + now
                    + " here; is the clock of this machine right?");
        }
        return now.isAfter(signer.until()) && !allowExpired
                ? Optional.of(whose + "has expired on " + signer.until()
                        + "; ask for a jar signed with a new one and add its fingerprint to trusted, or set allowExpired"
                        + " to true to go on with the old one")
                : Optional.empty();
    }
}
