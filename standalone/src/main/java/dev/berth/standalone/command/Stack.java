package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import dev.berth.standalone.demo.ApiClient;
import dev.berth.standalone.docker.DockerEngine;
import dev.berth.standalone.home.BerthHome;
import dev.berth.standalone.home.Installation;
import dev.berth.standalone.host.PortOwner;
import dev.berth.standalone.join.KafkaAccess;
import dev.berth.standalone.suite.Capacity;
import dev.berth.standalone.suite.Component;
import dev.berth.standalone.suite.Suite;
import dev.berth.standalone.supervisor.RunFolder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The installation the commands are about. */
record Stack(BerthHome home, Installation installation) {

  /** The installation of a home that has one. */
  static Stack existing() {
    BerthHome home = BerthHome.current();
    return new Stack(
        home,
        Installation.read(home.installationFile())
            .orElseThrow(
                () ->
                    new RefusedException(
                        "there is no installation in %s yet; ./berth up makes one"
                            .formatted(home.folder()))));
  }

  RunFolder runFolder() {
    return new RunFolder(home.run());
  }

  Suite suite(Capacity capacity) {
    if (installation.joined() != null) {
      return Suite.ofJoined(home, installation, capacity);
    }
    return Suite.of(
        home,
        installation,
        capacity,
        installation.advertise() == null ? Map.of() : kafkaAccess().brokerProperties());
  }

  /** Parts and ports, for commands that start nothing. */
  List<Component> components() {
    return suite(new Capacity(0, 0)).components();
  }

  /** The API as the installation's administrator calls it. */
  ApiClient api() {
    return new ApiClient(
        URI.create("http://127.0.0.1:" + installation.ports().api()),
        installation.makeCredentials(home.credentials()));
  }

  KafkaAccess kafkaAccess() {
    return new KafkaAccess(installation, home.tls());
  }

  static Capacity capacity(DockerEngine docker) {
    DockerEngine.Machine machine = docker.machine();
    return Capacity.ofMachine(machine.processors(), machine.memoryBytes());
  }

  /** Names every port that another process has, and who that is. */
  void refuseTakenPorts() {
    List<String> taken = new ArrayList<>();
    for (Component part : components()) {
      for (int port : part.ports()) {
        if (!PortOwner.isFree(port)) {
          taken.add(
              "port %d (%s) is taken by %s"
                  .formatted(
                      port,
                      part.name(),
                      PortOwner.find(port)
                          .map(PortOwner::toString)
                          .orElse("a process this user can't see")));
        }
      }
    }
    if (!taken.isEmpty()) {
      throw new RefusedException(
          String.join("\n       ", taken)
              + "\n       End it, or choose other ports: ./berth up --help");
    }
  }

  /** What to know once everything is ready. */
  String summary() {
    if (installation.joined() != null) {
      return """

          Node %s is part of installation %s and reachable at %s.
            Data, logs     %s
            Stop           ./berth down
          """
          .formatted(
              installation.nodeName(),
              installation.installationId(),
              installation.advertise(),
              home.folder());
    }
    String api = "http://127.0.0.1:" + installation.ports().api();
    return """

        Berth is ready.

          API            %1$s/v1   (Swagger UI: %1$s/q/swagger-ui)
          Load balancer  listeners on %2$s, at the ports you give them
          Credentials    %3$s
          Data, logs     %4$s
          Kafka          127.0.0.1:%5$d
          PostgreSQL     127.0.0.1:%6$d

        For the AWS CLI, the AWS SDKs and Terraform:
          export AWS_ENDPOINT_URL=%1$s
          export AWS_SHARED_CREDENTIALS_FILE=%3$s
          export AWS_REGION=%7$s

        Try next:
          ./berth demo
          ./berth status
          curl -H "Authorization: Bearer $(sed -n 's/^berth_token *= *//p' %3$s)" %1$s/v1/clusters
        """
        .formatted(
            api,
            installation.bindAddress(),
            home.credentials(),
            home.folder(),
            installation.ports().kafka(),
            installation.ports().postgres(),
            installation.region());
  }
}
