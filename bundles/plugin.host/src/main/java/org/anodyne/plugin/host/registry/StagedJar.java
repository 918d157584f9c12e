package org.anodyne.plugin.host.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A private copy of a jar, read through once: what is checked is what is installed, whatever happens to the original
 * meanwhile.
 *
 * @param file the copy; deleted by {@link #close}
 * @param name file name of the original
 * @param sha256 of its bytes, hexadecimal
 * @param symbolicName of the bundle
 * @param version of the bundle
 * @param signature who signed all of it
 */
record StagedJar(Path file, String name, String sha256, String symbolicName, String version, Signature signature)
        implements AutoCloseable {
    /**
     * Copies and reads a jar.
     *
     * @throws Refusal when it cannot be read, is no jar, or is no bundle
     */
    static StagedJar of(Path jar, Path folder) {
        String name = String.valueOf(jar.getFileName());
        try (ZipFile quick = new ZipFile(jar.toFile())) {
            // A jar that is still being copied lacks its directory, which is at the end: found out before copying it.
            if (quick.size() == 0) {
                throw new Refusal(name + " is an empty archive", null);
            }
        } catch (IOException e) {
            throw new Refusal(name + " is not a complete jar file (" + e.getMessage() + "); copy it again", e);
        }
        Path copy = null;
        try {
            Files.createDirectories(folder);
            copy = Files.createTempFile(folder, "staged", ".jar");
            Files.copy(jar, copy, StandardCopyOption.REPLACE_EXISTING);
            return read(copy, name);
        } catch (ZipException e) {
            delete(copy);
            throw new Refusal(name + " is damaged: " + e.getMessage() + "; copy it again", e);
        } catch (IOException | SecurityException e) {
            delete(copy);
            throw new Refusal(name + " cannot be read: " + e.getMessage(), Refusal.Claim.NONE, e);
        } catch (Refusal e) {
            delete(copy);
            throw e;
        }
    }

    private static StagedJar read(Path copy, String name) throws IOException {
        String sha256 = hash(copy);
        try (JarFile jar = new JarFile(copy.toFile(), true)) {
            Signature signature = signature(jar, name, sha256);
            Manifest manifest = jar.getManifest();
            Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String symbolicName = directive(main.getValue("Bundle-SymbolicName"));
            if (symbolicName.isEmpty()) {
                throw new Refusal(
                        name + " is a plain jar and no bundle: its manifest has no Bundle-SymbolicName; build it with"
                                + " bnd-maven-plugin",
                        new Refusal.Claim("", null, "", "", "", sha256),
                        null);
            }
            String version = main.getValue("Bundle-Version") == null ? "0.0.0" : main.getValue("Bundle-Version");
            if (main.getValue("Fragment-Host") != null) {
                throw new Refusal(
                        name + " is a fragment of " + directive(main.getValue("Fragment-Host"))
                                + " and cannot be added to a running platform",
                        new Refusal.Claim("", null, "", version, symbolicName, sha256),
                        null);
            }
            return new StagedJar(copy, name, sha256, symbolicName, version.trim(), signature);
        }
    }

    /** Reads all of it, which checks each sum, and each signature if there is one. */
    private static Signature signature(JarFile jar, String name, String sha256) throws IOException {
        String tampered;
        try {
            return Signature.of(jar);
        } catch (Signature.Tampered e) {
            tampered = e.getMessage();
        } catch (SecurityException e) {
            tampered = "its signature does not fit (" + e.getMessage() + ")";
        }
        throw new Refusal(
                name + " is not as it was signed: " + tampered + "; get it again from whoever made it",
                new Refusal.Claim("", null, "", "", "", sha256),
                null);
    }

    private static String directive(String header) {
        return header == null ? "" : header.split(";", 2)[0].trim();
    }

    /** SHA-256 of a file, hexadecimal. */
    static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        delete(file);
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
