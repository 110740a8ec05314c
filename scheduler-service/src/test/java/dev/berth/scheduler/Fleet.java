package dev.berth.scheduler;

import dev.berth.contracts.EventJson;
import dev.berth.contracts.Keys;
import dev.berth.contracts.Partitions;
import dev.berth.contracts.Topic;
import dev.berth.contracts.cluster.ClusterDesired;
import dev.berth.contracts.instance.ContainerInstanceDesired;
import dev.berth.contracts.instance.ContainerInstanceHeartbeat;
import dev.berth.contracts.instance.ContainerInstanceStatus;
import dev.berth.contracts.service.ServiceDesired;
import dev.berth.contracts.task.TaskAssigned;
import dev.berth.contracts.task.TaskDesired;
import dev.berth.contracts.task.TaskStatus;
import dev.berth.log.EventRecords;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One cluster with one container instance: what api-service and node-service would write of it. */
public final class Fleet implements AutoCloseable {
  private static final String INSTALLATION = "test-installation";

  private final String cluster;
  private final String instance;
  private final EventRecords records;
  private final KafkaProducer<String, byte[]> producer;
  private final KafkaConsumer<String, byte[]> consumer;
  private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();
  private long version;

  public Fleet(String bootstrapServers, Partitions partitions, String cluster) {
    this.cluster = cluster;
    this.instance = "instance-of-" + cluster;
    this.records = new EventRecords(partitions, "/test", INSTALLATION);
    this.producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
    this.consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> read = new ArrayList<>();
    for (Topic topic :
        List.of(
            Topic.TASK_ASSIGNED, Topic.TASK_VERDICT, Topic.SERVICE_STATUS, Topic.SERVICE_EVENT)) {
      String key = topic == Topic.TASK_ASSIGNED ? instance : cluster;
      read.add(new TopicPartition(topic.topicName(), records.partition(topic, key)));
    }
    consumer.assign(read);
    consumer.seekToBeginning(read);
  }

  /** The cluster, its container instance of 4 CPUs and 8 GiB, and a sign of life. */
  public void join() {
    write(
        Topic.CLUSTER_DESIRED,
        cluster,
        ClusterDesired.class,
        """
        {"cluster":"%s","clusterArn":"arn:aws:ecs:us-east-1:000000000000:cluster/%s",
         "status":"ACTIVE"}"""
            .formatted(cluster, cluster));
    write(
        Topic.CONTAINER_INSTANCE_DESIRED,
        instance,
        ContainerInstanceDesired.class,
        """
        {"containerInstanceId":"%s","cluster":"%s","status":"ACTIVE"}"""
            .formatted(instance, cluster));
    write(
        Topic.CONTAINER_INSTANCE_STATUS,
        instance,
        ContainerInstanceStatus.class,
        """
        {"containerInstanceId":"%s","cluster":"%s","name":"node-1","availabilityZone":"az-1",
         "hostAddress":"127.0.0.1","registeredResources":{"cpu":4000000,"memory":8000000},
         "dockerConnected":true,"registeredAt":"%s","startedAt":"%s"}"""
            .formatted(instance, cluster, Instant.now(), Instant.now()));
    beat();
  }

  /** A sign of life. */
  public void beat() {
    write(
        Topic.CONTAINER_INSTANCE_HEARTBEAT,
        instance,
        ContainerInstanceHeartbeat.class,
        """
        {"containerInstanceId":"%s","cluster":"%s","sequence":1,"dockerConnected":true,
         "intervalMillis":1000,"sentAt":"%s"}"""
            .formatted(instance, cluster, Instant.now()));
  }

  /** A REPLICA service with one deployment of one container. */
  public void want(String service, int desiredCount) {
    write(
        Topic.SERVICE_DESIRED,
        Keys.service(cluster, service),
        ServiceDesired.class,
        """
        {"cluster":"%s","serviceName":"%s","serviceId":"id-of-%s","status":"ACTIVE",
         "clusterArn":"arn:aws:ecs:us-east-1:000000000000:cluster/%s",
         "schedulingStrategy":"REPLICA","desiredCount":%d,"createdAt":"%s",
         "deployments":[{"id":"ecs-svc/1234567890123456789","status":"PRIMARY",
           "taskDefinition":%s,"launchType":"EC2","createdAt":"%s"}]}"""
            .formatted(
                cluster,
                service,
                service,
                cluster,
                desiredCount,
                Instant.EPOCH,
                DEFINITION,
                Instant.EPOCH));
  }

  /** A one-off task; its id. */
  public String run() {
    String taskId = UUID.randomUUID().toString().replace("-", "");
    write(
        Topic.TASK_DESIRED,
        taskId,
        TaskDesired.class,
        """
        {"taskId":"%s","cluster":"%s","desiredStatus":"RUNNING",
         "run":{"taskDefinition":%s,"launchType":"EC2","createdAt":"%s","expiresAt":"%s"}}"""
            .formatted(taskId, cluster, DEFINITION, Instant.now(), Instant.now().plusSeconds(60)));
    return taskId;
  }

  private static final String DEFINITION =
      """
      {"taskDefinitionArn":"arn:aws:ecs:us-east-1:000000000000:task-definition/web:1",
       "family":"web","revision":1,"status":"ACTIVE","networkMode":"bridge",
       "containerDefinitions":[{"name":"web","image":"web:1","cpu":10,"memory":16}]}""";

  /** The node says what became of a task. */
  public void report(TaskAssigned task, String lastStatus) {
    write(
        Topic.TASK_STATUS,
        task.taskId(),
        TaskStatus.class,
        """
        {"taskId":"%s","cluster":"%s","containerInstanceId":"%s","lastStatus":"%s",
         "serviceName":"%s","serviceId":"%s","deploymentId":"%s","createdAt":"%s",
         "startedAt":"%s"}"""
            .formatted(
                task.taskId(),
                cluster,
                instance,
                lastStatus,
                task.serviceName(),
                task.serviceId(),
                task.deploymentId(),
                Instant.now(),
                Instant.now()));
  }

  /** All committed values of a topic about this cluster so far, oldest first. */
  public <T> List<T> read(Topic topic, Class<T> type, Duration atMost) {
    consumer.poll(atMost).forEach(seen::add);
    return seen.stream()
        .filter(record -> record.topic().equals(topic.topicName()) && record.value() != null)
        .filter(record -> text(record.value()).contains("\"" + cluster + "\""))
        .map(record -> EventJson.read(record.value(), type))
        .toList();
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }

  private void write(Topic topic, String key, Class<?> type, String json) {
    version++;
    String versioned =
        json.replaceFirst(
            "\\{", "{\"version\":%d,\"installationId\":\"%s\",".formatted(version, INSTALLATION));
    Object value = EventJson.read(versioned.getBytes(StandardCharsets.UTF_8), type);
    try {
      producer
          .send(
              records.record(
                  topic, key, cluster, value, UUID.randomUUID().toString(), Instant.now()))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
    consumer.close();
  }
}
