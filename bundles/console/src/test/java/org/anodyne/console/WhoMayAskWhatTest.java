package org.anodyne.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.anodyne.bus.MessageBus;
import org.anodyne.console.account.Accounts;
import org.anodyne.console.account.Browsers;
import org.anodyne.console.account.JoinCodes;
import org.anodyne.console.account.Role;
import org.anodyne.console.http.Route;
import org.anodyne.console.live.LiveAdmission;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every request there is and who may make it: a new one has to be written here, so that somebody has thought about it. */
class WhoMayAskWhatTest {
    @TempDir
    private Path folder;

    @Test
    void everyRequestIsOfTheRolesThatItIsMeantFor() {
        MessageBus bus = (MessageBus) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageBus.class},
                (p, m, a) -> m.getName().equals("site") ? "lab" : new CompletableFuture<>());
        try (Store store = new Store(folder.resolve("console.db"));
                Desks desks = new Desks(
                        new Desks.Platform(null, bus, null, null, null, null, null),
                        new Desks.Places(folder, folder, folder, folder),
                        new Desks.People(
                                store,
                                new Audit(store),
                                new Accounts(store),
                                new Browsers(store, id -> {}),
                                new JoinCodes(store),
                                new LiveAdmission("lab", b -> true),
                                Optional.empty()))) {
            TreeMap<String, String> all = new TreeMap<>();
            for (Route r : desks.routes()) {
                String roles = r.roles().stream().sorted().map(Role::word).collect(Collectors.joining(" "));
                assertEquals(null, all.put(r.pattern() + " " + r.method(), roles), "twice: " + r.pattern());
            }
            StringBuilder table = new StringBuilder();
            all.forEach((request, roles) ->
                    table.append(request).append(": ").append(roles).append('\n'));
            assertEquals(WANTED, table.toString());
        }
    }

    private static final String WANTED = """
            /accounts GET: administrator
            /accounts POST: administrator
            /accounts/{name} POST: administrator
            /adverse-events GET: administrator operator
            /adverse-events POST: administrator operator
            /alerts GET: administrator operator
            /alerts/seen POST: administrator operator
            /assessor/assessments GET: assessor
            /assessor/assessments POST: assessor
            /assessor/instruments GET: assessor
            /assessor/instruments/{id} GET: assessor
            /assessor/participants GET: assessor
            /audit GET: administrator
            /check POST: administrator operator
            /dryrun GET: administrator operator
            /dryrun POST: administrator operator
            /dryrun/stop POST: administrator operator
            /home/codes POST: administrator operator
            /home/end POST: administrator operator
            /home/entries GET: administrator operator
            /home/entries POST: participant
            /home/figures GET: administrator operator
            /home/options GET: administrator operator
            /home/participants GET: administrator operator
            /home/plan GET: participant
            /jars GET: administrator operator
            /live GET: administrator operator participant
            /me GET: administrator operator assessor participant
            /participant/answers POST: participant
            /participant/now GET: participant
            /participant/pause POST: participant
            /participants GET: administrator operator
            /participants/{code} GET: administrator operator
            /password POST: administrator operator assessor
            /plugins GET: administrator operator
            /protocols GET: administrator operator
            /protocols/{name} DELETE: administrator operator
            /protocols/{name} GET: administrator operator
            /protocols/{name} PUT: administrator operator
            /protocols/{name}/outline GET: administrator operator
            /protocols/{name}/rename POST: administrator operator
            /safety GET: administrator operator
            /safety/checklists GET: administrator operator
            /safety/checklists/{modality} GET: administrator operator
            /safety/{action} POST: administrator operator
            /session GET: administrator operator
            /session/code POST: administrator operator
            /session/seen POST: administrator operator
            /session/{action} POST: administrator operator
            /stop POST: administrator operator
            /visits GET: administrator operator
            /visits POST: administrator operator
            /visits/{session}/{file} GET: administrator operator
            """;
}
