package dev.berth.api.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.domain.access.AccessError;
import dev.berth.api.domain.access.SignatureClaim;
import dev.berth.api.domain.access.SignatureRules;
import dev.berth.api.domain.access.SignatureTime;
import dev.berth.api.domain.access.SignedRequest;
import dev.berth.api.domain.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row bends one thing of a good request; none is let in, each is told what AWS tells. */
class ForgedRequestsTest {
  private static final String KEY = "BERTHGOODKEY00000000";
  private static final String SECRET = "a-secret-that-nobody-else-has-0123456789";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final AccessFixture access = new AccessFixture();

  /** How a request is bent, and what becomes of it. */
  record Forgery(String name, Bend bend, String json, String query, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Bends a request before (the signature is then right) or after it is signed. */
  interface Bend {
    void apply(Request request);
  }

  /** A request that is still being made. */
  static final class Request {
    String keyId = KEY;
    String secret = SECRET;
    String region = "us-east-1";
    String service = "ecs";
    String scopeDate;
    Instant signedAt;
    String path = "/";
    String query = "";
    String body = "{}";
    String sentBody = "{}";
    Map<String, List<String>> headers = new LinkedHashMap<>();
    List<String> signedHeaders =
        new ArrayList<>(List.of("content-type", "host", "x-amz-date", "x-amz-target"));
    List<UnaryOperator<String>> authorization = new ArrayList<>();
    List<Runnable> afterwards = new ArrayList<>();

    Request(Instant now) {
      signedAt = now;
      put("host", "127.0.0.1:8080");
      put("content-type", "application/x-amz-json-1.1");
      put("x-amz-target", "AmazonEC2ContainerServiceV20141113.ListClusters");
    }

    void put(String name, String... values) {
      headers.put(name, List.of(values));
    }

    void body(String text) {
      body = text;
      sentBody = text;
    }

    void sign() {
      put("x-amz-date", DATE.format(signedAt));
      String date = scopeDate == null ? DATE.format(signedAt).substring(0, 8) : scopeDate;
      SignatureClaim claim =
          new SignatureClaim(keyId, date, region, service, signedHeaders, "0".repeat(64));
      String signature =
          Signatures.of(
              signed(body),
              new SignatureRules.Checked(claim, new SignatureTime(signedAt, DATE.format(signedAt))),
              Signatures.key(claim, secret));
      String header =
          "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s"
              .formatted(keyId, claim.scope(), String.join(";", signedHeaders), signature);
      for (var change : authorization) {
        header = change.apply(header);
      }
      put("authorization", header);
      afterwards.forEach(Runnable::run);
    }

    private SignedRequest signed(String text) {
      List<SignedRequest.Header> all = new ArrayList<>();
      headers.forEach(
          (name, values) ->
              values.forEach(value -> all.add(new SignedRequest.Header(name, value))));
      return new SignedRequest("POST", path, query, all, Sha256.of(text));
    }

    IncomingRequest incoming() {
      return new IncomingRequest(
          "POST", path, query, headers, sentBody.getBytes(StandardCharsets.UTF_8));
    }
  }

  static Stream<Forgery> forgeries() {
    return Stream.of(
        missing("no Authorization header", r -> r.afterwards.add(() -> drop(r, "authorization"))),
        missing("an empty one", r -> r.authorization.add(header -> " ")),
        incomplete(
            "Basic", r -> r.authorization.add(header -> "Basic dGVzdDp0ZXN0"), "Unsupported"),
        incomplete(
            "another algorithm",
            r -> r.authorization.add(h -> h.replace("HMAC-SHA256", "ECDSA-P256-SHA256")),
            "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'"),
        incomplete(
            "an old signature",
            r -> r.authorization.add(h -> "AWS " + KEY + ":frJIUN8DYpKDtOLCwo//yllqDzg="),
            "Unsupported"),
        incomplete(
            "the algorithm alone", r -> r.authorization.add(h -> "AWS4-HMAC-SHA256"), "key=value"),
        incomplete(
            "no credential",
            r -> r.authorization.add(h -> h.replaceAll("Credential=[^,]*, ", "")),
            "requires 'Credential'"),
        incomplete(
            "no signature",
            r -> r.authorization.add(h -> h.replaceAll(", Signature=.*", "")),
            "requires 'Signature'"),
        incomplete(
            "no signed headers",
            r -> r.authorization.add(h -> h.replaceAll("SignedHeaders=[^,]*, ", "")),
            "requires 'SignedHeaders'"),
        incomplete(
            "a credential of four parts",
            r -> r.authorization.add(h -> h.replace("/aws4_request", "")),
            "exactly 5 slash-delimited elements"),
        incomplete(
            "two credentials",
            r -> r.authorization.add(h -> h + ", Credential=a/b/c/d/aws4_request"),
            "twice"),
        incomplete(
            "a header signed twice",
            r -> r.authorization.add(h -> h.replace("host;", "host;host;")),
            "twice"),
        incomplete(
            "no date",
            r -> r.afterwards.add(() -> drop(r, "x-amz-date")),
            "'X-Amz-Date' or a 'Date'"),
        incomplete(
            "two dates",
            r ->
                r.afterwards.add(() -> r.put("x-amz-date", "20261122T120000Z", "20261122T120001Z")),
            "'X-Amz-Date' or a 'Date'"),
        incomplete(
            "a date that is none",
            r -> r.afterwards.add(() -> r.put("x-amz-date", "yesterday")),
            "ISO-8601"),
        incomplete(
            "two Authorization headers",
            r ->
                r.afterwards.add(
                    () ->
                        r.put(
                            "authorization",
                            r.headers.get("authorization").getFirst(),
                            r.headers.get("authorization").getFirst())),
            "more than one"),
        incomplete(
            "presigned",
            r -> {
              r.query = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00";
              r.afterwards.add(() -> drop(r, "authorization"));
            },
            "Presigned"),
        incomplete("signed twice", r -> r.query = "X-Amz-Signature=00", "signed twice"),
        unknown("a key that nobody has", r -> r.keyId = "BERTHNOBODYHASTHIS00"),
        unknown("a key of AWS", r -> r.keyId = "AKIAIOSFODNN7EXAMPLE"),
        unknown("an empty key id", r -> r.keyId = ""),
        unknown("a disabled key", r -> r.keyId = "BERTHDISABLEDKEY0000"),
        unknown(
            "temporary credentials of elsewhere",
            r -> {
              r.put("x-amz-security-token", "FwoGZXIvYXdzEBYaD");
              r.signedHeaders.add("x-amz-security-token");
            }),
        invalid("another secret", r -> r.secret = SECRET + "x", "does not match"),
        invalid(
            "a signature of zeros",
            r ->
                r.authorization.add(
                    h -> h.replaceAll("Signature=.*", "Signature=" + "0".repeat(64))),
            "does not match"),
        invalid(
            "a signature cut off",
            r -> r.authorization.add(h -> h.substring(0, h.length() - 1)),
            "does not match"),
        invalid(
            "a signature in capitals",
            r ->
                r.authorization.add(
                    h -> h.replaceAll("Signature=.*", "Signature=" + "A".repeat(64))),
            "does not match"),
        invalid("another body", r -> r.sentBody = "{\"maxResults\":1}", "does not match"),
        invalid("a body cut off", r -> r.sentBody = "{", "does not match"),
        invalid(
            "another operation",
            r ->
                r.afterwards.add(
                    () ->
                        r.put("x-amz-target", "AmazonEC2ContainerServiceV20141113.DeleteCluster")),
            "does not match"),
        invalid(
            "another host",
            r -> r.afterwards.add(() -> r.put("host", "elsewhere")),
            "does not match"),
        invalid("another query", r -> r.afterwards.add(() -> r.query = "a=b"), "does not match"),
        invalid(
            "a host that isn't signed",
            r -> r.signedHeaders.remove("host"),
            "must be a 'SignedHeader'"),
        invalid(
            "an operation that isn't signed",
            r -> r.signedHeaders.remove("x-amz-target"),
            "not signed: x-amz-target"),
        invalid(
            "a header smuggled in",
            r -> r.afterwards.add(() -> r.put("x-amz-meta-evil", "1")),
            "not signed: x-amz-meta-evil"),
        invalid(
            "a date that isn't signed",
            r -> {
              r.signedHeaders.remove("x-amz-date");
              r.afterwards.add(
                  () -> {
                    drop(r, "x-amz-date");
                    r.put("date", "Sun, 22 Nov 2026 12:00:00 GMT");
                  });
            },
            "date of the request must be signed"),
        invalid(
            "a body that isn't signed",
            r -> {
              r.put("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
              r.signedHeaders.add("x-amz-content-sha256");
            },
            "must be signed"),
        invalid(
            "a body in signed chunks",
            r -> {
              r.put("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
              r.signedHeaders.add("x-amz-content-sha256");
            },
            "must be signed"),
        invalid(
            "the digest of another body",
            r -> {
              r.put("x-amz-content-sha256", Sha256.of("{ }"));
              r.signedHeaders.add("x-amz-content-sha256");
            },
            "x-amz-content-sha256"),
        invalid(
            "six minutes old",
            r -> r.signedAt = r.signedAt.minus(Duration.ofMinutes(6)),
            "expired"),
        invalid(
            "six minutes early",
            r -> r.signedAt = r.signedAt.plus(Duration.ofMinutes(6)),
            "not yet current"),
        invalid("the scope of yesterday", r -> r.scopeDate = "20261121", "does not match YYYYMMDD"),
        invalid("for another region", r -> r.region = "eu-west-1", "valid region, not 'eu-west-1'"),
        invalid("for another service", r -> r.service = "s3", "correct service: 'ecs'"),
        invalid(
            "with another terminator",
            r -> r.authorization.add(h -> h.replace("aws4_request", "aws5_request")),
            "valid terminator"));
  }

  @BeforeEach
  void aKeyThatIsKnownAndOneThatIsDisabled() {
    access.key(KEY, SECRET, PolicyDocument.ADMINISTRATOR);
    access.key("BERTHDISABLEDKEY0000", SECRET, PolicyDocument.ADMINISTRATOR);
    access.accessKeys.change("BERTHDISABLEDKEY0000", false, null).await().indefinitely();
  }

  @Test
  void theRequestThatTheyAreMadeOfIsGood() {
    assertThat(call(request -> {}).arn())
        .isEqualTo("arn:aws:iam::000000000000:user/user-of-" + KEY);
  }

  @Test
  void aClockMayBeAlmostFiveMinutesWrongEitherWay() {
    assertThat(call(r -> r.signedAt = r.signedAt.minusSeconds(299)).userId()).isEqualTo(KEY);
    assertThat(call(r -> r.signedAt = r.signedAt.plusSeconds(299)).userId()).isEqualTo(KEY);
  }

  @Test
  void aRequestMayComeTwice() {
    assertThat(call(r -> {}).userId()).isEqualTo(KEY);
    assertThat(call(r -> {}).userId()).isEqualTo(KEY);
  }

  @Test
  void aSignatureOfTheDateHeaderIsTaken() {
    Request request = new Request(access.now);
    request.signedHeaders.remove("x-amz-date");
    request.signedHeaders.add(1, "date");
    request.put("date", "Sun, 22 Nov 2026 12:00:00 GMT");
    request.afterwards.add(() -> drop(request, "x-amz-date"));
    request.sign();
    assertThat(identify(request, "ecs").userId()).isEqualTo(KEY);
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void noForgeryIsLetIn(Forgery forgery) {
    assertThatThrownBy(() -> call(forgery.bend()))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(ProblemException.Kind.UNAUTHENTICATED);
              assertThat(refusal.code()).isEqualTo(forgery.json());
              assertThat(AccessError.of(refusal.code()).orElseThrow().queryCode())
                  .isEqualTo(forgery.query());
              assertThat(refusal).hasMessageContaining(forgery.message());
            });
  }

  @Test
  void aGlobalServiceMayBeSignedForTheFirstRegionAndOthersMayNot() {
    assertThatThrownBy(() -> call(r -> r.service = "sts")).isInstanceOf(ProblemException.class);
    Request request = new Request(access.now);
    request.service = "sts";
    request.sign();
    assertThat(identify(request, "sts").userId()).isEqualTo(KEY);
  }

  private Caller call(Bend bend) {
    Request request = new Request(access.now);
    bend.apply(request);
    request.sign();
    return identify(request, "ecs");
  }

  private Caller identify(Request request, String service) {
    return access.callers.identify(request.incoming(), service).await().indefinitely();
  }

  private static void drop(Request request, String header) {
    request.headers.remove(header);
  }

  private static Forgery missing(String name, Bend bend) {
    return new Forgery(
        name,
        bend,
        "MissingAuthenticationTokenException",
        "MissingAuthenticationToken",
        "Missing Authentication Token");
  }

  private static Forgery incomplete(String name, Bend bend, String message) {
    return new Forgery(name, bend, "IncompleteSignatureException", "IncompleteSignature", message);
  }

  private static Forgery unknown(String name, Bend bend) {
    return new Forgery(
        name,
        bend,
        "UnrecognizedClientException",
        "InvalidClientTokenId",
        "The security token included in the request is invalid.");
  }

  private static Forgery invalid(String name, Bend bend, String message) {
    return new Forgery(name, bend, "InvalidSignatureException", "SignatureDoesNotMatch", message);
  }
}
