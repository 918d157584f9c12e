package org.anodyne.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.anodyne.console.account.Accounts;
import org.anodyne.console.account.Accounts.Account;
import org.anodyne.console.account.Browser;
import org.anodyne.console.account.Browsers;
import org.anodyne.console.account.JoinCodes;
import org.anodyne.console.account.JoinCodes.Opens;
import org.anodyne.console.account.Role;
import org.anodyne.console.account.Throttle;
import org.anodyne.console.store.Audit;

/**
 * The door, {@code /entry/…}: what a stranger may ask. {@code GET state}; {@code POST setup} makes the first administrator,
 * {@code login}, {@code join} with a participant's code, {@code logout}. Thread: any.
 */
public final class EntryServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final String WRONG = "name or password is wrong";
    /** Longer ones are nobody's, and would be kept in log and memory. */
    private static final int LONGEST_NAME = 64;

    private final transient Accounts accounts;
    private final transient Browsers browsers;
    private final transient JoinCodes codes;
    private final transient Throttle throttle;
    private final transient Audit audit;
    private final transient Answers answers;
    private final String setupCode;

    /** @param setupCode what the first administrator has to know; empty when only this machine is served */
    public EntryServlet(
            Accounts accounts,
            Browsers browsers,
            JoinCodes codes,
            Throttle throttle,
            Audit audit,
            Site site,
            String setupCode) {
        this.accounts = accounts;
        this.browsers = browsers;
        this.codes = codes;
        this.throttle = throttle;
        this.audit = audit;
        this.answers = site.answers();
        this.setupCode = setupCode;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.give(request, response, () -> {
            if (!"/state".equals(request.getPathInfo())) {
                throw new Refusal(404, "there is no such request");
            }
            boolean none = accounts.none();
            return Map.of("administratorNeeded", none, "setupCodeNeeded", none && !setupCode.isEmpty());
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.give(request, response, () -> switch (String.valueOf(request.getPathInfo())) {
            case "/setup" -> setup(request, response);
            case "/login" -> login(request, response);
            case "/join" -> join(request, response);
            case "/logout" -> logout(request, response);
            default -> throw new Refusal(404, "there is no such request");
        });
    }

    private synchronized Object setup(HttpServletRequest request, HttpServletResponse response) {
        JsonNode body = Call.read(request);
        String from = from(request);
        slow("setup", from);
        if (!accounts.none()) {
            throw new Refusal(409, "there is an administrator already; log in");
        }
        if (!setupCode.isEmpty() && !setupCode.equals(Call.text(body, "code", ""))) {
            throttle.failed("setup", from);
            throw new Refusal(403, "that is not the code that the platform printed when it started");
        }
        String name = Call.text(body, "name", "").strip();
        accounts.make(name, Role.ADMINISTRATOR, Call.text(body, "password", ""));
        audit.add(name, Role.ADMINISTRATOR.word(), "setup", "first administrator");
        return in(request, response, browsers.letIn(Role.ADMINISTRATOR, name, "", Browsers.STAFF));
    }

    private Object login(HttpServletRequest request, HttpServletResponse response) {
        JsonNode body = Call.read(request);
        String name = Call.text(body, "name", "").strip();
        String from = from(request);
        if (name.length() > LONGEST_NAME) {
            throw new Refusal(403, WRONG);
        }
        // One at a time: a burst of tries would all be looked at before the first has failed, each with its memory.
        Account account;
        synchronized (throttle) {
            slow("name " + name, from);
            account = accounts.with(name, Call.text(body, "password", "")).orElseThrow(() -> {
                throttle.failed("name " + name, from);
                audit.add(name, "", "login refused", from);
                return new Refusal(403, WRONG);
            });
            throttle.succeeded("name " + name);
        }
        audit.add(account.name(), account.role().word(), "login", from);
        Browser browser = browsers.letIn(account.role(), account.name(), "", Browsers.STAFF);
        if (accounts.find(account.name()).filter(a -> !a.disabled()).isEmpty()) {
            browsers.shutOut(browser); // closed while its password was being compared
            throw new Refusal(403, WRONG);
        }
        return in(request, response, browser);
    }

    private Object join(HttpServletRequest request, HttpServletResponse response) {
        JsonNode body = Call.read(request);
        String from = from(request);
        slow(from);
        Opens opens = codes.opens(Call.text(body, "code", "")).orElseThrow(() -> {
            throttle.failed(from);
            audit.add("", "", "join refused", from);
            return new Refusal(403, "this code opens nothing; ask for a new one");
        });
        Duration time = opens.session().isEmpty() ? Browsers.HOME : Browsers.STAFF;
        audit.add(opens.participant(), Role.PARTICIPANT.word(), "join", opens.session());
        return in(request, response, browsers.letIn(Role.PARTICIPANT, opens.participant(), opens.session(), time));
    }

    private Object logout(HttpServletRequest request, HttpServletResponse response) {
        browsers.with(Cookies.token(request)).ifPresent(browsers::shutOut);
        Cookies.clear(request, response);
        return Map.of();
    }

    private Object in(HttpServletRequest request, HttpServletResponse response, Browser browser) {
        // Whoever was logged in here before is not any more.
        browsers.with(Cookies.token(request)).ifPresent(browsers::shutOut);
        Cookies.set(request, response, browser);
        return Map.of("role", browser.role().word());
    }

    private void slow(String... who) {
        Duration wait = throttle.wait(who);
        if (!wait.isZero()) {
            long seconds = wait.toSeconds() + 1;
            throw new Refusal(
                    429,
                    "too many wrong tries; wait " + seconds + " s, then try again",
                    Map.of("waitSeconds", seconds));
        }
    }

    private static String from(HttpServletRequest request) {
        return "address " + request.getRemoteAddr();
    }
}
