package org.anodyne.console.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.console.account.Accounts;
import org.anodyne.console.account.Browser;
import org.anodyne.console.account.Browsers;
import org.anodyne.console.account.JoinCodes;
import org.anodyne.console.account.Role;
import org.anodyne.console.account.Throttle;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks that every request passes: who, from where, with what. */
class WhoMayAskTest {
    @TempDir
    private Path folder;

    private final List<String> done = new ArrayList<>();
    private final Site site = new Site(true, 1883);
    private Store store;
    private Browsers browsers;
    private ApiServlet api;

    @BeforeEach
    void open() {
        store = new Store(folder.resolve("console.db"));
        browsers = new Browsers(store, id -> {});
        Set<Role> operator = Set.of(Role.OPERATOR);
        api = new ApiServlet(
                List.of(
                        new Route("GET", "/things/{name}", operator, c -> did("read " + c.part("name"))),
                        new Route("POST", "/things/{name}", operator, c -> did("changed to " + c.text("text")))),
                browsers,
                site);
    }

    private Object did(String what) {
        done.add(what);
        return Map.of("done", what);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Browser in(Role role) {
        return browsers.letIn(role, "X", "", Browsers.STAFF);
    }

    @Test
    void strangersAreSentToLogIn() throws Exception {
        assertEquals(401, new Asked("GET", "/things/a").of(api).status);
        assertEquals(401, new Asked("GET", "/there/is/nothing").of(api).status);
        assertEquals(401, new Asked("GET", "/things/a").cookie("made up").of(api).status);
        assertEquals(List.of(), done);
    }

    @Test
    void onlyTheRolesOfARouteGetThrough() throws Exception {
        for (Role role : Role.values()) {
            Browser b = in(role);
            int wanted = role == Role.OPERATOR ? 200 : 403;
            assertEquals(wanted, new Asked("GET", "/things/a").cookie(b.token()).of(api).status, role.word());
            Asked change = new Asked("POST", "/things/a")
                    .cookie(b.token())
                    .header("X-Anodyne-Csrf", b.csrf())
                    .json("{\"text\":\"b\"}");
            assertEquals(wanted, change.of(api).status, role.word());
        }
        assertEquals(List.of("read a", "changed to b"), done);
    }

    @Test
    void aChangeNeedsTheBrowsersOwnToken() throws Exception {
        Browser b = in(Role.OPERATOR);
        Browser other = in(Role.OPERATOR);
        for (String csrf : new String[] {null, "", other.csrf(), b.token()}) {
            Asked change = new Asked("POST", "/things/a").cookie(b.token()).json("{\"text\":\"b\"}");
            if (csrf != null) {
                change.header("X-Anodyne-Csrf", csrf);
            }
            assertEquals(403, change.of(api).status, "with " + csrf);
        }
        assertEquals(List.of(), done);
    }

    @Test
    void otherSitesAndOtherNamesOfThisMachineAreRefused() throws Exception {
        Browser b = in(Role.OPERATOR);
        Asked elsewhere = new Asked("GET", "/things/a").cookie(b.token()).header("Origin", "https://example.org");
        assertEquals(403, elsewhere.of(api).status);
        Asked own = new Asked("GET", "/things/a").cookie(b.token()).header("Origin", "http://localhost:8080");
        assertEquals(200, own.of(api).status);
        // A name in somebody's zone that leads to 127.0.0.1 must not be able to read answers.
        assertEquals(
                421,
                new Asked("GET", "/things/a")
                        .cookie(b.token())
                        .server("example.org")
                        .of(api)
                        .status);
    }

    @Test
    void whatIsNoObjectOrTooLongOrOfAnotherTypeIsRefused() throws Exception {
        Browser b = in(Role.OPERATOR);
        String[][] bodies = {{"[1]", "400"}, {"{\"text\":", "400"}, {"{\"text\":7}", "400"}, {"{}", "400"}};
        for (String[] body : bodies) {
            Asked change = new Asked("POST", "/things/a")
                    .cookie(b.token())
                    .header("X-Anodyne-Csrf", b.csrf())
                    .json(body[0]);
            assertEquals(Integer.parseInt(body[1]), change.of(api).status, body[0]);
        }
        Asked huge = new Asked("POST", "/things/a")
                .cookie(b.token())
                .header("X-Anodyne-Csrf", b.csrf())
                .json("{\"text\":\"" + "x".repeat(Call.LONGEST) + "\"}");
        assertEquals(413, huge.of(api).status);
        Asked form = new Asked("POST", "/things/a")
                .cookie(b.token())
                .header("X-Anodyne-Csrf", b.csrf())
                .json("text=b")
                .header("Content-Type", "application/x-www-form-urlencoded");
        assertEquals(415, form.of(api).status);
        assertEquals(405, new Asked("DELETE", "/things/a").cookie(b.token()).of(api).status);
        assertEquals(404, new Asked("GET", "/things").cookie(b.token()).of(api).status);
        assertEquals(List.of(), done);
    }

    @Test
    void wrongPasswordsAreSlowedAndToldApartByNothing() throws Exception {
        Accounts accounts = new Accounts(store);
        accounts.make("Ada", Role.ADMINISTRATOR, "a long enough sentence");
        EntryServlet entry = new EntryServlet(
                accounts, browsers, new JoinCodes(store), new Throttle(System::nanoTime), new Audit(store), site, "");
        String first = null;
        for (String name : List.of("Ada", "nobody", "Ada")) {
            Asked wrong = login(name, "not her password").of(entry);
            assertEquals(403, wrong.status);
            first = first == null ? wrong.text() : first;
            assertEquals(first, wrong.text());
        }
        Asked slowed = login("Ada", "a long enough sentence").of(entry);
        assertEquals(429, slowed.status, slowed.text());
        assertTrue(slowed.said().path("waitSeconds").asInt() >= 1);
        assertEquals(
                403,
                new Asked("GET", "/nothing").header("Origin", "http://evil").of(entry).status);
    }

    private static Asked login(String name, String password) {
        return new Asked("POST", "/login").json("{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    @Test
    void theFirstAdministratorIsMadeOnceAndWithTheCodeWhereOneIsNeeded() throws Exception {
        EntryServlet entry = new EntryServlet(
                new Accounts(store),
                browsers,
                new JoinCodes(store),
                new Throttle(System::nanoTime),
                new Audit(store),
                site,
                "printed");
        String who = "\"name\":\"Ada\",\"password\":\"a long enough sentence\"";
        assertEquals(403, new Asked("POST", "/setup").json("{" + who + "}").of(entry).status);
        Asked made = new Asked("POST", "/setup")
                .json("{" + who + ",\"code\":\"printed\"}")
                .of(entry);
        assertEquals(200, made.status, made.text());
        String cookie = made.answered.get("Set-Cookie");
        assertTrue(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertEquals(
                409,
                new Asked("POST", "/setup")
                        .json("{" + who + ",\"code\":\"printed\"}")
                        .of(entry)
                        .status);
    }

    @Test
    void pagesSayWhatTheyMayDoAndFilesOutsideAreNotThere() throws Exception {
        PagesServlet pages = new PagesServlet(site);
        Asked shell = new Asked("GET", "/operator").of(pages);
        assertEquals(200, shell.status);
        String rules = shell.answered.get("Content-Security-Policy");
        assertTrue(rules.contains("default-src 'none'") && !rules.contains("unsafe"), rules);
        for (String path : List.of(
                "/../pom.xml",
                "/web/../x.js",
                "/core/..%2f..%2fx.js",
                "/META-INF/MANIFEST.MF",
                "/org/anodyne/x.class",
                "/nothing",
                "//core/api.js",
                "/core/.hidden.js")) {
            assertEquals(404, new Asked("GET", path).of(pages).status, path);
        }
        Asked file = new Asked("GET", "/core/api.js").of(pages);
        assertEquals(200, file.status);
        assertEquals(
                304,
                new Asked("GET", "/core/api.js")
                        .header("If-None-Match", file.answered.get("ETag"))
                        .of(pages)
                        .status);
    }
}
