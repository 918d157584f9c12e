package org.anodyne.command;

import java.io.PrintWriter;
import org.anodyne.host.HostException;
import org.anodyne.record.RecordException;
import org.anodyne.session.ProtocolException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands and how their failures are told. */
@Command(
        name = "anodyne",
        description = "Runs protocols for research into treating chronic pain without drugs."
                + " Research software, not a medical device.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class)
final class Commands implements Runnable {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec;

    private Commands() {}

    static int execute(String[] words, CommandLineRunner.Session session) {
        CommandLine line = new CommandLine(new Commands());
        line.addSubcommand(new RunCommand(session));
        line.addSubcommand(new SessionCommand(session));
        line.addSubcommand(new DemoCommand(session));
        line.addSubcommand(new CheckCommand(session));
        line.addSubcommand(new LatencyCommand(session));
        line.addSubcommand(new ProgrammeCommand());
        line.addSubcommand(new MeasuresCommand());
        line.addSubcommand(new OutcomesCommand(session));
        line.addSubcommand(new PluginsCommand(session));
        Asking asking = new BusAsking(session);
        line.addSubcommand(new SwapCommand(session.home(), asking));
        line.addSubcommand(new PauseCommand(session.home(), asking));
        line.addSubcommand(new ResumeCommand(session.home(), asking));
        line.addSubcommand(new MirrorCommand(session.home(), asking));
        line.addSubcommand(new RecentreCommand(session.home(), asking));
        line.addSubcommand(new TellCommand(session.home(), asking));
        line.addSubcommand(new StopCommand(session.home(), asking));
        line.addSubcommand(new ResetCommand(session));
        line.addSubcommand(new ScreeningCommand(session));
        line.addSubcommand(new ThresholdCommand(session, asking));
        line.addSubcommand(new LedgerCommand(() -> session.platform().get().safety));
        line.addSubcommand(new SceneCommand(session));
        line.addSubcommand(new ReplayCommand(session));
        line.addSubcommand(new ExportCommand(session));
        line.addSubcommand(new TrainCommand(session));
        line.addSubcommand(new FreezeCommand(session));
        line.addSubcommand(new BenchCommand(session));
        line.setOut(new PrintWriter(System.out, true));
        line.setErr(new PrintWriter(System.err, true));
        line.setUsageHelpWidth(110);
        line.setExecutionExceptionHandler((e, l, parsed) -> {
            l.getErr().println("anodyne: " + told(e));
            return exit(e);
        });
        return line.execute(words);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static String told(Throwable e) {
        return e.getMessage() == null || e instanceof NullPointerException ? e.toString() : e.getMessage();
    }

    private static int exit(Throwable e) {
        if (e instanceof CommandFailure f) {
            return f.exit();
        }
        return e instanceof ProtocolException || e instanceof RecordException || e instanceof IllegalArgumentException
                ? CommandFailure.BAD_INPUT
                : e instanceof HostException ? CommandFailure.BAD_INPUT : 1;
    }

    /** Version of this bundle. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            org.osgi.framework.Bundle b = org.osgi.framework.FrameworkUtil.getBundle(Commands.class);
            return new String[] {"anodyne " + (b == null ? "unknown" : b.getVersion())};
        }
    }
}
