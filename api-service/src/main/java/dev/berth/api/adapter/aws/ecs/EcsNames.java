package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.domain.Identity;
import dev.berth.contracts.Arns;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * What requests call things, and the ARNs that policies know these by. A policy is asked about what
 * the call will act on: the thing of that name in the request's cluster. An ARN of the request is
 * never taken for it as it stands, since it may tell another region, account or cluster, or be
 * short.
 */
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
    return nameOrArn == null ? List.of("*") : services(cluster, List.of(nameOrArn));
  }

  List<String> services(String cluster, List<String> namesOrArns) {
    return namesOrArns.stream()
        .map(name -> Arns.service(clusterArn(cluster), Arns.shortName(name)))
        .toList();
  }

  /** The ARN of a task definition, as a list for a policy; a family means any of its revisions. */
  List<String> taskDefinition(String nameOrArn) {
    if (nameOrArn == null) {
      return List.of("*");
    }
    String name = Arns.shortName(nameOrArn);
    return List.of(
        "arn:aws:ecs:"
            + identity.region()
            + ":"
            + identity.accountId()
            + ":task-definition/"
            + name
            + (name.contains(":") ? "" : ":*"));
  }

  List<String> tasks(String cluster, List<String> idsOrArns) {
    return idsOrArns.stream()
        .map(id -> Arns.task(clusterArn(cluster), Arns.shortName(id)))
        .toList();
  }

  List<String> instances(String cluster, List<String> idsOrArns) {
    return idsOrArns.stream()
        .map(id -> Arns.containerInstance(clusterArn(cluster), Arns.shortName(id)))
        .toList();
  }
}
