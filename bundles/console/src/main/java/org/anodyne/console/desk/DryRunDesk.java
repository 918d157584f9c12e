package org.anodyne.console.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.anodyne.console.dryrun.DryRuns;
import org.anodyne.console.http.Call;
import org.anodyne.console.http.Refusal;
import org.anodyne.console.http.Route;
import org.anodyne.console.store.Audit;

/** Trying a protocol with nothing real. */
public final class DryRunDesk {
    private final DryRuns dryRuns;
    private final Audit audit;

    /** @param dryRuns what runs them */
    public DryRunDesk(DryRuns dryRuns, Audit audit) {
        this.dryRuns = dryRuns;
        this.audit = audit;
    }

    /** Its requests. */
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/dryrun", Route.OPERATORS, c -> dryRuns.now()),
                new Route("POST", "/dryrun", Route.OPERATORS, this::begin),
                new Route("POST", "/dryrun/stop", Route.OPERATORS, this::stop));
    }

    private Object begin(Call call) throws IOException {
        String name = call.text("name");
        String text = call.text("text");
        if (!ProtocolDesk.named(name)) {
            throw new Refusal(400, "'" + name + "' cannot be a protocol's name: letters, digits and . _ -");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > ProtocolDesk.LONGEST) {
            throw new Refusal(413, "the protocol is longer than " + ProtocolDesk.LONGEST / 1024 + " KiB");
        }
        String by = call.browser().who();
        dryRuns.begin(name, text, call.texts("recordings"), by);
        audit.add(by, call.browser().role().word(), "dry run begun", name);
        return Map.of();
    }

    private Object stop(Call call) {
        String by = call.browser().who();
        dryRuns.stop(by);
        audit.add(by, call.browser().role().word(), "dry run stopped", "");
        return Map.of();
    }
}
