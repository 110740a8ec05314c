package dev.berth.api.adapter.aws.elbv2;

import static dev.berth.api.adapter.aws.elbv2.LoadBalancerHandlers.required;

import dev.berth.api.application.access.Caller;
import dev.berth.api.application.loadbalancer.ChangeListeners;
import dev.berth.api.application.loadbalancer.DescribeListeners;
import dev.berth.api.domain.loadbalancer.ListenerDescription;
import dev.berth.api.domain.loadbalancer.ListenerRequest;
import dev.berth.contracts.loadbalancer.ListenerCertificate;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.AddListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Certificate;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DeleteListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenerCertificatesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.DescribeListenersResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Listener;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ListenerAttribute;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerAttributesResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ModifyListenerResponse;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.RemoveListenerCertificatesResponse;

/** Listeners, their certificates and attributes. */
@ApplicationScoped
public class ListenerHandlers implements LoadBalancingHandlers {
  private final ChangeListeners change;
  private final DescribeListeners describe;
  private final LoadBalancingShapes shapes;

  public ListenerHandlers(
      ChangeListeners change, DescribeListeners describe, LoadBalancingShapes shapes) {
    this.change = change;
    this.describe = describe;
    this.shapes = shapes;
  }

  @Override
  public void register(Registry registry) {
    registry.on(
        CreateListenerRequest.class,
        one -> Resources.loadBalancer(one.loadBalancerArn()),
        this::create);
    registry.on(
        ModifyListenerRequest.class, one -> Resources.listener(one.listenerArn()), this::modify);
    registry.on(
        DeleteListenerRequest.class, one -> Resources.listener(one.listenerArn()), this::delete);
    registry.on(DescribeListenersRequest.class, this::describe);
    registry.on(DescribeListenerAttributesRequest.class, this::attributes);
    registry.on(
        ModifyListenerAttributesRequest.class,
        one -> Resources.listener(one.listenerArn()),
        this::setAttributes);
    registry.on(DescribeListenerCertificatesRequest.class, this::certificates);
    registry.on(
        AddListenerCertificatesRequest.class,
        one -> Resources.listener(one.listenerArn()),
        this::addCertificates);
    registry.on(
        RemoveListenerCertificatesRequest.class,
        one -> Resources.listener(one.listenerArn()),
        this::removeCertificates);
  }

  private Uni<CreateListenerResponse> create(CreateListenerRequest request, Caller caller) {
    return change
        .create(
            required("loadBalancerArn", request.loadBalancerArn()),
            shapes.record(request, ListenerRequest.class))
        .map(made -> CreateListenerResponse.builder().listeners(shown(made)).build());
  }

  private Uni<ModifyListenerResponse> modify(ModifyListenerRequest request, Caller caller) {
    return change
        .modify(
            required("listenerArn", request.listenerArn()),
            shapes.record(request, ListenerRequest.class))
        .map(changed -> ModifyListenerResponse.builder().listeners(shown(changed)).build());
  }

  private Uni<DeleteListenerResponse> delete(DeleteListenerRequest request, Caller caller) {
    return change
        .delete(required("listenerArn", request.listenerArn()))
        .replaceWith(DeleteListenerResponse.builder().build());
  }

  private Uni<DescribeListenersResponse> describe(DescribeListenersRequest request, Caller caller) {
    if (request.hasListenerArns() && !request.listenerArns().isEmpty()) {
      return describe.describe(request.listenerArns()).map(all -> answer(all, null));
    }
    return describe
        .of(required("loadBalancerArn", request.loadBalancerArn()))
        .map(
            all ->
                Pages.of(
                    all,
                    listener -> "%05d".formatted(listener.port()),
                    request.marker(),
                    request.pageSize()))
        .map(page -> answer(page.items(), page.nextToken()));
  }

  private DescribeListenersResponse answer(List<ListenerDescription> listeners, String marker) {
    return DescribeListenersResponse.builder()
        .listeners(listeners.stream().map(this::shown).toList())
        .nextMarker(marker)
        .build();
  }

  private Uni<DescribeListenerAttributesResponse> attributes(
      DescribeListenerAttributesRequest request, Caller caller) {
    return describe
        .attributes(required("listenerArn", request.listenerArn()))
        .map(all -> DescribeListenerAttributesResponse.builder().attributes(shown(all)).build());
  }

  private Uni<ModifyListenerAttributesResponse> setAttributes(
      ModifyListenerAttributesRequest request, Caller caller) {
    Map<String, String> asked =
        NamedValues.of(request.attributes(), ListenerAttribute::key, ListenerAttribute::value);
    return change
        .attributes(required("listenerArn", request.listenerArn()), asked)
        .map(all -> ModifyListenerAttributesResponse.builder().attributes(shown(all)).build());
  }

  private static List<ListenerAttribute> shown(Map<String, String> attributes) {
    return NamedValues.shapes(
        attributes, (key, value) -> ListenerAttribute.builder().key(key).value(value).build());
  }

  private Uni<DescribeListenerCertificatesResponse> certificates(
      DescribeListenerCertificatesRequest request, Caller caller) {
    return describe
        .certificates(required("listenerArn", request.listenerArn()))
        .map(
            all ->
                Pages.of(all, ListenerHandlers::defaultFirst, request.marker(), request.pageSize()))
        .map(
            page ->
                DescribeListenerCertificatesResponse.builder()
                    .certificates(page.items().stream().map(ListenerHandlers::shown).toList())
                    .nextMarker(page.nextToken())
                    .build());
  }

  private static String defaultFirst(ListenerCertificate certificate) {
    return (certificate.isDefault() ? "0 " : "1 ") + certificate.certificateArn();
  }

  private Uni<AddListenerCertificatesResponse> addCertificates(
      AddListenerCertificatesRequest request, Caller caller) {
    return change
        .addCertificates(
            required("listenerArn", request.listenerArn()), arns(request.certificates()))
        .map(
            all ->
                AddListenerCertificatesResponse.builder()
                    .certificates(all.stream().map(ListenerHandlers::shown).toList())
                    .build());
  }

  private Uni<RemoveListenerCertificatesResponse> removeCertificates(
      RemoveListenerCertificatesRequest request, Caller caller) {
    return change
        .removeCertificates(
            required("listenerArn", request.listenerArn()), arns(request.certificates()))
        .replaceWith(RemoveListenerCertificatesResponse.builder().build());
  }

  private static List<String> arns(List<Certificate> certificates) {
    return certificates.stream()
        .map(one -> required("certificates.certificateArn", one.certificateArn()))
        .toList();
  }

  private static Certificate shown(ListenerCertificate certificate) {
    return Certificate.builder()
        .certificateArn(certificate.certificateArn())
        .isDefault(certificate.isDefault())
        .build();
  }

  private Listener shown(ListenerDescription listener) {
    return shapes.shape(listener, Listener.builder(), Listener.class);
  }
}
