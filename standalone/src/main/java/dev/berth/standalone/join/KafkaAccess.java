package dev.berth.standalone.join;

import dev.berth.contracts.Topic;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.home.PrivateFiles;
import dev.berth.standalone.process.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Kafka for the nodes of other machines: a listener with TLS and a password, whose user may do what
 * a node does and nothing else. The services of this machine go on using the listener on the
 * loopback address.
 */
public final class KafkaAccess {
  private static final String USER = "node";
  private static final String ALIAS = "kafka";
  private static final String CREDENTIALS =
      "org.apache.kafka.common.security.plain.PlainLoginModule required ";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Installation installation;
  private final Path folder;

  /**
   * Access to the Kafka of an installation with an advertised address.
   *
   * @param folder where the broker's key is kept
   */
  public KafkaAccess(Installation installation, Path folder) {
    this.installation = installation;
    this.folder = folder;
  }

  /** Properties the broker needs for it. */
  public Map<String, String> brokerProperties() {
    Map<String, String> properties = new TreeMap<>();
    int local = installation.ports().kafka();
    int external = installation.ports().kafkaExternal();
    properties.put(
        "listeners",
        "LOCAL://127.0.0.1:%d,CONTROLLER://127.0.0.1:{controller-port},NODES://0.0.0.0:%d"
            .formatted(local, external));
    properties.put(
        "advertised.listeners",
        "LOCAL://127.0.0.1:%d,NODES://%s:%d".formatted(local, installation.advertise(), external));
    properties.put(
        "listener.security.protocol.map", "LOCAL:PLAINTEXT,CONTROLLER:PLAINTEXT,NODES:SASL_SSL");
    properties.put("listener.name.nodes.sasl.enabled.mechanisms", "PLAIN");
    properties.put(
        "listener.name.nodes.plain.sasl.jaas.config",
        CREDENTIALS + "user_" + USER + "=\"" + installation.kafkaPassword() + "\";");
    properties.put("listener.name.nodes.ssl.keystore.type", "PKCS12");
    properties.put("listener.name.nodes.ssl.keystore.location", keyStore().toString());
    properties.put("listener.name.nodes.ssl.keystore.password", installation.kafkaPassword());
    properties.put(
        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
    // Who comes by the loopback listener has no name.
    properties.put("super.users", "User:ANONYMOUS");
    return properties;
  }

  /** Lets the nodes' user do what a node does. */
  public void grant(String localBootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", localBootstrapServers))) {
      admin.createAcls(bindings()).all().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("Kafka refused the rights of the nodes", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while granting rights", e);
    }
  }

  /** What a further machine is given. */
  public JoinToken token() {
    return new JoinToken(
        installation.advertise() + ":" + installation.ports().kafkaExternal(),
        Map.of(
            "security.protocol", "SASL_SSL",
            "sasl.mechanism", "PLAIN",
            "sasl.jaas.config",
                CREDENTIALS
                    + "username=\"%s\" password=\"%s\";"
                        .formatted(USER, installation.kafkaPassword()),
            "ssl.truststore.type", "PEM",
            "ssl.truststore.certificates", certificate()),
        installation.installationId(),
        installation.nodeToken());
  }

  /** The rights of a node: one writer per topic holds for its user too. */
  static List<AclBinding> bindings() {
    List<AclBinding> bindings = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      bindings.add(allow(ResourceType.TOPIC, topic.topicName(), AclOperation.DESCRIBE));
      bindings.add(allow(ResourceType.TOPIC, topic.topicName(), AclOperation.DESCRIBE_CONFIGS));
      if (topic.writer() == Topic.Role.NODE) {
        bindings.add(allow(ResourceType.TOPIC, topic.topicName(), AclOperation.WRITE));
      }
      if (topic.writer() == Topic.Role.NODE || topic.readers().contains(Topic.Role.NODE)) {
        bindings.add(allow(ResourceType.TOPIC, topic.topicName(), AclOperation.READ));
      }
    }
    for (Topic.Role role : Topic.Role.values()) {
      bindings.add(allow(ResourceType.TOPIC, Topic.deadLetterTopic(role), AclOperation.DESCRIBE));
    }
    bindings.add(
        allow(ResourceType.TOPIC, Topic.deadLetterTopic(Topic.Role.NODE), AclOperation.WRITE));
    bindings.add(allow(ResourceType.CLUSTER, "kafka-cluster", AclOperation.DESCRIBE));
    return bindings;
  }

  private static AclBinding allow(ResourceType type, String name, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW));
  }

  /** A key and a certificate for the advertised address, made once per address. */
  private Path keyStore() {
    String address = installation.advertise();
    Path file = folder.resolve("kafka-" + address.replaceAll("[^A-Za-z0-9.-]", "_") + ".p12");
    if (!Files.exists(file)) {
      PrivateFiles.createFolder(folder);
      boolean numeric = address.matches("[0-9.]+|.*:.*");
      ChildProcess.run(
          "keytool",
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
              "-genkeypair",
              "-alias",
              ALIAS,
              "-keyalg",
              "EC",
              "-groupname",
              "secp256r1",
              "-validity",
              "3650",
              "-dname",
              "CN=Berth Kafka",
              "-ext",
              "san=" + (numeric ? "ip:" : "dns:") + address,
              "-storetype",
              "PKCS12",
              "-keystore",
              file.toString(),
              "-storepass:env",
              "STORE_PASSWORD"),
          Map.of("STORE_PASSWORD", installation.kafkaPassword()),
          folder.resolve("keytool.log"),
          TIMEOUT);
    }
    return file;
  }

  private String certificate() {
    try (InputStream in = Files.newInputStream(keyStore())) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, installation.kafkaPassword().toCharArray());
      // On one line, so that it fits into an .env file too.
      return "-----BEGIN CERTIFICATE----- "
          + Base64.getEncoder().encodeToString(store.getCertificate(ALIAS).getEncoded())
          + " -----END CERTIFICATE-----";
    } catch (IOException e) {
      throw new UncheckedIOException("Kafka's certificate can't be read", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Kafka's certificate can't be read", e);
    }
  }
}
