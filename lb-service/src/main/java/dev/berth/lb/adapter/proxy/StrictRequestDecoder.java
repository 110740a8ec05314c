package dev.berth.lb.adapter.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import java.util.List;

/**
 * Refuses requests whose body two readers could see the end of in different places: what is refused
 * here can't be smuggled past the balancer. Netty mends some of them silently, which is right for a
 * server and wrong for what stands before one.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  StrictRequestDecoder(int maxHeaderSize) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHeaderSize)
            .setMaxHeaderSize(maxHeaderSize)
            .setMaxChunkSize(64 * 1024)
            .setInitialBufferSize(256)
            .setAllowDuplicateContentLengths(false)
            // A lone LF ends a line for some readers and for others it doesn't (RFC 9112, 2.2).
            .setStrictLineParsing(true)
            .setHeadersFactory(HeaderList.FACTORY));
  }

  /** A request that doesn't say plainly where it ends, by the name that ELB has for it. */
  private static final class Ambiguous extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    Ambiguous(String reason) {
      super(reason);
    }
  }

  /**
   * ELB's name for what was wrong with a request that couldn't be read; a dash for anything else.
   */
  static String reason(HttpRequest refused) {
    return refused.decoderResult().cause() instanceof Ambiguous known ? known.getMessage() : "-";
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    checkFraming(message);
    return super.isContentAlwaysEmpty(message);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new Ambiguous("BothTeClPresent");
  }

  private static void checkFraming(HttpMessage message) {
    List<String> encodings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (encodings.isEmpty()) {
      return;
    }
    // A folded line would begin with the space that it was joined by: it isn't equal, either.
    if (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
      throw new Ambiguous("BadTransferEncoding");
    }
    if (message.protocolVersion().minorVersion() == 0) {
      throw new Ambiguous("BadTransferEncoding");
    }
  }
}
