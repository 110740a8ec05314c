package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.testing.Database;
import dev.berth.contracts.EventJson;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.instance.InstanceStatusName;
import dev.berth.contracts.task.HostPort;
import dev.berth.contracts.task.Resources;
import dev.berth.contracts.taskdef.Attribute;
import dev.berth.contracts.taskdef.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** Container instances as the fold of their nodes' words leaves them. */
final class RegisteredInstances {
  private RegisteredInstances() {}

  /** Registers an instance with two GPUs in a zone, and answers with its id. */
  static String register(Database database, String cluster, String zone) {
    String id = UUID.randomUUID().toString().replace("-", "");
    ContainerInstanceDesired desired =
        new ContainerInstanceDesired(
            id,
            cluster,
            1,
            "test-installation",
            InstanceStatusName.ACTIVE,
            false,
            List.of(Attribute.of("stack", "prod")),
            List.of());
    ContainerInstanceStatus seen =
        new ContainerInstanceStatus(
            id,
            cluster,
            1,
            "test-installation",
            "node-of-" + zone,
            zone,
            "127.0.0.1",
            null,
            new Resources(1024, 2048, List.of(new HostPort(22, Protocol.TCP)), 2),
            List.of(Attribute.of("ecs.os-type", "linux")),
            "1.0",
            "20.10",
            true,
            false,
            List.of(),
            null,
            null,
            null,
            null,
            List.of("gpu-0", "gpu-1"));
    database.run(
        """
        insert into container_instances
          (id, cluster, status, version, desired, seen_version, seen, heartbeat_at, docker_connected, registered_at)
        values ($1, $2, 'ACTIVE', 1, $3::text::jsonb, 1, $4::text::jsonb, now(), true, now())
        """,
        id,
        cluster,
        json(desired),
        json(seen));
    return id;
  }

  /** Puts a task of a service on an instance, in a state. */
  static String task(Database database, String cluster, String instance, String status) {
    String id = UUID.randomUUID().toString().replace("-", "");
    database.run(
        """
        insert into tasks (id, cluster, task_definition_arn, service_name, service_id, deployment_id,
          task_group, container_instance_id, desired_status, last_status, verdict_version, verdict, created_at,
          stopped_at)
        values ($1, $2, 'arn:aws:ecs:us-east-1:000000000000:task-definition/web:1', 'web', 'sid', 'ecs-svc/1',
          'service:web', $3, $5, $4, 1, $6::text::jsonb, now(), case when $4 = 'STOPPED' then now() end)
        """,
        id,
        cluster,
        instance,
        status,
        status.equals("STOPPED") ? "STOPPED" : "RUNNING",
        """
        {"taskId": "%s", "cluster": "%s", "version": 1, "outcome": "PLACED", "containerInstanceId": "%s",
         "launchType": "EC2", "group": "service:web", "resources": {"cpu": 256, "memory": 512, "gpus": 1}}
        """
            .formatted(id, cluster, instance));
    return id;
  }

  private static String json(Object document) {
    return new String(EventJson.write(document), StandardCharsets.UTF_8);
  }
}
