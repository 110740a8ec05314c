package dev.berth.api.application.certificate;

import dev.berth.api.domain.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Wraps the older forms of private keys, which OpenSSL writes and Java doesn't read, in PKCS #8
 * (RFC 5958): a sequence of version, algorithm and the old form as an octet string.
 */
final class Pkcs8 {
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int PARAMETERS = 0xa0;

  private Pkcs8() {}

  static byte[] ofRsa(byte[] pkcs1) {
    return tagged(SEQUENCE, VERSION, RSA, tagged(OCTETS, pkcs1));
  }

  static byte[] ofEc(byte[] sec1) {
    return tagged(SEQUENCE, VERSION, tagged(SEQUENCE, EC, curve(sec1)), tagged(OCTETS, sec1));
  }

  /** The curve's identifier, which stands in the key (RFC 5915) after version and number. */
  private static byte[] curve(byte[] sec1) {
    int at = content(sec1, 0);
    at = end(sec1, at);
    at = end(sec1, at);
    if (at >= sec1.length || (sec1[at] & 0xff) != PARAMETERS) {
      throw ProblemException.invalid("privateKey", "names no curve");
    }
    return Arrays.copyOfRange(sec1, content(sec1, at), end(sec1, at));
  }

  private static int content(byte[] der, int at) {
    int length = at + 1 < der.length ? der[at + 1] & 0xff : 0;
    return at + 2 + (length < 0x80 ? 0 : length - 0x80);
  }

  private static int end(byte[] der, int at) {
    int from = content(der, at);
    int length = 0;
    if (at + 1 < der.length && (der[at + 1] & 0xff) < 0x80) {
      length = der[at + 1] & 0xff;
    } else {
      for (int i = at + 2; i < Math.min(from, der.length); i++) {
        length = (length << 8) | (der[i] & 0xff);
      }
    }
    if (from + length > der.length || length < 0) {
      throw ProblemException.invalid("privateKey", "is cut off");
    }
    return from + length;
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      body.writeBytes(part);
    }
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(tag);
    int length = body.size();
    if (length < 0x80) {
      whole.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      whole.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        whole.write(length >> (8 * i));
      }
    }
    whole.writeBytes(body.toByteArray());
    return whole.toByteArray();
  }
}
