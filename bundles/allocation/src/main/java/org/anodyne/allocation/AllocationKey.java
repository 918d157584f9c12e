package org.anodyne.allocation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The site's key: makes and resolves allocation codes.
 *
 * <p>A code is 40 random bits and 60 bits of HMAC-SHA-256 over them and the arm, in base 32. Both arms are tried, and one
 * fits: the code says nothing without the key, every participant has one of their own, and a mistyped one fits neither.
 * The same code means the same arm to every plug-in of the site. Immutable; thread: any.
 */
public final class AllocationKey {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int KEY = 32;
    private static final int NONCE = 5;
    private static final int NONCE_SYMBOLS = 8;
    private static final int TAG_SYMBOLS = 12;
    private static final int GROUP = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;
    private final byte[] allocation;

    private AllocationKey(byte[] key) {
        this.key = key;
        allocation = derived("allocation");
    }

    /**
     * Reads a key file.
     *
     * @throws IOException when it is not there, holds no key, or others may read it; the message is for a person
     */
    public static AllocationKey read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "there is no key file " + file + "; make one with the command in the plug-in's README");
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            open.removeAll(PosixFilePermissions.fromString("rw-------"));
            if (!open.isEmpty()) {
                throw new IOException("the key file " + file
                        + " can be read by others, who could tell the arms; set its permissions to rw-------");
            }
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IOException("the key file " + file + " does not hold 64 hexadecimal digits");
        }
        return new AllocationKey(HexFormat.of().parseHex(text));
    }

    /**
     * Writes a new key; never over an old one, without which no session could be unblinded any more.
     *
     * @throws IOException when the file is there or cannot be written
     */
    public static void create(Path file) throws IOException {
        byte[] key = new byte[KEY];
        RANDOM.nextBytes(key);
        byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text);
        } else {
            Files.write(file, text, StandardOpenOption.CREATE_NEW);
        }
    }

    /** A key of 32 bytes for another purpose of the same site, such as sealing doses; other purposes, other keys. */
    public byte[] derived(String purpose) {
        return mac(key, ("anodyne " + purpose).getBytes(StandardCharsets.UTF_8));
    }

    /** A new code for one participant: five groups of four symbols. */
    public String code(Arm arm) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return code(arm, nonce);
    }

    private String code(Arm arm, byte[] nonce) {
        byte[] input = Arrays.copyOf(nonce, NONCE + 1);
        input[NONCE] = (byte) arm.ordinal();
        String symbols = symbols(nonce, NONCE_SYMBOLS) + symbols(mac(allocation, input), TAG_SYMBOLS);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < symbols.length(); i += GROUP) {
            code.append(i > 0 ? "-" : "").append(symbols, i, i + GROUP);
        }
        return code.toString();
    }

    /** What a code means; empty when it was not made with this key, or mistyped. Both arms take the same time. */
    public Optional<Arm> arm(String code) {
        byte[] nonce = new byte[NONCE];
        String bare = code.replace("-", "");
        if (bare.length() != NONCE_SYMBOLS + TAG_SYMBOLS || !bare.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < NONCE_SYMBOLS; i++) {
            bits = bits << 5 | ALPHABET.indexOf(bare.charAt(i));
        }
        for (int i = 0; i < NONCE; i++) {
            nonce[i] = (byte) (bits >> 8 * (NONCE - 1 - i));
        }
        byte[] given = code.getBytes(StandardCharsets.US_ASCII);
        boolean active = MessageDigest.isEqual(given, code(Arm.ACTIVE, nonce).getBytes(StandardCharsets.US_ASCII));
        boolean sham = MessageDigest.isEqual(given, code(Arm.SHAM, nonce).getBytes(StandardCharsets.US_ASCII));
        return active == sham ? Optional.empty() : Optional.of(active ? Arm.ACTIVE : Arm.SHAM);
    }

    private static byte[] mac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    private static String symbols(byte[] bytes, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int value = 0;
            for (int bit = i * 5; bit < i * 5 + 5; bit++) {
                value = value << 1 | bytes[bit / 8] >> 7 - bit % 8 & 1;
            }
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }
}
