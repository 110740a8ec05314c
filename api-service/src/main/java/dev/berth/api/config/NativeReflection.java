package dev.berth.api.config;

import dev.berth.api.adapter.persistence.IdsDocument;
import dev.berth.api.adapter.persistence.TagsDocument;
import dev.berth.contracts.cluster.CapacityProviderStrategyItem;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.cluster.ClusterStatus;
import dev.berth.contracts.cluster.Setting;
import dev.berth.contracts.event.PublicEvent;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.loadbalancer.ListenerDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.loadbalancer.ManualTarget;
import dev.berth.contracts.loadbalancer.TargetDesired;
import dev.berth.contracts.loadbalancer.TargetDesiredState;
import dev.berth.contracts.loadbalancer.TargetGroupDesired;
import dev.berth.contracts.loadbalancer.TargetGroupHealthCheck;
import dev.berth.contracts.loadbalancer.TargetHealthState;
import dev.berth.contracts.loadbalancer.TargetStatus;
import dev.berth.contracts.service.DeploymentCircuitBreaker;
import dev.berth.contracts.service.DeploymentConfiguration;
import dev.berth.contracts.service.DeploymentDesired;
import dev.berth.contracts.service.DeploymentState;
import dev.berth.contracts.service.DeploymentStatus;
import dev.berth.contracts.service.RolloutState;
import dev.berth.contracts.service.SchedulingStrategy;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.service.ServiceEvent;
import dev.berth.contracts.service.ServiceLoadBalancer;
import dev.berth.contracts.service.ServiceStatus;
import dev.berth.contracts.service.ServiceStatusName;
import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.HealthStatus;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.NetworkBinding;
import dev.berth.contracts.task.NetworkInterface;
import dev.berth.contracts.task.RefusalReason;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.task.RunTaskSpec;
import dev.berth.contracts.task.StopCode;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskAssignment;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskProtection;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.task.TaskVerdict;
import dev.berth.contracts.task.VerdictOutcome;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.AwsVpcConfiguration;
import dev.berth.contracts.taskdef.ContainerCondition;
import dev.berth.contracts.taskdef.ContainerDefinition;
import dev.berth.contracts.taskdef.ContainerDependency;
import dev.berth.contracts.taskdef.ContainerOverride;
import dev.berth.contracts.taskdef.ContainerRestartPolicy;
import dev.berth.contracts.taskdef.Device;
import dev.berth.contracts.taskdef.DockerVolumeConfiguration;
import dev.berth.contracts.taskdef.EnvironmentFile;
import dev.berth.contracts.taskdef.EphemeralStorage;
import dev.berth.contracts.taskdef.FirelensConfiguration;
import dev.berth.contracts.taskdef.HealthCheck;
import dev.berth.contracts.taskdef.HostEntry;
import dev.berth.contracts.taskdef.HostVolumeProperties;
import dev.berth.contracts.taskdef.InferenceAccelerator;
import dev.berth.contracts.taskdef.KernelCapabilities;
import dev.berth.contracts.taskdef.KeyValuePair;
import dev.berth.contracts.taskdef.LinuxParameters;
import dev.berth.contracts.taskdef.LogConfiguration;
import dev.berth.contracts.taskdef.MountPoint;
import dev.berth.contracts.taskdef.NetworkConfiguration;
import dev.berth.contracts.taskdef.NetworkMode;
import dev.berth.contracts.taskdef.PlacementConstraint;
import dev.berth.contracts.taskdef.PlacementStrategy;
import dev.berth.contracts.taskdef.PortMapping;
import dev.berth.contracts.taskdef.Protocol;
import dev.berth.contracts.taskdef.ProxyConfiguration;
import dev.berth.contracts.taskdef.RepositoryCredentials;
import dev.berth.contracts.taskdef.ResourceRequirement;
import dev.berth.contracts.taskdef.RuntimePlatform;
import dev.berth.contracts.taskdef.Secret;
import dev.berth.contracts.taskdef.SystemControl;
import dev.berth.contracts.taskdef.Tag;
import dev.berth.contracts.taskdef.TaskDefinition;
import dev.berth.contracts.taskdef.TaskDefinitionStatus;
import dev.berth.contracts.taskdef.TaskOverride;
import dev.berth.contracts.taskdef.Tmpfs;
import dev.berth.contracts.taskdef.Ulimit;
import dev.berth.contracts.taskdef.Volume;
import dev.berth.contracts.taskdef.VolumeFrom;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a native executable must be able to read and write as JSON although no endpoint names it:
 * the records of the topics, and the documents in rows.
 */
@RegisterForReflection(
    targets = {
      CapacityProviderStrategyItem.class,
      ClusterDesired.class,
      ClusterStatus.class,
      Setting.class,
      PublicEvent.class,
      ContainerInstanceDesired.class,
      ContainerInstanceHeartbeat.class,
      ContainerInstanceStatus.class,
      InstanceStatusName.class,
      ListenerDesired.class,
      LoadBalancerDesired.class,
      ManualTarget.class,
      TargetDesired.class,
      TargetDesiredState.class,
      TargetGroupDesired.class,
      TargetGroupHealthCheck.class,
      TargetHealthState.class,
      TargetStatus.class,
      DeploymentCircuitBreaker.class,
      DeploymentConfiguration.class,
      DeploymentDesired.class,
      DeploymentState.class,
      DeploymentStatus.class,
      RolloutState.class,
      SchedulingStrategy.class,
      ServiceDesired.class,
      ServiceEvent.class,
      ServiceLoadBalancer.class,
      ServiceStatus.class,
      ServiceStatusName.class,
      ContainerState.class,
      HealthStatus.class,
      HostPort.class,
      NetworkBinding.class,
      NetworkInterface.class,
      RefusalReason.class,
      Resources.class,
      RunTaskSpec.class,
      StopCode.class,
      TaskAssigned.class,
      TaskAssignment.class,
      TaskDesired.class,
      TaskLifecycle.class,
      TaskProtection.class,
      TaskStatus.class,
      TaskVerdict.class,
      VerdictOutcome.class,
      Attribute.class,
      AwsVpcConfiguration.class,
      ContainerCondition.class,
      ContainerDefinition.class,
      ContainerDependency.class,
      ContainerOverride.class,
      ContainerRestartPolicy.class,
      Device.class,
      DockerVolumeConfiguration.class,
      EnvironmentFile.class,
      EphemeralStorage.class,
      FirelensConfiguration.class,
      HealthCheck.class,
      HostEntry.class,
      HostVolumeProperties.class,
      InferenceAccelerator.class,
      KernelCapabilities.class,
      KeyValuePair.class,
      LinuxParameters.class,
      LogConfiguration.class,
      MountPoint.class,
      NetworkConfiguration.class,
      NetworkMode.class,
      PlacementConstraint.class,
      PlacementStrategy.class,
      PortMapping.class,
      Protocol.class,
      ProxyConfiguration.class,
      RepositoryCredentials.class,
      ResourceRequirement.class,
      RuntimePlatform.class,
      Secret.class,
      SystemControl.class,
      Tag.class,
      TaskDefinition.class,
      TaskDefinitionStatus.class,
      TaskOverride.class,
      Tmpfs.class,
      Ulimit.class,
      Volume.class,
      VolumeFrom.class,
      IdsDocument.class,
      TagsDocument.class
    })
final class NativeReflection {
  private NativeReflection() {}
}
