package dev.berth.lb.adapter.proxy;

import dev.berth.lb.domain.Certificate;

/** Opens the sealed keys of certificates. */
public interface PrivateKeys {
  /**
   * A certificate's key as PEM (PKCS #8).
   *
   * @throws IllegalArgumentException if it can't be opened
   */
  String open(Certificate certificate);
}
