package dev.berth.api.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.api.domain.Identity;
import dev.berth.api.domain.access.Principal;
import dev.berth.api.domain.access.SignedRequest;
import dev.berth.api.domain.problem.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/** Requests that AWS's own clients signed are taken, and not when anything in them is another. */
class SignedByOthersTest {
  private static final Path FOLDER = Path.of("src/test/resources/sigv4");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'");
  private static final String KEY = "BERTHSIGNEDBYSDK0000";
  private static final long SEED = 20261122;
  private static final int SDK_REQUESTS = 300;
  private static final String CHARACTERS = "aZ09-._~ !*'()+/:@&=$,;%é⚓\"<>[]{}|^`#?";

  private final AccessFixture access = new AccessFixture();

  /** A signed request with what it takes to check it. */
  record Recorded(
      String name,
      String keyId,
      String secret,
      String region,
      String service,
      SignedRequest request) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Recorded> recorded() throws IOException {
    return read(Files.readAllLines(FOLDER.resolve("botocore.jsonl")));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void requestsRecordedFromBotocoreAreTaken(Recorded recorded) {
    assertThat(verified(recorded, recorded.request()).id()).isEqualTo(recorded.keyId());
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void noneIsTakenWithAnythingChanged(Recorded recorded) {
    changes(recorded.request())
        .forEach(
            changed ->
                assertThatThrownBy(() -> verified(recorded, changed))
                    .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal ->
                            assertThat(refusal.code()).isEqualTo("InvalidSignatureException")));
  }

  @Test
  void requestsThatBotocoreSignsNowAreTaken() throws Exception {
    Process python =
        new ProcessBuilder("python3", FOLDER.resolve("sign_with_botocore.py").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String written = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(
        python.waitFor(30, TimeUnit.SECONDS) && python.exitValue() == 0,
        "needs python3 with boto3");
    for (Recorded recorded : read(written.lines().toList())) {
      assertThat(verified(recorded, recorded.request()).id()).isEqualTo(recorded.keyId());
    }
  }

  @Test
  void requestsThatTheSdkSignsAreTaken() {
    Random random = new Random(SEED);
    for (int number = 0; number < SDK_REQUESTS; number++) {
      Recorded recorded = signedBySdk(random);
      assertThat(verified(recorded, recorded.request()).id())
          .as("seed %d, request %d: %s", SEED, number, recorded.request())
          .isEqualTo(recorded.keyId());
    }
  }

  private Principal verified(Recorded recorded, SignedRequest request) {
    String date = recorded.request().header("x-amz-date").getFirst();
    access.now = LocalDateTime.parse(date, DATE).toInstant(ZoneOffset.UTC);
    access.key(recorded.keyId(), recorded.secret(), PolicyDocument.ADMINISTRATOR);
    return access
        .authentication(new Identity("berth-test", recorded.region(), "000000000000"))
        .signed(request, List.of(recorded.service()))
        .await()
        .indefinitely();
  }

  private static Stream<SignedRequest> changes(SignedRequest request) {
    List<SignedRequest.Header> signed = new ArrayList<>();
    for (SignedRequest.Header header : request.headers()) {
      boolean date = header.name().equals("x-amz-date");
      signed.add(
          header.name().equals("authorization") || date
              ? header
              : new SignedRequest.Header(header.name(), header.value() + "x"));
    }
    String path = request.path();
    String query = request.query();
    List<SignedRequest.Header> headers = request.headers();
    String body = request.bodySha256();
    return Stream.of(
        new SignedRequest(request.method() + "X", path, query, headers, body),
        new SignedRequest(request.method(), path + "x", query, headers, body),
        new SignedRequest(
            request.method(), path, query + (query.isEmpty() ? "" : "&") + "x=1", headers, body),
        new SignedRequest(request.method(), path, query, signed, body),
        new SignedRequest(request.method(), path, query, headers, Sha256.of("something else")));
  }

  private static Recorded signedBySdk(Random random) {
    String secret = text(random, 40, "abcXYZ0189+/");
    SdkHttpRequest.Builder unsigned =
        SdkHttpRequest.builder()
            .method(random.nextBoolean() ? SdkHttpMethod.POST : SdkHttpMethod.DELETE)
            .protocol("http")
            .host("berth.localhost")
            .port(8080);
    StringBuilder path = new StringBuilder();
    for (int segments = random.nextInt(4); segments >= 0; segments--) {
      path.append('/').append(SdkHttpUtils.urlEncode(text(random, random.nextInt(8), CHARACTERS)));
    }
    unsigned.encodedPath(path.toString());
    for (int parameters = random.nextInt(4); parameters > 0; parameters--) {
      unsigned.appendRawQueryParameter(
          text(random, 1 + random.nextInt(5), CHARACTERS),
          text(random, random.nextInt(8), CHARACTERS));
    }
    unsigned.putHeader("X-Test", "  " + text(random, 8, "ab  c,\"") + "  ");
    byte[] body = text(random, random.nextInt(60), CHARACTERS).getBytes(StandardCharsets.UTF_8);
    SdkHttpRequest signed =
        AwsV4HttpSigner.create()
            .sign(
                request ->
                    request
                        .identity(AwsCredentialsIdentity.create(KEY, secret))
                        .request(unsigned.build())
                        .payload(ContentStreamProvider.fromByteArray(body))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "ecs")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, "us-east-1"))
            .request();
    List<SignedRequest.Header> headers = new ArrayList<>();
    signed
        .headers()
        .forEach(
            (name, values) ->
                values.forEach(value -> headers.add(new SignedRequest.Header(name, value))));
    return new Recorded(
        "SDK",
        KEY,
        secret,
        "us-east-1",
        "ecs",
        new SignedRequest(
            signed.method().name(),
            signed.encodedPath().isEmpty() ? "/" : signed.encodedPath(),
            signed.encodedQueryParameters().orElse(""),
            headers,
            Sha256.of(body)));
  }

  private static String text(Random random, int length, String characters) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < length; at++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static List<Recorded> read(List<String> lines) {
    return lines.stream().map(SignedByOthersTest::read).toList();
  }

  private static Recorded read(String line) {
    try {
      JsonNode tree = JSON.readTree(line);
      List<SignedRequest.Header> headers = new ArrayList<>();
      tree.get("headers")
          .forEach(
              header ->
                  headers.add(
                      new SignedRequest.Header(header.get(0).asText(), header.get(1).asText())));
      return new Recorded(
          tree.get("name").asText(),
          tree.get("accessKeyId").asText(),
          tree.get("secret").asText(),
          tree.get("region").asText(),
          tree.get("service").asText(),
          new SignedRequest(
              tree.get("method").asText(),
              tree.get("path").asText(),
              tree.get("query").asText(),
              headers,
              Sha256.of(Base64.getDecoder().decode(tree.get("body").asText()))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
