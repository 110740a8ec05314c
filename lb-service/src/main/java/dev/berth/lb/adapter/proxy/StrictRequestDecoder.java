package dev.berth.lb.adapter.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
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

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    checkFraming(message);
    return super.isContentAlwaysEmpty(message);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("Both Transfer-Encoding and Content-Length");
  }

  private static void checkFraming(HttpMessage message) {
    List<String> encodings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (encodings.isEmpty()) {
      return;
    }
    // A folded line would begin with the space that it was joined by: it isn't equal, either.
    if (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
      throw new IllegalArgumentException("Transfer-Encoding other than chunked");
    }
    if (message.protocolVersion().minorVersion() == 0) {
      throw new IllegalArgumentException("Transfer-Encoding in HTTP/1.0");
    }
  }
}
