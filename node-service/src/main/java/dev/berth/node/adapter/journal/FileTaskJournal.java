package dev.berth.node.adapter.journal;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.UnreadableEventException;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.node.application.TaskJournal;
import dev.berth.node.domain.task.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * The journal as an append-only file. One thread writes; all that waits while it forces the disk
 * goes out together with one further force, so that many tasks at once pay for few. The file is
 * rewritten with only the newest entries when it is opened and when most of it is out of date.
 */
public final class FileTaskJournal implements TaskJournal, AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FileTaskJournal.class);
  private static final String FILE = "tasks.journal";
  private static final int FINISHED_KEPT = 5_000;
  private static final long REWRITE_AFTER = 8L * 1024 * 1024;

  private final Path directory;
  private final Consumer<Duration> forced;
  private final BlockingQueue<Write> queue = new LinkedBlockingQueue<>();
  private final Map<String, byte[]> newest = new LinkedHashMap<>();
  private final Map<String, Boolean> finished =
      new LinkedHashMap<>(); // task ids in the order of their end
  private final Contents contents;
  private final Thread writer;
  private FileChannel channel;
  private long appended;

  /** Something to append; one without content ends the writer. */
  private static final class Write {
    private static final Write END = new Write(null, null, false, null);

    private final String taskId;
    private final byte[] content;
    private final boolean isFinished;
    private final CompletableFuture<Void> durable;

    Write(String taskId, byte[] content, boolean isFinished, CompletableFuture<Void> durable) {
      this.taskId = taskId;
      this.content = content;
      this.isFinished = isFinished;
      this.durable = durable;
    }
  }

  /**
   * Opens the journal of a data directory, which the caller has locked.
   *
   * @param forced hears how long each force of the disk took
   * @throws UncheckedIOException if the directory can't be read or written
   */
  public FileTaskJournal(Path directory, Consumer<Duration> forced) {
    this.directory = directory;
    this.forced = forced;
    try {
      this.contents = load();
      rewrite();
    } catch (IOException e) {
      throw new UncheckedIOException("The journal in " + directory + " can't be opened", e);
    }
    this.writer = Thread.ofPlatform().name("task-journal").daemon(true).start(this::writeAll);
  }

  @Override
  public Contents contents() {
    return contents;
  }

  @Override
  public void remember(TaskState state) {
    queue.add(new Write(state.taskId(), EventJson.write(JournalEntry.of(state)), false, null));
  }

  @Override
  public CompletionStage<Void> rememberDurably(TaskState state) {
    CompletableFuture<Void> durable = new CompletableFuture<>();
    queue.add(new Write(state.taskId(), EventJson.write(JournalEntry.of(state)), false, durable));
    return durable;
  }

  @Override
  public void finish(TaskStatus last) {
    queue.add(new Write(last.taskId(), EventJson.write(JournalEntry.of(last)), true, null));
  }

  /** Whether what is queued gets written; once it doesn't, it never will by this journal. */
  public boolean isWriting() {
    return writer.isAlive();
  }

  /** Writes what is queued and closes the file. */
  @Override
  public void close() {
    queue.add(Write.END);
    try {
      writer.join(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Contents load() throws IOException {
    Path file = directory.resolve(FILE);
    List<TaskState> tasks = new ArrayList<>();
    List<TaskStatus> ended = new ArrayList<>();
    if (!Files.exists(file)) {
      return new Contents(tasks, ended);
    }
    JournalFrames.Read read = JournalFrames.read(file);
    if (read.damagedBytes() > 0) {
      Path kept = directory.resolve(FILE + ".damaged");
      Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
      LOG.warnf(
          "The last %d bytes of the journal can't be read, as after a crash while writing; a copy is in %s",
          read.damagedBytes(), kept);
    }
    for (byte[] frame : read.frames()) {
      try {
        JournalEntry entry = EventJson.read(frame, JournalEntry.class);
        note(entry.taskId(), frame, entry.finished() != null);
      } catch (UnreadableEventException e) {
        LOG.errorf(e, "An entry of the journal is passed over");
      }
    }
    for (byte[] frame : newest.values()) {
      JournalEntry entry = EventJson.read(frame, JournalEntry.class);
      if (entry.finished() != null) {
        ended.add(entry.finished());
      } else if (entry.state() != null) {
        tasks.add(entry.state());
      }
    }
    return new Contents(tasks, ended);
  }

  private void note(String taskId, byte[] content, boolean isFinished) {
    newest.remove(taskId);
    newest.put(taskId, content);
    if (isFinished) {
      finished.put(taskId, true);
      if (finished.size() > FINISHED_KEPT) {
        String oldest = finished.keySet().iterator().next();
        finished.remove(oldest);
        newest.remove(oldest);
      }
    }
  }

  private void writeAll() {
    List<Write> batch = new ArrayList<>();
    while (true) {
      try {
        batch.clear();
        batch.add(queue.take());
        queue.drainTo(batch);
        boolean end = batch.remove(Write.END);
        write(batch);
        if (end) {
          channel.close();
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (IOException e) {
        LOG.errorf(
            e, "The journal in %s can't be written; no container is created meanwhile", directory);
        batch.stream()
            .filter(write -> write.durable != null)
            .forEach(write -> write.durable.completeExceptionally(e));
        reopen();
      }
    }
  }

  private void write(List<Write> batch) throws IOException {
    List<CompletableFuture<Void>> waiting = new ArrayList<>();
    for (Write write : batch) {
      append(write.content);
      note(write.taskId, write.content, write.isFinished);
      if (write.durable != null) {
        waiting.add(write.durable);
      }
    }
    if (!waiting.isEmpty()) {
      long before = System.nanoTime();
      channel.force(false);
      forced.accept(Duration.ofNanos(System.nanoTime() - before));
      waiting.forEach(durable -> durable.complete(null));
    }
    if (appended > REWRITE_AFTER && appended > 4 * liveBytes()) {
      rewrite();
    }
  }

  private void append(byte[] content) throws IOException {
    ByteBuffer frame = JournalFrames.frame(content);
    appended += frame.remaining();
    while (frame.hasRemaining()) {
      channel.write(frame);
    }
  }

  private long liveBytes() {
    return newest.values().stream().mapToLong(content -> content.length).sum();
  }

  /** A write may have been cut short; what is known to be newest is written again, whole. */
  private void reopen() {
    try {
      rewrite();
    } catch (IOException e) {
      LOG.errorf(e, "The journal in %s can't be rewritten", directory);
    }
  }

  private void rewrite() throws IOException {
    Path next = directory.resolve(FILE + ".next");
    FileChannel old = channel;
    FileChannel fresh =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    for (byte[] content : newest.values()) {
      ByteBuffer frame = JournalFrames.frame(content);
      while (frame.hasRemaining()) {
        fresh.write(frame);
      }
    }
    fresh.force(true);
    Files.move(
        next,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    DurableFiles.forceDirectory(directory);
    channel = fresh;
    appended = 0;
    if (old != null) {
      old.close();
    }
  }
}
