package org.anodyne.console.desk;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.bus.LiveGate;
import org.anodyne.console.account.Browser;
import org.anodyne.console.account.Role;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.live.LiveAdmission;

/** Who one is, and how one's page hears the bus. */
public final class MeDesk {
    private static final Set<Role> ALL = Set.of(Role.values());

    private final LiveAdmission admission;
    private final Optional<LiveGate.Door> door;
    private final String site;

    /** @param door the bus's port for browsers, if it has one */
    public MeDesk(LiveAdmission admission, Optional<LiveGate.Door> door, String site) {
        this.admission = admission;
        this.door = door;
        this.site = site;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/me", ALL, this::me),
                new Route("GET", "/live", Set.of(Role.ADMINISTRATOR, Role.OPERATOR, Role.PARTICIPANT), this::live));
    }

    private Object me(Call call) {
        Browser b = call.browser();
        return Map.of("who", b.who(), "role", b.role().word(), "session", b.session(), "csrf", b.csrf());
    }

    private Object live(Call call) {
        LiveGate.Door open = door.orElseThrow(() -> new Refusal(
                404,
                "pages are not live here: the bus is an outside broker's, whose browsers the console does not admit"));
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("url", (call.secure() ? "wss://" : "ws://") + call.server() + ":" + open.port() + "/");
        said.put("username", call.browser().id());
        said.put("password", admission.token(call.browser()));
        said.put("site", site);
        said.put("hear", admission.grant(call.browser()).hear());
        return said;
    }
}
