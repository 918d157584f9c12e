package org.anodyne.console.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;

class PasswordsTest {
    @Test
    void onlyTheSamePasswordIsRight() {
        String stored = Passwords.accepted("correct horse battery");
        assertTrue(Passwords.right("correct horse battery", stored));
        assertFalse(Passwords.right("correct horse batterY", stored));
        assertFalse(Passwords.right("", stored));
        assertFalse(Passwords.right("nobody has this password", null));
    }

    @Test
    void theSamePasswordIsStoredDifferentlyEachTimeAndSaysHowItWasMade() {
        String one = Passwords.accepted("correct horse battery");
        String two = Passwords.accepted("correct horse battery");
        assertNotEquals(one, two);
        assertTrue(one.startsWith("$argon2id$v=19,m=19456,t=2,p=1$"), one);
        assertFalse(one.contains("horse"));
    }

    @Test
    void tooShortAndTooLongAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Passwords.accepted("eleven char"));
        assertThrows(IllegalArgumentException.class, () -> Passwords.accepted("x".repeat(257)));
        // Twelve characters, not twelve UTF-16 units.
        assertThrows(IllegalArgumentException.class, () -> Passwords.accepted("😀".repeat(11)));
    }

    /** Argon2id as RFC 9106, section 5.3, has it; the library is held to it with its own parameters. */
    @Test
    void theLibraryComputesWhatTheRfcSays() {
        byte[] out = new byte[32];
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(bytes(16, 2))
                .withSecret(bytes(8, 3))
                .withAdditional(bytes(12, 4))
                .build());
        argon2.generateBytes(bytes(32, 1), out);
        assertEquals(
                "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659",
                HexFormat.of().formatHex(out));
    }

    private static byte[] bytes(int count, int value) {
        byte[] b = new byte[count];
        java.util.Arrays.fill(b, (byte) value);
        return b;
    }
}
