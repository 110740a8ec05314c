package dev.berth.api.adapter.aws.ec2;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.ServiceModel;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** Amazon EC2, API version 2016-11-15: of its 700 operations those that are known here. */
public final class Ec2Service {
  public static final AwsService EC2 =
      new AwsService(
          "ec2",
          AwsService.Protocol.EC2,
          "2016-11-15",
          ServiceModel.of(
              Ec2Client.class,
              Set.of(
                  "AuthorizeSecurityGroupEgress",
                  "AuthorizeSecurityGroupIngress",
                  "CreateSecurityGroup",
                  "CreateSubnet",
                  "CreateTags",
                  "CreateVpc",
                  "DeleteSecurityGroup",
                  "DeleteSubnet",
                  "DeleteTags",
                  "DeleteVpc",
                  "DescribeAccountAttributes",
                  "DescribeAvailabilityZones",
                  "DescribeInstances",
                  "DescribeInternetGateways",
                  "DescribeNetworkAcls",
                  "DescribeNetworkInterfaces",
                  "DescribeRouteTables",
                  "DescribeSecurityGroupRules",
                  "DescribeSecurityGroups",
                  "DescribeSubnets",
                  "DescribeVpcAttribute",
                  "DescribeVpcs",
                  "ModifySubnetAttribute",
                  "ModifyVpcAttribute",
                  "RevokeSecurityGroupEgress",
                  "RevokeSecurityGroupIngress",
                  "RunInstances",
                  "TerminateInstances")));

  private Ec2Service() {}
}
