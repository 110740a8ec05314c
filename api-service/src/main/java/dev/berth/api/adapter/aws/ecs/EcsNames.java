package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.domain.Identity;
import dev.berth.contracts.Arns;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What requests call things, and the ARNs that policies know these by. */
@ApplicationScoped
public class EcsNames {
  /** The cluster of a request that names none. */
  private static final String DEFAULT = "default";

  private final Identity identity;

  public EcsNames(Identity identity) {
    this.identity = identity;
  }

  /** The cluster that a request names, by name or ARN. */
  String cluster(String nameOrArn) {
    return nameOrArn == null || nameOrArn.isBlank() ? DEFAULT : nameOrArn;
  }

  String clusterArn(String nameOrArn) {
    return identity.clusterArn(Arns.shortName(cluster(nameOrArn)));
  }

  /** The ARN of a service, as a list for a policy. */
  List<String> service(String cluster, String nameOrArn) {
    return nameOrArn == null
        ? List.of("*")
        : List.of(arn(nameOrArn, Arns.service(clusterArn(cluster), nameOrArn)));
  }

  List<String> services(String cluster, List<String> namesOrArns) {
    return namesOrArns.stream()
        .map(name -> arn(name, Arns.service(clusterArn(cluster), name)))
        .toList();
  }

  /** The ARN of a task definition, as a list for a policy; a family means any of its revisions. */
  List<String> taskDefinition(String nameOrArn) {
    return nameOrArn == null
        ? List.of("*")
        : List.of(
            arn(
                nameOrArn,
                "arn:aws:ecs:"
                    + identity.region()
                    + ":"
                    + identity.accountId()
                    + ":task-definition/"
                    + nameOrArn
                    + (nameOrArn.contains(":") ? "" : ":*")));
  }

  List<String> tasks(String cluster, List<String> idsOrArns) {
    return idsOrArns.stream().map(id -> arn(id, Arns.task(clusterArn(cluster), id))).toList();
  }

  List<String> instances(String cluster, List<String> idsOrArns) {
    return idsOrArns.stream()
        .map(id -> arn(id, Arns.containerInstance(clusterArn(cluster), id)))
        .toList();
  }

  private static String arn(String nameOrArn, String otherwise) {
    return nameOrArn.startsWith("arn:") ? nameOrArn : otherwise;
  }
}
