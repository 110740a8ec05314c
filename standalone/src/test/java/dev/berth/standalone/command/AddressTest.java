package dev.berth.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.standalone.RefusedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.5",
        "127.0.0.1",
        "2001:db8::5",
        "berth-1",
        "berth.example.org",
        "1st.host"
      })
  void aHostNameOrAnAddressIsTaken(String address) {
    assertThat(Address.reachable(address)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0.0.0.0",
        "::",
        "10.0.0.256",
        "10.0.0",
        "10.0.0.5:9092",
        "2001:db8::5::1",
        "a b",
        "http://berth",
        "-berth",
        "berth-",
        "berth_1",
        "berth..org",
        "[2001:db8::5]",
        "böhm"
      })
  void anythingElseIsRefused(String address) {
    assertThatThrownBy(() -> Address.reachable(address))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("--advertise must be a host name or an IP address")
        .hasMessageEndingWith(address);
  }
}
