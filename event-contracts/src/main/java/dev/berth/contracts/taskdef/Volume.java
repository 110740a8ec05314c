package dev.berth.contracts.taskdef;

import java.util.Map;

/** A volume of a task (ECS: Volume). The EFS and FSx members are kept as they were written. */
public record Volume(
    String name,
    HostVolumeProperties host,
    DockerVolumeConfiguration dockerVolumeConfiguration,
    Map<String, Object> efsVolumeConfiguration,
    Map<String, Object> fsxWindowsFileServerVolumeConfiguration,
    Map<String, Object> s3filesVolumeConfiguration,
    Boolean configuredAtLaunch) {}
