package dev.berth.api.adapter.aws;

import dev.berth.api.application.access.IncomingRequest;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;

/** How calls are written on the wire. Each protocol is a bean. */
public interface WireProtocol {
  /** Tells by content type and headers whether a request is written so. */
  boolean recognizes(IncomingRequest request);

  /**
   * The operation that a request names.
   *
   * @throws AwsError if it names none, or one of a service that isn't answered here
   */
  Target target(IncomingRequest request);

  /**
   * Reads the operation's input.
   *
   * @throws AwsError if it can't be read
   */
  AwsRequest read(ModelOperation operation, IncomingRequest request);

  /** Writes the operation's output. */
  WireAnswer answer(Target target, AwsResponse response, String requestId);

  /**
   * Writes an error.
   *
   * @param request what it answers, for protocols whose errors look different by service
   */
  WireAnswer error(IncomingRequest request, AwsError error, String requestId);

  /**
   * What a request asks for.
   *
   * @param operation as the client wrote it
   */
  record Target(AwsService service, String operation) {}
}
