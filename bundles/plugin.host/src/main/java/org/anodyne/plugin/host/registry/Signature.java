package org.anodyne.plugin.host.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.CodeSigner;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/**
 * Who signed a jar: those whose signature covers every entry. No certificate authority is asked; a site that wants to know whom
 * it trusts names fingerprints of certificates. For the same reason a time stamp in the signature is not believed: who has the
 * key of an expired certificate can make one.
 */
record Signature(List<Signer> signers) {
    static final Signature NONE = new Signature(List.of());

    private static final String SIGNATURE_FILE = "META-INF/[^/]+\\.(SF|RSA|DSA|EC)";

    /**
     * A signer.
     *
     * @param name subject of the certificate
     * @param fingerprint SHA-256 of the certificate, hexadecimal, lower case
     * @param from when the certificate begins to be valid
     * @param until when it ends
     */
    record Signer(String name, String fingerprint, Instant from, Instant until) {}

    Signature {
        signers = List.copyOf(signers);
    }

    /**
     * Reads every entry, which checks its digest and signature.
     *
     * @return {@link #NONE} for a jar that was never signed
     * @throws Tampered when it was signed, and is not as it was signed
     */
    static Signature of(JarFile jar) throws IOException, Tampered {
        TreeMap<String, Signer> common = null;
        String unsigned = "";
        boolean signatureFiles = false;
        for (JarEntry entry : Collections.list(jar.entries())) {
            try (InputStream in = jar.getInputStream(entry)) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (SecurityException e) {
                throw new Tampered(entry.getName() + " was changed after the jar was signed");
            }
            String name = entry.getName();
            if (name.toUpperCase(Locale.ROOT).matches(SIGNATURE_FILE)) {
                signatureFiles = true;
            } else if (!entry.isDirectory() && !name.equalsIgnoreCase(JarFile.MANIFEST_NAME)) {
                TreeMap<String, Signer> own = signers(entry.getCodeSigners());
                if (own.isEmpty()) {
                    unsigned = name;
                } else if (common == null) {
                    common = own;
                } else {
                    common.keySet().retainAll(own.keySet());
                }
            }
        }
        if (!signatureFiles && common == null) {
            return NONE;
        }
        if (common == null || !unsigned.isEmpty()) {
            throw new Tampered(
                    common == null
                            ? "its signature covers nothing: it is damaged, or made with an algorithm that is too weak"
                            : unsigned + " was added after the jar was signed");
        }
        nothingMissing(jar);
        if (common.isEmpty()) {
            throw new Tampered("no signer has signed all of it");
        }
        return new Signature(List.copyOf(common.values()));
    }

    /** Every entry that was signed is still there. */
    private static void nothingMissing(JarFile jar) throws IOException, Tampered {
        Manifest manifest = jar.getManifest();
        for (var section : manifest.getEntries().entrySet()) {
            boolean digested =
                    section.getValue().keySet().stream().map(String::valueOf).anyMatch(key -> key.endsWith("-Digest"));
            if (digested && jar.getEntry(section.getKey()) == null) {
                throw new Tampered(section.getKey() + " was taken out after the jar was signed");
            }
        }
    }

    private static TreeMap<String, Signer> signers(CodeSigner[] all) {
        TreeMap<String, Signer> signers = new TreeMap<>();
        if (all != null) {
            for (CodeSigner signer : all) {
                if (signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate certificate) {
                    String fingerprint = fingerprint(certificate);
                    signers.put(
                            fingerprint,
                            new Signer(
                                    certificate.getSubjectX500Principal().getName(),
                                    fingerprint,
                                    certificate.getNotBefore().toInstant(),
                                    certificate.getNotAfter().toInstant()));
                }
            }
        }
        return signers;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read has a SHA-256", e);
        }
    }

    /** For a person and for the record: name and fingerprint of each signer; empty when there is none. */
    String text() {
        return signers.stream()
                .map(s -> s.name() + " (sha256 " + s.fingerprint() + ")")
                .collect(Collectors.joining("; "));
    }

    /** A jar is not as it was signed; the message says what is wrong with which entry. */
    static final class Tampered extends Exception {
        private static final long serialVersionUID = 1L;

        Tampered(String message) {
            super(message);
        }
    }
}
