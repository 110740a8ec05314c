package dev.berth.api.adapter.persistence;

import dev.berth.api.application.port.AccountSettingStore;
import dev.berth.api.domain.setting.AccountSettings.AccountSetting;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The table {@code account_settings}. */
@ApplicationScoped
public class PostgresAccountSettings implements AccountSettingStore {
  @Override
  public Uni<List<AccountSetting>> of(List<String> principals) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "select name, value, principal from account_settings where principal in (?1)",
                        Object[].class)
                    .setParameter(1, principals)
                    .getResultList())
        .map(
            rows ->
                rows.stream()
                    .map(
                        row ->
                            new AccountSetting((String) row[0], (String) row[1], (String) row[2]))
                    .toList());
  }

  @Override
  public Uni<Void> put(AccountSetting setting) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        """
                        insert into account_settings (principal, name, value) values (?1, ?2, ?3)
                        on conflict (principal, name) do update set value = excluded.value
                        """)
                    .setParameter(1, setting.principal())
                    .setParameter(2, setting.name())
                    .setParameter(3, setting.value())
                    .executeUpdate())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> delete(String principal, String name) {
    return Panache.getSession()
        .chain(
            session ->
                session
                    .createNativeQuery(
                        "delete from account_settings where principal = ?1 and name = ?2")
                    .setParameter(1, principal)
                    .setParameter(2, name)
                    .executeUpdate())
        .replaceWithVoid();
  }
}
