package dev.berth.api.domain.task;

import dev.berth.contracts.task.ContainerState;
import dev.berth.contracts.task.NetworkInterface;
import dev.berth.contracts.task.TaskLifecycle;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.contracts.taskdef.KeyValuePair;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is attached to a task (ECS: Attachment): the network interface of an awsvpc task, as its
 * node reported it.
 *
 * @param details such as {@code privateIPv4Address}
 */
public record TaskAttachment(String id, String type, String status, List<KeyValuePair> details) {

  /** The attachments of a task, none before its node has spoken. */
  static List<TaskAttachment> of(TaskStatus seen) {
    if (seen == null) {
      return List.of();
    }
    Map<String, NetworkInterface> interfaces = new LinkedHashMap<>();
    for (ContainerState container : seen.containers()) {
      container.networkInterfaces().forEach(one -> interfaces.put(one.attachmentId(), one));
    }
    String status = seen.lastStatus() == TaskLifecycle.STOPPED ? "DELETED" : "ATTACHED";
    return interfaces.values().stream()
        .map(
            one ->
                new TaskAttachment(
                    one.attachmentId(), "ElasticNetworkInterface", status, details(one)))
        .toList();
  }

  private static List<KeyValuePair> details(NetworkInterface one) {
    List<KeyValuePair> details = new ArrayList<>();
    if (one.privateIpv4Address() != null) {
      details.add(new KeyValuePair("privateIPv4Address", one.privateIpv4Address()));
    }
    if (one.macAddress() != null) {
      details.add(new KeyValuePair("macAddress", one.macAddress()));
    }
    return details;
  }
}
