package dev.berth.api.adapter.rest;

import dev.berth.api.domain.problem.ProblemException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads the bodies of requests with {@link RequestJson}, up to the largest size taken. */
@Provider
@Consumes(MediaType.APPLICATION_JSON)
public class RequestBodyReader implements MessageBodyReader<Object> {
  private static final byte[] NOTHING = {'{', '}'};

  private final RequestJson json = new RequestJson();

  @Override
  public boolean isReadable(
      Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
    return true;
  }

  @Override
  public Object readFrom(
      Class<Object> type,
      Type genericType,
      Annotation[] annotations,
      MediaType mediaType,
      MultivaluedMap<String, String> headers,
      InputStream body)
      throws IOException {
    byte[] bytes = body.readNBytes(AccessGate.LARGEST_BODY + 1);
    if (bytes.length > AccessGate.LARGEST_BODY) {
      throw ProblemException.tooLarge(
          "The body is larger than " + AccessGate.LARGEST_BODY + " bytes.");
    }
    if (bytes.length == 0 && type.isAnnotationPresent(OptionalBody.class)) {
      return json.read(NOTHING, genericType);
    }
    if (bytes.length == 0) {
      throw ProblemException.malformed("A JSON body is required.");
    }
    return json.read(bytes, genericType);
  }
}
