package dev.berth.api.adapter.aws.sts;

import dev.berth.api.adapter.aws.AwsService;
import dev.berth.api.adapter.aws.OperationHandlers;
import dev.berth.api.adapter.aws.ServiceModel;
import dev.berth.api.application.access.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** GetCallerIdentity. */
@ApplicationScoped
public class CallerIdentityHandlers implements OperationHandlers {
  /** AWS STS, API version 2011-06-15. */
  public static final AwsService STS =
      new AwsService(
          "sts", AwsService.Protocol.QUERY, "2011-06-15", ServiceModel.of(StsClient.class));

  @Override
  public AwsService service() {
    return STS;
  }

  @Override
  public void register(Registry registry) {
    registry.on(GetCallerIdentityRequest.class, this::identity);
  }

  private Uni<GetCallerIdentityResponse> identity(GetCallerIdentityRequest request, Caller caller) {
    return Uni.createFrom()
        .item(
            GetCallerIdentityResponse.builder()
                .userId(caller.userId())
                .account(caller.accountId())
                .arn(caller.arn())
                .build());
  }
}
