package dev.berth.contracts.taskdef;

import java.util.List;
import java.util.Map;

/**
 * One container of a task, all 42 members of ECS's ContainerDefinition. {@code cpu} is in CPU units
 * (1024 are one core), {@code memory} (hard) and {@code memoryReservation} (soft) are in MiB,
 * {@code startTimeout} and {@code stopTimeout} in seconds. {@code essential} is true when absent.
 */
public record ContainerDefinition(
    String name,
    String image,
    RepositoryCredentials repositoryCredentials,
    Integer cpu,
    Integer memory,
    Integer memoryReservation,
    List<String> links,
    List<PortMapping> portMappings,
    Boolean essential,
    ContainerRestartPolicy restartPolicy,
    List<String> entryPoint,
    List<String> command,
    List<KeyValuePair> environment,
    List<EnvironmentFile> environmentFiles,
    List<MountPoint> mountPoints,
    List<VolumeFrom> volumesFrom,
    LinuxParameters linuxParameters,
    List<Secret> secrets,
    List<ContainerDependency> dependsOn,
    Integer startTimeout,
    Integer stopTimeout,
    String versionConsistency,
    String hostname,
    String user,
    String workingDirectory,
    Boolean disableNetworking,
    Boolean privileged,
    Boolean readonlyRootFilesystem,
    List<String> dnsServers,
    List<String> dnsSearchDomains,
    List<HostEntry> extraHosts,
    List<String> dockerSecurityOptions,
    Boolean interactive,
    Boolean pseudoTerminal,
    Map<String, String> dockerLabels,
    List<Ulimit> ulimits,
    LogConfiguration logConfiguration,
    HealthCheck healthCheck,
    List<SystemControl> systemControls,
    List<ResourceRequirement> resourceRequirements,
    FirelensConfiguration firelensConfiguration,
    List<String> credentialSpecs) {
  public ContainerDefinition {
    links = Lists.of(links);
    portMappings = Lists.of(portMappings);
    entryPoint = Lists.of(entryPoint);
    command = Lists.of(command);
    environment = Lists.of(environment);
    environmentFiles = Lists.of(environmentFiles);
    mountPoints = Lists.of(mountPoints);
    volumesFrom = Lists.of(volumesFrom);
    secrets = Lists.of(secrets);
    dependsOn = Lists.of(dependsOn);
    dnsServers = Lists.of(dnsServers);
    dnsSearchDomains = Lists.of(dnsSearchDomains);
    extraHosts = Lists.of(extraHosts);
    dockerSecurityOptions = Lists.of(dockerSecurityOptions);
    dockerLabels = Lists.of(dockerLabels);
    ulimits = Lists.of(ulimits);
    systemControls = Lists.of(systemControls);
    resourceRequirements = Lists.of(resourceRequirements);
    credentialSpecs = Lists.of(credentialSpecs);
  }

  /** Whether the task ends when this container does; true unless set to false. */
  public boolean isEssential() {
    return !Boolean.FALSE.equals(essential);
  }
}
