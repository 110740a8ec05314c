/**
 * The AWS wire: AWS SDKs, the AWS CLI and Terraform speak to Berth by {@code POST /}.
 *
 * <p>{@code AwsEndpoint} reads the HTTP request, {@code AwsCalls} answers it: the {@code
 * WireProtocol} (a bean each) finds the operation and reads its input into the SDK's own request
 * class, {@code Callers} says who calls and whether they may, the handler carries it out, the
 * protocol writes the SDK's response class. Shapes are never copied: the SDK's model classes tell
 * their members by {@code sdkFields()}.
 *
 * <p>To add an operation, write a method {@code Uni<XResponse> x(XRequest request, Caller caller)}
 * in a bean that implements {@code OperationHandlers}, and register it there: {@code
 * registry.on(XRequest.class, resources, this::x)}. The resources are the ARNs that a policy may
 * name for the action, as the Service Authorization Reference lists them. A handler only
 * translates: rules live in {@code application} and {@code domain}, which throw {@code
 * ProblemException} with the code that the service's model has for it. What can be null or an empty
 * list in an answer makes a difference to clients: a member that isn't set is left out, a list that
 * is set is written even if it is empty.
 *
 * <p>To add a service, hold an {@code AwsService} with its {@code ServiceModel} in a static
 * constant (see {@code EcsService}) and return it from the handlers' {@code service()}. To add a
 * protocol, write a bean that implements {@code WireProtocol}.
 */
package dev.berth.api.adapter.aws;
