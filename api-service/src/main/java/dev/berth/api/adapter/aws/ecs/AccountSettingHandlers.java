package dev.berth.api.adapter.aws.ecs;

import dev.berth.api.application.Page;
import dev.berth.api.application.access.Caller;
import dev.berth.api.application.setting.ChangeAccountSettings;
import dev.berth.api.domain.setting.AccountSettings;
import dev.berth.api.domain.setting.AccountSettings.AccountSetting;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsRequest;
import software.amazon.awssdk.services.ecs.model.ListAccountSettingsResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingDefaultResponse;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingRequest;
import software.amazon.awssdk.services.ecs.model.PutAccountSettingResponse;
import software.amazon.awssdk.services.ecs.model.Setting;
import software.amazon.awssdk.services.ecs.model.SettingType;

/** Account settings. */
@ApplicationScoped
public class AccountSettingHandlers implements EcsHandlers {
  private final ChangeAccountSettings settings;

  public AccountSettingHandlers(ChangeAccountSettings settings) {
    this.settings = settings;
  }

  @Override
  public void register(Registry registry) {
    registry.on(PutAccountSettingRequest.class, this::put);
    registry.on(PutAccountSettingDefaultRequest.class, this::putDefault);
    registry.on(ListAccountSettingsRequest.class, this::list);
    registry.on(DeleteAccountSettingRequest.class, this::delete);
  }

  private Uni<PutAccountSettingResponse> put(PutAccountSettingRequest request, Caller caller) {
    return settings
        .put(principal(request.principalArn(), caller), request.nameAsString(), request.value())
        .map(
            setting -> PutAccountSettingResponse.builder().setting(shape(setting, caller)).build());
  }

  private Uni<PutAccountSettingDefaultResponse> putDefault(
      PutAccountSettingDefaultRequest request, Caller caller) {
    return settings
        .put(AccountSettings.DEFAULT, request.nameAsString(), request.value())
        .map(
            setting ->
                PutAccountSettingDefaultResponse.builder().setting(shape(setting, caller)).build());
  }

  private Uni<ListAccountSettingsResponse> list(ListAccountSettingsRequest request, Caller caller) {
    return settings
        .list(
            principal(request.principalArn(), caller),
            request.nameAsString(),
            request.value(),
            Boolean.TRUE.equals(request.effectiveSettings()),
            Page.Request.of(
                request.maxResults() == null || request.maxResults() == 0
                    ? null
                    : request.maxResults(),
                request.nextToken()))
        .map(
            page ->
                ListAccountSettingsResponse.builder()
                    .settings(page.items().stream().map(one -> shape(one, caller)).toList())
                    .nextToken(page.nextToken())
                    .build());
  }

  private Uni<DeleteAccountSettingResponse> delete(
      DeleteAccountSettingRequest request, Caller caller) {
    return settings
        .delete(principal(request.principalArn(), caller), request.nameAsString())
        .map(
            setting ->
                DeleteAccountSettingResponse.builder().setting(shape(setting, caller)).build());
  }

  /** The root's own settings are the account's default. */
  private static String principal(String arn, Caller caller) {
    String named = arn == null ? caller.arn() : arn;
    return named.equals(root(caller)) ? AccountSettings.DEFAULT : named;
  }

  private static String root(Caller caller) {
    return "arn:aws:iam::" + caller.accountId() + ":root";
  }

  private static Setting shape(AccountSetting setting, Caller caller) {
    return Setting.builder()
        .name(setting.name())
        .value(setting.value())
        .principalArn(setting.principal().isEmpty() ? root(caller) : setting.principal())
        .type(setting.isManaged() ? SettingType.AWS_MANAGED : SettingType.USER)
        .build();
  }
}
