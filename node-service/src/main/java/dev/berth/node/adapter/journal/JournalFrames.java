package dev.berth.node.adapter.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The journal's file format: frames of a length (4 bytes), the CRC-32 of the content (4 bytes) and
 * the content. A crash can leave the last frame cut short; reading ends there.
 */
final class JournalFrames {
  private static final int HEADER = 8;
  private static final int LONGEST = 64 * 1024 * 1024;

  private JournalFrames() {}

  /**
   * The frames of a file.
   *
   * @param frames contents in the order they were written
   * @param damagedBytes how many bytes at the end can't be read, 0 when the file is whole
   */
  record Read(List<byte[]> frames, long damagedBytes) {
    Read {
      frames = List.copyOf(frames);
    }
  }

  static ByteBuffer frame(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    ByteBuffer frame = ByteBuffer.allocate(HEADER + content.length);
    frame.putInt(content.length).putInt((int) crc.getValue()).put(content);
    return frame.flip();
  }

  static Read read(Path file) throws IOException {
    List<byte[]> frames = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    while (bytes.remaining() >= HEADER) {
      bytes.mark();
      int length = bytes.getInt();
      int expected = bytes.getInt();
      if (length < 0 || length > LONGEST || length > bytes.remaining()) {
        bytes.reset();
        break;
      }
      byte[] content = new byte[length];
      bytes.get(content);
      CRC32 crc = new CRC32();
      crc.update(content);
      if ((int) crc.getValue() != expected) {
        bytes.reset();
        break;
      }
      frames.add(content);
    }
    return new Read(frames, bytes.remaining());
  }
}
