package org.anodyne.plugin.host.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars signed with keys made for the test, by the tools of the JDK. */
class SignatureTest {
    private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");

    private static final Instant NOW = Instant.now();

    @TempDir
    private static Path keys;

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeAll
    static void makeKeys() throws Exception {
        assumeTrue(
                Files.isExecutable(BIN.resolve("jarsigner")),
                "skipped: this Java has no jarsigner; signing needs a JDK");
        key("vendor", "-1d");
        key("stranger", "-1d");
        key("former", "-60d");
        key("future", "+10d");
    }

    @BeforeEach
    void makeJar() throws IOException {
        jar = folder.resolve("plugin.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        manifest.getMainAttributes().putValue("Bundle-ManifestVersion", "2");
        manifest.getMainAttributes().putValue("Bundle-SymbolicName", "org.example.signed");
        manifest.getMainAttributes().putValue("Bundle-Version", "1.0.0");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : List.of("a/One.class", "b/two.txt")) {
                out.putNextEntry(new JarEntry(name));
                out.write(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
    }

    private static String store() {
        return keys.resolve("keys.p12").toString();
    }

    static void tool(String name, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(BIN.resolve(name).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), name + " did not end");
        assertEquals(0, process.exitValue(), said);
    }

    private void sign(String alias) throws Exception {
        tool("jarsigner", "-keystore", store(), "-storepass", "changeit", jar.toString(), alias);
    }

    /** Makes a key whose certificate is valid for 30 days from a date, as keytool writes dates. */
    private static void key(String name, String from) throws Exception {
        tool(
                "keytool",
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name + ",O=Test",
                "-keystore",
                store(),
                "-storepass",
                "changeit",
                "-startdate",
                from,
                "-validity",
                "30");
    }

    private interface Change {
        void to(Path root) throws IOException;
    }

    private void change(Change change) throws IOException {
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            change.to(inside.getPath("/"));
        }
    }

    private StagedJar read() {
        return StagedJar.of(jar, folder.resolve("staged"));
    }

    private void refused(String because) {
        Refusal refusal = assertThrows(Refusal.class, this::read);
        assertTrue(refusal.getMessage().contains("not as it was signed"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(because), refusal.getMessage());
    }

    @Test
    void anUnsignedJarHasNoSigner() {
        assertEquals(Signature.NONE, read().signature());
        assertEquals("", read().signature().text());
    }

    @Test
    void theSignerIsNamedWithFingerprint() throws Exception {
        sign("vendor");
        Signature signature = read().signature();
        assertEquals(1, signature.signers().size());
        assertTrue(signature.text().matches("CN=vendor,O=Test \\(sha256 [0-9a-f]{64}\\)"), signature.text());
    }

    @Test
    void twoSignersAreBothNamed() throws Exception {
        sign("vendor");
        sign("stranger");
        assertEquals(2, read().signature().signers().size());
    }

    @Test
    void aChangedEntryIsRefused() throws Exception {
        sign("vendor");
        change(root -> Files.writeString(root.resolve("b/two.txt"), "b/TWO.txt"));
        refused("b/two.txt was changed");
    }

    @Test
    void anAddedEntryIsRefused() throws Exception {
        sign("vendor");
        change(root -> Files.writeString(root.resolve("b/three.txt"), "more"));
        refused("b/three.txt was added");
    }

    @Test
    void aMissingEntryIsRefused() throws Exception {
        sign("vendor");
        change(root -> Files.delete(root.resolve("b/two.txt")));
        refused("b/two.txt was taken out");
    }

    @Test
    void aChangedManifestIsRefused() throws Exception {
        sign("vendor");
        change(root -> {
            Path manifest = root.resolve("META-INF/MANIFEST.MF");
            Files.writeString(manifest, Files.readString(manifest).replace("org.example.signed", "org.example.forged"));
        });
        refused("");
    }

    @Test
    void aDamagedSignatureIsRefused() throws Exception {
        sign("vendor");
        change(root -> Files.delete(root.resolve("META-INF/VENDOR.SF")));
        refused("its signature covers nothing");
    }

    @Test
    void policiesAskWhatTheySay() throws Exception {
        Signature none = read().signature();
        sign("vendor");
        Signature vendor = read().signature();
        String fingerprint = vendor.signers().get(0).fingerprint();
        SignaturePolicy signed = SignaturePolicy.of("signed", List.of(), false);
        String colons = fingerprint.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        SignaturePolicy trusted = SignaturePolicy.of("trusted", List.of(colons), false);
        SignaturePolicy others = SignaturePolicy.of("trusted", List.of("00".repeat(32)), false);
        assertTrue(SignaturePolicy.ANY.objection(none, NOW).isEmpty());
        assertTrue(signed.objection(none, NOW).orElseThrow().contains("not signed"));
        assertTrue(signed.objection(vendor, NOW).isEmpty());
        assertTrue(trusted.objection(vendor, NOW).isEmpty());
        assertTrue(trusted.objection(none, NOW).orElseThrow().contains("not signed"));
        assertTrue(others.objection(vendor, NOW).orElseThrow().contains("CN=vendor"));
    }

    private Signature signedBy(String... names) throws Exception {
        for (String name : names) {
            sign(name);
        }
        return read().signature();
    }

    private static SignaturePolicy trusting(Signature signature, boolean allowExpired) {
        List<String> all =
                signature.signers().stream().map(Signature.Signer::fingerprint).toList();
        return SignaturePolicy.of("trusted", all, allowExpired);
    }

    @Test
    void anExpiredCertificateIsNotTrustedUnlessTheSiteAllowsIt() throws Exception {
        Signature former = signedBy("former");
        String objection = trusting(former, false).objection(former, NOW).orElseThrow();
        assertTrue(objection.contains("CN=former,O=Test"), objection);
        assertTrue(
                objection.contains("has expired on " + former.signers().get(0).until()), objection);
        assertTrue(objection.contains("allowExpired"), objection);
        assertTrue(trusting(former, true).objection(former, NOW).isEmpty());
        assertTrue(SignaturePolicy.of("signed", List.of(), false)
                .objection(former, NOW)
                .isEmpty());
        assertTrue(SignaturePolicy.ANY.objection(former, NOW).isEmpty());
    }

    @Test
    void aCertificateThatIsNotYetValidIsNotTrustedAtAll() throws Exception {
        Signature future = signedBy("future");
        for (boolean allowExpired : new boolean[] {false, true}) {
            String objection =
                    trusting(future, allowExpired).objection(future, NOW).orElseThrow();
            assertTrue(objection.contains("is not valid before"), objection);
            assertTrue(objection.contains("clock"), objection);
        }
        assertTrue(trusting(future, false)
                .objection(future, NOW.plus(Duration.ofDays(20)))
                .isEmpty());
    }

    @Test
    void theLastMomentOfACertificateIsInItsTime() throws Exception {
        Signature vendor = signedBy("vendor");
        Instant until = vendor.signers().get(0).until();
        assertTrue(trusting(vendor, false).objection(vendor, until).isEmpty());
        assertTrue(
                trusting(vendor, false).objection(vendor, until.plusMillis(1)).isPresent());
    }

    @Test
    void oneTrustedCertificateInItsTimeIsEnough() throws Exception {
        Signature both = signedBy("former", "vendor");
        assertTrue(trusting(both, false).objection(both, NOW).isEmpty());
        String formerOnly = both.signers().stream()
                .filter(s -> s.name().startsWith("CN=former"))
                .findFirst()
                .orElseThrow()
                .fingerprint();
        assertTrue(SignaturePolicy.of("trusted", List.of(formerOnly), false)
                .objection(both, NOW)
                .orElseThrow()
                .contains("has expired"));
    }

    @Test
    void aStrangePolicyIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SignaturePolicy.of("all", List.of(), false));
        assertThrows(IllegalArgumentException.class, () -> SignaturePolicy.of("trusted", List.of("12:34"), false));
    }
}
