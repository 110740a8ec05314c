/**
 * As much of EC2 on the AWS wire as the tools of load balancers and clusters call for: a small
 * model that says what is there and refuses the rest.
 */
package dev.berth.api.adapter.aws.ec2;
