package org.anodyne.safety;

import java.nio.file.Path;
import java.time.Clock;
import org.anodyne.safety.ledger.DoseLedger;
import org.anodyne.safety.ledger.LedgerBook;
import org.anodyne.safety.ledger.LedgerException;
import org.anodyne.safety.ledger.LedgerReader;
import org.anodyne.safety.limit.SitePolicy;
import org.anodyne.safety.screen.Screenings;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the parts of the safety layer share: ledger, policy, screenings and the latched stop. Thread: any. */
@Component(service = Safety.class, configurationPid = "org.anodyne.safety")
@Designate(ocd = GateConfiguration.class)
public final class Safety {
    private static final Logger LOG = LoggerFactory.getLogger(Safety.class);

    private final Path folder;
    private final Path policyFile;
    private final Clock clock;
    private final long latestNanos;
    private final StopLatch stop;
    private final Screenings screenings;

    // guarded by this
    private DoseLedger ledger;

    @Activate
    public Safety(BundleContext context, GateConfiguration configuration) {
        this(
                folder(context, configuration.folder(), "var/safety"),
                folder(context, configuration.policy(), "etc/safety-policy.txt"),
                Clock.systemDefaultZone(),
                configuration.latest_millis());
    }

    Safety(Path folder, Path policyFile, Clock clock, long latestMillis) {
        if (latestMillis < 1) {
            throw new IllegalArgumentException(
                    "org.anodyne.safety: latest.millis is " + latestMillis + "; it must be at least 1");
        }
        this.folder = folder;
        this.policyFile = policyFile;
        this.clock = clock;
        this.latestNanos = latestMillis * 1_000_000;
        this.stop = new StopLatch(folder, clock);
        this.screenings = new Screenings(folder.resolve("screening"), clock);
    }

    private static Path folder(BundleContext context, String said, String standard) {
        if (!said.isEmpty()) {
            return Path.of(said).toAbsolutePath();
        }
        String home = context.getProperty("anodyne.home");
        return home == null
                ? Path.of("").toAbsolutePath().resolve(standard)
                : Path.of(home).resolve(standard);
    }

    @Deactivate
    synchronized void close() {
        if (ledger != null) {
            try {
                ledger.close();
            } catch (LedgerException e) {
                LOG.error("The dose ledger was not closed in order", e);
            }
            ledger = null;
        }
    }

    /**
     * The ledger; opened when it is first asked for, and tried again as long as it cannot be.
     *
     * @throws LedgerException when it is damaged or cannot be used
     */
    synchronized DoseLedger ledger() {
        if (ledger == null) {
            ledger = new DoseLedger(folder, clock);
        }
        return ledger;
    }

    /**
     * What the ledger says now, read without a lock, so that no command waits for it.
     *
     * @throws LedgerException when it is damaged or cannot be read
     */
    LedgerBook book() {
        return LedgerReader.read(folder);
    }

    /** The ledger turned out to be damaged: it is read from its beginning before it is used again. */
    synchronized void distrust() {
        DoseLedger was = ledger;
        ledger = null;
        if (was != null) {
            try {
                was.close();
            } catch (LedgerException e) {
                LOG.warn("The dose ledger was not closed in order: {}", e.getMessage());
            }
        }
    }

    /** The site's policy as its file is now. */
    SitePolicy policy() {
        return SitePolicy.read(policyFile);
    }

    Path policyFile() {
        return policyFile;
    }

    Clock clock() {
        return clock;
    }

    /** Greatest age of a decision. */
    long latestNanos() {
        return latestNanos;
    }

    StopLatch stop() {
        return stop;
    }

    Screenings screenings() {
        return screenings;
    }
}
