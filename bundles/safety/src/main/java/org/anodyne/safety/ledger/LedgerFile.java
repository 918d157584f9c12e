package org.anodyne.safety.ledger;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The ledger's file: lines are only ever appended. Several processes may write to it, one at a time; each reads what the
 * others wrote before it writes. Thread: one at a time.
 */
final class LedgerFile implements AutoCloseable {
    private static final long LOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final String HEADER = "ledger";

    private final Path file;
    private final Path mark;
    private final Consumer<Line> reader;
    private final FileChannel channel;
    private long position;
    private long lines;
    private String crc = Line.BEGINNING;
    private String id = "";
    private boolean unforced;

    /**
     * Opens the ledger, or begins one where there never was any.
     *
     * @param reader is given every line, those of other processes too, in order
     * @throws LedgerException when it is damaged
     */
    LedgerFile(Path folder, Consumer<Line> reader) {
        this.file = folder.resolve("ledger.txt");
        this.mark = folder.resolve("ledger.mark");
        this.reader = reader;
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file) && Files.exists(mark)) {
                throw damaged("it is gone, though doses were written into it before");
            }
            channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        } catch (IOException e) {
            throw new LedgerException(file + " cannot be opened: " + e + ". Make its folder writable", e);
        }
        boolean opened = false;
        try {
            locked(() -> {
                readOn();
                if (id.isEmpty()) {
                    id = UUID.randomUUID().toString();
                    write(new Line(HEADER, Map.of("version", "1", "id", id)));
                    channel.force(true);
                }
                compareWithMark();
                mark();
            });
            opened = true;
        } finally {
            if (!opened) {
                close();
            }
        }
    }

    /** Work under the lock. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private void locked(Work work) {
        long until = System.nanoTime() + LOCK_NANOS;
        try {
            FileLock lock = null;
            while (lock == null) {
                try {
                    lock = channel.tryLock();
                } catch (OverlappingFileLockException e) {
                    lock = null; // another ledger of this process, which is as good as another process
                }
                if (lock == null) {
                    if (System.nanoTime() > until) {
                        throw new LedgerException(file + " is held by another process for more than "
                                + LOCK_NANOS / 1_000_000 + " ms. Does another platform of this home hang? End it");
                    }
                    LockSupport.parkNanos(1_000_000);
                }
            }
            try (FileLock held = lock) {
                work.run();
            }
        } catch (IOException e) {
            throw new LedgerException(file + " cannot be used: " + e + ". Is the disk full or gone?", e);
        }
    }

    /** Reads what others have written, then appends a line; not forced to the disk yet. */
    void append(Line line) {
        locked(() -> {
            readOn();
            write(line);
        });
    }

    /** Reads what others have written. */
    void refresh() {
        try {
            if (channel.size() != position) {
                locked(() -> readOn());
            }
        } catch (IOException e) {
            throw new LedgerException(file + " cannot be read: " + e, e);
        }
        if (!Files.exists(file)) {
            throw damaged("it was taken away while it was in use");
        }
    }

    /** Brings everything written onto the disk. */
    void force() {
        if (unforced) {
            try {
                channel.force(false);
                unforced = false;
            } catch (IOException e) {
                throw new LedgerException(file + " cannot be brought onto the disk: " + e, e);
            }
        }
    }

    private void write(Line line) throws IOException {
        String written = line.write(crc);
        ByteBuffer bytes = ByteBuffer.wrap((written + "\n").getBytes(StandardCharsets.UTF_8));
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
        unforced = true;
        position = at;
        crc = Line.crcOf(written);
        lines++;
        if (!line.kind().equals(HEADER)) {
            reader.accept(line);
        }
    }

    private void readOn() throws IOException {
        long size = channel.size();
        if (size < position) {
            throw damaged("it has become shorter");
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long at = position;
        while (at < size) {
            buffer.clear();
            int n = channel.read(buffer, at);
            if (n < 0) {
                break;
            }
            rest.write(buffer.array(), 0, n);
            at += n;
        }
        byte[] bytes = rest.toByteArray();
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                take(new String(bytes, begin, i - begin, StandardCharsets.UTF_8));
                begin = i + 1;
            }
        }
        position += begin;
        if (begin < bytes.length) {
            setAside(bytes, begin);
        }
    }

    /**
     * A last line without its end was cut off by a loss of power before it was forced, so no command was admitted on it,
     * or its order stands before it and counts whole. It is kept beside the ledger.
     */
    private void setAside(byte[] bytes, int begin) throws IOException {
        byte[] rest = Arrays.copyOfRange(bytes, begin, bytes.length);
        Files.write(file.resolveSibling("ledger.torn-" + position), rest);
        channel.truncate(position);
        channel.force(true);
    }

    private void take(String written) {
        Line line = read(file, crc, written, lines);
        if (lines == 0) {
            id = line.text("id");
        } else {
            reader.accept(line);
        }
        crc = Line.crcOf(written);
        lines++;
    }

    /** Reads a line; {@code before} is how many lines stand before it. */
    static Line read(Path file, String crc, String written, long before) {
        Line line;
        try {
            line = Line.read(crc, written);
        } catch (IllegalArgumentException e) {
            throw damaged(file, "line " + (before + 1) + ": " + e.getMessage());
        }
        if (before == 0 && !(line.kind().equals(HEADER) && line.text("version").equals("1"))) {
            throw damaged(file, "it does not begin like a ledger of version 1");
        }
        return line;
    }

    private void compareWithMark() throws IOException {
        if (Files.exists(mark)) {
            String marked = Files.readString(mark).strip();
            compare(file, marked, id);
            compare(file, marked, lines);
        }
    }

    /** Whether the mark, empty when there is none, belongs to a ledger of this id. */
    static void compare(Path file, String marked, String id) {
        String[] parts = marked.split(" ");
        if (!marked.isEmpty() && (parts.length != 2 || !parts[0].equals(id) || !parts[1].matches("[0-9]{1,18}"))) {
            throw damaged(file, "it is not the ledger that was used here before");
        }
    }

    /** Whether the ledger is as long as the mark says; the mark has been compared with its id. */
    static void compare(Path file, String marked, long lines) {
        if (marked.isEmpty()) {
            return;
        }
        String[] parts = marked.split(" ");
        if (parts.length != 2 || !parts[1].matches("[0-9]{1,18}") || Long.parseLong(parts[1]) > lines) {
            throw damaged(file, "it has " + lines + " lines and had " + parts[parts.length - 1] + " before");
        }
    }

    /** Leaves beside the ledger how long it is, so that one that was cut or taken away shows. */
    void mark() {
        try {
            Path part = Files.createTempFile(file.getParent(), "ledger", ".part");
            Files.writeString(part, id + " " + lines + "\n");
            Files.move(part, mark, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new LedgerException(mark + " cannot be written: " + e, e);
        }
    }

    private LedgerException damaged(String what) {
        return damaged(file, what);
    }

    static LedgerException damaged(Path file, String what) {
        return new LedgerException("the dose ledger " + file + " is damaged: " + what
                + ". Nothing is actuated until it is whole, since what was delivered to participants is not known. Put"
                + " back a copy of ledger.txt and ledger.mark, or see 'A damaged ledger' in docs/safety.md");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LedgerException(file + " cannot be closed: " + e, e);
        }
    }
}
