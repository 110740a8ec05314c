package dev.berth.node.domain.container;

import java.util.List;
import java.util.Map;

/**
 * Everything an engine needs to create one container, resolved: no definition, override or policy
 * is consulted after this. Absent lists and maps are empty; absent scalars ({@code null}) leave the
 * image's or the engine's default.
 *
 * @param name the engine-wide unique name; creating the same name twice fails, which is what keeps
 *     a task's container from being created twice
 * @param image the image as the task definition names it
 * @param entryPoint replaces the image's entry point unless empty
 * @param command replaces the image's command unless empty
 * @param environment variables as {@code NAME=value}
 * @param stopTimeoutSeconds seconds between the stop signal and SIGKILL when someone other than
 *     Berth stops the container
 */
public record ContainerSpec(
    String name,
    String image,
    Map<String, String> labels,
    List<String> entryPoint,
    List<String> command,
    List<String> environment,
    String workingDirectory,
    String user,
    String hostname,
    boolean tty,
    boolean openStdin,
    int stopTimeoutSeconds,
    HealthProbe healthProbe,
    ContainerLimits limits,
    ContainerPrivileges privileges,
    ContainerNetworking networking,
    ContainerStorage storage,
    ContainerLogging logging) {
  public ContainerSpec {
    labels = Map.copyOf(labels);
    entryPoint = List.copyOf(entryPoint);
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }
}
