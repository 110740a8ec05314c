package dev.berth.lb.domain;

import java.util.List;

/** What rules look at of a request. */
public interface RequestFacts {
  String method();

  /** The Host header without its port, in lower case; empty when there is none. */
  String host();

  /** The path without its query. */
  String path();

  /** The query without its question mark; empty when there is none. */
  String query();

  /** All values of a header. */
  List<String> header(String name);

  /** The address of the connection's other end, 4 or 16 bytes. */
  byte[] source();
}
