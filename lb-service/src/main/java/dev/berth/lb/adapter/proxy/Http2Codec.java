package dev.berth.lb.adapter.proxy;

import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.UniformStreamByteDistributor;

/**
 * Netty's codec of HTTP/2 as a listener has it. Streams share a connection evenly: the tree of
 * priorities that Netty keeps otherwise costs work with each stream, for what RFC 9113 has given up
 * (section 5.3.2).
 */
final class Http2Codec extends Http2FrameCodecBuilder {
  /** As many as ALB allows. */
  private static final int STREAMS = 128;

  Http2Codec(int maxHeaderSize) {
    Http2Connection connection = new DefaultHttp2Connection(true);
    connection
        .remote()
        .flowController(
            new DefaultHttp2RemoteFlowController(
                connection, new UniformStreamByteDistributor(connection)));
    connection(connection);
    initialSettings(
        Http2Settings.defaultSettings()
            .maxConcurrentStreams(STREAMS)
            .maxHeaderListSize(maxHeaderSize));
    decoderEnforceMaxRstFramesPerWindow(200, 30);
  }
}
