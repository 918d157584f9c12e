package org.anodyne.safety.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a ledger without a lock and without writing anything, while sessions may write to it: no command waits for a
 * reader. A last line that is not whole yet is left out.
 */
public final class LedgerReader {
    private LedgerReader() {}

    /**
     * Reads the ledger of a folder as it is now; an empty book where there never was one. Thread: any.
     *
     * @throws LedgerException when it is damaged or cannot be read
     */
    public static LedgerBook read(Path folder) {
        Path file = folder.resolve("ledger.txt");
        Path mark = folder.resolve("ledger.mark");
        LedgerBook book = new LedgerBook();
        try {
            // The mark first: the file can only become longer than what it says.
            String marked = Files.exists(mark) ? Files.readString(mark).strip() : "";
            if (!Files.exists(file)) {
                if (!marked.isEmpty()) {
                    throw LedgerFile.damaged(file, "it is gone, though doses were written into it before");
                }
                return book;
            }
            byte[] bytes = Files.readAllBytes(file);
            String crc = Line.BEGINNING;
            long lines = 0;
            int begin = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    String written = new String(bytes, begin, i - begin, StandardCharsets.UTF_8);
                    Line line = LedgerFile.read(file, crc, written, lines);
                    if (lines == 0) {
                        LedgerFile.compare(file, marked, line.text("id"));
                    } else {
                        book.take(line);
                    }
                    crc = Line.crcOf(written);
                    lines++;
                    begin = i + 1;
                }
            }
            LedgerFile.compare(file, marked, lines);
            return book;
        } catch (IOException e) {
            throw new LedgerException(file + " cannot be read: " + e + ". Make it readable", e);
        }
    }
}
