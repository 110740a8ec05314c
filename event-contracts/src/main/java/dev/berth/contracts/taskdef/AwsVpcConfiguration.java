package dev.berth.contracts.taskdef;

import java.util.List;

/** Subnets and security groups of an awsvpc task (ECS: AwsVpcConfiguration). */
public record AwsVpcConfiguration(
    List<String> subnets, List<String> securityGroups, String assignPublicIp) {
  public AwsVpcConfiguration {
    subnets = Lists.of(subnets);
    securityGroups = Lists.of(securityGroups);
  }
}
