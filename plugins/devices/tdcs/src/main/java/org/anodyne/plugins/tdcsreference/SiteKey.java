package org.anodyne.plugins.tdcsreference;

import java.io.IOException;
import java.nio.ByteBuffer;
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
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The site's key: makes and resolves allocation codes, seals and opens doses.
 *
 * <p>A code is 40 random bits and 60 bits of HMAC-SHA-256 over them and the arm, in base 32. Both arms are tried, and one
 * fits: the code says nothing without the key, every participant has one of their own, and a mistyped one fits neither.
 * A sealed dose is AES-256-GCM over a record of fixed length, so that its length says nothing either; the command's id is
 * bound to it.
 */
final class SiteKey {
    /** What a code can mean. */
    enum Arm {
        ACTIVE,
        SHAM
    }

    /**
     * What was truly delivered up to a moment.
     *
     * @param arm of the stimulation
     * @param sequence of this record within the stimulation, from 0
     * @param seconds since its beginning
     * @param milliamps measured
     * @param kiloohms measured
     * @param millicoulombs measured since its beginning
     */
    record Dose(Arm arm, int sequence, double seconds, double milliamps, double kiloohms, double millicoulombs) {}

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int NONCE = 5;
    private static final int TAG_SYMBOLS = 12;
    private static final int GROUP = 4;
    private static final int IV = 12;
    private static final int GCM_BITS = 128;
    private static final int RECORD = 40;
    private static final byte VERSION = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] allocation;
    private final byte[] dose;

    private SiteKey(byte[] key) {
        allocation = mac(key, "anodyne allocation".getBytes(StandardCharsets.US_ASCII));
        dose = mac(key, "anodyne dose".getBytes(StandardCharsets.US_ASCII));
    }

    /**
     * Reads a key file.
     *
     * @throws IOException when it is not there, holds no key, or others may read it; the message is for a person
     */
    static SiteKey read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(
                    "there is no key file " + file + "; make one with the command in the plug-in's README");
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> open = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            open.removeAll(PosixFilePermissions.fromString("rw-------"));
            if (!open.isEmpty()) {
                throw new IOException("the key file " + file
                        + " can be read by others, who could tell the arms; set its" + " permissions to rw-------");
            }
        }
        String text = Files.readString(file).strip();
        if (!text.matches("[0-9a-f]{64}")) {
            throw new IOException("the key file " + file + " does not hold 64 hexadecimal digits");
        }
        return new SiteKey(HexFormat.of().parseHex(text));
    }

    /** Writes a new key; never over an old one, without which no session could be unblinded any more. */
    static void create(Path file) throws IOException {
        byte[] key = new byte[32];
        RANDOM.nextBytes(key);
        byte[] text = (HexFormat.of().formatHex(key) + "\n").getBytes(StandardCharsets.US_ASCII);
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(file, text);
        } else {
            Files.write(file, text, StandardOpenOption.CREATE_NEW);
        }
    }

    /** A new code for one participant. */
    String code(Arm arm) {
        byte[] nonce = new byte[NONCE];
        RANDOM.nextBytes(nonce);
        return code(arm, nonce);
    }

    private String code(Arm arm, byte[] nonce) {
        byte[] input = Arrays.copyOf(nonce, NONCE + 1);
        input[NONCE] = (byte) arm.ordinal();
        String symbols = symbols(nonce, 8) + symbols(mac(allocation, input), TAG_SYMBOLS);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < symbols.length(); i += GROUP) {
            code.append(i > 0 ? "-" : "").append(symbols, i, i + GROUP);
        }
        return code.toString();
    }

    /** What a code means; empty when it was not made with this key, or mistyped. Both arms take the same time. */
    Optional<Arm> arm(String code) {
        byte[] nonce = new byte[NONCE];
        String bare = code.replace("-", "");
        if (bare.length() != 8 + TAG_SYMBOLS || !bare.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            return Optional.empty();
        }
        long bits = 0;
        for (int i = 0; i < 8; i++) {
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

    /** Seals what was delivered; always the same length. */
    String seal(String commandId, Dose delivered) {
        ByteBuffer record = ByteBuffer.allocate(RECORD);
        record.put(VERSION)
                .put((byte) delivered.arm().ordinal())
                .putShort((short) 0)
                .putInt(delivered.sequence());
        record.putDouble(delivered.seconds()).putDouble(delivered.millicoulombs());
        record.putDouble(delivered.milliamps()).putDouble(delivered.kiloohms());
        byte[] iv = new byte[IV];
        RANDOM.nextBytes(iv);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, iv, record.array(), commandId);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(IV + sealed.length)
                        .put(iv)
                        .put(sealed)
                        .array());
    }

    /**
     * Opens a sealed dose.
     *
     * @throws IllegalArgumentException when it was sealed with another key, belongs to another command or was changed
     */
    Dose open(String commandId, String text) {
        byte[] all = Base64.getUrlDecoder().decode(text);
        if (all.length <= IV) {
            throw new IllegalArgumentException("this is no sealed dose");
        }
        ByteBuffer record = ByteBuffer.wrap(
                crypt(Cipher.DECRYPT_MODE, Arrays.copyOf(all, IV), Arrays.copyOfRange(all, IV, all.length), commandId));
        if (record.get() != VERSION) {
            throw new IllegalArgumentException("this dose was sealed by another version of the plug-in");
        }
        Arm arm = Arm.values()[record.get()];
        record.getShort();
        int sequence = record.getInt();
        double seconds = record.getDouble();
        double millicoulombs = record.getDouble();
        return new Dose(arm, sequence, seconds, record.getDouble(), record.getDouble(), millicoulombs);
    }

    private byte[] crypt(int mode, byte[] iv, byte[] content, String commandId) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(dose, "AES"), new GCMParameterSpec(GCM_BITS, iv));
            cipher.updateAAD(commandId.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "this dose was sealed with another key, belongs to another command than " + commandId
                            + ", or was changed",
                    e);
        }
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
