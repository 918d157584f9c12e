package org.anodyne.programme;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Tells all faults of a programme: {@code java -cp cbt.jar org.anodyne.programme.Checker FOLDER|ZIP}. */
public final class Checker {
    private Checker() {}

    /** Exit code 2: it has faults. */
    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("name a folder or a zip that holds " + ProgrammeFiles.MAIN);
            System.exit(2);
        }
        System.exit(check(Path.of(arguments[0]), System.out, System.err));
    }

    static int check(Path place, PrintStream out, PrintStream err) {
        try {
            Programme p = ProgrammeReader.read(place);
            out.println(describe(p));
            return 0;
        } catch (ProgrammeException e) {
            e.faults().forEach(err::println);
            err.println(e.faults().size() + (e.faults().size() == 1 ? " fault" : " faults"));
            return 2;
        }
    }

    /** What a programme without faults holds, in lines. */
    public static String describe(Programme p) {
        StringBuilder s = new StringBuilder(p.title() + " (" + p.id() + ", " + p.language() + "): no fault");
        p.frames().forEach(f -> s.append("\n  frame ")
                .append(f.id())
                .append(": ")
                .append(f.title())
                .append(", ")
                .append(f.meetings().size())
                .append(" sessions"));
        p.lessons().values().forEach(l -> s.append("\n  lesson ")
                .append(l.id())
                .append(": ")
                .append(l.words())
                .append(" words, ")
                .append(
                        p.language().startsWith("en")
                                ? String.format(Locale.ROOT, "grade %.1f, ", Reading.grade(l.text()))
                                : "")
                .append(l.practices().size())
                .append(" practices, ")
                .append(l.exercises().size())
                .append(" exercises, ")
                .append(l.homework().size())
                .append(" homework"));
        return s.toString();
    }
}
