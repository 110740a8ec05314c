package dev.berth.api.application.setting;

import dev.berth.api.application.Page;
import dev.berth.api.application.port.AccountSettingStore;
import dev.berth.api.application.port.Transactions;
import dev.berth.api.domain.problem.ProblemException;
import dev.berth.api.domain.setting.AccountSettings;
import dev.berth.api.domain.setting.AccountSettings.AccountSetting;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * PutAccountSetting, PutAccountSettingDefault, ListAccountSettings, DeleteAccountSetting. They are
 * kept and shown; of what they mean, the long ARN formats hold always.
 */
@ApplicationScoped
public class ChangeAccountSettings {
  private static final int LONGEST_PRINCIPAL = 2048;

  private final Transactions transactions;
  private final AccountSettingStore settings;

  public ChangeAccountSettings(Transactions transactions, AccountSettingStore settings) {
    this.transactions = transactions;
    this.settings = settings;
  }

  /** Sets a setting of a principal, or of {@link AccountSettings#DEFAULT}. */
  public Uni<AccountSetting> put(String principal, String name, String value) {
    AccountSettings.check(name, value);
    checkPrincipal(principal);
    AccountSetting setting = new AccountSetting(name, value, principal);
    return transactions.inTransaction(() -> settings.put(setting).replaceWith(setting));
  }

  /** Takes a principal's own setting away; answers with what holds from now on. */
  public Uni<AccountSetting> delete(String principal, String name) {
    AccountSettings.checkName(name);
    checkPrincipal(principal);
    return transactions.inTransaction(
        () ->
            settings
                .delete(principal, name)
                .chain(() -> settings.of(List.of(principal, AccountSettings.DEFAULT)))
                .map(
                    set ->
                        AccountSettings.of(principal, set, true).stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElseThrow()));
  }

  /**
   * Lists settings of a principal.
   *
   * @param name only this one, or null
   * @param value only those with this value, or null
   * @param effective with what holds by default
   */
  public Uni<Page<AccountSetting>> list(
      String principal, String name, String value, boolean effective, Page.Request request) {
    if (name != null) {
      AccountSettings.checkName(name);
    }
    checkPrincipal(principal);
    return transactions.reading(
        () ->
            settings
                .of(List.of(principal, AccountSettings.DEFAULT))
                .map(
                    set ->
                        AccountSettings.of(principal, set, effective).stream()
                            .filter(one -> name == null || one.name().equals(name))
                            .filter(one -> value == null || one.value().equals(value))
                            .filter(one -> one.name().compareTo(request.after()) > 0)
                            .limit(request.probe())
                            .toList())
                .map(found -> Page.of(found, request, AccountSetting::name)));
  }

  private static void checkPrincipal(String principal) {
    if (!principal.isEmpty()
        && (!principal.startsWith("arn:aws:iam::") || principal.length() > LONGEST_PRINCIPAL)) {
      throw ProblemException.refused(
          "InvalidParameterException", "principalArn must be the ARN of a user, role or the root.");
    }
  }
}
