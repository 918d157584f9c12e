package org.anodyne.console.desk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.console.account.Accounts;
import org.anodyne.console.account.Browsers;
import org.anodyne.console.account.Role;
import org.anodyne.console.account.Throttle;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;

/** Accounts, and what people did; for administrators. One's own password is everybody's. */
public final class AccountDesk {
    private static final Set<Role> ADMINISTRATOR = Set.of(Role.ADMINISTRATOR);
    private static final int PAGE = 100;

    private final Accounts accounts;
    private final Browsers browsers;
    private final Audit audit;
    private final Throttle throttle = new Throttle(System::nanoTime);

    /** @param browsers those of an account that is closed or changed are shut out */
    public AccountDesk(Accounts accounts, Browsers browsers, Audit audit) {
        this.accounts = accounts;
        this.browsers = browsers;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/accounts", ADMINISTRATOR, c -> Map.of("accounts", all())),
                new Route("POST", "/accounts", ADMINISTRATOR, this::make),
                new Route("POST", "/accounts/{name}", ADMINISTRATOR, this::change),
                new Route("GET", "/audit", ADMINISTRATOR, this::audit),
                new Route(
                        "POST", "/password", Set.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.ASSESSOR), this::password));
    }

    private List<Map<String, Object>> all() {
        return accounts.all().stream()
                .map(a -> Map.<String, Object>of(
                        "name", a.name(), "role", a.role().word(), "disabled", a.disabled(), "made", a.made()))
                .toList();
    }

    private Object make(Call call) {
        Role role = Role.of(call.text("role"));
        String name = call.text("name").strip();
        accounts.make(name, role, call.text("password"));
        told(call, "account made", name + ", " + role.word());
        return Map.of();
    }

    private Object change(Call call) {
        String name = call.part("name");
        boolean changed = false;
        try {
            if (call.body().has("disabled")) {
                accounts.disable(name, call.yes("disabled"));
                changed = true;
                told(call, call.yes("disabled") ? "account closed" : "account opened", name);
            }
            if (call.body().has("password")) {
                accounts.password(name, call.text("password"));
                changed = true;
                told(call, "password set", name);
            }
        } finally {
            // Also when the second of two changes is refused: the first has been made. When nothing was, nobody leaves.
            if (changed) {
                accounts.find(name).ifPresent(a -> browsers.shutOut(name, a.role()));
            }
        }
        return Map.of();
    }

    private Object password(Call call) {
        String name = call.browser().who();
        Duration wait = throttle.wait(name);
        if (!wait.isZero()) {
            throw new Refusal(429, "too many wrong tries; wait " + (wait.toSeconds() + 1) + " s, then try again");
        }
        if (accounts.with(name, call.text("old")).isEmpty()) {
            throttle.failed(name);
            told(call, "password change refused", name);
            throw new Refusal(403, "the old password is wrong");
        }
        throttle.succeeded(name);
        accounts.password(name, call.text("password"));
        // Whoever may have known the old one is out; this browser stays.
        browsers.shutOutOthers(call.browser());
        told(call, "password changed", name);
        return Map.of();
    }

    private Object audit(Call call) {
        String before = call.query("before");
        List<Audit.Entry> entries = audit.newest(PAGE + 1, before.matches("\\d{1,18}") ? Long.parseLong(before) : 0);
        return Map.of("entries", entries.stream().limit(PAGE).toList(), "more", entries.size() > PAGE);
    }

    private void told(Call call, String what, String detail) {
        audit.add(call.browser().who(), call.browser().role().word(), what, detail);
    }
}
