package dev.berth.api.application.port;

import dev.berth.api.domain.setting.AccountSettings.AccountSetting;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Account settings that somebody set. */
public interface AccountSettingStore {
  /** What is set for any of these principals. */
  Uni<List<AccountSetting>> of(List<String> principals);

  Uni<Void> put(AccountSetting setting);

  Uni<Void> delete(String principal, String name);
}
