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
        for (String name : List.of("vendor", "stranger")) {
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
                    "-validity",
                    "30");
        }
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
        SignaturePolicy signed = SignaturePolicy.of("signed", List.of());
        String colons = fingerprint.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        SignaturePolicy trusted = SignaturePolicy.of("trusted", List.of(colons));
        SignaturePolicy others = SignaturePolicy.of("trusted", List.of("00".repeat(32)));
        assertTrue(SignaturePolicy.ANY.objection(none).isEmpty());
        assertTrue(signed.objection(none).orElseThrow().contains("not signed"));
        assertTrue(signed.objection(vendor).isEmpty());
        assertTrue(trusted.objection(vendor).isEmpty());
        assertTrue(trusted.objection(none).orElseThrow().contains("not signed"));
        assertTrue(others.objection(vendor).orElseThrow().contains("CN=vendor"));
    }

    @Test
    void aStrangePolicyIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> SignaturePolicy.of("all", List.of()));
        assertThrows(IllegalArgumentException.class, () -> SignaturePolicy.of("trusted", List.of("12:34")));
    }
}
