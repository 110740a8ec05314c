package dev.berth.lb.adapter.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Answers that come from the balancer itself, in ALB's manner. */
final class ErrorPages {
  private ErrorPages() {}

  static void send(HttpServerResponse response, int code) {
    String title = code + " " + phrase(code);
    response.setStatusCode(code);
    response.setStatusMessage(phrase(code));
    response.putHeader("server", "berth");
    response.putHeader("content-type", "text/html");
    response.end(
        Buffer.buffer(
            "<html>\r\n<head><title>%s</title></head>\r\n<body>\r\n<center><h1>%s</h1></center>\r\n</body>\r\n</html>\r\n"
                .formatted(title, title)));
  }

  private static String phrase(int code) {
    return switch (code) {
      case 400 -> "Bad Request";
      case 405 -> "Method Not Allowed";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Temporarily Unavailable";
      case 504 -> "Gateway Time-out";
      default -> "Error";
    };
  }
}
