package dev.berth.lb.adapter.proxy;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.vertx.core.http.impl.headers.HeadersMultiMap;

/**
 * Reads requests as Vert.x does, and refuses those whose body two readers could see the end of in
 * different places: what is refused here can't be smuggled past the balancer. Vert.x offers no
 * setting for it, and once its own decoder is through, one of the two headers is gone.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  StrictRequestDecoder(int maxHeaderSize) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(maxHeaderSize)
            .setMaxHeaderSize(maxHeaderSize)
            .setMaxChunkSize(64 * 1024)
            .setAllowDuplicateContentLengths(false));
  }

  @Override
  protected HttpMessage createMessage(String[] initialLine) {
    return new io.netty.handler.codec.http.DefaultHttpRequest(
        HttpVersion.valueOf(initialLine[2]),
        HttpMethod.valueOf(initialLine[0]),
        initialLine[1],
        HeadersMultiMap.httpHeaders());
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
    var encodings = message.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (encodings.isEmpty()) {
      return;
    }
    if (encodings.size() > 1 || !encodings.get(0).strip().equalsIgnoreCase("chunked")) {
      throw new IllegalArgumentException("Transfer-Encoding other than chunked");
    }
    if (message.protocolVersion().minorVersion() == 0) {
      throw new IllegalArgumentException("Transfer-Encoding in HTTP/1.0");
    }
  }
}
