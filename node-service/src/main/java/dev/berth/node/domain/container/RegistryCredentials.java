package dev.berth.node.domain.container;

/** User name and password for a registry; never shown in text. */
public record RegistryCredentials(String username, String password) {
  @Override
  public String toString() {
    return "RegistryCredentials[username=" + username + ", password=***]";
  }
}
