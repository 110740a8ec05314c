package dev.berth.api.adapter.rest;

import io.netty.handler.codec.http.HttpResponseStatus;

/** An HTTP status with its reason phrase. */
record HttpStatus(int code, String title) {
  static HttpStatus of(int code) {
    return new HttpStatus(code, HttpResponseStatus.valueOf(code).reasonPhrase());
  }
}
