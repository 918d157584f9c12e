package org.anodyne.plugins.tdcsreference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.anodyne.allocation.Arm;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteKeyTest {
    @TempDir
    private Path folder;

    private Path file;
    private SiteKey key;

    @BeforeEach
    void create() throws IOException {
        file = folder.resolve("key");
        SiteKey.create(file);
        key = SiteKey.read(file);
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
    void aMistypedCodeMeansNothing() {
        String code = key.code(Arm.SHAM);
        for (int i = 0; i < code.length(); i++) {
            char other = code.charAt(i) == 'A' ? 'B' : 'A';
            assertEquals(Optional.empty(), key.arm(code.substring(0, i) + other + code.substring(i + 1)));
        }
        assertEquals(Optional.empty(), key.arm(""));
        assertEquals(Optional.empty(), key.arm("1111-1111-1111-1111-1111"));
    }

    @Test
    void anotherSitesCodeMeansNothing() throws IOException {
        SiteKey.create(folder.resolve("other"));
        assertEquals(Optional.empty(), SiteKey.read(folder.resolve("other")).arm(key.code(Arm.ACTIVE)));
    }

    @Test
    void aSealedDoseOpensForItsCommandOnlyAndIsAlwaysAsLong() {
        SiteKey.Dose active = new SiteKey.Dose(Arm.ACTIVE, 7, 601.5, 1.998, 8.25, 1143.125);
        SiteKey.Dose sham = new SiteKey.Dose(Arm.SHAM, 0, 0, 0, 0, 0);
        String sealed = key.seal("c-1", active);
        assertEquals(active, key.open("c-1", sealed));
        assertEquals(sealed.length(), key.seal("c-1", sham).length());
        assertThrows(IllegalArgumentException.class, () -> key.open("c-2", sealed));
        assertThrows(IllegalArgumentException.class, () -> key.open("c-1", sealed.substring(1)));
        assertThrows(IllegalArgumentException.class, () -> key.open("c-1", "AAAA"));
    }

    @Test
    void whatWasSealedBeforeOpensStill() throws IOException {
        Files.writeString(file, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n");
        String sealed = "Z3L523fdtVgkNTCQwkwEh6Cy65adrJHgfhyCR6gr-NjhRio-ObJAFngmHl74Pweg49kmCK3fqEkFvqlzDoCV0pKw-Lo";
        assertEquals(
                new SiteKey.Dose(Arm.ACTIVE, 7, 601.5, 1.998, 8.25, 1143.125),
                SiteKey.read(file).open("c-1", sealed));
    }

    @Test
    void theKeeperOfTheAllocationDoesItAllByCommand() throws IOException {
        String other = folder.resolve("new").toString();
        Unblind.run("new-key", other);
        assertThrows(FileAlreadyExistsException.class, () -> Unblind.run("new-key", other));
        String codes = Unblind.run("codes", other, "sham", "3");
        assertEquals(3, codes.lines().count());
        assertEquals(
                "sham\n", Unblind.run("arm", other, codes.lines().findFirst().orElseThrow()));
        String sealed = SiteKey.read(Path.of(other)).seal("c-1", new SiteKey.Dose(Arm.SHAM, 3, 60, 0.5, 8, 30));
        assertTrue(
                Unblind.run("open", other, "c-1", sealed).startsWith("arm sham, record 3, 60.0 s, 0.500 mA, 8.0 kOhm"));
        assertThrows(IllegalArgumentException.class, () -> Unblind.run("help"));
    }

    @Test
    void aKeyThatOthersCanReadIsRefused() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no permissions here");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertTrue(assertThrows(IOException.class, () -> SiteKey.read(file))
                .getMessage()
                .contains("rw-------"));
        assertThrows(IOException.class, () -> SiteKey.read(folder.resolve("none")));
    }
}
