package dev.berth.standalone.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.standalone.process.ChildProcess;
import dev.berth.standalone.process.ProcessFailedException;
import dev.berth.standalone.suite.Component;
import dev.berth.standalone.suite.Suite;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
  @TempDir Path folder;

  private final ConcurrentLinkedQueue<String> console = new ConcurrentLinkedQueue<>();

  @Test
  void startsAgainWhatDiesAndStopsServicesBeforeWhatTheyUse() throws Exception {
    // Given a store, and two services that use it
    Part store = new Part("store", "exec sleep 600");
    Part one = new Part("one", "exec sleep 600");
    Part two = new Part("two", "exec sleep 600");
    Supervisor supervisor = supervisor(List.of(List.of(store), List.of(one, two)));
    supervisor.start(name -> console.add("when ready: " + name));
    assertThat(console).contains("when ready: store");
    long before = one.process().pid();

    // When a service is killed
    one.process().kill();

    // Then it is started again, which is said, and its pid file tells the new process
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> one.process().pid() != before && one.process().isAlive());
    assertThat(console).anyMatch(line -> line.contains("one ended with exit code 137"));
    RunFolder run = new RunFolder(folder.resolve("run"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> run.process("one").map(ProcessHandle::pid).orElse(0L) == one.process().pid());

    // When it is stopped
    console.clear();
    supervisor.stop();
    supervisor.awaitStopped();

    // Then the services end before the store, and no pid file is left
    assertThat(console)
        .extracting(line -> line.strip().split(" ")[0])
        .containsExactly("one", "two", "store");
    assertThat(run.process("one")).isEmpty();
    assertThat(Files.exists(folder.resolve("run/one.pid"))).isFalse();
  }

  @Test
  void aPartThatEndsBeforeItIsReadyFailsTheStartWithTheEndOfItsLog() {
    Supervisor supervisor =
        supervisor(List.of(List.of(new Part("broken", "echo 'no such option'; exit 3"))));
    assertThatThrownBy(() -> supervisor.start(name -> {}))
        .isInstanceOf(ProcessFailedException.class)
        .hasMessageContaining("broken ended with exit code 3")
        .hasMessageContaining("no such option");
    supervisor.stop();
  }

  @Test
  void endsWhatAKilledSupervisorLeftBehind() {
    // Given a part whose supervisor is gone
    Part part = new Part("left", "exec sleep 600");
    part.start();
    RunFolder run = new RunFolder(folder.resolve("run"));
    dev.berth.standalone.home.PrivateFiles.write(
        folder.resolve("run/left.pid"), ProcessRecord.of(part.process().pid()).encode());

    // When the next one begins
    run.endLeftovers(console::add);

    // Then the part is ended
    assertThat(part.process().awaitExit(Duration.ofSeconds(30))).isTrue();
    assertThat(console).anyMatch(line -> line.contains("left (process"));
  }

  @Test
  void aPidFileDoesNotSpeakOfALaterProcessWithTheSameNumber() {
    long pid = ProcessHandle.current().pid();
    ProcessRecord mine = ProcessRecord.of(pid);
    assertThat(mine.running()).isPresent();
    assertThat(new ProcessRecord(pid, mine.startedAt().minusSeconds(3600)).running()).isEmpty();
  }

  @Test
  void onlyOneSupervisesAFolder() throws Exception {
    try (FileLock lock = new RunFolder(folder).supervise().orElseThrow()) {
      assertThat(lock.isValid()).isTrue();
      assertThat(new RunFolder(folder).supervise()).isEmpty();
    }
  }

  private Supervisor supervisor(List<List<Component>> stages) {
    return new Supervisor(new Suite(stages), folder.resolve("run"), console::add);
  }

  private final class Part implements Component {
    private final String name;
    private final String script;
    private volatile ChildProcess child;

    Part(String name, String script) {
      this.name = name;
      this.script = script;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<Integer> ports() {
      return List.of();
    }

    @Override
    public Path logFile() {
      return folder.resolve(name + ".log");
    }

    @Override
    public void start() {
      child = ChildProcess.start(name, List.of("sh", "-c", script), Map.of(), logFile());
    }

    @Override
    public boolean isReady() {
      return !script.contains("exit") && child.isAlive();
    }

    @Override
    public ChildProcess process() {
      return child;
    }

    @Override
    public void stop() {
      child.stop(Duration.ofSeconds(10));
    }
  }
}
