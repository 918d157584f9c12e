package org.anodyne.console.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anodyne.console.account.JoinCodes.Opens;
import org.anodyne.console.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts, browsers and codes over their database. */
class WhoComesInTest {
    @TempDir
    private Path folder;

    private final List<String> gone = new ArrayList<>();
    private Store store;
    private Accounts accounts;
    private Browsers browsers;

    @BeforeEach
    void open() {
        store = new Store(folder.resolve("console.db"));
        accounts = new Accounts(store);
        browsers = new Browsers(store, gone::add);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void accountsAreMadeUsedClosedAndOpened() {
        assertTrue(accounts.none());
        accounts.make("Ada", Role.ADMINISTRATOR, "a long enough sentence");
        accounts.make("Olu", Role.OPERATOR, "another long sentence");
        assertFalse(accounts.none());
        assertEquals(
                Role.OPERATOR,
                accounts.with("Olu", "another long sentence").orElseThrow().role());
        assertEquals(Optional.empty(), accounts.with("Olu", "a long enough sentence"));
        assertEquals(Optional.empty(), accounts.with("nobody", "a long enough sentence"));
        accounts.disable("Olu", true);
        assertEquals(Optional.empty(), accounts.with("Olu", "another long sentence"));
        accounts.disable("Olu", false);
        accounts.password("Olu", "a third long sentence");
        assertTrue(accounts.with("Olu", "a third long sentence").isPresent());
    }

    @Test
    void whatWouldLockEverybodyOutOrMisleadIsRefused() {
        accounts.make("Ada", Role.ADMINISTRATOR, "a long enough sentence");
        assertThrows(IllegalArgumentException.class, () -> accounts.disable("Ada", true));
        assertThrows(
                IllegalArgumentException.class, () -> accounts.make("Ada", Role.OPERATOR, "a long enough sentence"));
        assertThrows(
                IllegalArgumentException.class, () -> accounts.make("P01", Role.PARTICIPANT, "a long enough sentence"));
        assertThrows(
                IllegalArgumentException.class, () -> accounts.make("<b>", Role.OPERATOR, "a long enough sentence"));
        assertThrows(IllegalArgumentException.class, () -> accounts.password("nobody", "a long enough sentence"));
    }

    @Test
    void aBrowserStaysLetInOverARestartAndItsSecretIsNotInTheFile() throws Exception {
        Browser made = browsers.letIn(Role.OPERATOR, "Olu", "", Browsers.STAFF);
        store.close();
        for (String file : List.of("console.db", "console.db-wal")) {
            if (Files.exists(folder.resolve(file))) {
                String bytes = Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1);
                assertFalse(bytes.contains(made.token()), "the secret is in " + file);
            }
        }
        open();
        assertEquals("Olu", browsers.with(made.token()).orElseThrow().who());
        assertEquals(Optional.empty(), browsers.with(made.token() + "x"));
        assertEquals(Optional.empty(), browsers.with(""));
        assertEquals(Optional.empty(), browsers.with(null));
    }

    @Test
    void timeAndOthersShutABrowserOut() {
        Browser late = browsers.letIn(Role.OPERATOR, "Olu", "", Duration.ofSeconds(-1));
        assertEquals(Optional.empty(), browsers.with(late.token()));
        Browser in = browsers.letIn(Role.OPERATOR, "Olu", "", Browsers.STAFF);
        Browser participant = browsers.letIn(Role.PARTICIPANT, "Olu", "s1", Browsers.STAFF);
        browsers.shutOut("Olu", Role.OPERATOR);
        assertEquals(Optional.empty(), browsers.with(in.token()));
        assertTrue(browsers.with(participant.token()).isPresent());
        assertTrue(gone.contains(in.id()) && !gone.contains(participant.id()));
        assertTrue(browsers.holds(participant) && !browsers.holds(in));
        Browser soon = browsers.letIn(Role.OPERATOR, "Olu", "", Duration.ofMillis(1));
        while (browsers.with(soon.token()).isPresent()) {
            Thread.onSpinWait();
        }
        browsers.shutOutLate();
        assertTrue(gone.contains(soon.id()) && !gone.contains(participant.id()));
    }

    @Test
    void aCodeOpensOneThingHoweverItIsTypedUntilANewOneIsMade() {
        JoinCodes codes = new JoinCodes(store);
        String code = codes.make("P01", "s1", Duration.ofHours(1));
        assertTrue(code.matches("[2-9A-Z]{4}-[2-9A-Z]{4}"), code);
        assertEquals(
                Optional.of(new Opens("P01", "s1")), codes.opens(" " + code.toLowerCase(java.util.Locale.ROOT) + " "));
        String next = codes.make("P01", "s1", Duration.ofHours(1));
        assertEquals(Optional.empty(), codes.opens(code));
        assertEquals(Optional.empty(), codes.opens(""));
        assertEquals(Optional.empty(), codes.opens("' or 1=1 --"));
        codes.end("s1");
        assertEquals(Optional.empty(), codes.opens(next));
        assertEquals(Optional.empty(), codes.opens(codes.make("P01", "", Duration.ofSeconds(-1))));
    }
}
