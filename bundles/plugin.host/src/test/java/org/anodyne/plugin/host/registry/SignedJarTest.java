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
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Payload;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.InstalledPlugin.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signed jars dropped into the folder of a real, running framework. */
class SignedJarTest {
    @TempDir
    private Path folder;

    private Felix felix;

    @BeforeEach
    void start() {
        assumeTrue(
                Files.isExecutable(Path.of(System.getProperty("java.home"), "bin", "jarsigner")),
                "skipped: this Java has no jarsigner; signing needs a JDK");
        felix = new Felix(folder, Map.of());
        felix.settle();
    }

    @AfterEach
    void stop() {
        if (felix != null) {
            felix.close();
        }
    }

    private Path signed(String... more) throws Exception {
        Path jar = Jar.counter("good", "1.0.0").to(folder.resolve("made"), "good.jar");
        String store = folder.resolve("keys.p12").toString();
        List<String> made = new ArrayList<>(List.of(
                "-genkeypair",
                "-alias",
                "vendor",
                "-keyalg",
                "EC",
                "-dname",
                "CN=vendor",
                "-keystore",
                store,
                "-storepass",
                "changeit"));
        made.addAll(List.of(more));
        SignatureTest.tool("keytool", made.toArray(String[]::new));
        SignatureTest.tool("jarsigner", "-keystore", store, "-storepass", "changeit", jar.toString(), "vendor");
        return jar;
    }

    private void drop(Path jar) throws IOException {
        Path part = Files.copy(jar, felix.plugins().resolve("good.jar.tmp"));
        Files.move(part, felix.plugins().resolve("good.jar"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void whoSignedItIsSaidInTheListAndOnTheBus() throws Exception {
        drop(signed());
        felix.await("good is available", () -> felix.registry().find("good").isPresent());
        InstalledPlugin good = felix.registry().find("good").orElseThrow();
        assertTrue(good.signedBy().startsWith("CN=vendor (sha256 "), good.signedBy());
        Payload.Document told = (Payload.Document) felix.bus
                .await(m -> m.topic().path().equals("anodyne/1/lab/plugin/good"))
                .payload();
        assertEquals(good.signedBy(), told.attributes().get("signedBy"));
    }

    @Test
    void aTamperedJarIsRefusedThoughThePolicyIsAny() throws Exception {
        Path jar = signed();
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Files.writeString(inside.getPath("/more.txt"), "more");
        }
        drop(jar);
        felix.await(
                "it is refused", () -> felix.plugin("good.jar", State.REJECTED).isPresent());
        String reason = felix.plugin("good.jar", State.REJECTED).orElseThrow().reason();
        assertTrue(reason.contains("more.txt was added after the jar was signed"), reason);
        assertTrue(felix.bundles("org.example.good").isEmpty());
    }

    @Test
    void aJarOfATrustedSignerWhoseCertificateHasExpiredIsRefusedUnlessTheSiteAllowsIt() throws Exception {
        Path jar = signed("-startdate", "-60d", "-validity", "30");
        String fingerprint;
        try (StagedJar staged = StagedJar.of(jar, folder.resolve("staged"))) {
            fingerprint = staged.signature().signers().get(0).fingerprint();
        }
        Registry registry = new Registry(felix.context());
        registry.open();
        SignaturePolicy strict = SignaturePolicy.of("trusted", List.of(fingerprint), false);
        try (Deployer deployer = new Deployer(felix.context(), registry, strict)) {
            Refusal refusal = assertThrows(Refusal.class, () -> deployer.deploy(jar, Deployer.Purpose.INSTALL, ""));
            assertTrue(refusal.getMessage().contains("has expired on"), refusal.getMessage());
            assertTrue(felix.bundles("org.example.good").isEmpty());
        }
        SignaturePolicy lenient = SignaturePolicy.of("trusted", List.of(fingerprint), true);
        try (Deployer deployer = new Deployer(felix.context(), registry, lenient)) {
            deployer.deploy(jar, Deployer.Purpose.INSTALL, "");
            assertEquals(1, felix.bundles("org.example.good").size());
        }
        registry.close();
    }

    @Test
    void anUnsignedJarIsRefusedWhereSignedOnesAreAskedFor() throws Exception {
        Registry registry = new Registry(felix.context());
        try (Deployer deployer =
                new Deployer(felix.context(), registry, SignaturePolicy.of("signed", List.of(), false))) {
            Path jar = Jar.counter("good", "1.0.0").to(folder.resolve("made"), "good.jar");
            Refusal refusal = assertThrows(Refusal.class, () -> deployer.deploy(jar, Deployer.Purpose.INSTALL, ""));
            assertTrue(refusal.getMessage().contains("it is not signed"), refusal.getMessage());
            assertTrue(felix.bundles("org.example.good").isEmpty());
        }
    }
}
