package dev.berth.lb.config;

import dev.berth.contracts.secret.InstallationKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The key that opens what a topic holds sealed; without one, whatever needs none still works. */
@ApplicationScoped
class SecretsSettings {
  @Produces
  @Singleton
  InstallationKey installationKey(
      @ConfigProperty(name = "berth.secrets-key") Optional<String> key,
      @ConfigProperty(name = "berth.secrets-key-file") Optional<Path> file) {
    return InstallationKey.configured(key, file);
  }
}
