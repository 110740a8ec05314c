package dev.berth.e2e.balancer;

import static dev.berth.e2e.balancer.BalancerSdkErrorsStoryTest.assertCode;
import static dev.berth.e2e.balancer.MadeBalancers.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.berth.e2e.BerthSuite;
import dev.berth.e2e.aws.AwsTools;
import dev.berth.e2e.aws.SeenCalls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.CertificateSummary;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

/** Certificates by the AWS SDK for Java, and what clients of a listener get to see of them. */
@SuppressWarnings("unchecked") // the SDK's lists of builders are varargs of a generic type
class BalancerCertificateStoryTest {
  private static final String OTHER_NAME = "other.localhost";

  private final BerthSuite suite = BerthSuite.shared();
  private final AwsTools tools = AwsTools.of(suite);
  private final AcmClient acm = tools.client(AcmClient.builder());
  private final ElasticLoadBalancingV2Client elb =
      tools.client(ElasticLoadBalancingV2Client.builder());
  private final MadeBalancers made = new MadeBalancers(elb);
  private final List<String> left = new ArrayList<>();
  private final String name = "tls-" + UUID.randomUUID().toString().substring(0, 8);

  @TempDir Path folder;

  @BeforeAll
  static void curlIsThere() {
    Curl.assumeThere();
  }

  @AfterEach
  void gone() {
    made.close();
    left.forEach(arn -> acm.deleteCertificate(d -> d.certificateArn(arn)));
    elb.close();
    acm.close();
  }

  @AfterAll
  static void told() {
    SeenCalls.ended(BalancerCertificateStoryTest.class);
  }

  @Test
  void aListenerShowsTheCertificateOfTheNameThatIsAskedFor() throws IOException {
    // Given two certificates
    OwnCertificate own = OwnCertificate.make(folder);
    OwnCertificate other = OwnCertificate.make(folder, OTHER_NAME);
    String ownArn = imported(own);
    String otherArn = imported(other);
    assertThat(acm.describeCertificate(d -> d.certificateArn(ownArn)).certificate().domainName())
        .isEqualTo("localhost");
    assertThat(acm.getCertificate(g -> g.certificateArn(ownArn)).certificate().strip())
        .isEqualTo(own.certificate().strip());
    assertThat(
            acm.listCertificatesPaginator(l -> l.maxItems(1)).certificateSummaryList().stream()
                .map(CertificateSummary::certificateArn))
        .contains(ownArn, otherArn);
    acm.addTagsToCertificate(
        a -> a.certificateArn(ownArn).tags(t -> t.key("team").value("web"), t -> t.key("x")));
    acm.removeTagsFromCertificate(r -> r.certificateArn(ownArn).tags(t -> t.key("x")));
    assertThat(acm.listTagsForCertificate(l -> l.certificateArn(ownArn)).tags())
        .singleElement()
        .satisfies(tag -> assertThat(tag.value()).isEqualTo("web"));

    // When a listener has the one, and then the other beside it
    LoadBalancer balancer = made.balancer(b -> b.name(name));
    Listener listener =
        made.listener(
            balancer,
            l ->
                l.protocol("HTTPS")
                    .sslPolicy("ELBSecurityPolicy-TLS13-1-2-2021-06")
                    .certificates(c -> c.certificateArn(ownArn))
                    .defaultActions(answer(200, "secure")));
    String arn = listener.listenerArn();
    elb.addListenerCertificates(
        a -> a.listenerArn(arn).certificates(c -> c.certificateArn(otherArn)));
    assertThat(
            elb.describeListenerCertificatesPaginator(d -> d.listenerArn(arn).pageSize(1))
                .certificates())
        .extracting(Certificate::certificateArn)
        .containsExactly(ownArn, otherArn);

    // Then each name has its own, and a client that trusts it is answered
    String ownUrl = "https://localhost:" + listener.port();
    String otherUrl = "https://" + OTHER_NAME + ":" + listener.port();
    await().untilAsserted(() -> assertTrusts(own, ownUrl));
    await().untilAsserted(() -> assertTrusts(other, otherUrl));

    // When the listener takes TLS 1.2 and 1.3 no more than its policy says, then it is so
    elb.modifyListener(m -> m.listenerArn(arn).sslPolicy("ELBSecurityPolicy-TLS13-1-3-2021-06"));
    await()
        .untilAsserted(
            () ->
                assertThat(Curl.ask(ownUrl, "-k", "--tls-max", "1.2").status())
                    .as("a client of TLS 1.2")
                    .isZero());
    assertTrusts(own, ownUrl);

    // When a certificate is replaced, then clients see the new one
    OwnCertificate renewed =
        OwnCertificate.make(Files.createDirectory(folder.resolve("renewed")), OTHER_NAME);
    acm.importCertificate(
        i ->
            i.certificateArn(otherArn)
                .certificate(SdkBytes.fromUtf8String(renewed.certificate()))
                .privateKey(SdkBytes.fromUtf8String(renewed.privateKey())));
    await().untilAsserted(() -> assertTrusts(renewed, otherUrl));

    // When it is in use it stays, and goes afterwards
    assertCode(
        400,
        "ResourceInUseException",
        () -> acm.deleteCertificate(d -> d.certificateArn(otherArn)));
    assertCode(
        400,
        "OperationNotPermitted",
        () ->
            elb.removeListenerCertificates(
                r -> r.listenerArn(arn).certificates(c -> c.certificateArn(ownArn))));
    elb.removeListenerCertificates(
        r -> r.listenerArn(arn).certificates(c -> c.certificateArn(otherArn)));
    acm.deleteCertificate(d -> d.certificateArn(otherArn));
    left.remove(otherArn);
    assertCode(
        400,
        "ResourceNotFoundException",
        () -> acm.describeCertificate(d -> d.certificateArn(otherArn)));
  }

  @Test
  void aListenerHasAsManyCertificatesAsTheLimitsSay() {
    OwnCertificate own = OwnCertificate.make(folder);
    String first = imported(own);
    Listener listener =
        made.listener(
            made.balancer(b -> b.name(name)),
            l ->
                l.protocol("HTTPS")
                    .certificates(c -> c.certificateArn(first))
                    .defaultActions(answer(200, "x")));
    elb.addListenerCertificates(
        a ->
            a.listenerArn(listener.listenerArn())
                .certificates(
                    IntStream.range(0, 25)
                        .mapToObj(
                            any -> Certificate.builder().certificateArn(imported(own)).build())
                        .toList()));
    String surplus = imported(own);

    assertCode(
        400,
        "TooManyCertificates",
        () ->
            elb.addListenerCertificates(
                a ->
                    a.listenerArn(listener.listenerArn())
                        .certificates(c -> c.certificateArn(surplus))));
  }

  @Test
  void whatIsNotACertificateIsRefused() {
    OwnCertificate own = OwnCertificate.make(folder);
    assertCode(
        400,
        "InvalidParameterException",
        () ->
            acm.importCertificate(
                i ->
                    i.certificate(SdkBytes.fromUtf8String("not one"))
                        .privateKey(SdkBytes.fromUtf8String(own.privateKey()))));
    assertCode(
        400, "ValidationException", () -> acm.describeCertificate(d -> d.certificateArn("")));
    assertCode(
        400,
        "UnsupportedFeatureException",
        () -> acm.requestCertificate(r -> r.domainName("example.com")));
  }

  private String imported(OwnCertificate certificate) {
    String arn =
        acm.importCertificate(
                i ->
                    i.certificate(SdkBytes.fromUtf8String(certificate.certificate()))
                        .privateKey(SdkBytes.fromUtf8String(certificate.privateKey())))
            .certificateArn();
    left.add(arn);
    return arn;
  }

  private void assertTrusts(OwnCertificate certificate, String url) throws IOException {
    Path trusted = Files.writeString(folder.resolve("trusted.pem"), certificate.certificate());
    assertThat(Curl.ask(url, "--cacert", trusted.toString()).body()).isEqualTo("secure");
  }
}
