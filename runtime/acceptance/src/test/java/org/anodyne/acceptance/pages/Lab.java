package org.anodyne.acceptance.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anodyne.acceptance.Anodyne;

/** A platform with its pages on a free port, an administrator, and people who come to it. */
final class Lab implements AutoCloseable {
    static final String ADMINISTRATOR = "Ada Admin";
    static final String PASSWORD = "a sentence for tests only";

    private final Anodyne.Running running;
    private final Path home;
    private final String url;

    private Lab(Anodyne.Running running, Path home, String url) {
        this.running = running;
        this.home = home;
        this.url = url;
    }

    /** Starts one in a folder and makes its administrator. */
    static Lab open(Path home) throws Exception {
        Anodyne.Running running = new Anodyne(home).start("run", "--port", "0");
        try {
            running.awaitLine(l -> l.startsWith("pages at "));
            String url = running.output()
                    .lines()
                    .filter(l -> l.startsWith("pages at "))
                    .findFirst()
                    .orElseThrow()
                    .substring("pages at ".length())
                    .strip();
            Lab lab = new Lab(running, home, url);
            Visitor first = lab.visitor();
            assertEquals(
                    200,
                    first.enter("setup", "name", ADMINISTRATOR, "password", PASSWORD)
                            .status());
            return lab;
        } catch (Exception | AssertionError e) {
            running.close();
            throw e;
        }
    }

    /** Where the pages are, without a slash at the end. */
    String url() {
        return url;
    }

    /** The folder of plug-ins, settings and data. */
    Path home() {
        return home;
    }

    /** Puts a protocol among the lab's own. */
    void protocol(String name, String text) throws Exception {
        Path folder = Files.createDirectories(home.resolve("data").resolve("protocols"));
        Files.writeString(folder.resolve(name + ".yaml"), text);
    }

    /** A stranger. */
    Visitor visitor() {
        return new Visitor(url);
    }

    /** The administrator, logged in. */
    Visitor administrator() throws Exception {
        return as(ADMINISTRATOR);
    }

    /** Makes an account with the password of all, and logs it in. */
    Visitor account(String name, String role) throws Exception {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("name", name)
                .put("role", role)
                .put("password", PASSWORD);
        assertEquals(200, administrator().post("/accounts", body).status());
        return as(name);
    }

    /** A participant who has joined the session at hand by a code of this operator. */
    Visitor joined(Visitor operator) throws Exception {
        String code = operator.post("/session/code", JsonNodeFactory.instance.objectNode())
                .json()
                .path("code")
                .asText();
        Visitor participant = visitor();
        assertEquals(200, participant.enter("join", "code", code).status());
        return participant;
    }

    private Visitor as(String name) throws Exception {
        Visitor visitor = visitor();
        assertEquals(
                200, visitor.enter("login", "name", name, "password", PASSWORD).status());
        return visitor;
    }

    /** What the platform has said so far. */
    String output() {
        return running.output();
    }

    @Override
    public void close() throws Exception {
        running.close();
    }
}
