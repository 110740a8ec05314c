package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.node.domain.container.ContainerHealth;
import dev.berth.node.domain.container.ContainerRunState;
import dev.berth.node.domain.container.ContainerSnapshot;
import dev.berth.node.domain.container.ContainerSummary;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads what Docker tells of containers. */
final class Snapshots {
  private Snapshots() {}

  static ContainerSnapshot of(InspectContainerResponse inspected) {
    var state = inspected.getState();
    ContainerRunState runState = runState(state.getStatus());
    ContainerNetwork network = firstNetwork(inspected.getNetworkSettings());
    return new ContainerSnapshot(
        inspected.getId(),
        withoutSlash(inspected.getName()),
        inspected.getConfig().getImage(),
        inspected.getImageId(),
        runState,
        exitCode(runState, state),
        Boolean.TRUE.equals(state.getOOMKilled()),
        emptyAsNull(state.getError()),
        state.getHealth() == null ? null : health(state.getHealth().getStatus()),
        bindings(inspected.getNetworkSettings()),
        network == null ? null : emptyAsNull(network.getIpAddress()),
        network == null ? null : emptyAsNull(network.getMacAddress()),
        orEmpty(inspected.getConfig().getLabels()),
        time(inspected.getCreated()),
        time(state.getStartedAt()),
        finishedAt(runState, time(state.getStartedAt()), time(state.getFinishedAt())));
  }

  /**
   * The engine notes a start after the fact: a process that ends at once seems to have ended before
   * it began. Its end must not look like that of an earlier run.
   */
  static Instant finishedAt(ContainerRunState state, Instant startedAt, Instant finishedAt) {
    boolean reversed =
        state == ContainerRunState.EXITED
            && startedAt != null
            && finishedAt != null
            && finishedAt.isBefore(startedAt);
    return reversed ? startedAt : finishedAt;
  }

  static ContainerSummary summary(Container listed) {
    String[] names = listed.getNames();
    return new ContainerSummary(
        listed.getId(),
        names == null || names.length == 0 ? listed.getId() : withoutSlash(names[0]),
        runState(listed.getState()),
        orEmpty(listed.getLabels()));
  }

  private static Integer exitCode(
      ContainerRunState runState, InspectContainerResponse.ContainerState state) {
    // A container that could not be started keeps its state "created" but has an exit code.
    boolean failedStart =
        runState == ContainerRunState.CREATED && emptyAsNull(state.getError()) != null;
    if (runState != ContainerRunState.EXITED && !failedStart) {
      return null;
    }
    return state.getExitCodeLong() == null ? null : state.getExitCodeLong().intValue();
  }

  private static ContainerRunState runState(String status) {
    return switch (status == null ? "" : status.toLowerCase(Locale.ROOT)) {
      case "created" -> ContainerRunState.CREATED;
      case "running", "paused", "restarting" -> ContainerRunState.RUNNING;
      default -> ContainerRunState.EXITED;
    };
  }

  static ContainerHealth health(String status) {
    return switch (status == null ? "" : status) {
      case "starting" -> ContainerHealth.STARTING;
      case "healthy" -> ContainerHealth.HEALTHY;
      case "unhealthy" -> ContainerHealth.UNHEALTHY;
      default -> null;
    };
  }

  private static ContainerNetwork firstNetwork(NetworkSettings settings) {
    if (settings == null || settings.getNetworks() == null) {
      return null;
    }
    return settings.getNetworks().values().stream().findFirst().orElse(null);
  }

  private static List<NetworkBinding> bindings(NetworkSettings settings) {
    if (settings == null || settings.getPorts() == null) {
      return List.of();
    }
    List<NetworkBinding> bindings = new ArrayList<>();
    settings
        .getPorts()
        .getBindings()
        .forEach(
            (port, published) -> {
              if (published != null) {
                for (Ports.Binding binding : published) {
                  bindings.add(binding(port, binding));
                }
              }
            });
    bindings.sort(
        Comparator.comparing(NetworkBinding::containerPort)
            .thenComparing(NetworkBinding::protocol)
            .thenComparing(NetworkBinding::bindIP));
    return bindings;
  }

  private static NetworkBinding binding(ExposedPort port, Ports.Binding binding) {
    return new NetworkBinding(
        binding.getHostIp() == null ? "0.0.0.0" : binding.getHostIp(),
        port.getPort(),
        Integer.valueOf(binding.getHostPortSpec()),
        port.getProtocol() == InternetProtocol.UDP ? Protocol.UDP : Protocol.TCP);
  }

  /** Docker writes the year 1 for "not yet". */
  private static Instant time(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    OffsetDateTime time = OffsetDateTime.parse(text);
    return time.getYear() <= 1 ? null : time.toInstant();
  }

  private static String withoutSlash(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  private static String emptyAsNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static Map<String, String> orEmpty(Map<String, String> labels) {
    return labels == null ? Map.of() : labels;
  }
}
