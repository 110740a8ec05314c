package dev.berth.node.adapter.docker;

import com.github.dockerjava.api.command.CreateContainerResponse;
import com.github.dockerjava.api.command.CreateNetworkResponse;
import com.github.dockerjava.api.command.CreateVolumeResponse;
import com.github.dockerjava.api.command.GraphData;
import com.github.dockerjava.api.command.GraphDriver;
import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.HealthStateLog;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.command.ListVolumesResponse;
import com.github.dockerjava.api.command.RootFS;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.BindOptions;
import com.github.dockerjava.api.model.BindPropagation;
import com.github.dockerjava.api.model.Binds;
import com.github.dockerjava.api.model.BlkioRateDevice;
import com.github.dockerjava.api.model.BlkioWeightDevice;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.ContainerDNSConfig;
import com.github.dockerjava.api.model.ContainerHostConfig;
import com.github.dockerjava.api.model.ContainerMount;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ContainerNetworkSettings;
import com.github.dockerjava.api.model.ContainerPort;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.Driver;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import com.github.dockerjava.api.model.EventType;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.ExposedPorts;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.InfoRegistryConfig;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.Isolation;
import com.github.dockerjava.api.model.Link;
import com.github.dockerjava.api.model.Links;
import com.github.dockerjava.api.model.LoadResponseItem;
import com.github.dockerjava.api.model.LocalNodeState;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LxcConf;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.PropagationMode;
import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.RuntimeInfo;
import com.github.dockerjava.api.model.SELContext;
import com.github.dockerjava.api.model.StreamType;
import com.github.dockerjava.api.model.SwarmInfo;
import com.github.dockerjava.api.model.TmpfsOptions;
import com.github.dockerjava.api.model.Ulimit;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import com.github.dockerjava.api.model.VersionPlatform;
import com.github.dockerjava.api.model.Volume;
import com.github.dockerjava.api.model.VolumeBind;
import com.github.dockerjava.api.model.VolumeBinds;
import com.github.dockerjava.api.model.VolumeOptions;
import com.github.dockerjava.api.model.Volumes;
import com.github.dockerjava.api.model.VolumesFrom;
import com.github.dockerjava.core.command.CreateContainerCmdImpl;
import com.github.dockerjava.core.command.CreateNetworkCmdImpl;
import com.github.dockerjava.core.command.CreateVolumeCmdImpl;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The requests and answers that docker-java writes and reads as JSON by reflection, so that they
 * are part of a native executable. Their nested classes come with them.
 */
@RegisterForReflection(
    targets = {
      AccessMode.class,
      AuthConfig.class,
      Bind.class,
      BindOptions.class,
      BindPropagation.class,
      Binds.class,
      BlkioRateDevice.class,
      BlkioWeightDevice.class,
      Capability.class,
      Container.class,
      ContainerConfig.class,
      ContainerDNSConfig.class,
      ContainerHostConfig.class,
      ContainerMount.class,
      ContainerNetwork.class,
      ContainerNetworkSettings.class,
      ContainerPort.class,
      CreateContainerCmdImpl.class,
      CreateContainerResponse.class,
      CreateNetworkCmdImpl.class,
      CreateNetworkResponse.class,
      CreateVolumeCmdImpl.class,
      CreateVolumeResponse.class,
      Device.class,
      DeviceRequest.class,
      Driver.class,
      Event.class,
      EventActor.class,
      EventType.class,
      ExposedPort.class,
      ExposedPorts.class,
      Frame.class,
      GraphData.class,
      GraphDriver.class,
      HealthCheck.class,
      HealthState.class,
      HealthStateLog.class,
      HostConfig.class,
      Info.class,
      InfoRegistryConfig.class,
      InspectContainerResponse.class,
      InspectImageResponse.class,
      InspectVolumeResponse.class,
      InternetProtocol.class,
      Isolation.class,
      Link.class,
      Links.class,
      ListVolumesResponse.class,
      LoadResponseItem.class,
      LocalNodeState.class,
      LogConfig.class,
      LxcConf.class,
      Mount.class,
      MountType.class,
      Network.class,
      NetworkSettings.class,
      PortBinding.class,
      Ports.class,
      PropagationMode.class,
      PullResponseItem.class,
      ResponseItem.class,
      RestartPolicy.class,
      RootFS.class,
      RuntimeInfo.class,
      SELContext.class,
      StreamType.class,
      SwarmInfo.class,
      TmpfsOptions.class,
      Ulimit.class,
      Version.class,
      VersionComponent.class,
      VersionPlatform.class,
      Volume.class,
      VolumeBind.class,
      VolumeBinds.class,
      VolumeOptions.class,
      Volumes.class,
      VolumesFrom.class,
    },
    // By name, since they are deprecated, though answers of old engines still have them.
    classNames = {
      "com.github.dockerjava.api.model.VolumeRW",
      "com.github.dockerjava.api.model.VolumesRW"
    },
    ignoreNested = false)
final class DockerModels {
  private DockerModels() {}
}
