package dev.berth.api.domain;

import dev.berth.contracts.Arns;

/** Which installation this is, and the region and account that its ARNs name. */
public record Identity(String installationId, String region, String accountId) {
  /** The ARN of a cluster of this installation. */
  public String clusterArn(String cluster) {
    return Arns.cluster(region, accountId, cluster);
  }
}
