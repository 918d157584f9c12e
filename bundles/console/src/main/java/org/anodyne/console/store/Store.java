package org.anodyne.console.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * A SQLite file, written ahead and forced to the disk before a change returns. One connection, one user at a time: the
 * console's changes are few and short. Thread: any.
 */
public final class Store implements AutoCloseable {
    private final Path file;
    private final Connection connection;

    /**
     * Opens the file, made when absent, and brings its tables to what this version needs.
     *
     * @throws StoreException when it cannot be used, or was made by a newer version
     */
    public Store(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.enforceForeignKeys(true);
            config.setBusyTimeout(5_000);
            SQLiteDataSource source = new SQLiteDataSource(config);
            source.setUrl("jdbc:sqlite:" + file);
            connection = source.getConnection();
            Tables.bringUpToDate(this);
        } catch (SQLException | IOException e) {
            throw failed(e);
        }
    }

    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * Changes something.
     *
     * @return rows changed
     */
    public synchronized int change(String sql, Object... values) {
        try (PreparedStatement s = prepared(sql, values)) {
            return s.executeUpdate();
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Does all of it or nothing. */
    public synchronized <T> T whole(Supplier<T> changes) {
        try {
            connection.setAutoCommit(false);
            try {
                T result = changes.get();
                connection.commit();
                return result;
            } catch (RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Statements without values, for tables. */
    synchronized void statement(String sql) {
        try (Statement s = connection.createStatement()) {
            s.execute(sql);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** All rows. */
    public synchronized <T> List<T> list(String sql, Row<T> row, Object... values) {
        try (PreparedStatement s = prepared(sql, values);
                ResultSet rows = s.executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(row.read(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** The first row, if there is one. */
    public <T> Optional<T> first(String sql, Row<T> row, Object... values) {
        return list(sql, row, values).stream().findFirst();
    }

    /** The number in the first column of the only row. */
    public long number(String sql, Object... values) {
        return first(sql, r -> r.getLong(1), values).orElse(0L);
    }

    private PreparedStatement prepared(String sql, Object... values) throws SQLException {
        PreparedStatement s = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
        return s;
    }

    private StoreException failed(Exception e) {
        return new StoreException("The console's database " + file + " cannot be used: " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(e);
        }
    }
}
