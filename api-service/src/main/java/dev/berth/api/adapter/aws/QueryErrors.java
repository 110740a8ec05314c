package dev.berth.api.adapter.aws;

import dev.berth.api.domain.access.AccessError;
import java.util.Map;

/**
 * What the services that speak Query call their errors. The application layer speaks of exceptions
 * as JSON services do; Query services leave the word out, and have names of their own for what goes
 * wrong before an operation is carried out ("Common errors" of each API).
 */
final class QueryErrors {
  private static final Map<String, String> QUERY =
      Map.of(
          "UnknownOperationException", "InvalidAction",
          "SerializationException", "MalformedQueryString",
          "ServerException", "InternalFailure",
          "InvalidParameterException", "ValidationError",
          "ClientException", "ValidationError",
          "UnsupportedFeatureException", "OperationNotPermitted");
  private static final Map<String, String> EC2 =
      Map.of(
          "UnknownOperationException", "InvalidAction",
          "SerializationException", "MalformedQueryString",
          "ServerException", "InternalError",
          "InvalidParameterException", "InvalidParameterValue",
          "ClientException", "InvalidParameterValue",
          "UnsupportedFeatureException", "UnsupportedOperation");
  private static final String SUFFIX = "Exception";

  private QueryErrors() {}

  static String code(AwsError error, boolean ec2) {
    String code = error.code();
    Map<String, String> own = ec2 ? EC2 : QUERY;
    if (own.containsKey(code)) {
      return own.get(code);
    }
    return AccessError.of(code)
        .map(denied -> ec2 ? denied.ec2Code() : denied.queryCode())
        .orElseGet(
            () ->
                code.endsWith(SUFFIX) ? code.substring(0, code.length() - SUFFIX.length()) : code);
  }

  static int status(AwsError error, boolean ec2) {
    return AccessError.of(error.code())
        .map(denied -> ec2 ? denied.ec2Status() : denied.queryStatus())
        .orElse(error.status());
  }
}
