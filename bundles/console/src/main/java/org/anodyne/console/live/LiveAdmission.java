package org.anodyne.console.live;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.anodyne.bus.LiveGate.Admission;
import org.anodyne.bus.LiveGate.Grant;
import org.anodyne.console.account.Browser;
import org.anodyne.console.account.Browsers;

/**
 * The one table of roles and topics: what each role may hear on the bus with the identity that it has on the pages. Requests
 * are not said on the bus but asked of the console, which knows who asks; only the emergency stop is. Of a session's features
 * and events an operator hears what its {@link Curtain} leaves, from its plan on. Thread: any.
 */
public final class LiveAdmission implements Admission {
    private final String site;
    private final Predicate<Browser> holds;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Sessions whose plans were heard, the newest last; whoever looks at an older one asks for its report. */
    private static final int MOST_SESSIONS = 16;

    private final Map<String, Curtain> curtains = new LinkedHashMap<>(); // guarded by itself

    private record Entry(Browser browser, String token) {}

    /**
     * @param site the bus's site
     * @param holds whether a browser that was let in may still come in
     */
    public LiveAdmission(String site, Predicate<Browser> holds) {
        this.site = site;
        this.holds = holds;
    }

    /** A session has told its plan. */
    public void planned(String session, Map<String, Object> plan) {
        synchronized (curtains) {
            curtains.remove(session);
            curtains.put(session, Curtain.of(plan));
            if (curtains.size() > MOST_SESSIONS) {
                curtains.remove(curtains.keySet().iterator().next());
            }
        }
    }

    private List<String> ofSessions(String all) {
        List<String> filters = new ArrayList<>();
        synchronized (curtains) {
            curtains.forEach((session, curtain) -> curtain.hear(session).forEach(filter -> filters.add(all + filter)));
        }
        return filters;
    }

    /** The secret by which this browser is known on the bus; the same until it is withdrawn. */
    public String token(Browser browser) {
        return entries.computeIfAbsent(browser.id(), id -> new Entry(browser, Browsers.secret(32)))
                .token();
    }

    /** A browser may hear nothing any more. */
    public void withdraw(String id) {
        entries.remove(id);
    }

    @Override
    public Optional<Grant> admit(String visitor, String token) {
        return Optional.ofNullable(entries.get(visitor))
                .filter(e -> java.security.MessageDigest.isEqual(
                        e.token().getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        token.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .filter(e -> holds.test(e.browser()))
                .map(e -> grant(e.browser()));
    }

    /** What a browser may hear and say. */
    public Grant grant(Browser browser) {
        String all = "anodyne/1/" + site + "/";
        return switch (browser.role()) {
            case ADMINISTRATOR, OPERATOR -> {
                List<String> hear = new ArrayList<>(List.of(
                        all + "+/sample/#",
                        all + "+/event/session/#",
                        all + "+/state/#",
                        all + "+/command/#",
                        all + "+/ack/#",
                        all + "plugin/#",
                        all + "stop"));
                hear.addAll(ofSessions(all));
                yield new Grant(hear, List.of(all + "stop"));
            }
            case PARTICIPANT -> browser.session().isEmpty() ? nothing() : participant(all + browser.session());
            // An assessor's page is not live: what happens in a session may tell the arm.
            case ASSESSOR -> nothing();
        };
    }

    private static Grant participant(String session) {
        return new Grant(
                List.of(
                        session + "/event/+/ask",
                        session + "/event/+/answer",
                        session + "/event/+/activity-answer",
                        session + "/event/+/finished"),
                List.of());
    }

    private static Grant nothing() {
        return new Grant(List.of(), List.of());
    }
}
