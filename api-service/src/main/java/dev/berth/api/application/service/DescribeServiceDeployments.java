package dev.berth.api.application.service;

import dev.berth.api.application.Described;
import dev.berth.api.application.Page;
import dev.berth.api.application.cluster.ActiveCluster;
import dev.berth.api.application.port.ServiceDeployments;
import dev.berth.api.application.port.ServiceDeployments.DeploymentFilter;
import dev.berth.api.application.port.Services;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.problem.Failure;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.service.ServiceDeployment;
import dev.berth.api.domain.service.ServiceDeploymentBrief;
import dev.berth.api.domain.service.ServiceDeploymentDescription;
import dev.berth.api.domain.service.ServiceDeploymentStatus;
import dev.berth.api.domain.service.ServiceRevision;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** ListServiceDeployments, DescribeServiceDeployments and DescribeServiceRevisions. */
@ApplicationScoped
public class DescribeServiceDeployments {
  private static final int MOST = 20;

  private final Transactions transactions;
  private final ActiveCluster clusters;
  private final Services services;
  private final ServiceDeployments deployments;
  private final Identity identity;

  public DescribeServiceDeployments(
      Transactions transactions,
      ActiveCluster clusters,
      Services services,
      ServiceDeployments deployments,
      Identity identity) {
    this.transactions = transactions;
    this.clusters = clusters;
    this.services = services;
    this.deployments = deployments;
    this.identity = identity;
  }

  /** When service deployments were made; either end may be null. */
  public record CreatedAt(Instant after, Instant before) {}

  /**
   * The service deployments of a service, newest first.
   *
   * @param statuses those to list; null or empty lists all
   * @param createdAt may be null
   */
  public Uni<Page<ServiceDeploymentBrief>> list(
      String cluster,
      String service,
      List<String> statuses,
      CreatedAt createdAt,
      Page.Request request) {
    Set<ServiceDeploymentStatus> wanted = statuses(statuses);
    Long before = before(request.after());
    return transactions.reading(
        () ->
            clusters
                .named(cluster)
                .chain(
                    found ->
                        services
                            .find(found.cluster(), ServiceName.in(found.cluster(), service))
                            .map(one -> one.orElseThrow(DescribeServices::missing)))
                .chain(
                    one ->
                        deployments.list(
                            new DeploymentFilter(
                                one.desired().serviceId(),
                                wanted,
                                createdAt == null ? null : createdAt.after(),
                                createdAt == null ? null : createdAt.before()),
                            before,
                            request.probe()))
                .map(
                    rows ->
                        Page.of(rows, request, row -> Long.toString(row.number()))
                            .map(row -> brief(row.deployment()))));
  }

  /** Service deployments by ARN, 1 to 20 of them. */
  public Uni<Described<ServiceDeploymentDescription>> describe(List<String> arns) {
    check(arns, "serviceDeploymentArns");
    return transactions.reading(
        () ->
            deployments
                .find(arns)
                .map(
                    found ->
                        described(
                            arns,
                            found.stream()
                                .collect(
                                    Collectors.toMap(ServiceDeployment::arn, this::description)))));
  }

  /** Service revisions by ARN, 1 to 20 of them. */
  public Uni<Described<ServiceRevision>> revisions(List<String> arns) {
    check(arns, "serviceRevisionArns");
    return transactions.reading(
        () ->
            deployments
                .revisions(arns)
                .map(
                    found ->
                        described(
                            arns,
                            found.stream()
                                .collect(
                                    Collectors.toMap(
                                        ServiceRevision::serviceRevisionArn,
                                        Function.identity())))));
  }

  private ServiceDeploymentDescription description(ServiceDeployment one) {
    return ServiceDeploymentDescription.of(one, identity.clusterArn(one.cluster()));
  }

  private ServiceDeploymentBrief brief(ServiceDeployment one) {
    return ServiceDeploymentBrief.of(one, identity.clusterArn(one.cluster()));
  }

  private static <T> Described<T> described(List<String> asked, Map<String, T> found) {
    return new Described<>(
        asked.stream().distinct().filter(found::containsKey).map(found::get).toList(),
        asked.stream()
            .distinct()
            .filter(arn -> !found.containsKey(arn))
            .map(Failure::missing)
            .toList());
  }

  private static void check(List<String> arns, String field) {
    if (arns == null || arns.isEmpty() || arns.size() > MOST) {
      throw ProblemException.invalid(field, "must have 1 to 20 ARNs");
    }
  }

  private static Set<ServiceDeploymentStatus> statuses(List<String> names) {
    Set<ServiceDeploymentStatus> wanted = EnumSet.noneOf(ServiceDeploymentStatus.class);
    for (String name : names == null ? List.<String>of() : names) {
      try {
        wanted.add(ServiceDeploymentStatus.valueOf(name));
      } catch (IllegalArgumentException e) {
        throw ProblemException.invalid(
            "status", "must be of " + List.of(ServiceDeploymentStatus.values()));
      }
    }
    return wanted;
  }

  private static Long before(String after) {
    try {
      return after.isEmpty() ? null : Long.valueOf(after);
    } catch (NumberFormatException e) {
      throw ProblemException.invalid("nextToken", "is not a token that this API gave");
    }
  }
}
