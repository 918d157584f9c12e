package org.anodyne.console;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anodyne.bus.LiveGate;
import org.anodyne.bus.MessageBus;
import org.anodyne.console.account.Accounts;
import org.anodyne.console.account.Browsers;
import org.anodyne.console.account.JoinCodes;
import org.anodyne.console.desk.AccountDesk;
import org.anodyne.console.desk.AdverseEventDesk;
import org.anodyne.console.desk.AlertDesk;
import org.anodyne.console.desk.AnswerDesk;
import org.anodyne.console.desk.AssessorDesk;
import org.anodyne.console.desk.DryRunDesk;
import org.anodyne.console.desk.FormEntry;
import org.anodyne.console.desk.HomeDesk;
import org.anodyne.console.desk.MeDesk;
import org.anodyne.console.desk.PluginDesk;
import org.anodyne.console.desk.ProtocolDesk;
import org.anodyne.console.desk.ScreeningDesk;
import org.anodyne.console.desk.SetUpDesk;
import org.anodyne.console.desk.VisitDesk;
import org.anodyne.console.dryrun.DryRuns;
import org.anodyne.console.form.Assessments;
import org.anodyne.console.form.FormAlerts;
import org.anodyne.console.form.Forms;
import org.anodyne.console.home.HomeEntries;
import org.anodyne.console.home.HomePlans;
import org.anodyne.console.home.Programmes;
import org.anodyne.console.http.Route;
import org.anodyne.console.live.LiveAdmission;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.anodyne.console.visit.Asking;
import org.anodyne.console.visit.Follower;
import org.anodyne.console.visit.Visits;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SafetyDesk;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.RecordReader;
import org.anodyne.session.SessionEngine;
import org.osgi.framework.BundleContext;

/** All desks over what they share, and so the one list of what may be asked. */
final class Desks implements AutoCloseable {
    private final Visits visits;
    private final DryRuns dryRuns;
    private final Follower follower;
    private final Asking asking;
    private final List<Route> routes = new ArrayList<>();

    /** What the platform gives. */
    record Platform(
            BundleContext context,
            MessageBus bus,
            SessionEngine engine,
            PluginRegistry plugins,
            SafetyDesk safety,
            RecordReader records,
            DatasetExporter exporter) {}

    /**
     * Where things are.
     *
     * @param data the database, the lab's protocols, what sessions and people left
     */
    record Places(Path data, Path examples, Path simulators, Path plugins) {}

    /**
     * Who comes in.
     *
     * @param door the bus's port for browsers, if it has one
     */
    record People(
            Store store,
            Audit audit,
            Accounts accounts,
            Browsers browsers,
            JoinCodes codes,
            LiveAdmission admission,
            Optional<LiveGate.Door> door) {}

    Desks(Platform p, Places places, People people) {
        Store store = people.store();
        Audit audit = people.audit();
        Path data = places.data();
        follower = new Follower(p.bus(), people.admission()::planned);
        asking = new Asking(p.bus());
        visits =
                new Visits(p.engine(), p.records(), p.exporter(), store, data.resolve("sessions"), people.codes()::end);
        dryRuns = new DryRuns(
                p.engine(), p.records(), p.exporter(), store, data.resolve("dry-runs"), places.simulators());
        ProtocolDesk protocols = new ProtocolDesk(p.engine(), data.resolve("protocols"), places.examples(), audit);
        SetUpDesk setUp = new SetUpDesk(p.engine(), protocols, places.simulators(), places.plugins());
        Forms forms = new Forms(p.context(), data.resolve("instruments"));
        FormAlerts alerts = new FormAlerts(store);
        HomeDesk.Shelves home = new HomeDesk.Shelves(
                new HomePlans(store),
                new HomeEntries(store, p.exporter(), data.resolve("home")),
                new Programmes(p.context(), data.resolve("programmes")),
                forms,
                alerts);
        Assessments assessments = new Assessments(store, p.exporter(), data.resolve("assessments/phenotype"));
        routes.addAll(new MeDesk(people.admission(), people.door(), p.bus().site()).routes());
        routes.addAll(new AccountDesk(people.accounts(), people.browsers(), audit).routes());
        routes.addAll(protocols.routes());
        routes.addAll(new PluginDesk(p.plugins()).routes());
        routes.addAll(new DryRunDesk(dryRuns, audit).routes());
        routes.addAll(setUp.routes());
        routes.addAll(
                new VisitDesk(visits, follower, asking, protocols, setUp, people.codes(), p.safety(), audit).routes());
        routes.addAll(new ScreeningDesk(p.safety(), store, audit).routes());
        routes.addAll(new AnswerDesk(visits, follower, asking, store, audit).routes());
        routes.addAll(new AlertDesk(alerts, audit).routes());
        routes.addAll(new HomeDesk(people.codes(), people.browsers(), home, store, audit).routes());
        FormEntry entry = new FormEntry(forms, assessments, alerts, store, audit);
        routes.addAll(new AssessorDesk(forms, assessments, entry).routes());
        routes.addAll(new AdverseEventDesk(assessments, entry, visits, asking).routes());
    }

    /** Everything that may be asked, and by whom. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Ends what runs, its record sealed; then nothing is heard any more. */
    @Override
    public void close() {
        visits.close();
        dryRuns.close();
        asking.close();
        follower.close();
    }
}
