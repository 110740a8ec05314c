/** The tools of AWS, as they are, against a running Berth: SDK, CLI, boto3 and Terraform. */
package dev.berth.e2e.aws;
