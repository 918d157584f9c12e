package org.anodyne.allocation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationKeyTest {
    @TempDir
    private Path folder;

    private Path file;
    private AllocationKey key;

    @BeforeEach
    void create() throws IOException {
        file = folder.resolve("key");
        AllocationKey.create(file);
        key = AllocationKey.read(file);
    }

    @Test
    void everyCodeIsDifferentAndMeansItsArm() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            Arm arm = Arm.values()[i % 2];
            String code = key.code(arm);
            assertTrue(code.matches("([A-Z2-7]{4}-){4}[A-Z2-7]{4}"), code);
            assertTrue(codes.add(code));
            assertEquals(Optional.of(arm), key.arm(code));
        }
    }

    @Test
    void codesHandedOutBeforeMeanWhatTheyMeant() throws IOException {
        // Made by the first adapter that had codes, before they had a place of their own.
        AllocationKey old = keyOf("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        assertEquals(Optional.of(Arm.ACTIVE), old.arm("OUXP-DAAY-Y6NU-MR7S-QR4T"));
        assertEquals(Optional.of(Arm.SHAM), old.arm("7GFD-U25J-YSQP-7KFS-5GH7"));
    }

    @Test
    void aMistypedCodeMeansNothing() {
        String code = key.code(Arm.SHAM);
        for (int i = 0; i < code.length(); i++) {
            char other = code.charAt(i) == 'A' ? 'B' : 'A';
            assertEquals(Optional.empty(), key.arm(code.substring(0, i) + other + code.substring(i + 1)));
        }
        for (String none : new String[] {"", "1111-1111-1111-1111-1111", code.substring(5), code.toLowerCase()}) {
            assertEquals(Optional.empty(), key.arm(none));
        }
    }

    @Test
    void anotherSitesCodeMeansNothing() throws IOException {
        AllocationKey.create(folder.resolve("other"));
        AllocationKey other = AllocationKey.read(folder.resolve("other"));
        assertEquals(Optional.empty(), other.arm(key.code(Arm.ACTIVE)));
    }

    @Test
    void everyPurposeHasAKeyOfItsOwn() throws IOException {
        assertArrayEquals(key.derived("dose"), AllocationKey.read(file).derived("dose"));
        assertEquals(32, key.derived("dose").length);
        assertFalse(Arrays.equals(key.derived("dose"), key.derived("allocation")));
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no permissions here");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(assertThrows(IOException.class, () -> AllocationKey.read(file))
                .getMessage()
                .contains("rw-------"));
    }

    @Test
    void whatHoldsNoKeyIsRefused() {
        assertTrue(assertThrows(IOException.class, () -> AllocationKey.read(folder.resolve("none")))
                .getMessage()
                .contains("there is no key file"));
        assertTrue(assertThrows(IOException.class, () -> keyOf("0123"))
                .getMessage()
                .contains("64 hexadecimal digits"));
    }

    @Test
    void theKeeperDoesItAllByCommand() throws IOException {
        String other = folder.resolve("new").toString();
        assertEquals("written: " + other + "\n", Keeper.run("new-key", other));
        assertThrows(FileAlreadyExistsException.class, () -> Keeper.run("new-key", other));
        String codes = Keeper.run("codes", other, "sham", "3");
        assertEquals(3, codes.lines().distinct().count());
        assertEquals(
                "sham\n", Keeper.run("arm", other, codes.lines().findFirst().orElseThrow()));
        assertThrows(IllegalArgumentException.class, () -> Keeper.run("arm", other, key.code(Arm.SHAM)));
        for (String[] bad :
                new String[][] {{}, {"help"}, {"codes", other, "placebo", "3"}, {"codes", other, "sham", "0"}}) {
            assertThrows(IllegalArgumentException.class, () -> Keeper.run(bad));
        }
    }

    private AllocationKey keyOf(String text) throws IOException {
        Path other = folder.resolve("given");
        AllocationKey.create(other);
        Files.writeString(other, text + "\n");
        return AllocationKey.read(other);
    }
}
