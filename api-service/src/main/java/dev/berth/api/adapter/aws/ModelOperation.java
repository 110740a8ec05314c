package dev.berth.api.adapter.aws;

import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/**
 * An operation of a service's model.
 *
 * @param name as the SDK's classes have it, such as {@code ListClusters}; a few differ from the
 *     wire in upper and lower case ({@code DescribeSslPolicies})
 * @param emptyRequest the input with nothing set; its builder makes others without reflection
 * @param responseType the output
 */
public record ModelOperation(
    String name, AwsRequest emptyRequest, Class<? extends AwsResponse> responseType) {}
