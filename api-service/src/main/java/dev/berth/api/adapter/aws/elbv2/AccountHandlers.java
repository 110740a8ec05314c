package dev.berth.api.adapter.aws.elbv2;

import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.loadbalancer.TagLoadBalancing;
import dev.berth.api.domain.loadbalancer.LoadBalancingLimits;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.contracts.loadbalancer.SslPolicies;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Cipher;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeAccountLimitsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeSslPoliciesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTrustStoresRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeTrustStoresResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Limit;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveTagsResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.SslPolicy;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TagDescription;

/** Tags of all resources, the account's limits, the security policies. */
@ApplicationScoped
public class AccountHandlers implements LoadBalancingHandlers {
  private final TagLoadBalancing tags;

  public AccountHandlers(TagLoadBalancing tags) {
    this.tags = tags;
  }

  @Override
  public void register(Registry registry) {
    registry.on(AddTagsRequest.class, AddTagsRequest::resourceArns, this::addTags);
    registry.on(RemoveTagsRequest.class, RemoveTagsRequest::resourceArns, this::removeTags);
    registry.on(DescribeTagsRequest.class, this::describeTags);
    registry.on(DescribeAccountLimitsRequest.class, AccountHandlers::limits);
    registry.on(DescribeSslPoliciesRequest.class, AccountHandlers::policies);
    // There are none, and tools that list them shall go on.
    registry.on(
        DescribeTrustStoresRequest.class,
        (request, caller) ->
            Uni.createFrom()
                .item(DescribeTrustStoresResponse.builder().trustStores(List.of()).build()));
  }

  private Uni<AddTagsResponse> addTags(AddTagsRequest request, Caller caller) {
    return tags.add(
            request.resourceArns(),
            request.tags().stream()
                .map(tag -> new dev.berth.contracts.taskdef.Tag(tag.key(), tag.value()))
                .toList())
        .replaceWith(AddTagsResponse.builder().build());
  }

  private Uni<RemoveTagsResponse> removeTags(RemoveTagsRequest request, Caller caller) {
    return tags.remove(request.resourceArns(), new HashSet<>(request.tagKeys()))
        .replaceWith(RemoveTagsResponse.builder().build());
  }

  private Uni<DescribeTagsResponse> describeTags(DescribeTagsRequest request, Caller caller) {
    return tags.describe(request.resourceArns())
        .map(
            all ->
                DescribeTagsResponse.builder()
                    .tagDescriptions(
                        all.entrySet().stream()
                            .map(
                                one ->
                                    TagDescription.builder()
                                        .resourceArn(one.getKey())
                                        .tags(
                                            one.getValue().stream()
                                                .map(
                                                    tag ->
                                                        Tag.builder()
                                                            .key(tag.key())
                                                            .value(tag.value())
                                                            .build())
                                                .toList())
                                        .build())
                            .toList())
                    .build());
  }

  private static Uni<DescribeAccountLimitsResponse> limits(
      DescribeAccountLimitsRequest request, Caller caller) {
    Page<Map.Entry<String, Integer>> page =
        Pages.of(
            List.copyOf(LoadBalancingLimits.all().entrySet()),
            Map.Entry::getKey,
            request.marker(),
            request.pageSize());
    return Uni.createFrom()
        .item(
            DescribeAccountLimitsResponse.builder()
                .limits(
                    page.items().stream()
                        .map(
                            one ->
                                Limit.builder()
                                    .name(one.getKey())
                                    .max(String.valueOf(one.getValue()))
                                    .build())
                        .toList())
                .nextMarker(page.nextToken())
                .build());
  }

  private static Uni<DescribeSslPoliciesResponse> policies(
      DescribeSslPoliciesRequest request, Caller caller) {
    for (String name : request.names()) {
      if (SslPolicies.find(name).isEmpty()) {
        throw ProblemException.notFound(
            "SSLPolicyNotFoundException", "One or more SSL policies not found: " + name);
      }
    }
    Page<dev.berth.contracts.loadbalancer.SslPolicy> page =
        Pages.of(
            SslPolicies.list().stream()
                .filter(
                    policy -> request.names().isEmpty() || request.names().contains(policy.name()))
                .toList(),
            dev.berth.contracts.loadbalancer.SslPolicy::name,
            request.marker(),
            request.pageSize());
    return Uni.createFrom()
        .item(
            DescribeSslPoliciesResponse.builder()
                .sslPolicies(page.items().stream().map(AccountHandlers::shown).toList())
                .nextMarker(page.nextToken())
                .build());
  }

  private static SslPolicy shown(dev.berth.contracts.loadbalancer.SslPolicy policy) {
    List<Cipher> ciphers = new ArrayList<>();
    for (String name : policy.ciphers()) {
      ciphers.add(Cipher.builder().name(name).priority(ciphers.size() + 1).build());
    }
    return SslPolicy.builder()
        .name(policy.name())
        .sslProtocols(policy.protocols())
        .ciphers(ciphers)
        .supportedLoadBalancerTypes("application", "network")
        .build();
  }
}
