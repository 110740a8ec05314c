package dev.berth.api.adapter.aws.elbv2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.api.application.port.DesiredStates;
import dev.berth.api.testing.AwsClients;
import dev.berth.api.testing.FlowDatabase;
import dev.berth.contracts.Topic;
import dev.berth.contracts.loadbalancer.CertificateDesired;
import dev.berth.contracts.loadbalancer.LoadBalancerDesired;
import dev.berth.contracts.secret.InstallationKey;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.acm.AcmClient;
import software.amazon.awssdk.services.acm.model.AcmException;
import software.amazon.awssdk.services.acm.model.CertificateDetail;
import software.amazon.awssdk.services.acm.model.ResourceInUseException;
import software.amazon.awssdk.services.acm.model.ResourceNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.LoadBalancer;

@QuarkusTest
@QuarkusTestResource(FlowDatabase.class)
class CertificateManagerTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final int PORT = 22_443;

  @TestHTTPResource("/")
  URI endpoint;

  @Inject DesiredStates desiredStates;
  @Inject InstallationKey key;

  @TempDir Path folder;

  private record Pair(String certificate, String privateKey) {}

  @ParameterizedTest
  @CsvSource({"RSA,2048,RSA_2048", "EC,256,EC_prime256v1"})
  void aCertificateIsImportedShownAndDeleted(String kind, int size, String algorithm)
      throws Exception {
    Pair pair = pair(kind, size);
    try (AcmClient acm = AwsClients.of(AcmClient.builder(), endpoint)) {
      String arn = imported(acm, pair);

      CertificateDetail shown =
          acm.describeCertificate(one -> one.certificateArn(arn)).certificate();
      assertThat(shown.statusAsString()).isEqualTo("ISSUED");
      assertThat(shown.keyAlgorithmAsString()).isEqualTo(algorithm);
      assertThat(shown.subjectAlternativeNames())
          .containsExactly("web.example.com", "*.example.com");
      assertThat(acm.getCertificate(one -> one.certificateArn(arn)).certificate())
          .isEqualTo(pair.certificate());
      assertThat(acm.listCertificates().certificateSummaryList())
          .anyMatch(one -> one.certificateArn().equals(arn));
      acm.deleteCertificate(one -> one.certificateArn(arn));
      assertThatThrownBy(() -> acm.describeCertificate(one -> one.certificateArn(arn)))
          .isInstanceOf(ResourceNotFoundException.class);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefused() throws Exception {
    Pair one = pair("EC", 256);
    Pair other = pair("EC", 256);
    try (AcmClient acm = AwsClients.of(AcmClient.builder(), endpoint)) {
      assertThatThrownBy(() -> imported(acm, new Pair(one.certificate(), other.privateKey())))
          .isInstanceOf(AcmException.class)
          .hasMessageContaining("is not the key of the certificate");
      assertThatThrownBy(() -> imported(acm, new Pair("nothing", one.privateKey())))
          .isInstanceOf(AcmException.class)
          .hasMessageContaining("PEM");
    }
  }

  @Test
  void aListenerShowsItAndItsKeyIsPublishedSealed() throws Throwable {
    Pair pair = pair("RSA", 2048);
    String name = "s" + UUID.randomUUID().toString().substring(0, 8);
    try (AcmClient acm = AwsClients.of(AcmClient.builder(), endpoint);
        ElasticLoadBalancingV2Client elb =
            AwsClients.of(ElasticLoadBalancingV2Client.builder(), endpoint)) {
      String arn = imported(acm, pair);
      LoadBalancer balancer =
          elb.createLoadBalancer(one -> one.name(name)).loadBalancers().getFirst();

      Listener listener =
          elb.createListener(
                  one ->
                      one.loadBalancerArn(balancer.loadBalancerArn())
                          .protocol("HTTPS")
                          .port(PORT)
                          .certificates(
                              software.amazon.awssdk.services.elasticloadbalancingv2.model
                                  .Certificate.builder()
                                  .certificateArn(arn)
                                  .build())
                          .defaultActions(
                              Action.builder()
                                  .type("fixed-response")
                                  .fixedResponseConfig(fixed -> fixed.statusCode("204"))
                                  .build()))
              .listeners()
              .getFirst();

      assertThat(listener.sslPolicy()).isEqualTo("ELBSecurityPolicy-2016-08");
      assertThatThrownBy(() -> acm.deleteCertificate(one -> one.certificateArn(arn)))
          .isInstanceOf(ResourceInUseException.class);
      LoadBalancerDesired published =
          (LoadBalancerDesired)
              VertxContextSupport.subscribeAndAwait(
                      () -> desiredStates.current(Topic.LOAD_BALANCER_DESIRED, name))
                  .orElseThrow();
      CertificateDesired certificate = published.certificates().getFirst();
      assertThat(certificate.domainNames()).containsExactly("web.example.com", "*.example.com");
      assertThat(certificate.encryptedPrivateKey()).doesNotContain("PRIVATE KEY");
      assertThat(key.open(certificate.encryptedPrivateKey(), "certificate/" + arn))
          .isEqualTo(pair.privateKey());
      elb.deleteLoadBalancer(one -> one.loadBalancerArn(balancer.loadBalancerArn()));
      acm.deleteCertificate(one -> one.certificateArn(arn));
    }
  }

  private static String imported(AcmClient acm, Pair pair) {
    return acm.importCertificate(
            one ->
                one.certificate(SdkBytes.fromUtf8String(pair.certificate()))
                    .privateKey(SdkBytes.fromUtf8String(pair.privateKey())))
        .certificateArn();
  }

  /** A certificate signed by itself, made by the Java runtime's keytool. */
  private Pair pair(String kind, int size) throws Exception {
    Path store = folder.resolve(UUID.randomUUID() + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "web",
                "-keyalg",
                kind,
                "-keysize",
                String.valueOf(size),
                "-dname",
                "CN=web.example.com",
                "-ext",
                "san=dns:web.example.com,dns:*.example.com",
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Certificate certificate = keys.getCertificate("web");
    Key privateKey = keys.getKey("web", PASSWORD);
    return new Pair(
        pem("CERTIFICATE", certificate.getEncoded()), pem("PRIVATE KEY", privateKey.getEncoded()));
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), what);
  }
}
