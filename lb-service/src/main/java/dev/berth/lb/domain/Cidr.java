package dev.berth.lb.domain;

/** A block of addresses such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. */
public final class Cidr {
  private final byte[] address;
  private final int bits;

  private Cidr(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /**
   * Reads a block; an address alone is a block of one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    try {
      byte[] address = host.indexOf(':') < 0 ? ipv4(host) : ipv6(host);
      int bits = slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > address.length * 8) {
        throw new IllegalArgumentException("'" + text + "' has a prefix that is too long");
      }
      return new Cidr(address, bits);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no block of addresses", e);
    }
  }

  /** Whether the block has an address of 4 or 16 bytes. */
  public boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    for (int i = 0; i < whole; i++) {
      if (other[i] != address[i]) {
        return false;
      }
    }
    int rest = bits % 8;
    int mask = 0xff << (8 - rest);
    return rest == 0 || (other[whole] & mask) == (address[whole] & mask);
  }

  private static byte[] ipv4(String host) {
    String[] parts = host.split("\\.", -1);
    if (parts.length != 4) {
      throw new NumberFormatException("Four numbers make an address");
    }
    byte[] address = new byte[4];
    for (int i = 0; i < 4; i++) {
      int number = Integer.parseInt(parts[i]);
      if (number < 0 || number > 255) {
        throw new NumberFormatException("Numbers of an address end at 255");
      }
      address[i] = (byte) number;
    }
    return address;
  }

  private static byte[] ipv6(String host) {
    int gap = host.indexOf("::");
    String[] front = groups(gap < 0 ? host : host.substring(0, gap));
    String[] back = gap < 0 ? new String[0] : groups(host.substring(gap + 2));
    int given = front.length + back.length;
    if (given > 8 || (gap < 0 && given != 8)) {
      throw new NumberFormatException("Eight groups make an address");
    }
    byte[] address = new byte[16];
    put(front, address, 0);
    put(back, address, 8 - back.length);
    return address;
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static void put(String[] groups, byte[] address, int at) {
    for (int i = 0; i < groups.length; i++) {
      int value = Integer.parseInt(groups[i], 16);
      if (value < 0 || value > 0xffff) {
        throw new NumberFormatException("Groups of an address end at ffff");
      }
      address[2 * (at + i)] = (byte) (value >> 8);
      address[2 * (at + i) + 1] = (byte) value;
    }
  }
}
