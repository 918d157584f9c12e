package org.anodyne.console.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of the pages, as they lie in this bundle, and what answers say about themselves. Thread: any. */
public final class Site {
    private static final String SHELL = "shell.html";
    /** System property: a folder whose files go before those of this bundle, for whoever works on the pages. */
    private static final String EDITED = "anodyne.console.web";

    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    /** No part begins with a point or holds two of them. */
    private static final Pattern FILE =
            Pattern.compile("([A-Za-z0-9@_-]+(\\.[A-Za-z0-9_-]+)*/)*[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)+");

    private final Headers headers;
    private final String shell;

    /**
     * @param loopback whether only this machine is served
     * @param livePort port of the bus for browsers; 0 when there is none
     */
    public Site(boolean loopback, int livePort) {
        shell = new String(
                file(SHELL).orElseThrow(() -> new IllegalStateException("the bundle lacks its pages")),
                StandardCharsets.UTF_8);
        Matcher map = IMPORT_MAP.matcher(shell);
        if (!map.find()) {
            throw new IllegalStateException("the page lacks its import map");
        }
        headers = new Headers(
                loopback,
                livePort,
                Base64.getEncoder().encodeToString(sha256(map.group(1).getBytes(StandardCharsets.UTF_8))));
    }

    Headers headers() {
        return headers;
    }

    Answers answers() {
        return new Answers(headers);
    }

    /** The page around every view. */
    byte[] shell() {
        return shell.getBytes(StandardCharsets.UTF_8);
    }

    /** A file of the pages; empty when there is none of that name. */
    Optional<byte[]> file(String name) {
        if (!FILE.matcher(name).matches()) {
            return Optional.empty();
        }
        String edited = System.getProperty(EDITED);
        try {
            if (edited != null && Files.isRegularFile(Path.of(edited, name))) {
                return Optional.of(Files.readAllBytes(Path.of(edited, name)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (InputStream in = Site.class.getResourceAsStream("/web/" + name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String tag(byte[] bytes) {
        return "\"" + HexFormat.of().formatHex(sha256(bytes), 0, 12) + "\"";
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
