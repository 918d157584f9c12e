package org.anodyne.console.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Passwords as they are stored: Argon2id with 19 MiB, two passes and one lane, what OWASP's Password Storage Cheat Sheet
 * names as its minimum. Thread: any.
 */
public final class Passwords {
    /** Shorter ones are refused; NIST SP 800-63B asks for at least 8 where a second factor is used, 15 where none is. */
    public static final int SHORTEST = 12;

    private static final int LONGEST = 256;
    private static final int MEMORY_KIB = 19 * 1024;
    private static final int PASSES = 2;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    /** Compared with when there is no such account, so that the time of an answer does not tell it. */
    private static final String NOBODY = hash("nobody has this password");

    private Passwords() {}

    /**
     * What is stored of a password.
     *
     * @throws IllegalArgumentException when it is too short or too long, with what to do about it
     */
    public static String accepted(String password) {
        if (password.codePointCount(0, password.length()) < SHORTEST) {
            throw new IllegalArgumentException(
                    "the password is too short: at least " + SHORTEST + " characters; a sentence is easy to remember");
        }
        if (password.length() > LONGEST) {
            throw new IllegalArgumentException("the password is too long: at most " + LONGEST + " characters");
        }
        return hash(password);
    }

    /** Whether the password is the one that was stored; takes as long when nothing was. */
    public static boolean right(String password, String stored) {
        String[] p = (stored == null ? NOBODY : stored).split("\\$");
        byte[] salt = Base64.getDecoder().decode(p[3]);
        byte[] hash = Base64.getDecoder().decode(p[4]);
        boolean same = MessageDigest.isEqual(hash, derive(password, salt));
        return same && stored != null;
    }

    private static String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder b64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19,m=" + MEMORY_KIB + ",t=" + PASSES + ",p=1$" + b64.encodeToString(salt) + "$"
                + b64.encodeToString(derive(password, salt));
    }

    private static byte[] derive(String password, byte[] salt) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(MEMORY_KIB)
                .withIterations(PASSES)
                .withParallelism(1)
                .withSalt(salt)
                .build());
        byte[] out = new byte[HASH_BYTES];
        argon2.generateBytes(password.getBytes(StandardCharsets.UTF_8), out);
        return out;
    }
}
