package org.anodyne.plugins.tdcsreference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.anodyne.allocation.AllocationKey;
import org.anodyne.allocation.Arm;

/**
 * The site's key: resolves allocation codes, seals and opens doses. A sealed dose is AES-256-GCM over a record of fixed
 * length, so that its length says nothing either; the command's id is bound to it.
 */
final class SiteKey {
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

    private static final int IV = 12;
    private static final int GCM_BITS = 128;
    private static final int RECORD = 40;
    private static final byte VERSION = 1;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final AllocationKey key;
    private final byte[] dose;

    private SiteKey(AllocationKey key) {
        this.key = key;
        dose = key.derived("dose");
    }

    /**
     * Reads a key file.
     *
     * @throws IOException when it is not there, holds no key, or others may read it; the message is for a person
     */
    static SiteKey read(Path file) throws IOException {
        return new SiteKey(AllocationKey.read(file));
    }

    /** Writes a new key; never over an old one, without which no session could be unblinded any more. */
    static void create(Path file) throws IOException {
        AllocationKey.create(file);
    }

    /** A new code for one participant. */
    String code(Arm arm) {
        return key.code(arm);
    }

    /** What a code means; empty when it was not made with this key, or mistyped. Both arms take the same time. */
    Optional<Arm> arm(String code) {
        return key.arm(code);
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
}
