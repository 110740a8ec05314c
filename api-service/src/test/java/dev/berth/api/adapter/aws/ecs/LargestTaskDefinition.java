package dev.berth.api.adapter.aws.ecs;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerCondition;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerDependency;
import software.amazon.awssdk.services.ecs.model.Device;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.HostEntry;
import software.amazon.awssdk.services.ecs.model.InferenceAccelerator;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.MountPoint;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.Secret;
import software.amazon.awssdk.services.ecs.model.SystemControl;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionPlacementConstraint;
import software.amazon.awssdk.services.ecs.model.Tmpfs;
import software.amazon.awssdk.services.ecs.model.Ulimit;
import software.amazon.awssdk.services.ecs.model.Volume;
import software.amazon.awssdk.services.ecs.model.VolumeFrom;

/** A task definition in which every member that the model has is set. */
public final class LargestTaskDefinition {
  private LargestTaskDefinition() {}

  @SuppressWarnings("deprecation") // ECS still takes and keeps inferenceAccelerators
  public static RegisterTaskDefinitionRequest of(String family) {
    return RegisterTaskDefinitionRequest.builder()
        .family(family)
        .taskRoleArn("arn:aws:iam::000000000000:role/task")
        .executionRoleArn("arn:aws:iam::000000000000:role/execution")
        .networkMode(NetworkMode.BRIDGE)
        .containerDefinitions(sidecar(), container())
        .volumes(volumes())
        .placementConstraints(
            TaskDefinitionPlacementConstraint.builder()
                .type("memberOf")
                .expression("attribute:ecs.os-type == linux")
                .build())
        .requiresCompatibilities(Compatibility.EC2)
        .cpu("1024")
        .memory("2048")
        .tags(Tag.builder().key("team").value("blue").build())
        .pidMode("task")
        .ipcMode("task")
        .proxyConfiguration(
            p -> p.type("APPMESH").containerName("sidecar").properties(pair("IgnoredUID", "1337")))
        .inferenceAccelerators(
            InferenceAccelerator.builder().deviceName("d1").deviceType("eia2.medium").build())
        .ephemeralStorage(e -> e.sizeInGiB(30))
        .runtimePlatform(r -> r.cpuArchitecture("X86_64").operatingSystemFamily("LINUX"))
        .enableFaultInjection(true)
        .build();
  }

  private static List<Volume> volumes() {
    return List.of(
        Volume.builder().name("host").host(h -> h.sourcePath("/data")).build(),
        Volume.builder()
            .name("docker")
            .dockerVolumeConfiguration(
                d ->
                    d.scope("shared")
                        .autoprovision(true)
                        .driver("local")
                        .driverOpts(Map.of("type", "tmpfs"))
                        .labels(Map.of("a", "b")))
            .build(),
        Volume.builder()
            .name("efs")
            .efsVolumeConfiguration(
                e ->
                    e.fileSystemId("fs-1")
                        .rootDirectory("/")
                        .transitEncryption("ENABLED")
                        .transitEncryptionPort(2049)
                        .authorizationConfig(a -> a.accessPointId("fsap-1").iam("ENABLED")))
            .build(),
        Volume.builder()
            .name("fsx")
            .fsxWindowsFileServerVolumeConfiguration(
                f ->
                    f.fileSystemId("fs-2")
                        .rootDirectory("share")
                        .authorizationConfig(
                            a -> a.credentialsParameter("arn:aws:ssm:x").domain("example.com")))
            .build(),
        Volume.builder().name("launch").configuredAtLaunch(true).build());
  }

  private static ContainerDefinition sidecar() {
    return ContainerDefinition.builder()
        .name("sidecar")
        .image("sidecar:1")
        .cpu(10)
        .memory(64)
        .essential(false)
        .portMappings(List.of())
        .environment(List.of())
        .mountPoints(List.of())
        .volumesFrom(List.of())
        .systemControls(List.of())
        .healthCheck(h -> h.command("CMD", "true").interval(10).timeout(2).retries(2))
        .firelensConfiguration(f -> f.type("fluentbit").options(Map.of("config-file-type", "file")))
        .build();
  }

  private static ContainerDefinition container() {
    return ContainerDefinition.builder()
        .name("web")
        .image("registry.example.com/web:1")
        .repositoryCredentials(r -> r.credentialsParameter("arn:aws:secretsmanager:x"))
        .cpu(256)
        .memory(512)
        .memoryReservation(256)
        .links(List.of("sidecar:s"))
        .portMappings(
            PortMapping.builder()
                .containerPort(8080)
                .hostPort(8080)
                .protocol("tcp")
                .name("http")
                .appProtocol("http2")
                .build())
        .essential(true)
        .restartPolicy(r -> r.enabled(true).ignoredExitCodes(0, 3).restartAttemptPeriod(90))
        .entryPoint("sh", "-c")
        .command("serve", "")
        .environment(pair("EMPTY", ""), pair("A", "b"))
        .environmentFiles(
            EnvironmentFile.builder().type("s3").value("arn:aws:s3:::bucket/x.env").build())
        .mountPoints(
            MountPoint.builder().sourceVolume("host").containerPath("/data").readOnly(true).build())
        .volumesFrom(VolumeFrom.builder().sourceContainer("sidecar").readOnly(false).build())
        .linuxParameters(
            l ->
                l.capabilities(c -> c.add("NET_ADMIN").drop("MKNOD"))
                    .devices(
                        Device.builder()
                            .hostPath("/dev/fuse")
                            .containerPath("/dev/fuse")
                            .permissionsWithStrings("read", "write")
                            .build())
                    .initProcessEnabled(true)
                    .sharedMemorySize(64)
                    .tmpfs(
                        Tmpfs.builder()
                            .containerPath("/tmp")
                            .size(16)
                            .mountOptions("noexec")
                            .build())
                    .maxSwap(128)
                    .swappiness(10))
        .secrets(Secret.builder().name("PASSWORD").valueFrom("arn:aws:ssm:p").build())
        .dependsOn(
            ContainerDependency.builder()
                .containerName("sidecar")
                .condition(ContainerCondition.HEALTHY)
                .build())
        .startTimeout(60)
        .stopTimeout(30)
        .versionConsistency("enabled")
        .hostname("web")
        .user("1000:1000")
        .workingDirectory("/srv")
        .disableNetworking(false)
        .privileged(true)
        .readonlyRootFilesystem(true)
        .dnsServers("10.0.0.2")
        .dnsSearchDomains("example.com")
        .extraHosts(HostEntry.builder().hostname("db").ipAddress("10.0.0.3").build())
        .dockerSecurityOptions("no-new-privileges")
        .interactive(true)
        .pseudoTerminal(true)
        .dockerLabels(Map.of("com.example.a", "b"))
        .ulimits(Ulimit.builder().name("nofile").softLimit(1024).hardLimit(2048).build())
        .logConfiguration(
            l ->
                l.logDriver("awslogs")
                    .options(Map.of("awslogs-group", "web"))
                    .secretOptions(Secret.builder().name("token").valueFrom("x").build()))
        .healthCheck(
            h -> h.command("CMD-SHELL", "true").interval(20).timeout(4).retries(2).startPeriod(10))
        .systemControls(
            SystemControl.builder().namespace("net.core.somaxconn").value("1024").build())
        .resourceRequirements(ResourceRequirement.builder().type("GPU").value("1").build())
        .firelensConfiguration(f -> f.type("fluentd").options(Map.of("a", "b")))
        .credentialSpecs("credentialspec:file://x.json")
        .build();
  }

  private static KeyValuePair pair(String name, String value) {
    return KeyValuePair.builder().name(name).value(value).build();
  }
}
