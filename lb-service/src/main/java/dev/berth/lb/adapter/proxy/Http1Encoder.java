package dev.berth.lb.adapter.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;

/**
 * Writes messages of HTTP/1.1 (RFC 9112): a head of exactly its size, and the body as the head says
 * that it is framed. A small body goes with its head: one buffer, one system call.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class Http1Encoder extends ChannelOutboundHandlerAdapter {
  /** Bytes of a body that are copied behind a head rather than sent from where they are. */
  private static final int COPIED = 2048;

  private static final AsciiString OK = AsciiString.cached("HTTP/1.1 200 OK\r\n");
  private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
  private static final AsciiString VERSION_LINE = AsciiString.cached(" HTTP/1.1\r\n");
  private static final AsciiString LAST_CHUNK = AsciiString.cached("0\r\n");
  private static final int CRLF = ('\r' << 8) | '\n';
  private static final int COLON = (':' << 8) | ' ';

  private HttpMethod asked = HttpMethod.GET;
  private boolean chunked;
  private boolean empty;

  /** What the next answer answers: one to HEAD has no body, whatever its headers say. */
  void asked(HttpMethod method) {
    asked = method;
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpMessage head) {
      writeHead(context, head, promise);
    } else if (message instanceof HttpContent part) {
      writePart(context, part, promise);
    } else {
      context.write(message, promise);
    }
  }

  private void writeHead(
      ChannelHandlerContext context, HttpMessage message, ChannelPromise promise) {
    empty = message instanceof HttpResponse answer && hasNoContent(answer);
    chunked = !empty && HttpUtil.isTransferEncodingChunked(message);
    HttpContent body = message instanceof HttpContent content ? content : null;
    int length = body == null ? 0 : body.content().readableBytes();
    boolean together = body != null && !chunked && (empty || length <= COPIED);
    ByteBuf out = context.alloc().ioBuffer(sizeOf(message) + (together && !empty ? length : 0));
    line(message, out);
    headers(message.headers(), out);
    out.writeShort(CRLF);
    if (body == null) {
      context.write(out, promise);
    } else if (together) {
      if (!empty) {
        out.writeBytes(body.content());
      }
      body.release();
      context.write(out, promise);
    } else {
      context.write(out);
      writePart(context, body, promise);
    }
  }

  private void writePart(ChannelHandlerContext context, HttpContent part, ChannelPromise promise) {
    ByteBuf content = part.content();
    if (chunked) {
      writeChunk(context, part, promise);
    } else if (empty || !content.isReadable()) {
      part.release();
      context.write(Unpooled.EMPTY_BUFFER, promise);
    } else {
      context.write(content, promise);
    }
  }

  private static void writeChunk(
      ChannelHandlerContext context, HttpContent part, ChannelPromise promise) {
    ByteBuf content = part.content();
    int length = content.readableBytes();
    LastHttpContent last = part instanceof LastHttpContent end ? end : null;
    boolean copied = length <= COPIED;
    ByteBuf before = context.alloc().ioBuffer(32 + (copied ? length : 0));
    if (length > 0) {
      ByteBufUtil.writeAscii(before, Integer.toHexString(length));
      before.writeShort(CRLF);
    }
    ByteBuf after = before;
    if (copied) {
      before.writeBytes(content);
      part.release();
    } else {
      context.write(before);
      context.write(content);
      after = context.alloc().ioBuffer(32);
    }
    if (length > 0) {
      after.writeShort(CRLF);
    }
    if (last != null) {
      text(LAST_CHUNK, after);
      headers(last.trailingHeaders(), after);
      after.writeShort(CRLF);
    }
    context.write(after, promise);
  }

  /** Mends what headers say of a body that there can't be (RFC 9110, sections 8.6 and 15). */
  private boolean hasNoContent(HttpResponse answer) {
    int code = answer.status().code();
    if (code < 200 || code == 204) {
      answer.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
      answer.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      return true;
    }
    if (code == 205) {
      answer.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
      answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
      return true;
    }
    return code == 304 || asked.equals(HttpMethod.HEAD);
  }

  private static int sizeOf(HttpMessage message) {
    int size = 64;
    if (message instanceof HttpRequest request) {
      size += request.uri().length() + request.method().name().length();
    } else if (message instanceof HttpResponse answer) {
      size += answer.status().reasonPhrase().length();
    }
    if (message.headers() instanceof HeaderList list) {
      for (int i = 0; i < list.size(); i++) {
        size += list.name(i).length() + list.value(i).length() + 4;
      }
    } else {
      size += 256;
    }
    return size;
  }

  private static void line(HttpMessage message, ByteBuf out) {
    if (message instanceof HttpRequest request) {
      text(request.method().asciiName(), out);
      out.writeByte(' ');
      text(request.uri(), out);
      text(VERSION_LINE, out);
    } else if (message instanceof HttpResponse answer) {
      int code = answer.status().code();
      String phrase = answer.status().reasonPhrase();
      if (code == 200 && phrase.equals("OK")) {
        text(OK, out);
        return;
      }
      text(VERSION, out);
      text(answer.status().codeAsText(), out);
      out.writeByte(' ');
      text(phrase, out);
      out.writeShort(CRLF);
    }
  }

  private static void headers(HttpHeaders headers, ByteBuf out) {
    if (headers instanceof HeaderList list) {
      for (int i = 0; i < list.size(); i++) {
        header(list.name(i), list.value(i), out);
      }
      return;
    }
    for (Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        all.hasNext(); ) {
      Map.Entry<CharSequence, CharSequence> each = all.next();
      header(each.getKey(), each.getValue(), out);
    }
  }

  private static void header(CharSequence name, CharSequence value, ByteBuf out) {
    text(name, out);
    out.writeShort(COLON);
    text(value, out);
    out.writeShort(CRLF);
  }

  private static void text(CharSequence text, ByteBuf out) {
    if (text instanceof AsciiString ascii) {
      out.writeBytes(ascii.array(), ascii.arrayOffset(), ascii.length());
    } else {
      ByteBufUtil.writeAscii(out, text);
    }
  }
}
