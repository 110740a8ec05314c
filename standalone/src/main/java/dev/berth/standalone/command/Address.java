package dev.berth.standalone.command;

import dev.berth.standalone.RefusedException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** An address that is given to {@code --advertise}. */
final class Address {
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");
  private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]*:[0-9A-Fa-f:.]*");

  private Address() {}

  /**
   * The address, if other machines may reach this one by it: a host name, or an IPv4 or IPv6
   * address that isn't the one that stands for all.
   *
   * @throws RefusedException for anything else
   */
  static String reachable(String address) {
    boolean literal = NUMBERS.matcher(address).matches() || IPV6.matcher(address).matches();
    if (literal ? isOneAddress(address) : HOST_NAME.matcher(address).matches()) {
      return address;
    }
    throw new RefusedException(
        "--advertise must be a host name or an IP address of this machine, without scheme or port,"
            + " not "
            + address);
  }

  private static boolean isOneAddress(String literal) {
    try {
      // Brackets and four numbers keep it from asking a name server.
      boolean four = literal.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}");
      return (four || literal.contains(":"))
          && !InetAddress.getByName(four ? literal : "[" + literal + "]").isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
