package dev.berth.node.adapter.docker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The image of the network holder, made here so that no registry is needed: one static program of
 * about 250 bytes, as a tar that {@code docker load} takes.
 *
 * <p>The program lets the kernel reap its children (it is PID 1 of tasks with a shared PID
 * namespace), blocks SIGTERM, SIGINT and SIGHUP, waits for one of them and exits with 0. In C:
 *
 * <pre>{@code
 * signal(SIGCHLD, SIG_IGN);
 * sigprocmask(SIG_BLOCK, &set, NULL);
 * while (sigtimedwait(&set, NULL, NULL) < 0) { }
 * _exit(0);
 * }</pre>
 */
final class HolderImage {
  /** The image's name; the number changes with the program. */
  static final String NAME = "berth/network-holder:1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HexFormat HEX = HexFormat.of();
  private static final long LOAD_ADDRESS = 0x400000L;
  private static final int HEADERS = 64 + 56;

  /** SIGHUP, SIGINT and SIGTERM, then a struct sigaction that ignores: both at the code's end. */
  private static final String DATA =
      "0340000000000000" + "0100000000000000" + "0000000000000000".repeat(3);

  private static final String X86_64 =
      "b80d000000bf11000000488d354f00000031d241ba080000000f05" // rt_sigaction(SIGCHLD, &ignore)
          + "b80e00000031ff488d352f00000031d241ba080000000f05" // rt_sigprocmask(SIG_BLOCK, &set)
          + "b880000000488d3d1900000031f631d241ba080000000f05" // rt_sigtimedwait(&set)
          + "85c078e4" // again while it was interrupted
          + "b8e700000031ff0f05"; // exit_group(0)

  private static final String AARCH64 =
      "200280d2e1020010020080d2030180d2c81080d2010000d4" // rt_sigaction(SIGCHLD, &ignore)
          + "000080d2e1010010020080d2030180d2e81080d2010000d4" // rt_sigprocmask(SIG_BLOCK, &set)
          + "40010010010080d2020080d2030180d2281180d2010000d4" // rt_sigtimedwait(&set)
          + "40ffff37" // again while it was interrupted
          + "000080d2c80b80d2010000d4"; // exit_group(0)

  private HolderImage() {}

  /**
   * The image as {@code docker save} would write it.
   *
   * @param architecture as the engine names its own: {@code x86_64}, {@code aarch64}, {@code amd64}
   *     or {@code arm64}
   */
  static byte[] tar(String architecture) {
    boolean arm = isArm(architecture);
    Tar layer = new Tar();
    layer.add("holder", program(architecture), 0755);
    byte[] layerBytes = layer.end();
    byte[] config =
        json(
            Map.of(
                "architecture",
                arm ? "arm64" : "amd64",
                "os",
                "linux",
                "created",
                "1970-01-01T00:00:00Z",
                "config",
                Map.of("Entrypoint", List.of("/holder")),
                "rootfs",
                Map.of("type", "layers", "diff_ids", List.of("sha256:" + sha256(layerBytes)))));
    byte[] manifest =
        json(
            List.of(
                Map.of(
                    "Config", "config.json",
                    "RepoTags", List.of(NAME),
                    "Layers", List.of("layer.tar"))));
    Tar image = new Tar();
    image.add("config.json", config, 0644);
    image.add("layer.tar", layerBytes, 0644);
    image.add("manifest.json", manifest, 0644);
    return image.end();
  }

  /** The program: an ELF header, one program header, the code and its data. */
  static byte[] program(String architecture) {
    boolean arm = isArm(architecture);
    byte[] text = HEX.parseHex(arm ? AARCH64 : X86_64);
    // The code finds its data at a multiple of eight bytes behind itself.
    int padded = (text.length + 7) / 8 * 8;
    byte[] data = HEX.parseHex(DATA);
    int size = HEADERS + padded + data.length;
    ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    elf.put(HEX.parseHex("7f454c46020101000000000000000000"));
    elf.putShort((short) 2).putShort((short) (arm ? 183 : 62)).putInt(1);
    elf.putLong(LOAD_ADDRESS + HEADERS).putLong(64).putLong(0).putInt(0);
    elf.putShort((short) 64).putShort((short) 56).putShort((short) 1);
    elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
    elf.putInt(1).putInt(5).putLong(0).putLong(LOAD_ADDRESS).putLong(LOAD_ADDRESS);
    elf.putLong(size).putLong(size).putLong(0x10000);
    elf.put(text).position(HEADERS + padded);
    elf.put(data);
    return elf.array();
  }

  private static boolean isArm(String architecture) {
    return switch (architecture) {
      case "aarch64", "arm64" -> true;
      case "x86_64", "amd64" -> false;
      default ->
          throw new IllegalArgumentException("no network holder for architecture " + architecture);
    };
  }

  private static byte[] json(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps and lists can always be written", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
